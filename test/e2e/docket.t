#!/bin/bash
# docket: what serve shows beside an archive: disputes, marks, proofs, bundles. A world in which somebody seals, logs,
# disputes, gives marks and bundles; docket.mjs asks the site, here its answers are held against what the commands say,
# and what lies in the folders changes under it.
rm=$(realpath "${ROUTEMARK:?the program to test}")
# shellcheck source=site.sh
. "$(dirname "$0")/site.sh"
ajv
shows() { start --archive months.rma "$@"; }
soon() {	# PATH PATTERN: within five seconds
	for _ in $(seq 50); do
		get "$1" | grep -qE -- "$2" && return 0
		sleep 0.1
	done
	return 1
}
refuses() {	# STATUS PATTERN NAME ARGUMENTS...
	local want=$1 pattern=$2 name=$3
	shift 3
	"$rm" serve --listen 127.0.0.1:0 "$@" >out 2>err </dev/null
	[ $? = "$want" ] && grep -q -- "$pattern" err
	ok $? "$name"
}
key() { "$rm" key new "$1" -o "$2" --no-passphrase >"$2.vkey" 2>/dev/null; }

# --- a world ---
"$rm" lab lab >/dev/null || exit 1
for at in 2031-04-01 2031-05-20; do
	"$rm" audit --all --data lab --at $at --summary --archive months.rma >/dev/null 2>&1
done
"$rm" audit --all --data lab --at 2031-05-20 --csv >all.csv 2>/dev/null
who() {	# good|"" PACK
	perl -ne 's/"[^"]*"/-/g; @f = split /,/; next unless $f[3] eq $pack && $f[6] eq "yes"; $seen{$f[0]} = 1;
		$bad{$f[0]} = 1 unless $f[7] =~ /^(PASS|NOT_APPLICABLE)$/; $pass{$f[0]} = 1 if $f[7] eq "PASS";
		END { print map { "$_\n" } grep { $good ? $pass{$_} && !$bad{$_} : $bad{$_} } sort { $a <=> $b } keys %seen }' -s -- ${1:+-good} -pack="${2:-manrs-netops}" all.csv
}
mapfile -t good < <(who good)
bad=$(who | head -n 1)
a=${good[2]} b=${good[4]} c=${good[6]} p=$(who good manrs-plus-proposal | grep -vxE "${good[2]}|${good[4]}|${good[6]}" | head -n 1)
key audits.example/a a.key; key jane.example jane.key; key net.example net.key; key other.example/o o.key; key log.example/l log.key
key log2.example/l log2.key
"$rm" audit "$a" "$b" "$c" "$p" "$bad" --data lab --at 2031-05-20 --json -o r.json
"$rm" seal r.json --key a.key >/dev/null
"$rm" log init log --key log.key >/dev/null
sha256sum r.json | cut -c1-64 >lines && "$rm" log append log --lines lines >/dev/null
issue() { "$rm" mark issue "$1" --report r.json --pack "$2" --key "$3" --log log --log-key log.key --out "m$1$2$3" >/dev/null 2>&1; }
issue "$a" manrs-netops a.key && issue "$b" manrs-netops a.key && issue "$c" manrs-netops o.key
ok $? "marks of AS$a and AS$b, and one by a stranger of AS$c"
issue "$p" manrs-plus-proposal a.key
ok $? "and one by a proposal, of AS$p"
"$rm" mark suspend "$b" --log log --key a.key --log-key log.key --reason '=cmd</p><script>alert(1)</script>' >/dev/null
open() { "$rm" dispute open d.jsonl --report r.json --asn "$1" --control "$2" --reason "$3" --key "$4" --log log | head -n 1; }
one=$(open "$bad" manrs-netops/M5 '</dl><script>alert(2)</script>' net.key)
two=$(open "$bad" manrs-plus-proposal/P-RPKI-1 '=1+1 it moves' o.key)
"$rm" dispute answer d.jsonl "$one" --reason 'which test?' --key a.key --log log >/dev/null
"$rm" dispute decide d.jsonl "$one" --accept --until 2031-12-31 --reason 'ticket 4711' --reviewer jane.key --log log >/dev/null
"$rm" dispute decide d.jsonl "$two" --reject --reason 'by nobody known' --reviewer net.key >/dev/null
three=$(open "$a" manrs-netops/M8 'no such contact' o.key)
"$rm" dispute decide d.jsonl "$three" --accept --until 2031-05-19T12:00:00Z --at 2031-05-01 --reason 'for a while' --reviewer jane.key >/dev/null
"$rm" log checkpoint log --key log.key >/dev/null
printf 'log %s\nquorum none\n' "$(cat log.key.vkey)" >policy
mkdir bundles
"$rm" audit "$a" --data lab --at 2031-05-20 --bundle 'bundles/a<b>.tar' --minimal >/dev/null 2>&1
"$rm" audit "$a" "$bad" --data lab --at 2031-05-20 --bundle bundles/two.tar >/dev/null 2>&1
cp 'bundles/a<b>.tar' keep.tar
head -c 20000 keep.tar >bundles/cut.tar
{ cat keep.tar; printf x; } >bundles/longer.tar
perl -0777 -pe 's/LAB-EDGE/LAB-EDGF/' keep.tar >bundles/changed.tar
tar -cf bundles/others.tar r.json
: >bundles/empty.tar
ln -s /etc/passwd bundles/link.tar; mkfifo bundles/pipe.tar; mkdir bundles/folder.tar; cp keep.tar bundles/.hidden.tar; echo x >bundles/readme
trust=(--log log --policy policy --known a.key.vkey --known jane.key.vkey --network net.key.vkey --disputes d.jsonl --bundles bundles)

