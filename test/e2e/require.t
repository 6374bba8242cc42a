#!/bin/sh
# require: each starting point goes from init over lint to a text and a sheet; each fault that a profile can have is
# told with its place; text from strangers stays text; outputs are whole or not there. The profiles are OSCAL by our
# rules, and by NIST's schema where it is here (ROUTEMARK_OSCAL_SCHEMA).
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
root=$(realpath "$(dirname "$0")/../..")
shared=$(realpath -m "${ROUTEMARK_SHARED:-$root/../shared/data}")
: "${ROUTEMARK_OSCAL_SCHEMA:=$(realpath -m "$shared/../reference/oscal-1.1.2/oscal_complete_schema.json")}"
export ROUTEMARK_OSCAL_SCHEMA
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	cat out err 2>/dev/null | sed 's/^/# /' | cat -v | head -6
	failed=1
}
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }
req() { "$rm" require "$@" >out 2>err; }
node=$(command -v node)

# --- each kind, from nothing to a tender ---
kinds=$("$rm" require init | sed -nE 's/^([a-z-]+) .*/\1/p')
[ "$(echo "$kinds" | sort | tr '\n' ' ')" = "cloud-on-ramp ddos remote-sites transit " ]
ok $? "four kinds are listed"
mkdir profiles
for k in $kinds; do
	req init "$k" -o "profiles/$k.json" && [ ! -s out ] && [ ! -s err ] &&
		cmp -s "profiles/$k.json" "$root/packs/require/$k.profile.json"
	ok $? "$k: init writes the file of the tree"
	req lint "profiles/$k.json" && ! grep -q '^advice\|^error' out
	ok $? "$k: lint has nothing to say"
	demands=$(sed -nE 's/^  ([0-9]+) demands, .*/\1/p' out) measured=$(sed -nE 's/.*; ([0-9]+) measured.*/\1/p' out)
	asked=$(sed -nE 's/.* ([0-9]+) asked.*/\1/p' out)
	req lint "profiles/$k.json" --json && grep -q "\"demands\":$demands,.*\"measured\":$measured,.*\"questions\":$asked,.*\"usable\":true" out && cp out json
	ok $? "... and counts the same for a program"
	req text "profiles/$k.json" -o "$k.md" && [ ! -s out ] && [ ! -s err ] &&
		[ "$(grep -c '^#### R[0-9]*\. ' "$k.md")" = "$measured" ] &&
		[ "$(sed -n '/^## Part 2/,$p' "$k.md" | grep -c '^#### ')" = "$asked" ]
	ok $? "$k: text has all $measured requirements and $asked questions"
	tr -s '\n ' '  ' <"$k.md" | grep -q "both parts add up to $(sed -nE 's/.*"weight":([0-9]+)}.*/\1/p' json); what"
	ok $? "... and the sum of their weights"
	[ "$(grep -c '^- \*\*Control:\*\* ' "$k.md")" = $((measured + asked)) ] &&
		[ "$(grep -c '^- \*\*Why it is asked:\*\* ' "$k.md")" = $((measured + asked)) ] &&
		[ "$(grep -c '^- \*\*Bar:\*\* ' "$k.md")" -ge "$measured" ] &&
		[ "$(grep -c '^- \*\*How it will be checked:\*\* ' "$k.md")" = "$asked" ] &&
		[ "$(grep -c '^- \*\*Evidence that counts:\*\* ' "$k.md")" = $((measured + asked)) ]
	ok $? "... each with its control, reason, bar or check, and evidence"
	grep -q "^routemark compare --require $k.json ASN ... " "$k.md"
	ok $? "... and how to recompute it"
	awk 'length > 100 && !/^#/ { bad = 1 } END { exit bad }' "$k.md"
	ok $? "... in lines that fit"
	req text "$k" && sed "s/$k\.profile\.json/$k.json/" out | tr -s '\n ' '  ' >a && tr -s '\n ' '  ' <"$k.md" >b && cmp -s a b
	ok $? "... the same when the kind is named and no file"
	req text "profiles/$k.json" --csv --asn 64501,AS64500 --asn 64501 -o "$k.csv" && [ "$(wc -l <"$k.csv")" = $((2 * asked + 1)) ]
	ok $? "$k: the sheet has a row for each question and network"
	if [ -z "$node" ]; then skip "no node"; skip "no node"; continue; fi
	"$node" "$root/test/e2e/sheet.mjs" "$k.csv" >out 2>err
	ok $? "... reads back as CSV, with nothing filled in that the provider fills in"
	head -n 1 out | grep -qx "Question ID|Question|ASN|Provider answer|Implementation description|Evidence|Control ID|Control specification|Control title|Domain|Required|Least evidence|How it will be checked|Attested by|Attested on|Valid until" &&
		sed 1d out | cut -d' ' -f1 | uniq >rows && sed -nE '/^## Part 2/,$ s/^#### (.*)\. .*/\1/p' "$k.md" | cmp -s - rows &&
		[ "$(sed 1d out | cut -d' ' -f2 | sort -u | tr '\n' ' ')" = "64500 64501 " ]
	ok $? "... in the columns agreed on, and the order of the text"
