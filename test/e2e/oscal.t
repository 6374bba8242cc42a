#!/bin/sh
# audit --oscal: every chain holds our rules (test/oscal/chain.mjs) and, where NIST's schema is here, that one too;
# broken copies are refused; the verdicts are those of the table; the folder appears whole or not at all. The schema
# is looked for in ROUTEMARK_OSCAL_SCHEMA, then beside the checkout.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
root=$(realpath "$(dirname "$0")/../..")
tiny=$root/test/golden/data/tiny
shared=$(realpath -m "${ROUTEMARK_SHARED:-$root/../shared/data}")
node=$root/test/oscal
: "${ROUTEMARK_OSCAL_SCHEMA:=$(realpath -m "$shared/../reference/oscal-1.1.2/oscal_complete_schema.json")}"
[ -f "$ROUTEMARK_OSCAL_SCHEMA" ] || ROUTEMARK_OSCAL_SCHEMA=
export ROUTEMARK_OSCAL_SCHEMA
command -v node >/dev/null || { echo "1..0 # SKIP no node"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	sed 's/^/# /' err out 2>/dev/null | cat -v | head -6
	failed=1
}
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }
audit() { "$rm" audit "$@" >out 2>err; }
# export DIR WHAT ARGUMENTS...: done, and good
export_() {
	dir=$1 what=$2
	shift 2
	audit "$@" --oscal "$dir"
	ok $? "$what: exported"
	good "$dir" "$(find "$dir" -name ssp.json | wc -l)" "$what"
}
# good DIR CHAINS WHAT: so many chains, and nothing wrong with any
good() {
	node "$node/check.mjs" "$1" >out 2>err && [ "$(tail -n 1 out)" = "$2 chains, 0 wrong" ]
	ok $? "$3: our rules"
	if [ -z "$ROUTEMARK_OSCAL_SCHEMA" ]; then skip "NIST's schema is not here (ROUTEMARK_OSCAL_SCHEMA)"; return; fi
	node "$node/schema.mjs" "$1" >out 2>err
	ok $? "$3: NIST's schema"
}
# verdicts DIR: "ASN PACK CONTROL VERDICT" as the documents have it, sorted
verdicts() {
	node -e '
		const fs = require("fs"), dir = process.argv[1], seen = new Set();
		for (const as of fs.readdirSync(dir)) for (const pack of fs.readdirSync(`${dir}/${as}`)) {
			const doc = JSON.parse(fs.readFileSync(`${dir}/${as}/${pack}/assessment-results.json`));
			for (const r of doc["assessment-results"].results) for (const o of r.observations) {
				const p = n => o.props.find(x => x.name === n).value;
				seen.add(`${as.slice(2)} ${pack} ${p("control-id")} ${p("verdict")}`);
			}
		}
		console.log([...seen].join("\n"))' "$1" | sort
}
# table ...: the same from audit --csv
table() { "$rm" audit "$@" --csv 2>/dev/null | node -e '
	const rows = require("fs").readFileSync(0, "utf8").trim().split("\n").slice(1);
	const cut = r => [...r.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(m => m[1]);
	for (const r of rows) { const f = cut(r); console.log(f[0], f[3], f[5], f[7]); }' | sort; }

if [ -n "$ROUTEMARK_OSCAL_SCHEMA" ] && [ ! -d "$node/node_modules/ajv" ]; then
	npm --prefix "$node" ci --silent >&2 || echo "# npm could not install ajv"
fi

# --- a synthetic Internet, all packs ---
"$rm" lab lab --seed 5 >/dev/null 2>&1
"$rm" audit --all --data lab --csv >all.csv 2>err
packs=$(for f in "$root"/packs/*.profile.json; do basename "$f" .profile.json; done | paste -sd , -)
# every sixth network, and one of the few with a WARN
{ cut -d, -f1 all.csv | grep '^[0-9]' | sort -un | sed -n '1~6p'; grep ',WARN,' all.csv | head -n 1 | cut -d, -f1; } |
	sort -un >some
one=$(sed -n 1p some)
audit --list some --data lab --rules "$packs" --oscal all && [ ! -s out ] && [ ! -s err ]
ok $? "networks are exported by all packs, without a word"
good all $(($(wc -l <some) * $(echo "$packs" | tr , '\n' | wc -l))) "a synthetic Internet"
verdicts all >got && table --list some --data lab --rules "$packs" >want &&
	cmp -s want got && [ "$(wc -l <got)" -gt 1000 ]
ok $? "the verdicts are those of the table"
[ "$(cut -d ' ' -f 4 got | sort -u | wc -l)" = 5 ]
ok $? "of all five kinds"
bad=0
for f in "$root"/packs/*.catalog.json "$root"/packs/*.profile.json; do
	p=${f##*/}
	cmp "$f" "all/AS$one/${p%%.*}/$p" >out 2>&1 || bad=1
done
ok $bad "the packs are exported byte for byte"

# --- the same bytes ---
for t in 1 4; do
	audit "$one" --data lab --rules "$packs" --oscal "t$t" --threads $t && diff -r "t$t/AS$one" "all/AS$one" >out
	ok $? "--threads $t, and one network alone: the same bytes as among all"
done
mkdir named && for f in lab/*; do mkdir -p "named/${f##*[.-]}" && cp "$f" "named/${f##*[.-]}"; done
audit "$one" --data named --rules "$packs" --oscal moved && diff -r moved t1 >out
ok $? "files in other folders: the same bytes"
grep -rq "$work\|/lab\b" all/AS"$one"
[ $? = 1 ]
ok $? "no path of this machine"

# --- broken copies are refused ---
many=$(grep -l '"state":"not-satisfied"' all/AS*/manrs-plus-proposal/assessment-results.json | head -n 1)
node "$node/broken.mjs" "${many%/*}" >tap 2>err
[ $? = 0 ] && [ "$(grep -c '^ok .* refused: ' tap)" -ge 60 ]
ok $? "$(grep -c '^ok .* refused: ' tap) breaks of a good chain are refused, each for its reason"
grep '^not ok\|^# ' tap | head -n 5
if grep -q '# SKIP' tap; then skip "NIST's schema is not here: what it sees of them"; fi

# --- little, faulty, old and hostile evidence ---
export_ tiny "little evidence" --all --data "$tiny" --at 2022-05-01
export_ old "old evidence" --all --data "$tiny" --at 2024-05-01
verdicts old >got && [ -s got ] && ! grep -q ' M.* \(PASS\|WARN\|FAIL\)$' got &&
	! grep -q '"findings"' old/*/imc22/assessment-results.json
ok $? "nothing old is a finding"
mkdir faulty && cp "$tiny"/* faulty && printf x >faulty/junk && head -c 300 "$tiny"/rib*.gz >faulty/cut.gz
export_ damaged "a damaged input" 4100000005 --data faulty
grep -q 'Inputs that were not used' damaged/*/imc22/assessment-results.json
ok $? "what was not used is listed, by digest"
evil='<script>alert(1)</script> [x](http://x) *y*'
evil=$(printf ' \302\240=cmd\033[31m %s\342\200\256\342\200\250 z \343\200\200' "$evil")
mkdir hostile && cp "$tiny"/* hostile && sed "s#Example Transit A#$evil#" "$tiny"/net* >hostile/net-20220501.json
sed "s#Example[^|]*|#$evil|#; s#CUSTOMER-1#$evil#" "$tiny"/*org2info* >hostile/20220401.as-org2info.txt
export_ names "names by people who mean harm" --all --data hostile
grep -rhq '"title":"[^"]*[^\\]<script>' names
[ $? = 1 ] && grep -rhq 'script' names
ok $? "a name is no markup"

# --- packs from files ---
mkdir packs && cp "$root"/packs/manrs-netops.* packs
sed 's#"manrs-netops.catalog.json"#"urn:routemark:catalog:manrs-netops"#' packs/manrs-netops.profile.json \
	>packs/urn.json
export_ urn "a profile whose import is no file" "$one" --data lab --rules packs/urn.json
grep -q '"source-sha256"' "urn/AS$one/manrs-netops/manrs-netops.profile.json" &&
	cmp -s packs/manrs-netops.catalog.json "urn/AS$one/manrs-netops/catalog.json"
ok $? "says what it was made of"
cat >packs/unmeasured.json <<-E
	{"profile":{"uuid":"5f3b8c5e-3a77-5a3e-9d3f-0c1f6f5a7b10","metadata":{"title":"Nothing to measure","version":"1",
	"last-modified":"2026-01-01T00:00:00Z","oscal-version":"1.1.2","props":[{"name":"pack-id",
	"ns":"urn:routemark:oscal","value":"unmeasured"}]},"imports":[{"href":"manrs-netops.catalog.json",
	"include-controls":[{"with-ids":["M2","M2C"]}]}]}}
E
export_ unmeasured "a pack of what cannot be measured" "$one" --data lab --rules packs/unmeasured.json
export_ alone "a catalogue alone" "$one" --data lab --rules packs/manrs-netops.catalog.json
audit "$one" --data lab --rules packs/manrs-netops.profile.json --oscal file &&
	diff -r "file/AS$one/manrs-netops" "t1/AS$one/manrs-netops" >out
ok $? "a pack from a file is the one that is built in"
# refused STATUS SAYS ARGUMENTS...: nothing is left behind
refused() {
	status=$1 says=$2
	shift 2
	audit "$one" --data lab "$@" --oscal no
	[ $? = "$status" ] && grep -q -e "$says" err && [ ! -e no ] && [ -z "$(find . -maxdepth 1 -name 'no.*')" ]
	ok $? "refused: $says"
}
sed 's#"id": "M3_smt",##' packs/manrs-netops.catalog.json >packs/noid.json
refused 2 'control M3: its statement has no id' --rules packs/noid.json
sed 's#"M3C_smt"#"M3_smt"#' packs/manrs-netops.catalog.json >packs/twice.json
refused 2 'is that of control M3' --rules packs/twice.json
sed 's#"value": "manrs-netops"#"value": "../../up"#' packs/manrs-netops.catalog.json >packs/up.json
refused 2 'no name for a folder' --rules packs/up.json
refused 2 'two packs have the id' --rules manrs-netops,packs/manrs-netops.catalog.json
for o in --json --csv --summary '-o x'; do
	# shellcheck disable=SC2086 # two words on purpose
	refused 64 'a folder of its own' $o
done
"$rm" audit 1 --data lab --force >out 2>err
[ $? = 64 ] && grep -q -- '--force is for --oscal' err
ok $? "--force alone is refused"
cp "$tiny"/participants*.csv undated.csv
"$rm" audit 1 --data undated.csv --oscal none >out 2>err
[ $? = 2 ] && grep -q 'give --at' err && [ ! -e none ]
ok $? "evidence without any time has to be given one"
export_ none "no route at all" 1 --data undated.csv --at 2022-05-01

# --- whole or not at all ---
audit "$one" --data lab --oscal t1
[ $? = 2 ] && grep -q 'give --force' err && diff -r t1 t4
ok $? "an earlier export is not replaced unasked"
two=$(sed -n 2p some)
audit "$one" "$two" --data lab --rules "$packs" --oscal t1 --force && [ "$(ls t1 | wc -l)" = 2 ] &&
	diff -r "t1/AS$two" "all/AS$two" &&
	[ -z "$(find . -maxdepth 1 -name 't1.*')" ]
ok $? "with --force it is, whole"
mkdir other && echo mine >other/notes.txt
for f in "" --force; do
	# shellcheck disable=SC2086 # an empty word is none
	audit "$one" --data lab --oscal other $f
	[ $? = 2 ] && grep -q 'holds other things' err && [ "$(cat other/notes.txt)" = mine ] && [ "$(ls other)" = notes.txt ]
	ok $? "a folder with other things in it is left alone${f:+, also with $f}"
done
echo mine >t4/AS"$one"/imc22/notes.txt
audit "$one" --data lab --oscal t4 --force
[ $? = 2 ] && [ -f t4/AS"$one"/imc22/notes.txt ]
ok $? "one strange file in an export keeps it all"
ln -s all link
audit "$one" --data lab --oscal link --force
[ $? = 2 ] && grep -q 'is no folder' err && [ -L link ]
ok $? "a link is not followed"
mkdir here && cd here || exit 1
bad=0
for d in "" . .. / ./ ../here/.; do
	"$rm" audit "$one" --data ../lab --oscal "$d" >../out 2>../err
	[ $? = 2 ] && grep -q 'no name that a new folder' ../err || bad=1
done
cd .. && [ -z "$(ls -A here)" ]
[ $? = 0 ] && [ $bad = 0 ]
ok $? "a folder that has no name of its own is refused at once"
mkdir empty
audit "$one" --data lab --oscal empty/ && [ -d empty/AS"$one" ]
ok $? "an empty folder is filled"
audit "$one" --data lab --oscal absent/x
[ $? = 2 ] && grep -q 'absent/x' err
ok $? "a place that is not there is named"
(trap '' XFSZ; ulimit -f 16; exec "$rm" audit "$one" --data lab --oscal full >out 2>err)
[ $? = 2 ] && [ -z "$(find . -maxdepth 1 -name 'full*')" ] && grep -q 'cannot be written' err
ok $? "a disk that is full leaves nothing behind"
"$rm" audit "$one" --data lab --rules manrs-netops --gate >/dev/null
want=$?
audit "$one" --data lab --rules manrs-netops --gate --oscal gate
[ $? = $want ] && [ -d gate ]
ok $? "--gate answers as with the report"

# --- compare: networks held against what a buyer requires ---
held() { "$rm" compare "$@" >out 2>err; }
for kind in transit cloud-on-ramp ddos remote-sites; do
	held --require $kind --list some --data lab --oscal "held-$kind"
	ok $? "compare --require $kind: exported"
	good "held-$kind" "$(wc -l <some)" "compare --require $kind"
done
# a sheet of answers: yes, no, not applicable, one that has run out, one of nobody
"$rm" require text transit --csv --asn "$one" | node -e '
	const rows = require("fs").readFileSync(0, "utf8").trim().split(/\r?\n/), n = rows.length - 1;
	const how = [["Yes", "Jo", "2031-05-01", "2031-12-31"], ["No", "Jo", "2031-05-01", "2031-12-31"],
		["NA", "Jo", "2031-05-01", "2031-12-31"], ["Yes", "Jo", "2030-05-01", "2031-05-31"], ["Yes", "", "2031-05-01", ""],
		["Yes", "Jo", "", ""], ["Yes", "Jo", "2031-06-02", ""]];
	console.log("Question ID,ASN,Provider answer,Implementation description,Attested by,Attested on,Valid until");
	rows.slice(1).forEach((r, i) => { const h = how[i % how.length], id = r.split(",")[0];
		console.log(`${id},'"$one"',${h[0]},"*We* <b>do</b> ""this"" [x](http://x)",${h[1]},${h[2]},${h[3]}`); });
	process.exit(n < how.length ? 1 : 0)' >answers.csv
ok $? "a sheet of answers, good and bad"
held --require transit "$one" --data lab --answers answers.csv --oscal answered
ok $? "compare --answers: exported"
good answered 1 "compare --answers"
result=answered/AS$one/require-transit/assessment-results.json
[ "$(grep -o '"types":\["attested"\]' "$result" | wc -l)" = "$(($(wc -l <answers.csv) - 1))" ] &&
	grep -q "By the provider's word, which is attested evidence" "$result"
ok $? "each answer is an observation, and what rests on one says so"
"$rm" compare --require transit "$one" --data lab --answers answers.csv --csv 2>/dev/null | node -e '
	const rows = require("fs").readFileSync(0, "utf8").trim().split("\n");
	const cut = r => [...r.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(m => m[1]);
	const head = cut(rows[0]), c = head.indexOf("control"), o = head.indexOf("outcome");
	const want = { meets: "PASS", short: "FAIL", unknown: "NO_DATA", "not-applicable": "NOT_APPLICABLE" };
	for (const r of rows.slice(1)) console.log(cut(r)[c], want[cut(r)[o]]);' | sort >want
node -e '
	const doc = JSON.parse(require("fs").readFileSync(process.argv[1])), seen = new Set();
	for (const o of doc["assessment-results"].results[0].observations) {
		const p = n => o.props.find(x => x.name === n).value;
		seen.add(`${p("control-id")} ${p("verdict").replace("WARN", "FAIL")}`);
	}
	console.log([...seen].join("\n"))' "$result" | sort >got
cmp -s want got && grep -q PASS got && grep -q FAIL got && grep -q NO_DATA got
ok $? "outcomes are those of the table"
sed 's/Yes/No/' answers.csv >other.csv
held --require transit "$one" --data lab --answers other.csv --oscal other-answers
node -e 'const id = f => JSON.parse(require("fs").readFileSync(f))["assessment-results"].results[0].uuid;
	process.exit(id(process.argv[1]) === id(process.argv[2]) ? 1 : 0)' "$result" \
	"other-answers/AS$one/require-transit/assessment-results.json"
ok $? "other answers are another result"
held --require transit "$one" --data lab --oscal answered
[ $? = 2 ] && grep -q 'give --force' err && held --require transit "$one" --data lab --oscal answered --force &&
	! grep -q '"attested"\]' "$result"
ok $? "an earlier export is replaced when told so, whole"
for o in --json --csv '-o x' '--html x'; do
	# shellcheck disable=SC2086 # two words on purpose
	held --require transit "$one" --data lab --oscal no $o
	[ $? = 64 ] && [ ! -e no ]
	ok $? "compare --oscal with $o is refused"
done

# --- real data: old routes, judged for their own time, and members of a programme ---
if [ -d "$shared/internet-2016-02" ] && [ -d "$shared/manrs-2022" ]; then
	mkdir real && ln -s "$shared"/internet-2016-02/* "$shared"/manrs-2022/* real
	sed -n 1,60p "$shared/manrs-2022/manrs_isps.csv" >members.csv
	for at in 2016-02-10 2022-05-05; do
		export_ "real-$at" "MANRS members, routes of 2016, as of $at" --list members.csv --data real --at $at
		verdicts "real-$at" >got && table --list members.csv --data real --at $at >want && cmp -s want got && [ -s got ]
		ok $? "the verdicts are those of the table"
	done
	# P-ORG-1 has no greatest age of its own
	grep -v ' P-ORG-1 ' got | grep -q ' \(PASS\|FAIL\)$'
	[ $? = 1 ]
	ok $? "and in 2022 nothing of 2016 is held against anybody, nor for"
	export_ nlix "a route server's table" 34307 --data "$shared/ixp-2020" --rules manrs-ixp --route-server 34307
	verdicts nlix >got && grep -q ' \(PASS\|FAIL\)$' got
	ok $? "which is judged"
else
	skip "no $shared"
fi
echo "1..$n"
exit $failed
