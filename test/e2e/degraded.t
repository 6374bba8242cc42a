#!/bin/sh
# Inputs that are cut short, stale, of other days than the rest, or shrunken: what rests on them has no data, for that
# reason, and all else is as it was. Each kind of input in each way, on a lab's world; what inspect and the pages say.
# DEGRADED=--figures prints the table of doc/assurance.md.
set -u
here=$(cd "$(dirname "$0")" && pwd)
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
command -v node >/dev/null || { echo "1..0 # SKIP no node"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
"$rm" lab world >/dev/null || exit 1
mkdir matrix
node "$here/degraded.mjs" "$rm" world matrix ${DEGRADED:+"$DEGRADED"} >out
failed=$?
n=$(sed -n 's/^1\.\.//p' out)
grep -v '^1\.\.' out
[ "${n:-0}" -ge 80 ] || { echo "not ok - the matrix was not whole"; failed=1; }
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	sed 's/^/# /' err | head -4
	failed=1
}
asn=$(sed -n 's/.*"asn": \([0-9]*\).*/\1/p' world/peeringdb-net-20310601.json | head -n 1)
[ -n "$asn" ] || asn=318300

# what people see
"$rm" audit "$asn" --data world --at 2031-05-31 --json -o earlier.json 2>err
"$rm" audit "$asn" --data world --at 2031-05-31 --summary --json -o counts.json 2>>err
mkdir mixed less
cp world/* mixed && sed 's/"buildtime": "2031-06-01/"buildtime": "2031-07-20/' world/vrps.json >mixed/vrps.json
cp world/* less && awk 'BEGIN { RS = ""; ORS = "\n\n" } NR % 2' world/irr.ripe.db >less/irr.ripe.db
"$rm" inspect mixed >inspect 2>>err
grep -q 'M7RPKI  *VRPs and tables are 80 days apart; limit 31 days' inspect
ok $? "inspect says which controls VRPs of July and tables of May leave without data"
"$rm" audit "$asn" --data mixed --at 2031-06-01 >text 2>>err
grep -q 'M7RPKI  *NO DATA .*VRPs and tables are 80 days apart' text && ! grep -q 'M7IRR  *NO DATA' text
ok $? "audit says so, too, where the moment stands between them"
"$rm" audit "$asn" --data mixed --at 2031-06-01 --html page.html 2>>err
grep -q 'Evidence of other days' page.html && grep -q 'VRPs and tables are 80 days apart' page.html
ok $? "and the page before any verdict"
"$rm" audit "$asn" --data mixed --at 2031-06-01 --json >json 2>>err
grep -q '"apart":"VRPs and tables are 80 days apart; limit 31 days"' json
ok $? "and the document, at each number"
"$rm" inspect less >inspect 2>>err; "$rm" inspect less --baseline earlier.json >inspect.held 2>>err
! grep -q shrank inspect && grep -q 'IRR objects shrank from 3110 to [0-9]*; limit 25 % fewer' inspect.held &&
	grep -q 'M7IRR  *IRR objects shrank to' inspect.held
ok $? "inspect --baseline says what has shrunk, and for which controls"
for report in earlier counts; do
	"$rm" audit "$asn" --data less --baseline $report.json >text 2>>err
	grep -q '^baseline  the report of 2031-05-31; IRR objects shrank from 3,110 to' text &&
		grep -q 'M7IRR  *NO DATA' text && ! grep -q 'M7RPKI  *NO DATA' text
	ok $? "audit --baseline with $report: what rests on route objects has no data"
done
"$rm" audit "$asn" --data world --baseline earlier.json >text 2>>err
grep -q '^baseline  the report of 2031-05-31; no kind of evidence has shrunk' text && grep -q 'M7IRR .*PASS\|M7IRR .*FAIL\|M7IRR .*WARN' text
ok $? "of what has not shrunk it says that"
"$rm" audit "$asn" --data less --baseline earlier.json --html page.html 2>>err
grep -q 'Evidence that has shrunk' page.html && grep -q 'IRR objects shrank to' page.html
ok $? "and the page has a table of it"
"$rm" audit "$asn" --data less --baseline earlier.json --json >json 2>>err
grep -q "\"baseline\":{\"at\":\"2031-05-31T00:00:00Z\",\"limit_percent\":25,\"sha256\":\"$(sha256sum <earlier.json | cut -c1-64)\",\"shrunk\":\[{\"before\":3110" json
ok $? "and the document names the earlier report by its digest"

# what is no earlier report
refused() {	# FILE, a pattern, what
	"$rm" audit "$asn" --data world --baseline "$1" >out 2>err
	[ $? = 2 ] && [ ! -s out ] && grep -q -- "--baseline: $1: $2" err
	ok $? "$3 is refused"
}
"$rm" audit "$asn" --data world --json -o now.json 2>>err
head -c 5000 earlier.json >cut.json
gzip -c earlier.json | head -c 3000 >cut.json.gz
sed 's/"visible_routes":[0-9]*/"visible_routes":-1/' earlier.json >minus.json
refused now.json 'is of 2031-06-01T00:00:00Z, and the evidence of' "a report of the same moment"
refused cut.json 'byte 5000: .*input ends early' "half a report"
refused cut.json.gz 'input ends early' "half a packed one"
refused minus.json 'byte [0-9]*: evidence.*visible_routes: is not a whole number' "one of impossible numbers"
refused world/spoofer.json 'byte [0-9]*: ' "what is none"
refused absent.json 'No such file' "one that is not there"
"$rm" audit "$asn" --data world --baseline earlier.json --bundle b >out 2>err
[ $? = 64 ] && [ ! -e b ]
ok $? "a bundle has no place for an earlier report, and says so"
echo "1..$n"
exit $failed
