#!/bin/bash
# `routemark path` on a lab world whose truth is known: every leak it proves was planted, and leaker and acceptor are
# those of the answer key; each leak that relationships show was planted too; the exit status is what a pipeline wants.
rm=$(realpath "${ROUTEMARK:?the program to test}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

proven=0
for seed in 7 8; do
	rm -rf d && "$rm" lab d --seed $seed >/dev/null
	for f in d/*.mrt; do "$rm" dump "$f"; done |
		sed -nE 's/.*(announce|prefix)=([^ ,]+)[^"]*path="([^"]*)".*/\3|\2/p' | sort -u >paths
	"$rm" path --data d --json <paths >out.json
	jq -r '.incidents[] | select(.kind == "route-leak") | "\(.culprit) \(.leaked_to)"' d/ANSWERS.json | sort -u >planted
	proofs='.paths[].leak | select(.class == "proven")'
	jq -r "$proofs | select(.leaker != null) | \"\(.leaker) \(.acceptor)\"" out.json | sort -u >named
	[ -s planted ] && [ -z "$(comm -13 planted named)" ]
	result $? "seed $seed: every proven leak with a name is a planted one, with its leaker and acceptor"
	culprits=$(cut -d' ' -f1 planted | paste -sd,)
	[ -z "$(jq "$proofs | select(any(.suspects[]; IN($culprits)) | not)" out.json)" ]
	result $? "seed $seed: without a name the culprit is one of the suspects"
	jq -r '.paths[] | select(.valley.broken and .leak.class != "none") | .leak | select(.leaker != null) |
		"\(.leaker) \(.acceptor)"' out.json | sort -u >shown
	cmp -s planted shown
	result $? "seed $seed: ASPAs and relationships together name the planted leaks, all of them and no other"
	proven=$((proven + $(wc -l <named)))
	[ "$(jq '.paths | length' out.json)" -eq "$(wc -l <paths)" ]
	result $? "seed $seed: every path has its answer"
done
[ $proven -gt 0 ]
result $? "some are proven: $proven"

# each path alone gives what it gives among others
head -n 3 paths >some
"$rm" path --data d --json <some | jq -cS '.paths[]' >together
while IFS='|' read -r path prefix; do "$rm" path "$path" "$prefix" --data d --json; done <some | jq -cS '.paths[]' >alone
cmp -s together alone
result $? "a path alone has the answer that it has among others"
"$rm" path --data d <paths >one 2>/dev/null; mkdir e && for f in d/*; do mv "$f" "e/x$((i += 1))"; done
"$rm" path --data e --threads 1 <paths >two 2>/dev/null
cmp -s one two
result $? "names, order and threads do not show"
grep -q "$work" one out.json
[ $? -eq 1 ]
result $? "no path of this machine is in the output"
[ "$(grep -v '^path ' one | wc -L)" -le 100 ]
result $? "a line has 100 columns at most, but for the path itself"
echo "1..$n"
exit $failed