# --- what is refused at the start ---
refuses 64 '--policy' "a policy without a log: usage" --archive months.rma --policy policy
refuses 64 '--known' "a key without anything that it is for: usage" --archive months.rma --known a.key.vkey
refuses 64 '--network' "a network's key without disputes: usage" --archive months.rma --network a.key.vkey --log log
refuses 2 'nobody decides his own' "one key in two roles" --archive months.rma --disputes d.jsonl --known a.key.vkey --network a.key.vkey
refuses 2 'none.jsonl' "a ledger that is not there" --archive months.rma --disputes none.jsonl
refuses 2 'nofolder' "a folder that is not there" --archive months.rma --bundles nofolder
perl -0777 -pe 'substr($_, 300, 1) ^= "\x01"' d.jsonl >broken.jsonl
refuses 2 'broken.jsonl' "a ledger with a changed byte" --archive months.rma --disputes broken.jsonl
refuses 2 'lines' "what is no policy" --archive months.rma --log log --policy lines

# --- what it answers ---
shows "${trust[@]}" && grep -q 'd.jsonl: 3 disputes' err && grep -q 'log: 4 entries of marks' err && grep -q 'bundles: 2 bundles' err &&
    grep -q 'bundles: 8 files are not served; the first: changed.tar: ' err
ok $? "it starts, and says what it found and what it does not serve"
get /healthz >health
grep -qx 'disputes 3' health && grep -qx 'bundles 2' health && grep -qx 'bundles-refused 8' health && grep -qx 'mark-entries 4' health
ok $? "so does /healthz"
asked docket.mjs "$port" "$here/../../src/serve/openapi.json" "$node_dir/node_modules" "$a" "$b" "$c" "$bad" "$p"

# --- against what the commands say ---
field() { node -e 'const f = new Function("d", "return " + process.argv[1]); console.log(JSON.stringify(f(JSON.parse(require("fs").readFileSync(0)))))' "$1"; }
for asn in "$a" "$b"; do
	"$rm" mark show "$asn" --log log --policy policy --known a.key.vkey --known jane.key.vkey --at 2031-05-20 --json |
	    field 'd.marks.map(m => [m.at, m.decides, m.index, m.issuer, m.pack, m.pack_status, m.pack_version, m.report_sha256, m.sha256, m.state, m.valid_to])' >want
	get "/api/v1/marks?asns=$asn&at=2031-05-20" |
	    field 'd.networks[0].marks.map(m => [m.at, m.decides, m.index, m.issuer, m.pack, m.pack_status, m.pack_version, m.report_sha256, m.sha256, m.state, m.valid_to])' >is
	cmp -s want is && [ "$(wc -c <want)" -gt 100 ]
	ok $? "AS$asn: the marks are those of mark show"
done
"$rm" dispute list d.jsonl --known a.key.vkey --known jane.key.vkey --network net.key.vkey --at 2031-05-20 --json |
    field 'd.disputes.map(x => [x.id, x.asn, x.control, x.state, x.record, x.report]).sort()' >want
get '/api/v1/disputes' | field 'd.disputes.map(x => [x.id, x.asn, x.control, x.state, x.record, x.report_sha256]).sort()' >is
cmp -s want is && grep -q accepted is && grep -q expired is && grep -q open is
ok $? "the disputes stand as dispute list has them"
get "/api/v1/networks/$bad" | field 'd.packs.map(p => p.controls.map(c => c.verdict))' >with
"$rm" mark show "$a" --log "http://127.0.0.1:$port/log" --policy policy --known a.key.vkey --at 2031-05-20 >/dev/null 2>err2
ok $? "mark show asks the site's own log"
"$rm" mark show "$b" --log "http://127.0.0.1:$port/log" --policy policy --known a.key.vkey --at 2031-05-20 >/dev/null 2>err2
[ $? = 1 ]
ok $? "and is told of the suspension"
"$rm" verify r.json --key a.key.vkey --policy policy --log "http://127.0.0.1:$port/log" >told 2>err2
grep -q 'log.example/l' told
ok $? "verify reads it, too"
"$rm" log status "http://127.0.0.1:$port/log" --policy policy >told 2>err2
ok $? "log status believes it"
digest=$(sha256sum <keep.tar | cut -c1-64)
get "/api/v1/bundles/$digest" >taken.tar
cmp -s keep.tar taken.tar && "$rm" replay taken.tar >told 2>err2
ok $? "a bundle that was taken is the file, and replays"
tar -xOf taken.tar report.json >report.json && "$rm" seal report.json --key a.key >/dev/null &&
    "$rm" verify report.json --key a.key.vkey --replay --data lab >told 2>err2
