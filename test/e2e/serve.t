#!/bin/bash
# serve: a site over an archive: what it answers, what its API promises, what strangers try, and what happens while
# another month is archived. serve.mjs asks; here the site is set up, and what concerns the process is looked at.
rm=$(realpath "${ROUTEMARK:?the program to test}")
ulimit -n "$(ulimit -Hn)"
# shellcheck source=site.sh
. "$(dirname "$0")/site.sh"
ajv

# --- a world with a hostile name in it ---
"$rm" lab lab >/dev/null || exit 1
sed -i -E 's,^([^|#]+\|[0-9]*\|)LAB-EDGE-200\|,\1</title><script>alert(1)</script>"'"'"'\&\x1b[31m=cmd|,' lab/*as-org2info.txt
for at in 2031-04-01 2031-05-01 2031-06-01; do
	"$rm" audit --all --data lab --at $at --summary --archive months.rma >/dev/null 2>&1
done
[ "$("$rm" archive list months.rma | grep -c '^[0-9a-f]\{16\}  ')" = 3 ]
ok $? "an archive of three months"
# what others wrote of an incident is text, whatever is in it
"$rm" incidents --data lab --json -o inc.json 2>err4
sed -i -E 's#"why":"by relationships;[^"]*"#"why":"=cmd</td></title><script>alert(1)</script>"#; s#"gaps":\[\]#"gaps":[{"from":"2031-05-09T12:00:00Z","to":"2031-05-09T18:00:00Z"}]#' inc.json
# a sighting of the leak by its last path, which turns to one that is not known
node -e 'const fs = require("fs"), d = JSON.parse(fs.readFileSync("inc.json")), i = d.incidents.find(x => x.why.startsWith("=cmd"));
const s = i.by_accomplice.flatMap(b => b.seen).find(x => x.path === i.paths.length - 1), us = s.to_us - 90e6;
s.turns = [{at: new Date(us / 1000).toISOString().slice(0, 19) + "Z", at_us: us, path: null}];
fs.writeFileSync("inc.json", JSON.stringify(d))' && "$rm" archive import months.rma inc.json >out4 2>err4
ok $? "and a window of incidents"

# the hostile one and who has it as a customer, by both ways in
hostile=$(sed -nE 's,^([0-9]+)\|[0-9]*\|</title>.*,\1,p' lab/*as-org2info.txt | head -n 1)
"$rm" exposure "$hostile" --data lab --json -o expo.json 2>err4
second=$(sed -E 's/.*"depends_on":\[\{"asn":([0-9]+).*/\1/' expo.json)
prefix=$("$rm" exposure "$hostile" --data lab --json | grep -o '"prefix":"[^"]*"' | head -n 1 | cut -d'"' -f4)
"$rm" archive import months.rma expo.json >out4 2>err4 && "$rm" exposure "$hostile" "$second" ${prefix:+"$prefix"} --data lab --at 2031-05-01 \
	--archive months.rma >out5 2>err4
ok $? "and exposures"

# --- the process ---
"$rm" serve >out 2>err
[ $? = 64 ] && grep -q -- '--archive FILE' err
ok $? "without an archive: usage"
"$rm" serve --archive none.rma >out 2>err
[ $? = 2 ] && grep -q 'none.rma: No such file' err
ok $? "an archive that is not there: an error that names it"
echo text >text.rma
"$rm" serve --archive text.rma >out 2>err
[ $? = 2 ] && grep -q 'text.rma: is not an archive' err
ok $? "what is no archive: an error that says so"
"$rm" serve --archive months.rma --listen nonsense >out 2>err
[ $? = 2 ] && grep -q 'nonsense: is no address and port' err
ok $? "what is no address: an error that says so"
"$rm" key new example.net/log -o log.key --no-passphrase >/dev/null 2>&1
"$rm" key new example.net/w -o w.key --witness --no-passphrase >/dev/null 2>&1
vkey=$("$rm" key show log.key --vkey)
bad=
for wrong in "--log-key $vkey" "--log . --log-key x" "--log . --log-key $("$rm" key show w.key --vkey)"; do
	# shellcheck disable=SC2086 # words on purpose
	"$rm" serve --archive months.rma $wrong >out 2>err
	[ $? = 64 ] && grep -q -- '--log-key' err || bad="$bad $wrong"
done
[ -z "$bad" ]
ok $? "--log-key without a log, of no key, of a witness: usage$bad"
start --archive months.rma
ok $? "it starts, and says where it listens and what sandbox it is in"
"$rm" serve --archive months.rma --listen "127.0.0.1:$port" >out 2>err2
[ $? = 2 ] && grep -q "127.0.0.1:$port: cannot be listened on" err2
ok $? "a port that is taken: an error that says so"
if grep -q 'Landlock ABI' err; then
	for name in Seccomp NoNewPrivs; do
		grep -qE "^$name:[[:space:]]*[12]$" "/proc/$pid/status" 2>/dev/null
		ok $? "the kernel says so, too: $name"
	done
	[ "$(grep -h '^Seccomp:' /proc/"$pid"/task/*/status | awk '{print $2}' | sort -u)" = 2 ]
	ok $? "every thread is inside"
