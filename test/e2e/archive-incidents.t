#!/bin/bash
# Incidents in the archive as a whole: found at once or imported later are the same bytes, twice is once, what is killed or
# full leaves the last complete state, and a history tells of them what the document says.
rm=$(realpath "${ROUTEMARK:?the program to test}")
leak=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")/google-leak-2017
work=$(mktemp -d) || exit 1
trap 'cd /; umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {	# STATUS NAME
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	[ -s err ] && sed 's/^/# /' err | head -4
	failed=1
}
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }
# is STATUS NAME ARGUMENTS...: and a message says why when it is 2 or more
is() {
	want=$1 name=$2
	shift 2
	"$rm" "$@" >out 2>err </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ "$want" -lt 2 ] || grep -q '^routemark' err; }
	ok $? "$name"
}
says() { grep -qe "$1" err; ok $? "... and says so: $1"; }
entries() { "$rm" archive list "$1" 2>/dev/null | grep -c '^[0-9a-f]\{16\}  '; }
clean() { "$rm" archive check "$1" >check.out 2>&1; }

# --- two ways in ---
"$rm" lab lab --seed 7 >/dev/null || exit 1
is 0 "incidents are kept as they are found" incidents --data lab --threads 1 --archive found.rma
"$rm" incidents --data lab >shown && cmp -s out shown
ok $? "... and shown as without"
"$rm" incidents --data lab --json --threads 4 -o may.json
is 0 "or imported later" archive import imported.rma may.json
grep -q '^[0-9a-f]\{16\}  2031-05-01T00:00:00Z/2031-06-01T00:00:00Z  46 incidents  archived$' out
ok $? "... which is told"
cmp -s found.rma imported.rma
ok $? "the same bytes, on any number of threads"
gzip -k may.json
cp found.rma before.rma
is 0 "the same again, packed" archive import found.rma may.json.gz
grep -q 'was there already' out && cmp -s found.rma before.rma
ok $? "... is there already, and not a byte changes"
"$rm" incidents --data lab --archive found.rma >/dev/null 2>err
says 'was in it already'
cmp -s found.rma before.rma
ok $? "finding it again changes nothing either"
clean found.rma
ok $? "it can be checked"
sed 's/"announced":[0-9]*/"announced":1/' may.json >other.json
is 0 "other findings of the same basis" archive import found.rma other.json
[ "$(entries found.rma)" = 2 ] && clean found.rma
ok $? "... are kept beside it"
"$rm" audit --all --data lab --at 2031-06-01 --json -o report.json
is 0 "reports and incidents, in one import" archive import both.rma report.json may.json
[ "$(entries both.rma)" = 2 ] && clean both.rma
ok $? "... are both there"

# --- what is refused ---
head -c 100000 may.json >cut.json
is 2 "a document that is cut" archive import new.rma cut.json
says 'cut.json: incident [0-9]*, byte [0-9]*: .*input ends early'
"$rm" incidents --data lab --asn 383012 --json -o one.json
is 2 "one network alone" archive import new.rma one.json
says 'one.json: byte [0-9]*: asn: is not null'
sed 's/"class":"leak","confidence":"proven"/"class":"leak","confidence":"strong"/' may.json >lie.json
is 2 "one that was changed" archive import new.rma lie.json
says 'incident [0-9]*, byte [0-9]*: incidents\[\].confidence: '
[ ! -e new.rma ]
ok $? "none makes an archive"
is 2 "the second of two is broken" archive import new.rma may.json cut.json
[ "$(entries new.rma)" = 1 ] && clean new.rma
ok $? "... the first is there"
is 64 "one network into an archive" incidents --data lab --asn 383012 --archive x.rma
is 64 "incidents of a pack" history 1 --archive found.rma --incidents --pack imc22
is 2 "no archive" incidents --data lab --archive lab/ANSWERS.json
says 'is not an archive'