ok $? "so does its report, as the page says it"

# --- it changes meanwhile, and nobody is kept waiting ---
(while [ ! -e enough ]; do curl -s -o /dev/null -m 5 -w '%{http_code}\n' "http://127.0.0.1:$port/mark/$a"; done >codes) &
asking=$!
"$rm" mark suspend "$a" --log log --key a.key --log-key log.key --reason 'a leak' >/dev/null
soon "/mark/$a" 'SUSPENDED'
ok $? "a suspension is seen without a restart"
get "/network/$a" | grep -q 'suspended, by audits.example/a'
ok $? "on the page of the network, too"
get "/mark/$a.svg" | grep -q 'SUSPENDED'
ok $? "and in the badge"
"$rm" mark restore "$a" --log log --key a.key --log-key log.key >/dev/null
soon "/mark/$a" 'VALID'
ok $? "so is a restoration"
seq 700 >lines && "$rm" log append log --lines lines >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
soon /healthz '^log-entries 7[0-9][0-9]$'
ok $? "the index goes on with the log"
open "$c" manrs-netops/M3 'a fourth' net.key >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
soon "/network/$c" 'a fourth'
ok $? "a dispute is seen"
cp keep.tar bundles/again.tar && "$rm" audit "$b" --data lab --at 2031-05-20 --bundle bundles/three.tar >/dev/null 2>&1
soon /healthz '^bundles 3$'
ok $? "a bundle is seen, and the same file twice is one"
touch enough && wait $asking
[ "$(sort -u codes)" = 200 ] && [ "$(wc -l <codes)" -gt 20 ]
ok $? "all $(wc -l <codes) questions meanwhile had their answer"
three=$(sha256sum <bundles/three.tar | cut -c1-64)
perl -0777 -pe 's/M7RPKI/M7RPKJ/' bundles/three.tar >x && cat x >bundles/three.tar
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/api/v1/bundles/$three")" = 404 ]
ok $? "a bundle that was written to is not given at once"
soon /healthz '^bundles 2$'
ok $? "nor listed after it"
get "/api/v1/networks/$bad" | field 'd.packs.map(p => p.controls.map(c => c.verdict))' >is
cmp -s with is
cat broken.jsonl >d.jsonl
soon /healthz '^disputes-trouble'
ok $? "a ledger that breaks is told of"
get "/network/$c" >page && grep -q 'a fourth' page && grep -q 'cannot be read any more' page
ok $? "and what was known before stays, and says so"
mv log log.away && "$rm" log init log --key log2.key >/dev/null
soon /healthz '^log-trouble'
ok $? "another log in its place is told of"
get "/mark/$b" >page && grep -q 'SUSPENDED\|cannot be believed\|cannot be told' page && ! grep -q VALID page
ok $? "and makes no mark valid"
stop
ok $? "it stops"

# --- whom it does not believe ---
shows --log log --policy policy --known a.key.vkey && grep -q 'log: nothing is told of what is in it' err
ok $? "a log of another key: nothing is told of what is in it"
get "/mark/$a" >page && grep -q 'cannot be believed' page && [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/api/v1/marks")" = 404 ]
ok $? "the page says so, the API has none"
stop
rm -r log && mv log.away log
shows --log log --log-key "$(cat log.key.vkey)" && get "/mark/$a" | grep -q 'Nobody whose word counts here'
ok $? "no key is known: nobody's marks count, though the log has some"
stop
shows --log log && get "/mark/$a" | grep -q 'was not told whose log to believe'
ok $? "without a policy or a key nothing is told of marks"
stop
"$rm" audit --all --data lab --at 2031-05-20 --summary --archive plain.rma >/dev/null 2>&1
shows && get "/network/$bad" >page && ! grep -qE 'id="(mark|disputes|proof)"' page && [ "$(get /api/v1/bundles | field d.status)" = 404 ]
ok $? "without any of it the pages say nothing of it"
get "/api/v1/networks/$bad" | field 'd.packs.map(p => p.controls.map(c => c.verdict))' >is
cmp -s with is
ok $? "and the verdicts are the same as with disputes"
stop
echo "1..$n"
exit $failed
