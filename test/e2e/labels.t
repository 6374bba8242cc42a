#!/bin/bash
# What is a proposal says so wherever it is shown: every command and every format, for each pack that is not
# published, and for a profile with a name of its own over one. A command that is not known here fails: say
# below whether it shows packs, and how it is run in each of its formats. Old data carries its date in the heading.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath "$(dirname "$0")/../golden/data/tiny")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" && ln -s "$data" data || exit 1
as=4100000005 n=0 failed=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# label STATUS: how text has it
label() {
	case $1 in
	proposal) echo "(proposal)" ;;
	proposed) echo "(proposed, not in force)" ;;
	esac
}

# text ID STATUS COMMAND...: the pack is named, with its label behind a mention of it
text() {
	id=$1 want=$(label "$2")
	shift 2
	"$rm" "$@" >out 2>/dev/null
	grep -qF -- "$id" out && grep -F -- "$id" out | grep -qF -- "$want"
	result $? "$* says that $id is a $want"
}

# json ID STATUS COMMAND...: one document that has the status beside the id
json() {
	id=$1 status=$2
	shift 2
	"$rm" "$@" >out 2>/dev/null
	grep -qF "\"$id\"" out && grep -qE "\"id\":\"$id\",[^]]*\"status\":\"$status\"|\"pack\":\"$id\",\"pack_status\":\"$status\"" out
	result $? "$* says that $id is of status $status"
}

# csv ID STATUS COMMAND...: in every row of the pack
csv() {
	id=$1 status=$2
	shift 2
	"$rm" "$@" >out 2>/dev/null
	grep -q ",$id,\|^$id," out && [ "$(grep ",$id,\|^$id," out | grep -cv ",$status$\|,$status,")" -eq 0 ]
	result $? "$* says in each row that $id is of status $status"
}

# oscal ID STATUS COMMAND...: the OSCAL itself; a profile has no status of its own, so its title must not hide it
oscal() {
	id=$1
	shift 2
	"$rm" "$@" >out 2>/dev/null
	grep -qF "$id" out && grep -qi "propos" out
	result $? "$* says what $id is"
}

# each COMMAND...: wherever a pack is named with its version, its label follows
proposal=$("$rm" rules --json manrs-plus-proposal | sed -n 's/.*"version": "\(.*\)".*/\1/p' | head -n 1)
each() {
	"$rm" "$@" >out 2>/dev/null
	tr -s '\n ' '  ' <out >line
	bad=0 seen=0
	for want in "manrs-plus-proposal $proposal (proposal)" "fcc-24-62 1.0.0 (proposed, not in force)"; do
		all=$(grep -oE "${want% (*} ?[^ ]*" line | wc -l) good=$(grep -oF "$want" line | wc -l)
		[ "$all" -eq "$good" ] || bad=1
		seen=$((seen + good))
	done
	[ $bad -eq 0 ] && [ $seen -gt 0 ]
	result $? "$* labels the packs each time that it names them"
}

# pages ID STATUS PACK: each page that names the pack, and each table of it in an index
pages() {
	id=$1 want=$(label "$2")
	rm -rf pages && mkdir pages
	"$rm" audit $as --data data --rules "$3" --html pages/one.html
	"$rm" audit $as 4100000004 --data data --rules "$3" --html pages/some
	grep -rlF -- "$id" pages >named
	bad=0
	while IFS= read -r f; do grep -F -- "$id" "$f" | grep -qF -- "$want" || bad=1; done <named
	[ "$(wc -l <named)" -eq 4 ] && [ $bad -eq 0 ]
	result $? "audit --html says on each of 4 pages that $id is a $want"
}

# documents ID STATUS PACK: the three that are ours to word; catalogue and profile are the pack itself
documents() {
	want=$(label "$2")
	rm -rf grc
	"$rm" audit $as --data data --rules "$3" --oscal grc
	[ "$(grep -rlF -- "$want" grc | grep -c 'ssp.json$\|assessment-plan.json$\|assessment-results.json$')" -eq 3 ]
	result $? "audit --oscal says in plan, system and results that $1 is a $want"
}