fi

# --- what it answers ---
asked serve.mjs "$port" "$here/../../src/serve/openapi.json" "$node_dir/node_modules"

# --- against a buyer's requirements: as compare says, which has the evidence ---
for kind in transit cloud-on-ramp ddos remote-sites; do
	for from in 0 40 80 120; do
		some=$(get "/api/v1/networks?limit=8&offset=$from&format=csv" | awk -F, '$1 ~ /^[0-9]+$/ { print $1 }')
		# shellcheck disable=SC2086 # a list of words on purpose
		"$rm" compare --require $kind $some --data lab --at 2031-06-01 --csv >want.csv 2>/dev/null
		get "/compare?asns=$(echo "$some" | paste -sd,)&profile=$kind" >page
		node "$here/profile.mjs" page want.csv >told || { sed "s/^/# $kind $from: /" told; break 2; }
	done
done
grep -q ' 0 differ$' told
ok $? "$kind and the others: the page says what compare says ($(tail -n 1 told))"

# --- incidents ---
culprit=$(sqlite3 months.rma 'SELECT culprit FROM incident JOIN network n ON n.asn = culprit GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
count=$(sqlite3 months.rma "SELECT count(*) FROM incident i WHERE culprit = $culprit OR EXISTS (SELECT 1 FROM incident_by b
	WHERE b.timeline = i.timeline AND b.ord = i.ord AND b.accomplice = $culprit)")
prefix=$(sqlite3 months.rma "SELECT prefix FROM incident WHERE culprit = $culprit ORDER BY ord LIMIT 1")
sleep 0.2
get "/network/$culprit" >page
[ "${count:-0}" -gt 0 ] && [ "$(grep -c 'did it</td>\|accepted it of ' page)" = "$count" ] && grep -q 'id="incidents"' page
ok $? "the page of AS$culprit has its $count incidents"
"$rm" incidents --data lab --json -o told.json 2>err4
sqlite3 months.rma "SELECT count(*) || ' ' || sum(peak) || ' ' || sum(vantage_points) FROM incident" >in.archive
node -e 'const i = JSON.parse(require("fs").readFileSync("told.json")).incidents
const sum = k => i.reduce((n, x) => n + x[k], 0); console.log(i.length, sum("peak"), sum("vantage_points"))' >told.sum
cmp -s in.archive told.sum
ok $? "what is served is what routemark incidents told"
get "/networks?q=$prefix" | grep -q "href=\"/network/$culprit\""
ok $? "its prefix $prefix finds it"

# --- another month meanwhile ---
"$rm" audit --all --data lab --at 2031-07-10 --json -o m4.json 2>/dev/null
asn=$(get '/api/v1/networks?limit=1' | grep -o '"asn":[0-9]*' | cut -d: -f2)
(while [ ! -e enough ]; do
	for p in / "/network/$asn" /api/v1/months "/networks?q=$RANDOM"; do
		curl -s -o /dev/null -w '%{http_code}\n' -m 30 "http://127.0.0.1:$port$p"
	done
done) >codes &
asker=$!
"$rm" archive import months.rma m4.json >out4 2>err4
ok $? "a month is imported while it is asked"
for _ in $(seq 20); do
	get / | grep -q 'Routing security in 2031-07' && break
	sleep 0.1
done
get / | grep -q 'Routing security in 2031-07'
ok $? "and is seen as soon as it was read, without a restart"
[ "$(get /api/v1/months | grep -o '"month":"2031-0[4-7]"' | sort -u | wc -l)" = 4 ]
ok $? "the API has four months"
verdicts() { get "/api/v1/scores?asns=$asns&month=$1&format=csv" | awk -F, '/,M3C,/ { sub(/.*,M3C,/, ""); print $4 }'; }
for from in 0 150; do
	asns=$(get "/api/v1/networks?limit=150&offset=$from&format=csv" | awk -F, '$1 ~ /^[0-9]+$/ { print $1 }' | paste -sd,)
	paste -d' ' <(verdicts 2031-06) <(verdicts 2031-07) | awk '$1 != $2'
done >changed
get /changes/manrs-netops/M3C >page
all=$(sed -nE 's,.*<h2>Other changes: ([0-9]+) networks?</h2>.*,\1,p' page)
[ "$(wc -l <changed)" -gt 20 ] && [ "$all" = "$(wc -l <changed)" ] && ! grep -qE '^(PASS|WARN|FAIL) (PASS|WARN|FAIL)$' changed &&
	grep -q '<h2>Worse: 0 networks</h2>' page
ok $? "evidence is too old by then: $all networks changed, as their verdicts say"
sleep 0.3
touch enough
wait "$asker"
[ "$(sort -u codes)" = 200 ] && [ "$(wc -l <codes)" -ge 8 ]
ok $? "none of $(wc -l <codes) requests meanwhile failed"
"$rm" archive check months.rma >/dev/null 2>err.check
ok $? "the archive is as it must be"

# --- a writer that died; another file in its place ---
cp months.rma copy.rma
mv copy.rma months.rma
get /healthz | grep -q '^ok'
ok $? "another file in its place is opened"
mv months.rma away.rma
[ "$(curl -s -o body -w '%{http_code}' "http://127.0.0.1:$port/healthz")" = 503 ] && grep -q '"status":503' body
ok $? "an archive that is gone: 503"
mv away.rma months.rma
get /healthz | grep -q '^ok'
ok $? "and well again when it is back"

# --- the end ---
stop
rc=$?
[ $rc = 0 ] && grep -q 'stopping' err
ok $? "SIGTERM: it stops, status 0"
[ ! -s out ]
ok $? "nothing on standard output"

# --- with a log ---
"$rm" log init log --key log.key >/dev/null 2>err.log
for i in $(seq 30); do echo "entry $i <b>&"; done >lines
"$rm" log append log --lines lines >/dev/null 2>err.log && "$rm" log checkpoint log --key log.key >/dev/null 2>err.log
ok $? "a log of 30 entries"
start --archive months.rma --log log
ok $? "with a log it starts"
get /log >page
grep -q '<dd>30</dd>' page && grep -q 'entry 30 &lt;b&gt;&amp;' page && ! grep -q '<b>' page
ok $? "its page has the checkpoint and the entries, escaped"
get /log/checkpoint | cmp -s - log/checkpoint
ok $? "the checkpoint is served as it is"
get /log/29 >page
"$rm" log prove log 29 | sed -n '4,/^$/p' | while read -r h; do [ -z "$h" ] || echo "$h" | base64 -d | od -An -v -tx1 | tr -d ' \n'; [ -z "$h" ] || echo; done >want
grep -o 'data-hash>[0-9a-f]*' page | cut -d'>' -f2 | cmp -s - want && [ -s want ]
ok $? "the page of an entry has the proof that log prove gives"
grep -q '>entry 30 &lt;b&gt;&amp;</pre>' page && ! grep -q '<b>' page && [ "$(printf '\0entry 30 <b>&' | sha256sum | cut -c1-64)" = \
	"$(sed -nE 's,.*id="leaf">([0-9a-f]+)<.*,\1,p' page)" ]
ok $? "its entry, escaped, and its leaf hash"
script=$(grep -o '/proof-[0-9a-f]*\.js' page)
[ "$(grep -c '<script' page)" = 1 ] && get "$script" | cmp -s - "$here/../../src/serve/proof.mjs"
ok $? "one script, which is the one in the tree"
heads() { curl -s -o /dev/null -D - "http://127.0.0.1:$port$1" | tr -d '\r'; }
heads /log/29 | grep -q "^Content-Security-Policy: default-src 'none'.*; script-src 'self'; connect-src 'self'$" &&
	heads / | grep -q "; script-src 'self'; connect-src 'self'$" && ! heads /nosuch | grep -q script-src &&
	! heads /badge/1.svg | grep -q script-src && heads "$script" | grep -q '^Content-Type: text/javascript'
ok $? "only pages may run one, and only of this site"
bad=
for p in /log/30 /log/029 /log/1x /log/9223372036854775807 /log/99999999999999999999 /log/1/2 /proof-0123456789abcdef.js; do
	[ "$(curl -s -o body -w '%{http_code}' "http://127.0.0.1:$port$p")" = 404 ] || bad="$bad $p"
done
[ -z "$bad" ] && [ "$(curl -s -o body -w '%{http_code}' "http://127.0.0.1:$port/log/1?x=1")" = 400 ]
ok $? "what is no entry has no page$bad"
cp log/tile/0/000.p/30 kept && printf x | dd of=log/tile/0/000.p/30 bs=1 seek=3 conv=notrunc 2>/dev/null
get /log/29 >page
grep -q 'There is no proof to show' page && ! grep -q 'data-hash\|id="leaf"' page
ok $? "of a log that contradicts itself no proof is shown, and it is said"
cp kept log/tile/0/000.p/30
mv log/.log away.log && get /log/29 | grep -q 'id="leaf"'
ok $? "a copy of a log, without what only its writer has, is shown as well"
mv away.log log/.log
tile=$(cd log && find tile -type f | sort | head -n 1)
get "/log/$tile" | cmp -s - "log/$tile"
ok $? "so is a tile: $tile"
bad=
for p in /log/.log/head /log/.log/lock /log/tile/../checkpoint /log/%2e%2e/log.key /log/tile /log/../log.key /log/checkpoint/; do
	[ "$(curl -s -o body -w '%{http_code}' --path-as-is "http://127.0.0.1:$port$p")" -ge 400 ] || bad="$bad $p"
done
[ -z "$bad" ]
ok $? "and nothing else of its folder, nor around it$bad"
echo "one more" >last.txt
"$rm" log append log --lines last.txt >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null 2>err.log
get /log | grep -q '<dd>31</dd>'
ok $? "an entry that is logged meanwhile is seen"
get /log/30 | grep -q 'placeholder="name+id+base64" value=""'
ok $? "and has a page, with room for a key"
stop
ok $? "it stops"
start --archive months.rma --log log --log-key "$vkey" && get /log/0 | grep -qF "value=\"$vkey\""
ok $? "a key that is given is filled in"
stop
echo "1..$n"
exit $failed
