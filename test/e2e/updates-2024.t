#!/bin/sh
# A quarter of an hour of 28 October 2024, and VRPs and ASPAs of the July after: what rests on them is shown with their date
# and enters no score; what rests on the updates alone does.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")/updates-2024-10
[ -d "$data" ] || { echo "1..0 # SKIP no data at $data"; exit 0; }
command -v jq >/dev/null || { echo "1..0 # SKIP jq is not installed"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

is() {	# what, wanted, name
	n=$((n + 1))
	if [ "$1" = "$2" ]; then echo "ok $n - $3: $1"; else echo "not ok $n - $3: $1, not $2"; failed=1; fi
}

"$rm" incidents --data "$data" --json -o json || failed=1
"$rm" incidents --data "$data" --limit 1 >text || failed=1
is "$(jq -r '.dated[] | "\(.evidence) \(.days)"' json | paste -sd' ')" "vrps 261 aspas 261" "the evidence of another time"
is "$(grep -cE '^rpki-invalid .*RPKI-invalid \*$|^  (rpki-invalid|misorigination|leak) .* \*$' text)" 3 "the classes that rest on it are marked"
is "$(jq -r '.not_scored == .looked_for' json)" true "no table, and 0.03 % seen: nothing is scored"
is "$(jq '.scores | length' json) $(grep -c '^Scores' text)" "0 0" "and there is no score"
why='no table tells what was there when the window of updates began'
is "$(sed -n 's/^scores *none: //p' text)" "$why" "the text says why"
is "$(jq '[.incidents[] | select(.class == "bogon-asn" and (.spans | length > 0))] | length' json)" 1 \
	"what the updates alone show is an incident"
is "$(jq '[.incidents[] | select(.class == "leak")] | length' json)" 0 "leaks that 100 ASPAs show"
is "$(jq -r '.looked_for | join(" ")' json)" "bogon-prefix bogon-asn rpki-invalid misorigination leak" "what could be looked for"
is "$(grep -cE '^dated +vrps of 2025-07-20, 261 days after the window' text)" 1 "the text says how far off they are"
is "$(grep -cE '^(rpki-invalid|misorigination).*; by evidence of another time$' text)" 4 "and so does each heading of what rests on them"
is "$(grep -c '^bogon-asn.*another time' text)" 0 "but no other"
is "$(grep -c "^doubt     no misorigination and no leak is surer than possible" text)" 1 "no organisations: the text warns"
is "$(jq .window.seen_seconds json)" 882 "seconds of the month that were seen"

# audit has one rule with incidents: what is listed and not scored there has no data here. The folder has no table, so that
# comes first; with one, the reason is in the same words
"$rm" audit 58224 --data "$data" --rules manrs-netops --json -o audit || failed=1
is "$(jq -r '.results[0].packs[0].controls[] | select(.id | test("^M2C?$")) | .verdict' audit | paste -sd' ')" "NO_DATA NO_DATA" \
	"an AS that incidents lists has no data in audit"
# a table that is no seed of it: the same words in both
mkdir late && ln -s "$data"/updates.* late/ && "$rm" lab spare --seed 7 >/dev/null && ln -s "$PWD"/spare/rib.* late/ || failed=1
"$rm" audit 132770 --data late --rules manrs-netops --json -o audit || failed=1
is "$(jq -r '.results[0].metrics[] | select(.id == "m4c-score") | "\(.state): \(.why)"' audit)" "no-data: $why" "and none in audit, in these words"
"$rm" lab lab --seed 7 >/dev/null && rm lab/vrps.json && ln -s "$data"/rpki-client-*.json.bz2 lab/ || failed=1
"$rm" incidents --data lab --json -o json || failed=1
"$rm" incidents --data lab --limit 1 >text || failed=1
"$rm" audit 10458 --data lab --rules manrs-netops --json -o audit || failed=1
is "$(jq -r '.not_scored | join(" ")' json)" "rpki-invalid misorigination leak" "old VRPs with tables: not scored"
is "$(grep -c '^  \* judged by evidence of another time: see "dated"; not scored$' text)" 1 "incidents says so"
words=$(sed -n '/^dated/,/^$/p' text | tr -s '\n ' '  ' | sed 's/^dated //; s/;.*//; s/ $//')
is "$(jq -r '.results[0].packs[0].controls[] | select(.id == "M2") | "\(.verdict): \(.reason)"' audit)" \
	"NO_DATA: judged by evidence of another time, not scored: $words" "and audit has no data in its words"
is "$(jq -r '.results[0].packs[0].controls[] | select(.id == "M3") | .decides' audit)" m3-score "bogons rest on no VRP"
# nor has incidents a score where audit lacks evidence: leaks and misoriginations without relationships
rm -rf lab && "$rm" lab lab --seed 7 >/dev/null && rm lab/*.as-rel.txt || failed=1
"$rm" incidents --data lab --json -o json || failed=1
"$rm" incidents --data lab --limit 1 >text || failed=1
"$rm" audit 10458 --data lab --rules manrs-netops --json -o audit || failed=1
is "$(jq -r '.not_scored | join(" ")' json)" "misorigination leak" "no relationships: not scored"
is "$(jq '[.scores[].metric | select(test("M[12]"))] | length' json)" 0 "and no score is of them"
lack=$(jq -r '.results[0].metrics[] | select(.id == "m1-score") | .why' audit)
is "$(sed -n 's/^scores *//p' text)" "none of leak: $lack; none of misorigination: $lack" "audit and incidents say the same"
echo "1..$n"
exit $failed