# --- a history ---
as=$(sed 's/.*"class":"leak","confidence":"proven","culprit":\([0-9]*\).*/\1/' may.json)
is 0 "a history" history "$as" --archive both.rma
[ "$(awk 'length > 100' out | wc -l)" = 0 ] && "$rm" history "$as" --archive both.rma --all >all && [ "$(awk 'length > 100' all | wc -l)" = 0 ] && grep -q "^  2031-05 .* did    leak proven  *1 " out && grep -q '^incidents of AS' out
ok $? "... shows the leak below the packs, in 100 columns"
is 0 "as a table" history "$as" 64999 --archive both.rma --incidents --csv
awk -F'"' '{ s = ""; for (i = 1; i <= NF; i += 2) s = s $i; print gsub(/,/, "", s) }' out | sort -u >commas
[ "$(cat commas)" = 28 ] && [ "$(grep -c 'NO DATA' out)" = 1 ]
ok $? "... each row has its fields, also that of an unknown network"
is 2 "before the window was over nothing of it was known" history "$as" --archive imported.rma --as-of 2031-05-31
is 0 "at its last second it was" history "$as" --archive imported.rma --as-of 2031-05-31T23:59:59Z

# --- killed ---
# month FROM TO US FIRST END: a leak of the prefixes from FIRST on, without END
month() {
	awk -v from="$1" -v to="$2" -v us="$3" -v first="$4" -v end="$5" 'BEGIN {
		at = "\"from\":\"" from "\",\"from_us\":" us ",\"to\":\"" from "\",\"to_us\":" us
		printf "{\"asn\":null,\"collectors\":[],\"counts\":{},\"curve\":\"H1\",\"dated\":[],\"format\":\"routemark-incidents/1\","
		printf "\"incidents\":["
		for (i = first; i < end; i++)
			printf "%s{\"by_accomplice\":[{\"accomplice\":701,\"seen\":[{\"began\":\"announced\",\"ended\":\"open\",%s,\"vantage_point\":0}],\"while\":[{%s}]}],\"class\":\"leak\",\"confidence\":\"possible\",\"culprit\":64500,\"needed\":1,\"origin\":64501,\"peak\":1,\"prefix\":\"10.%d.%d.0/24\",\"spans\":[{%s}],\"vantage_points\":1,\"why\":\"by relationships\"}", (i > first ? "," : ""), at, at, i / 256, i % 256, at
		printf "],\"inputs\":[],\"looked_for\":[\"leak\"],\"not_scored\":[],\"parameters\":{},\"scores\":[],\"vantage_points\":"
		printf "[{\"address\":\"192.0.2.1\",\"asn\":64700,\"collector\":0,\"full_feed_ipv4\":true,\"full_feed_ipv6\":true}],"
		printf "\"window\":{\"first_update\":null,\"from\":\"%s\",\"seen_seconds\":0,\"to\":\"%s\"}}\n", from, to
	}' | sed 's/"collectors":\[\]/"collectors":[{"cadence_seconds":0,"gaps":[],"local_as":64800,"messages":0,"silence_seconds":600,"tables":0,"update_files":1,"vantage_points":1}]/'
}
month 2031-01-01T00:00:00Z 2031-02-01T00:00:00Z 1924992000000000 0 6000 >m1.json
month 2031-02-01T00:00:00Z 2031-03-01T00:00:00Z 1927670400000000 0 9000 >m2.json
"$rm" archive import base.rma may.json report.json >/dev/null
cp base.rma full.rma
start=$(date +%s%N)
is 0 "two months of a leak" archive import full.rma m1.json m2.json
took=$(($(date +%s%N) - start))
command -v sqlite3 >/dev/null && sqlite3 full.rma .dump >full.sql
rounds=${ARCHIVE_ROUNDS:-15} inside=0 bad=0 between=0
for i in $(seq $rounds); do
	cp base.rma k.rma
	"$rm" archive import k.rma m1.json m2.json >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v t="$took" -v i="$i" -v n="$rounds" 'BEGIN { printf "%.4f", t / 1e9 * i / n }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ -e k.rma-journal ] && inside=$((inside + 1))
	had=$(entries k.rma)
	[ "$had" = 3 ] && between=$((between + 1))
	clean k.rma && [ "$had" -ge 2 ] && [ "$had" -le 4 ] || { bad=$((bad + 1)); sed 's/^/# /' check.out; }
	"$rm" archive import k.rma m1.json m2.json >/dev/null 2>&1 && clean k.rma || bad=$((bad + 1))
	[ ! -e full.sql ] || sqlite3 k.rma .dump | cmp -s - full.sql || bad=$((bad + 1))
	rm -f k.rma k.rma-journal