# asking ID STATUS PACK: a requirement that draws from the pack, or is the file itself: it is made of what it draws from
asking() {
	from=$1 ask=$3 was=$id
	case $3 in
	*/*) from=manrs-plus-proposal ;;
	*)
		ask=./asks-$3.json
		sed -e "s/manrs-plus-proposal/$3/" -e 's/"include-controls":.*/"include-all":{}}]}}/' -e 's/tender-7/asks-it/' \
			tender.json >"$ask" ;;
	esac
	text "$from" "$2" compare --require "$ask" $as --data data
	json "$from" "$2" compare --require "$ask" $as --data data --json
	csv "$from" "$2" compare --require "$ask" $as --data data --csv
	each compare --require "$ask" $as --data data
	"$rm" compare --require "$ask" $as --data data 2>/dev/null | sed -n 1,7p | tr -s '\n ' '  ' | grep -qF "(with controls of a propos"
	result $? "compare --require $ask is headed so"
	"$rm" compare --require "$ask" $as --data data --html page.html 2>/dev/null
	sed -n '/<header>/,/<.header>/p' page.html >heading
	grep -qF "(with controls of a propos" heading && grep -F -- "$from" heading | grep -qF -- "$(label "$2")"
	result $? "compare --require $ask --html is headed so, and labels the pack"
	rm -rf grc
	"$rm" compare --require "$ask" $as --data data --oscal grc 2>/dev/null
	[ "$(grep -rlF "(with controls of a proposal)" grc | grep -c 'ssp.json$\|assessment-plan.json$\|assessment-results.json$')" -eq 3 ] &&
		[ "$(grep -rlF -- "$from$(label "$2" | sed 's/^/ /'):" grc | wc -l)" -eq 3 ]
	result $? "compare --require $ask --oscal is titled so in all three, and labels the pack"
	grep -A1 "<dt>pack</dt>" page.html | grep -F -- "$from" >each
	[ -s each ] && ! grep -vF -- "$(label "$2")" each >/dev/null
	result $? "... and each demand of it says so"
	id=$was
}

