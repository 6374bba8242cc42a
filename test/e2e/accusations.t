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
is $? 0 "all worlds in one, evidence taken away kind by kind, standing and for two hours"
is "$(accused "$work/all")" "moas-siblings-peeringdb 102 manrs-netops/M2 FAIL
moas-siblings-peeringdb 102 misorigination strong-culprit
moas-siblings-peeringdb 22 manrs-netops/M2C FAIL
moas-siblings-peeringdb 22 misorigination strong-accomplice" "nobody is accused but by the one exception of the page"

# "WORLD CONTROL" as the page has it, and as it is
sed -n '/<!-- worlds -->/,/<!-- end worlds -->/p' "$here/doc/accusations.md" | awk -F' *\\| *' 'NR > 3 && NF > 3 {
	k = split($4, control, " ")
	for (i = 1; i <= k; i++) print $2, control[i]
	print $2 >names }' names="$work/named" | LC_ALL=C sort >"$work/want"
cat "$work/alone" "$work/all" | grep -v -e ' AS[0-9]* ' -e '^- ' | awk '$4 == "FAIL" { sub(".*/", "", $3); print $1, $3 }' |
	grep -v ' M2C\{0,1\}$' | LC_ALL=C sort -u >"$work/got"
is "$(diff "$work/want" "$work/got")" "" "the controls that state are those of the page, world by world"
is "$("$oddity" "$here/test/oddity/worlds.txt" --list | awk '$2 != "guilty" { print $2 }' | sort)" "$(sort "$work/named")" \
	"and the page has every world"

# who did do it: a part of another's signed space, as its usual provider takes it
"$oddity" "$here/test/oddity/worlds.txt" "$work/hijack" hijacked
is "$("$rm" incidents --data "$work/hijack" --class misorigination --csv | awk -F, 'NR > 1 { print $4, $5, $6 }' | sort -u)" \
	"1041102 1041022 strong" "a hijack is found, and who let it in"
is "$("$rm" audit 1041102 --data "$work/hijack" --csv | awk -F, '$6 == "M2" { print $8 }')" FAIL "and held against who did it"
# ... and whoever does it twice is no mitigation service for that
"$oddity" "$here/test/oddity/worlds.txt" "$work/burst" hijacked --burst
is "$("$rm" audit 1041102 --data "$work/burst" --csv | awk -F, '$6 == "M2" { print $8 }')" FAIL "for two hours, too"
is "$("$rm" incidents --data "$work/hijack" --asn 1041101 --csv | awk -F, 'NR > 1 && $4 == 1041101' | wc -l)" 0 \
	"nothing against the victim"
echo "1..$n"
exit $failed