done
echo "# $inside of $rounds rounds were killed within a transaction, $between between two windows"
[ $bad = 0 ]
ok $? "killed at $rounds moments of an import: the last complete state, and the same content after another import"
[ $inside -ge 1 ]
ok $? "... of which some were within a transaction"
[ -e full.sql ] || skip "no sqlite3 to compare the content with"

# --- full ---
size=$(stat -c %s base.rma) grown=$(($(stat -c %s full.rma) - $(stat -c %s base.rma)))
for at in 1 5 9; do
	for signal in - ''; do
		cp base.rma f.rma
		{
			# shellcheck disable=SC2064 # the signal is ignored or not, as this round has it
			(trap -- "$signal" XFSZ; ulimit -f $(((size + grown * at / 10) / 1024)); exec "$rm" archive import f.rma m1.json m2.json 2>err)
			got=$?
		} >/dev/null 2>&1
		had=$(entries f.rma)
		[ $got != 0 ] && clean f.rma && [ "$had" -ge 2 ] && [ "$had" -lt 4 ]
		ok $? "a file that may grow by $at tenths (status $got) holds $had of 4, whole"
		"$rm" archive import f.rma m1.json m2.json >/dev/null 2>err && clean f.rma && [ "$(entries f.rma)" = 4 ]
		ok $? "... and takes the rest when there is room"
	done
done
mkdir small
if mount -t tmpfs -o size=$(($(stat -c %s base.rma) / 1024 + 200))k tmpfs small 2>/dev/null; then
	cp base.rma small/
	is 2 "a disk that is full" archive import small/base.rma m1.json
	says 'full; it holds what it held before'
	clean small/base.rma && [ "$(entries small/base.rma)" = 2 ]
	ok $? "... leaves what was there"
	umount small
else
	skip "no tmpfs may be mounted here"
fi

# --- months against each other ---
# 5000 of the 6000 that were open are there again, and open; 1000 are not; 4000 are new
month 2031-02-01T00:00:00Z 2031-03-01T00:00:00Z 1927670400000000 1000 9000 >m3.json
"$rm" archive import delta.rma m1.json m3.json >/dev/null 2>err && "$rm" history 64500 701 --archive delta.rma --incidents >out
[ "$(grep -cE '2031-02 .* 8,000 +8,000 +00:00:00 +3,000 +1,000 5,000$' out)" = 2 ]
ok $? "new, ended and still open, of culprit and accomplice"
tr -s ' \n' ' ' <out | grep -q 'NO DATA on bogon-prefix, bogon-asn, admin-prefix, admin-asn, rpki-invalid, misorigination: not looked for'
ok $? "... and what was not looked for is no data"

# --- the leak of 2017 ---
if [ -d "$leak" ]; then
	is 0 "the leak of 25 August 2017" incidents --data "$leak" --visibility 1 --archive leak.rma -o leak.txt
	is 0 "its history" history 15169 --archive leak.rma --incidents
	grep -Eq '2017-08 +0\.13 did +leak possible +112,706 +0 +00:12:08' out
	ok $? "... shows AS15169 as who did it, 112,706 prefixes for 12 minutes"
	is 0 "as JSON" history 15169 701 --archive leak.rma --json
	grep -q '"class":"leak","confidence":"possible","ended_us":1503632105000000,"enough_us":728000000,"incidents":112706,"open":0,"role":"culprit"' out
	ok $? "... to the second"
	grep -q '"incidents":112[0-9]*,"open":0,"role":"accomplice"' out
	ok $? "and AS701 as who let it in"
	clean leak.rma
	ok $? "every one of its 116,948 incidents is what was put in"
else
	skip "no data at $leak"
fi
echo "1..$n"
exit $failed