# sealed ID STATUS PACK: the signed statement, at each mention of the pack; the comment that minisign shows
sealed() {
	id=$1 want=$(label "$2")
	"$rm" audit $as --data data --rules "$3" --json -o sealed.json
	"$rm" seal sealed.json --key seal.key >/dev/null
	sed -E 's/.*"payload":"([^"]*)".*/\1/' sealed.json.dsse.json | base64 -d | sed 's/","/"\n"/g; s/[][]/\n/g' >body
	[ "$(grep -F -- " $id/" body | grep -vcF -- "$want")" -eq 0 ] &&
	    grep '"name":"'"$id" body | grep -qF -- "$want" && [ "$(grep '"name":"'"$id" body | grep -vcF -- "$want")" -eq 0 ]
	result $? "the statement of seal says at each mention that $id is a $want"
	grep '^trusted comment: ' sealed.json.minisig | grep -qF -- "$id" &&
	    grep '^trusted comment: ' sealed.json.minisig | grep -qF -- "$want"
	result $? "and so does the comment of its signature"
	text "$id" "$2" verify sealed.json --key seal.key
	json "$id" "$2" verify sealed.json --key seal.key --json
}

# disputed ID STATUS PACK CONTROL: the ledger's list, one of it, and their JSON
disputed() {
	id=$1 want=$(label "$2")
	rm -f d.jsonl
	"$rm" audit $as --data data --rules "$3" --json -o disputed.json
	name=$("$rm" dispute open d.jsonl --report disputed.json --asn $as --control "$id/$4" --reason no --key seal.key)
	for how in "list d.jsonl" "show d.jsonl $name"; do
		# shellcheck disable=SC2086 # words on purpose
		"$rm" dispute $how >out 2>/dev/null
		grep -qF "$id/" out && ! grep -F "$id/" out | grep -qvF -- "$id/$4 $want"
		result $? "dispute ${how%% *} says that $id is a $want"
	done
	"$rm" dispute list d.jsonl --json | grep -qE "\"control\":\"$id/$4\",.*\"pack_status\":\"$2\""
	result $? "and so does its JSON"
	text "$id" "$2" audit $as --data data --rules "$3" --disputes d.jsonl
	text "$id" "$2" explain $as "$id/$4" --data data --rules "$3" --disputes d.jsonl
}

# bundled ID STATUS PACK: a bundle, and what is computed from it
bundled() {
	rm -rf bundle
	"$rm" audit $as --data data --rules "$3" --bundle bundle >/dev/null
	grep -qE "\"id\":\"$1\",[^]]*\"status\":\"$2\"" bundle/bundle.json
	result $? "bundle.json says that $1 is of status $2"
	text "$1" "$2" replay bundle --data data
	json "$1" "$2" replay bundle --data data --json
}

# every_format ID STATUS PACK CONTROL: PACK is what the commands take
every_format() {
	id=$1 s=$2 pack=$3 control=$4
	text "$id" "$s" audit $as --data data --rules "$pack"
	text "$id" "$s" audit $as 4100000004 --data data --rules "$pack"
	text "$id" "$s" audit --all --summary --data data --rules "$pack"
	json "$id" "$s" audit $as --data data --rules "$pack" --json
	json "$id" "$s" audit --all --summary --data data --rules "$pack" --json
	csv "$id" "$s" audit $as --data data --rules "$pack" --csv
	text "$id" "$s" explain $as "$id/$control" --data data --rules "$pack"
	json "$id" "$s" explain $as "$id/$control" --data data --rules "$pack" --json
	text "$id" "$s" crosswalk "$pack"
	text "$id" "$s" crosswalk "$pack" --by control
	json "$id" "$s" crosswalk "$pack" --json
	csv "$id" "$s" crosswalk "$pack" --csv
	asking "$id" "$s" "$pack"
	text "$id" "$s" exposure $as --data data --rules "$pack"
	json "$id" "$s" exposure $as --data data --rules "$pack" --json
	rm -f months.rma
	"$rm" audit $as --data data --rules "$pack" --archive months.rma >/dev/null
	text "$id" "$s" archive list months.rma
	text "$id" "$s" history $as --archive months.rma
	json "$id" "$s" history $as --archive months.rma --json
	csv "$id" "$s" history $as --archive months.rma --csv
	pages "$id" "$s" "$pack"
	documents "$id" "$s" "$pack"
	sealed "$id" "$s" "$pack"
	disputed "$id" "$s" "$pack" "$control"
	bundled "$id" "$s" "$pack"
	"$rm" rules "$pack" | grep -q "^$id .*, $s$"
	result $? "rules $pack says that $id is of status $s"
}

cat >tender.json <<P
{"profile":{"uuid":"5f3b8c5e-3a77-5a3e-9d3f-0c1f6f5a7b10","metadata":{"title":"Tender 7","version":"1",
"last-modified":"2026-01-01T00:00:00Z","oscal-version":"1.1.2","remarks":"Certified.","props":[{"name":"pack-id",
"ns":"urn:routemark:oscal","value":"tender-7"}]},
"imports":[{"href":"urn:routemark:catalog:manrs-plus-proposal","include-controls":[{"with-ids":["P-RPKI-1"]}]}]}}
P

known=" audit explain rules crosswalk exposure inspect require compare archive history seal verify dispute mark replay serve "	# they show packs, and are run below
without=" dump lab path score key log incidents witness "				# they show none
for c in $("$rm" --help | sed -nE 's/^  ([a-z]+) {2,}.*/\1/p'); do
	case "$known$without" in *" $c "*) continue ;; esac
	result 1 "it is known whether $c shows packs: see this test"
