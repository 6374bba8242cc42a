#!/bin/sh
# Networks that do nothing wrong and look odd (test/oddity): nobody is accused, and what is stated of them is what
# doc/accusations.md has; who did do wrong is found all the same.
set -u
here=$(dirname "$(realpath "$0")")/../..
rm=$(realpath "${ROUTEMARK:?the program to test}")
oddity=$(dirname "$rm")/test/oddity
[ -x "$oddity" ] || { echo "1..0 # SKIP no $oddity: make check-e2e builds it"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

is() {	# got, wanted, name
	n=$((n + 1))
	if [ "$1" = "$2" ]; then echo "ok $n - $3"; else
		echo "not ok $n - $3"
		printf '%s\n' "$1" | sed 's/^/# got:  /'
		printf '%s\n' "$2" | sed 's/^/# want: /'
		failed=1
	fi
}

accused() {	# of lines of the matrix: what accuses, of somebody's; a special-purpose ASN is nobody's
	grep -v ' AS[0-9]* ' "$1" | grep -E ' (strong|probable|proven)-|/(M[1-4]C?|P-FLT-3|P-LEAK-1|P-ROV-2) FAIL'
}

"$here/test/oddity/matrix" "$rm" "$oddity" >"$work/alone"
is $? 0 "each world alone, with all evidence"
is "$(accused "$work/alone")" "" "nobody is accused"
"$here/test/oddity/matrix" "$rm" "$oddity" all >"$work/all"
is $? 0 "all worlds in one, evidence taken away kind by kind, or two years old, standing and for two hours"
is "$(accused "$work/all")" "" "nobody is accused"

# "WORLD CONTROL" as the page has it, and as it is
sed -n '/<!-- worlds -->/,/<!-- end worlds -->/p' "$here/doc/accusations.md" | awk -F' *\\| *' 'NR > 3 && NF > 3 {
	k = split($4, control, " ")
	for (i = 1; i <= k; i++) print $2, control[i]
	print $2 >names }' names="$work/named" | LC_ALL=C sort >"$work/want"
cat "$work/alone" "$work/all" | grep -v -e ' AS[0-9]* ' -e '^- ' | awk '$4 == "FAIL" { sub(".*/", "", $3); print $1, $3 }' |
	LC_ALL=C sort -u >"$work/got"
is "$(diff "$work/want" "$work/got")" "" "the controls that state are those of the page, world by world"
is "$("$oddity" "$here/test/oddity/worlds.txt" --list | awk '$2 != "guilty" { print $2 }' | sort)" "$(sort "$work/named")" \
	"and the page has every world"

# who did do it: parts of three others' signed space, who are nothing to each other
incidents() { "$rm" incidents --data "$1" --class misorigination --csv | awk -F, 'NR > 1 { print $4, $5, $6 }' | sort -u; }
verdict() { "$rm" audit "$2" --data "$1" --csv | awk -F, -v c="$3" '$6 == c { print $8 }'; }
for mode in "" --burst; do
	"$oddity" "$here/test/oddity/worlds.txt" "$work/several$mode" hijacked-several ${mode:+"$mode"}
	is "$(incidents "$work/several$mode")" "1061102 1061022 strong" "several hijacks are found, and who let them in $mode"
	is "$(verdict "$work/several$mode" 1061102 M2) $(verdict "$work/several$mode" 1061022 M2C)" "FAIL FAIL" \
		"and held against who did it and who let it in $mode"
done
is "$(verdict "$work/several" 1061102 P-FLT-3)" FAIL "also by the table of one moment"
is "$("$rm" incidents --data "$work/several" --asn 1061101 --csv | awk -F, 'NR > 1 && $4 == 1061101' | wc -l)" 0 \
	"nothing against the victim"
# while something is not at hand that could have spoken for it there is no score, rather than a good one
for kind in irr relations orgs peeringdb registry holders; do
	"$oddity" "$here/test/oddity/worlds.txt" "$work/no-$kind" hijacked-several --without "$kind"
	is "$(incidents "$work/no-$kind" | awk '{ print $3 }') $(verdict "$work/no-$kind" 1061102 M2) $(
		verdict "$work/no-$kind" 1061102 P-FLT-3)" "possible NO_DATA NO_DATA" "without $kind it is possible, and there is no score"
done
"$oddity" "$here/test/oddity/worlds.txt" "$work/stale" hijacked-several --stale peeringdb
is "$(incidents "$work/stale" | awk '{ print $3 }') $(verdict "$work/stale" 1061102 M2)" "possible NO_DATA" \
	"nor with organisations of two years before"
# of one holder alone: what a sibling does of whom nobody knows. It is told, with that reason
"$oddity" "$here/test/oddity/worlds.txt" "$work/hijack" hijacked
is "$(incidents "$work/hijack")" "1041102 1041022 possible" "one hijack alone is possible"
is "$("$rm" incidents --data "$work/hijack" --class misorigination --json | grep -o '"stands-alone"' | head -1)" \
	'"stands-alone"' "and why no more is told"
echo "1..$n"
exit $failed