done
# that they really differ: what is required of one and not of another
required() { tr -d '\n' <"profiles/$1.json" | sed 's/"control-id"/\n&/g' | sed -nE 's/^"control-id": "([^"]*)".*"name": "required",[^}]*"value": "yes".*/\1/p' | sort; }
for k in $kinds; do required "$k" >"$k.required"; done
grep -qx P-FLT-1 transit.required && ! grep -qx P-FLT-1 cloud-on-ramp.required && ! grep -qx P-FLT-1 ddos.required &&
	grep -qx P-MON-1 cloud-on-ramp.required && grep -qx P-DDOS-1 ddos.required && grep -qx P-SVC-1 ddos.required &&
	[ "$(wc -l <remote-sites.required)" -lt 4 ] && ! cmp -s transit.required ddos.required
ok $? "the kinds ask for different things"
if [ -z "$node" ]; then
	skip "no node"
else
	"$node" "$root/test/oscal/profile.mjs" profiles/*.json >out 2>err
	ok $? "the four are OSCAL profiles by our rules"
fi
if [ -z "$node" ] || [ ! -f "$ROUTEMARK_OSCAL_SCHEMA" ]; then
	skip "NIST's schema is not here (ROUTEMARK_OSCAL_SCHEMA)"
else
	[ -d "$root/test/oscal/node_modules/ajv" ] || npm --prefix "$root/test/oscal" ci --silent >&2
	"$node" "$root/test/oscal/schema.mjs" profiles >out 2>err && grep -qx '4 documents, 0 errors' out
	ok $? "the four are valid by NIST's schema"
fi

# --- every fault alone, put into a good profile ---
# fault STATUS WHAT SED-SCRIPT PATTERN
fault() {
	sed -E "$3" profiles/transit.json >broken.json
	! cmp -s broken.json profiles/transit.json || { ok 1 "$2: the test breaks nothing"; return; }
	req lint broken.json
	[ $? = "$1" ] && grep -q "^error   broken.json: $4" out && head -n 1 out | grep -q "^broken.json: cannot be used: "
	ok $? "lint finds $2"
	"$rm" require text broken.json -o broken.md >out 2>err
	[ $? = 2 ] && grep -q "^routemark require: broken.json: $4" err && [ ! -e broken.md ]
	ok $? "... and no text is written"
}
fault 1 "a pack that there is not" 's/catalog:fcc-24-62/catalog:fcc-99/' 'profile.imports\[2\].href: no catalogue "fcc-99"'
fault 1 "a control that there is not" 's/"M3C",/"M3X",/' 'profile.imports\[0\].*pack manrs-netops has no control "M3X".*requirement.md 2'
fault 1 "a control that two packs have" 's/catalog:fcc-24-62/catalog:imc22/; s/"ROA-90"/"A4"/' 'profile.imports\[2\].*control "A4" comes from manrs-netops, too'
fault 1 "a pack that is imported twice" 's/catalog:fcc-24-62/catalog:manrs-netops/' 'profile.imports\[2\]: pack manrs-netops is imported above'
fault 1 "a parameter of no control" 's/"P-ROV-1.pass"/"P-ROV-1.past"/' 'profile.modify.set-parameters\[1\].*"P-ROV-1.past".*requirement.md 3'
fault 1 "a parameter of a control that is not imported" 's/"P-ROV-1.pass"/"P-RPKI-1.pass"/' 'profile.modify.set-parameters\[1\].*P-RPKI-1.pass is of a control that is not imported'
fault 1 "a parameter that is set twice" 's/"P-ROV-1.pass"/"P-FLT-1.pass"/' 'profile.modify.set-parameters\[1\].*P-FLT-1.pass is set above'
fault 1 "a bar that is none" 's/"0.1 %"/"little"/' 'profile.modify.set-parameters\[0\].values: "little" is not a percentage'
fault 1 "a weight out of range" '0,/"value": "5"/ s/"value": "5"/"value": "101"/' 'profile.modify.alters\[0\].adds\[0\].props\[1\]: "101" is no weight'
fault 1 "a class that there is not" 's/"value": "attested"/"value": "sworn"/' 'profile.modify.alters.*"sworn" is no class of evidence'
fault 1 "an age that is none" 's/"value": "365"/"value": "0"/' 'profile.modify.alters.*"0" is no age'
fault 1 "neither yes nor no" '0,/"value": "yes"/ s/"value": "yes"/"value": "maybe"/' 'profile.modify.alters\[0\].*required is yes or no, not "maybe"'
fault 1 "a prop that is not known" '0,/"name": "reason"/ s/"name": "reason"/"name": "why"/' 'profile.modify.alters\[0\].*prop "why" is not known'
fault 1 "a prop that is given twice" '0,/"name": "weight"/ s/"name": "weight"/"name": "required"/' 'profile.modify.alters\[0\].*required of control M3 is given above'
fault 1 "demands on a control that is not imported" 's/"control-id": "M3C"/"control-id": "M2"/' 'profile.modify.alters\[1\]: control "M2" is not imported'
fault 1 "a key that OSCAL does not have" 's/"merge"/"marge"/' 'profile'
fault 1 "a file that is cut short" '100q' ''
req lint ./none.json; [ $? = 2 ] && [ ! -s out ] && grep -q 'none.json' err
ok $? "a file that is not there is no answer"
req lint nokind; [ $? = 2 ] && grep -q 'no starting point "nokind"' err
ok $? "nor is a kind that is not there"
req text ./none.json --csv -o none.csv; [ $? = 2 ] && [ ! -e none.csv ]
ok $? "and no sheet is written of it"

# --- what goes out is whole, and init spares what was edited ---
echo mine >have.json
req init ddos -o have.json; [ $? = 2 ] && [ "$(cat have.json)" = mine ] && grep -q 'have.json: exists' err
ok $? "init leaves a file that is there"
req init ddos -o have.json --force && cmp -s have.json profiles/ddos.json
ok $? "... but with --force"
ln -s nowhere link
req init ddos -o link; [ $? = 2 ] && [ -L link ] && [ ! -e nowhere ]
ok $? "... and a link, wherever it leads"
req text ddos -o no/such.md; [ $? = 2 ] && grep -q 'no/such.md: cannot be written' err
ok $? "a folder that is not there"
req text "profiles/ddos.json" && cp out a && (cd profiles && "$rm" require text ./ddos.json) >b 2>err && cmp -s a b
ok $? "the same bytes wherever the file lies"

# --- text from strangers stays text: a catalogue and a profile of somebody else ---
"$rm" rules manrs-plus-proposal --json | sed -E 's/"value": "manrs-plus-proposal"/"value": "theirs"/; s/Customers can have attack traffic dropped:/=HYPERLINK(\\"x\\") *never* <script> 1. `a`/; s/"title": "Blackholing or mitigation offered"/"title": "@SUM(A1) # [x](y) | z"/' >theirs.catalog.json
sed -E 's/urn:routemark:catalog:manrs-plus-proposal/theirs.catalog.json/; s/"value": "(It is what we buy)/"value": "- \1 <b>/; s/"title": "[^"]*"/"title": "# Tender \\"7\\" _now_"/' profiles/ddos.json >theirs.json
req lint theirs.json && ! grep -q '^error\|^advice' out && req text theirs.json -o theirs.md
ok $? "a catalogue beside the profile is read"
tr -s '\n ' '  ' <theirs.md >line
grep -qF '=HYPERLINK("x") \*never\* \<script\> 1\. \`a\`' line && ! grep -q '[^\\]<script' theirs.md && grep -qF '@SUM(A1) \# \[x\](y)' theirs.md &&
	grep -qF '# \# Tender "7" \_now\_' theirs.md && grep -qF '\- It is what we buy \<b\>' line
ok $? "its Markdown is no markup in the text"
req text theirs.json --csv -o theirs.csv && grep -qF "\"'@SUM(A1)" theirs.csv && ! grep -q ',@SUM\|^=\|,=\|"=' theirs.csv
ok $? "and its formulas are none in the sheet"
grep -q '^.*theirs [0-9.]* (proposal)' theirs.md && ! grep -q 'manrs-plus-proposal' theirs.md
ok $? "that it is a proposal goes with it"
cp theirs.json 'a b;c.json'
req text './a b;c.json' && grep -q '^routemark compare --require PROFILE.json ' out
ok $? "a name that a shell would take apart stands in no command"

# --- an answer that is not accepted, said before somebody fills it in ---
sed -E '0,/"value": "attested"/ s/"value": "attested"/"value": "audited"/' profiles/ddos.json >audited.json
req lint audited.json && grep -q '^advice  audited.json: control P-DDOS-1: cannot be judged from files' out
ok $? "lint advises that nobody can meet it"
req text audited.json --csv && grep '^P-DDOS-1' out | grep -q 'recorded and does not meet this' && grep -q 'advice: audited.json: control P-DDOS-1' err
ok $? "and the sheet says so, too"

sed -E '/"control-id": "P-COORD-1"/,/"control-id": "P-COORD-2"/ s/"value": "attested"/"value": "measured"/' profiles/ddos.json >more.json
req lint more.json && grep -q '^advice  more.json: control P-COORD-1: also needs' out && req text more.json --csv &&
	grep '^P-COORD-1' out | grep -q 'requirement R[0-9]*, and must not be short.*recorded and does not meet this'
ok $? "what data show only in part is asked, whatever class the buyer wants"

# --- the bar that is asked for is the one that stands in the text ---
sed -E 's/"90 %"/"97.5 %"/' profiles/transit.json >tuned.json
req text tuned.json && tr -s '\n ' '  ' <out | grep -qF '**at least 97.5 %**, set by the Buyer (the pack has at least 90 %)'
ok $? "a bar of the buyer's is told with that of the pack"
req text transit && ! tr -s '\n ' '  ' <out | grep -q 'set by the Buyer (the pack has at least 90 %)'
ok $? "... and one that is the pack's is not"
echo "1..$n"
exit $failed