done
formats=" json csv summary profile by html oscal bundle "	# options that make another output: each is run below
# exposure --incidents is a table without verdicts, and names no pack
others=" accept address all answers archive as-of asn at attach attest auditor badge baseline bundles control data disputes envelope evidence force full-feed gate help incidents key known list listen log log-key mark min-share minimal network no-sandbox org origins out output pack passphrase-fd past policy proof reason record reject replay report require reviewer route-server rules signature threads timeout until verbose visibility window "
for c in $known; do
	for o in $("$rm" "$c" --help | sed -nE 's/^  (   |-[A-Za-z0-9],) --([a-z0-9-]+).*/\2/p'); do
		case "$formats$others" in *" $o "*) continue ;; esac
		result 1 "it is known whether $c --$o makes another output: see this test"
	done
done
"$rm" key new labels.example -o seal.key --no-passphrase >/dev/null || exit 1
published=0
while IFS=' ' read -r id status; do
	if [ "$status" = published ]; then
		published=$((published + 1))
		"$rm" crosswalk "$id" | grep -q "(propos"
		[ $? -eq 1 ]
		result $? "$id, which is published, has no label"
		continue
	fi
	control=$("$rm" rules "$id" | sed -nE 's/^  ([A-Z][A-Z0-9-]+) .*measured\)$/\1/p' | head -n 1)
	every_format "$id" "$status" "$id" "$control"
	oscal "$id" "$status" rules "$id" --json
	oscal "$id" "$status" rules "$id" --profile
done <<L
$("$rm" rules | sed -nE 's/^([a-z0-9-]+) [^ ]+, [0-9]+ controls, ([a-z]+)$/\1 \2/p')
L
# a mark, of the network that carries one
"$rm" audit 4100000004 --data data --rules manrs-plus-proposal --json -o carries.json 2>/dev/null
"$rm" log init marks --key seal.key && printf 'log %s\nquorum none\n' "$("$rm" key show seal.key --vkey)" >policy
text manrs-plus-proposal proposal mark issue 4100000004 --report carries.json --pack manrs-plus-proposal --key seal.key --log marks --log-key seal.key --out mark
for f in badge.svg index.html; do
	grep -F manrs-plus-proposal mark/$f | grep -qF '(proposal)'
	result $? "$f of a mark says that its pack is a proposal"
done
text manrs-plus-proposal proposal mark show 4100000004 --log marks --policy policy --known seal.key
json manrs-plus-proposal proposal mark show 4100000004 --log marks --policy policy --known seal.key --json
[ "$published" -ge 3 ] && [ "$n" -ge 30 ]
result $? "the list of packs was read"
every_format tender-7 proposal ./tender.json P-RPKI-1
for p in ./tender.json transit cloud-on-ramp ddos remote-sites; do
	each require text "$p"
	"$rm" require text "$p" 2>/dev/null | sed -n 3,6p | tr -s '\n ' '  ' | grep -qF "(with controls of a proposal)"
	result $? "... and the text of $p is headed so"
	"$rm" require lint "$p" | grep -qF "(with controls of a proposal)"
	result $? "require lint $p says so"
	"$rm" require lint "$p" --json | grep -qF '"status":"proposal","title"'
	result $? "require lint $p --json says so"
	[ "$p" = ./tender.json ] && continue
	each require text "$p" --csv
	oscal "require-$p" - require init "$p"
done
[ "$("$rm" require init | tr -s '\n ' '  ' | grep -oF "(with controls of a proposal)" | wc -l)" -eq 4 ]
result $? "require init says so of each kind"
mkdir some && cp "$data"/rpki.json some/
text manrs-plus-proposal proposal inspect some
json manrs-plus-proposal proposal inspect --json some

