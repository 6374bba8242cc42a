#!/bin/sh
# audit --summary counts what the full report counts: the same lines as at its end, the same member of the
# record, the sums of its rows, and the same answer to --gate.
set -u
rm=${ROUTEMARK:-build/release/routemark}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 failed=0
ok() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
	fi
}
same() {
	cmp "$work/want" "$work/got" >/dev/null 2>&1 && [ -s "$work/want" ]
	ok $? "$1"
}

"$rm" lab "$work/lab" --seed 11 >/dev/null 2>&1
ok $? "a lab world is written"

"$rm" audit --all --data "$work/lab" >"$work/full"
sed -n '/^Summary of /,$p' "$work/full" >"$work/want"
"$rm" audit --all --summary --data "$work/lab" >"$work/text"
sed -n '/^Summary of /,$p' "$work/text" >"$work/got"
same "the text is the end of the full report"
sed '/^$/,$d' "$work/full" >"$work/want"
sed '/^$/,$d' "$work/text" >"$work/got"
same "under the same heading"
for t in 1 3; do
	"$rm" audit --all --summary --threads $t --data "$work/lab" >"$work/got"
	cp "$work/text" "$work/want"
	same "--threads $t gives the same bytes"
done

"$rm" audit --all --json --data "$work/lab" | sed 's/"results":\[.*\],"summary"/"summary"/' >"$work/want"
"$rm" audit --all --summary --json --data "$work/lab" >"$work/got"
same "the JSON is the record without its results"

# pass, warn, fail, no data, n.a. per pack and control; names of the lab have no comma
"$rm" audit --all --csv --data "$work/lab" | awk -F, '
	NR > 1 { k = $4 " " $6; if (!(k in seen)) { seen[k]; order[++m] = k } v[k, $8]++ }
	END { for (i = 1; i <= m; i++) { k = order[i]
		print k, v[k, "PASS"] + 0, v[k, "WARN"] + 0, v[k, "FAIL"] + 0, v[k, "NO_DATA"] + 0,
		    v[k, "NOT_APPLICABLE"] + 0 } }' >"$work/want"
awk '/^[a-z0-9-]+ [0-9.]+( \(.*\))?$/ { p = $1 }
	/^  [A-Z][A-Z0-9-]* +(\* )? *[0-9]/ { sub(/\*/, ""); print p, $1, $2, $3, $4, $5, $6 }' "$work/text" >"$work/got"
same "its numbers are the sums over the rows of all ASes"

for pack in manrs-netops imc22; do
	"$rm" audit --all --gate --rules $pack --data "$work/lab" >/dev/null
	want=$?
	"$rm" audit --all --gate --summary --rules $pack --data "$work/lab" >/dev/null
	[ $? = $want ] && [ $want != 0 ]
	ok $? "--gate answers as with the full report: $pack"
done
"$rm" audit 64512 --summary --data "$work/lab" >"$work/got"
grep -q '^Summary of 1 ASes' "$work/got"
ok $? "a summary of one AS is one too"
echo "1..$n"
exit $failed
