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
is "$(jq -r '.not_scored | join(" ")' json)" "rpki-invalid misorigination leak" "the classes that rest on it are not scored"
is "$(jq -r '[.scores[].metric] | unique | join(" ")' json)" "M4 M4C" "and no score is of them"
is "$(jq '[.incidents[] | select(.class == "bogon-asn" and (.spans | length > 0))] | length' json)" 1 \
	"what the updates alone show is an incident"
is "$(jq '[.incidents[] | select(.class == "leak")] | length' json)" 0 "leaks that 100 ASPAs show"
is "$(jq -r '.looked_for | join(" ")' json)" "bogon-prefix bogon-asn rpki-invalid misorigination leak" "what could be looked for"
is "$(grep -cE '^dated +vrps of 2025-07-20, 261 days after the window' text)" 1 "the text says how far off they are"
is "$(grep -cE '^(rpki-invalid|misorigination).*; by evidence of another time$' text)" 4 "and so does each heading of what rests on them"
is "$(grep -c '^bogon-asn.*another time' text)" 0 "but no other"
is "$(jq .window.seen_seconds json)" 882 "seconds of the month that were seen"
echo "1..$n"
exit $failed