# old data carries its date in the heading, in every format that speaks of a network
heading() {	# PATTERN LINES COMMAND...: that many lines of the output match
	pattern=$1 want=$2
	shift 2
	"$rm" "$@" >out 2>/dev/null
	[ "$(grep -c -- "$pattern" out)" -eq "$want" ]
	result $? "$* carries the date of its evidence"
}
heading '^as of     2022-05-01; verdicts are about that moment' 1 audit $as 4100000004 --data data
heading '^AS41.*(evidence as of 2022-05-01)$' 2 audit $as 4100000004 --data data
heading '^as of     2022-05-01; verdicts are about that moment' 1 audit --all --summary --data data
heading 'evidence as of *$\|(evidence as of 2022-05-01)' 1 explain $as M8 --data data --rules manrs-netops
heading '"at":"2022-05-01T00:00:00Z"' 1 audit $as --data data --json
rm -rf bundle && "$rm" audit $as --data data --bundle bundle >/dev/null
heading '^  about .*, evidence as of 2022-05-01T' 1 replay bundle --data data
heading '"at":"2022-05-01T00:00:00Z"' 1 replay bundle --data data --json
heading '"at":"2022-05-01T00:00:00Z"' 1 explain $as M8 --data data --rules manrs-netops --json
heading '^as of     2022-05-01; verdicts are about that moment' 1 compare --require transit $as 4100000004 --data data
heading '^AS41.*(evidence as of 2022-05-01)$' 2 compare --require transit $as 4100000004 --data data
heading 'Evidence of <strong>2022-04-01 to 2022-05-01</strong>, judged for <strong>2022-05-01<' 1 compare --require transit \
	$as --data data --html -
heading '"at":"2022-05-01T00:00:00Z"' 1 compare --require transit $as --data data --json
heading ',2022-05-01T00:00:00Z,' 22 compare --require transit $as --data data --csv
# ... which is not the moment that is asked about
of='(evidence of 2022-04-01 to 2022-05-01)$'
for at in 2022-04-15 2022-07-03 2030-01-01; do
	heading "^AS41.*$of" 2 audit $as 4100000004 --data data --at $at
	heading "^AS41.*$of" 2 compare --require transit $as 4100000004 --data data --at $at
	heading 'evidence as of' 0 explain $as M8 --data data --rules manrs-netops --at $at
done
heading '^AS41.*(evidence as of 2022-07-02)$' 1 audit $as --data data --at 2022-07-02
rm -f months.rma && "$rm" audit $as --data data --archive months.rma >/dev/null
heading '^AS41.*(as of 2022-05-01 to 2022-05-01)$' 1 history $as --archive months.rma
heading '"at":"2022-05-01T00:00:00Z"' 1 history $as --archive months.rma --json
heading ',2022-05,2022-05-01T00:00:00Z,' 2 history $as --archive months.rma --csv --pack imc22
heading ',2022-05-01T00:00:00Z,' 2 audit $as --data data --rules imc22 --csv

# every page and every answer of a site that names the pack, and the date in their headings
"$rm" serve --archive months.rma --listen 127.0.0.1:0 2>said &
site=$!
for _ in $(seq 100); do grep -qs sandbox said && break; sleep 0.1; done
base=$(sed -nE 's,.*(http://[^ ]*)/ shows.*,\1,p' said)
for path in / /network/$as /control/manrs-plus-proposal/P-RPKI-1 /about /networks "/compare?asns=$as&pack=manrs-plus-proposal" \
	"/badge/$as.svg?pack=manrs-plus-proposal"; do
	curl -s "$base$path" >out
	grep -qF manrs-plus-proposal out && grep -F manrs-plus-proposal out | grep -qF "(proposal)"
	result $? "serve $path says that manrs-plus-proposal is a (proposal)"
	grep -q "2022-05" out
	result $? "serve $path carries the date of its evidence"
done
for path in /months "/networks/$as" "/scores?asns=$as&pack=manrs-plus-proposal" "/scores/summary?pack=manrs-plus-proposal" \
	"/compare?asns=$as&pack=manrs-plus-proposal" "/controls?pack=manrs-plus-proposal"; do
	curl -s "$base/api/v1$path" >out
	grep -qE '"id":"manrs-plus-proposal","in_force":false,[^}]*"status":"proposal"' out
	result $? "serve /api/v1$path says that manrs-plus-proposal is of status proposal"
done
kill $site
echo "1..$n"
exit $failed
