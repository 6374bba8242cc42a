#!/bin/bash
# serve: what strangers try, what others get meanwhile; what happens when file descriptors are few; searches; and verdicts that
# no rule gave. serve-abuse.mjs asks; here the sites are set up.
rm=$(realpath "${ROUTEMARK:?the program to test}")
# shellcheck source=site.sh
. "$(dirname "$0")/site.sh"
status() { curl -s -m 60 -o body -w '%{http_code} %{redirect_url}' "http://127.0.0.1:$port$1"; }

"$rm" lab lab >/dev/null || exit 1
for at in 2031-05-01 2031-06-01; do
	"$rm" audit --all --data lab --at $at --summary --archive months.rma >/dev/null 2>&1
done
"$rm" incidents --data lab --archive months.rma >/dev/null 2>&1
"$rm" key new example.net/log -o log.key --no-passphrase >/dev/null 2>&1
"$rm" log init log --key log.key >/dev/null 2>&1
seq 5 >lines
"$rm" log append log --lines lines >/dev/null 2>&1 && "$rm" log checkpoint log --key log.key >/dev/null 2>&1
ok $? "an archive of two months, incidents, a log"

# --- few descriptors: begun now, looked at in the end ---
LIMIT=320 start --archive months.rma
ok $? "with 320 file descriptors it starts"
few=$port few_pid=$pid
grep -q 'up to 160 connections' err
ok $? "and says how many connections that is"
node -e 'const net = require("net"); let up = 0
for (let i = 0; i < 180; i++) net.connect(process.argv[1], "127.0.0.1", () => ++up === 180 && console.log("open")).on("error", () => {})
setTimeout(() => process.exit(), 50000)' "$few" >idle.out 2>&1 &
idle=$!
pids="$pids $idle"
for _ in $(seq 100); do grep -q open idle.out && break; sleep 0.1; done
grep -q open idle.out
ok $? "180 connections that say nothing, of which it takes 160"
curl -s -m 50 -o few.body -w '%{http_code}\n' "http://127.0.0.1:$few/about" >few.code &
waiter=$!

# --- what strangers try ---
start --archive months.rma --log log
ok $? "a site"
asn=$(get '/api/v1/networks?limit=1&offset=5' | grep -o '"asn":[0-9]*' | cut -d: -f2)
asked serve-abuse.mjs "$port" "$asn"
[ $rc = 0 ] && grep -q 'in the end' node.out
ok $? "every stranger had what is due"

# --- searches ---
read -r prefix culprit <<<"$(sqlite3 -separator ' ' months.rma "SELECT prefix, culprit FROM incident WHERE prefix LIKE '%.0/%' ORDER BY ord LIMIT 1")"
inside=$(echo "$prefix" | sed -E 's,\.0/.*,.1,')
get "/networks?q=$inside" >page
grep -q ">$prefix</th><td>covers it</td>" page && grep -q "href=\"/network/$culprit\"" page
ok $? "the address $inside finds $prefix, which covers it, and AS$culprit"
get "/networks?q=$prefix" | grep -q ">$prefix</th><td>is it</td>"
ok $? "the prefix finds itself"
get "/networks?q=$(echo "$prefix" | sed -E 's,^([0-9]+)\..*,\1.0.0.0/4,')" >page
grep -q ">$prefix</th><td>lies in it</td>" page && grep -q 'bits beyond its length' page
ok $? "a wider one what lies in it, and what was dropped of it is said"
[ "$(get '/networks?q=0.0.0.0/0' | grep -c '<td>lies in it</td>')" = "$(sqlite3 months.rma "SELECT count(*) FROM (SELECT DISTINCT prefix, origin, culprit FROM incident WHERE prefix LIKE '%.%')")" ]
ok $? "all of IPv4: every prefix, origin and culprit"
get "/networks?q=198.18.7.7" >page
grep -q 'holds no incident about 198.18.7.7/32, about a prefix that covers it, or about one' page && grep -q 'says nothing of who announces it' page
ok $? "an address of which nothing is held: that, and what it does not say"
cp months.rma old.rma
sqlite3 old.rma "DELETE FROM network WHERE asn = $asn AND assessment = (SELECT id FROM assessment ORDER BY at DESC LIMIT 1)"
main_port=$port main_pid=$pid
LIMIT=300 start --archive old.rma
ok $? "a site whose newest month has AS$asn no more"
[ "$(status "/networks?q=AS$asn")" = "303 http://127.0.0.1:$port/network/$asn" ] && [ "$(status "/network/$asn")" = "200 " ] && grep -q 'Old\.' body
ok $? "its ASN leads to its page, which says that it is old"
kill "$pid"

# --- verdicts that no rule gave ---
cp months.rma fail.rma
sqlite3 fail.rma "UPDATE ruling SET verdict = 2, reason = NULL"
sqlite3 fail.rma "UPDATE ruling SET decides = NULL WHERE id % 2 = 0"
LIMIT=301 start --archive fail.rma
ok $? "a site where all fails"
bad=
some=$(get '/api/v1/networks?limit=8&format=csv' | awk -F, '$1 ~ /^[0-9]+$/ { print $1 }' | paste -sd,)
for path in / /networks "/network/${some%%,*}" /control/manrs-plus-proposal/P-RPKI-2 /changes/manrs-netops/M3C /api/v1/scores "/badge/${some%%,*}.svg" \
	"/compare?asns=$some" "/compare?asns=$some&profile="{transit,cloud-on-ramp,ddos,remote-sites}; do
	code=$(status "$path")
	[ "$code" = "200 " ] || bad="$bad $path:$code"
done
[ -z "$bad" ] && kill -0 "$pid"
ok $? "every page is there, and so is the process$bad"
kill "$pid"

# --- few descriptors, in the end ---
wait "$waiter"
[ "$(cat few.code)" = 200 ] && grep -q '</html>' few.body
ok $? "who comes when there are no more waits until those who say nothing are cut, and is answered"
kill -0 "$few_pid"
ok $? "the site goes on"
kill "$idle"
port=$main_port
[ "$(get /healthz | head -n 1)" = ok ]
ok $? "so does the other"
kill -TERM "$main_pid" && wait "$main_pid"
ok $? "and stops when it is told to"
echo "1..$n"
exit $failed
