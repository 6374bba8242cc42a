#!/bin/bash
# The archive as a whole: audit --archive and archive import give the same bytes, twice is once, and what is killed,
# full, read-only or taken leaves the last complete state, into which the same can be put again.
rm=$(realpath "${ROUTEMARK:?the program to test}")
tiny=$(realpath "$(dirname "$0")/../golden/data/tiny")
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
dump() { sqlite3 "$1" .dump; }
entries() { "$rm" archive list "$1" 2>/dev/null | grep -c '^[0-9a-f]\{16\}  '; }
clean() { "$rm" archive check "$1" >check.out 2>&1; }

"$rm" lab lab >/dev/null || exit 1
lab_month() { "$rm" audit --all --data lab --at "$1" "${@:2}"; }
lab_month 2031-06-01 --json -o m1.json
lab_month 2031-07-01 --json -o m2.json
lab_month 2031-08-01 --json -o m3.json

# --- two ways in ---
lab_month 2031-06-01 --summary --archive audit.rma --threads 1 >/dev/null
lab_month 2031-07-01 --csv --archive audit.rma --threads 4 >/dev/null
lab_month 2031-08-01 --json --archive audit.rma | cmp -s - m3.json
ok $? "what is shown beside --archive is what is shown without it"
gzip -k m2.json
is 0 "reports are imported, packed ones too" archive import import.rma m1.json m2.json.gz m3.json
cmp -s audit.rma import.rma
ok $? "judged at once or imported later, on any number of threads: the same bytes"
is 0 "they can be checked" archive check import.rma
[ "$(entries import.rma)" = 3 ]
ok $? "three assessments"
cp import.rma before.rma
is 0 "the same again" archive import import.rma m2.json m1.json
[ "$(grep -c 'was there already' out)" = 2 ] && cmp -s import.rma before.rma
ok $? "is there already, and not a byte changes"
lab_month 2031-07-01 --summary --archive import.rma >/dev/null 2>err
says 'was in it already'
cmp -s import.rma before.rma
ok $? "judging the same again changes nothing either"
mkdir renamed && cp lab/* renamed/ && for f in renamed/*.mrt; do mv "$f" "$f.x"; done
"$rm" audit --all --data renamed --at 2031-07-01 --summary --archive import.rma >/dev/null 2>err
grep -q 'already' err && cmp -s import.rma before.rma && ! grep -qa "$work\|renamed" import.rma
ok $? "nor the same evidence under other names; no path is in the file"

mkdir latin && cp "$tiny"/* latin/ && LC_ALL=C sed -i 's/Example Customer/Caf\xe9 "Customer" \xe2\x80\xae/' latin/*as-org2info*
"$rm" audit --all --data latin --json --archive l1.rma --rules imc22,manrs-netops >latin.json 2>err
"$rm" archive import l2.rma latin.json >/dev/null 2>>err
cmp -s l1.rma l2.rma && grep -qa "Caf$(printf '\357\277\275') \"Customer\"" l1.rma
ok $? "names that are no UTF-8 are archived as the report has them, both ways"

# --- what is refused ---
is 2 "a report that is not there" archive import new.rma absent.json
head -c 100000 m1.json >cut.json
is 2 "a report that is cut" archive import new.rma cut.json
says 'cut.json: byte [0-9]*: .*input ends early'
[ ! -e new.rma ]
ok $? "... makes no archive"
sed 's/"verdict":"FAIL"/"verdict":"PASS"/' m1.json >lie.json
is 2 "a report that was changed" archive import import.rma lie.json
cmp -s import.rma before.rma
ok $? "... is refused whole"
is 2 "the second of two is broken" archive import two.rma m1.json cut.json
[ "$(entries two.rma)" = 1 ] && clean two.rma
ok $? "... the first is there"
is 2 "a summary" archive import import.rma <("$rm" audit --all --data "$tiny" --summary --json)
"$rm" audit --all --data "$tiny" --summary --json >summary.json
is 2 "a summary" archive import import.rma summary.json
says 'without results'
mkdir undated && cp "$tiny"/rpki.json undated/ && sed -i 's/"buildtime": *"[^"]*",*//; s/"generatedTime":[^,]*,//' undated/rpki.json
is 64 "two outputs" audit 1 --data "$tiny" --archive x.rma --html x.html
is 2 "one pack twice" audit 1 --data "$tiny" --archive x.rma --rules imc22,imc22
says 'same id'
[ ! -e x.rma ]
ok $? "... makes no archive"
for file in m1.json "$rm"; do
	is 2 "no archive: $(basename "$file")" archive list "$file"
	says 'is not an archive'
done
is 2 "no file" history 1 --archive absent.rma
is 2 "an unknown network" history 1 --archive import.rma
is 64 "no archive is named" history 1
is 64 "no network is named" history --archive import.rma
is 64 "two forms" history 1 --archive import.rma --json --csv
is 64 "an unknown word" archive polish import.rma
is 64 "nothing to import" archive import import.rma

# --- killed ---
"$rm" archive import base.rma m1.json >/dev/null
cp base.rma full.rma
start=$(date +%s%N)
"$rm" archive import full.rma m2.json m3.json >/dev/null
took=$(($(date +%s%N) - start))
command -v sqlite3 >/dev/null && dump full.rma >full.sql
rounds=${ARCHIVE_ROUNDS:-25} inside=0 bad=0 between=0
for i in $(seq $rounds); do
	cp base.rma k.rma
	"$rm" archive import k.rma m2.json m3.json >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v t="$took" -v i="$i" -v n="$rounds" 'BEGIN { printf "%.4f", t / 1e9 * i / n }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ -s k.rma-journal ] && inside=$((inside + 1))
	had=$(entries k.rma)
	[ "$had" = 2 ] && between=$((between + 1))
	clean k.rma && [ "$had" -ge 1 ] && [ "$had" -le 3 ] || { bad=$((bad + 1)); sed 's/^/# /' check.out; }
	"$rm" archive import k.rma m2.json m3.json >/dev/null 2>&1 && clean k.rma || bad=$((bad + 1))
	[ ! -e full.sql ] || dump k.rma | cmp -s - full.sql || bad=$((bad + 1))
	rm -f k.rma k.rma-journal
done
echo "# $inside of $rounds rounds were killed in the midst of writing, $between between two assessments"
[ $bad = 0 ]
ok $? "killed at $rounds moments of an import: the last complete state, and the same content after another import"
[ $inside -ge 1 ]
ok $? "... of which some were in the midst of writing"
[ -e full.sql ] || skip "no sqlite3 to compare the content with"

# --- full ---
# the size of the file stops it at these places of its writing: the one that writes is killed there, or told so
size=$(stat -c %s base.rma) grown=$(($(stat -c %s full.rma) - $(stat -c %s base.rma)))
for at in 1 2 4 6 9; do
	for signal in - ''; do
		cp base.rma f.rma
		{
			# shellcheck disable=SC2064 # the signal is ignored or not, as this round has it
			(trap -- "$signal" XFSZ; ulimit -f $(((size + grown * at / 10) / 1024)); exec "$rm" archive import f.rma m2.json m3.json 2>err)
			got=$?
		} >/dev/null 2>&1
		had=$(entries f.rma)
		[ $got != 0 ] && [ -s f.rma ] && clean f.rma && [ "$had" -ge 1 ] && [ "$had" -lt 3 ]
		ok $? "a file that may grow by $at tenths (status $got) holds $had assessments, whole"
		"$rm" archive import f.rma m2.json m3.json >/dev/null 2>err && clean f.rma && [ "$(entries f.rma)" = 3 ]
		ok $? "... and takes the rest when there is room"
	done
done
mkdir small
if mount -t tmpfs -o size=$(($(stat -c %s base.rma) / 1024 + 200))k tmpfs small 2>/dev/null; then
	cp base.rma small/
	is 2 "a disk that is full" archive import small/base.rma m2.json m3.json
	says 'full; it holds what it held before'
	clean small/base.rma && [ "$(entries small/base.rma)" = 1 ]
	ok $? "... leaves what was there"
	is 2 "a disk that is full while judging" audit --all --data lab --at 2031-09-01 --archive small/base.rma --summary -o small/summary
	[ ! -e small/summary ] && [ "$(entries small/base.rma)" = 1 ]
	ok $? "... leaves neither"
	umount small
else
	skip "no tmpfs may be mounted here"
fi

# --- read-only ---
if [ "$(id -u)" = 0 ]; then
	user="setpriv --reuid 65534 --regid 65534 --clear-groups"
	chmod 755 "$work" && cp "$rm" ./routemark && chmod 755 routemark
	$user true 2>/dev/null || user=none
else
	user= && cp "$rm" ./routemark
fi
if [ "$user" != none ]; then
	mkdir ro && cp base.rma ro/ && chmod 444 ro/base.rma m2.json && chmod 555 ro
	$user ./routemark archive import ro/base.rma m2.json >out 2>err
	[ $? = 2 ] && grep -q 'cannot be written' err && cmp -s base.rma ro/base.rma && [ "$(ls ro)" = base.rma ]
	ok $? "a folder that is read-only is left alone"
	$user ./routemark archive list ro/base.rma >out 2>err && $user ./routemark archive check ro/base.rma >out 2>err
	ok $? "... and read"
	$user ./routemark archive import ro/new.rma m2.json >out 2>err
	[ $? = 2 ] && [ "$(ls ro)" = base.rma ]
	ok $? "... a new one is not made there"
	chmod 755 ro
else
	skip "no other user to be here"
fi

# --- taken ---
mkfifo stalled
cp base.rma t.rma
lab_month 2031-07-01 --json --archive t.rma >stalled 2>/dev/null &
exec 9<stalled	# opened, not read: the writer waits for us with its transaction open
head -c 1 <&9 >/dev/null
is 2 "while another program writes" archive import t.rma m3.json
says 'another program is writing'
is 0 "... it can be read" archive list t.rma
cat <&9 >/dev/null
exec 9<&-
wait
is 0 "and be written when that is done" archive import t.rma m3.json
[ "$(entries t.rma)" = 3 ] && clean t.rma
ok $? "... all is there"
lab_month 2031-09-01 --json --archive t.rma >/dev/full 2>err
[ $? = 2 ] && [ "$(entries t.rma)" = 3 ] && clean t.rma
ok $? "when the report cannot be written, its assessment is not archived"

# --- history ---
as=$(grep -o '"asn":[0-9]*\|"planted":"[a-z0-9-]*"' lab/ANSWERS.json | grep -B1 '"rov-invalid-length"' |
	sed -n 's/"asn"://p' | head -n 1)
"$rm" history "$as" --archive audit.rma >a && "$rm" history "$as" --archive k2.rma >/dev/null 2>&1
"$rm" archive import other.rma m3.json m1.json m2.json >/dev/null && "$rm" history "$as" --archive other.rma >b && cmp -s a b
ok $? "the order in which months came in does not show"
[ "$(awk 'length > 100' a | wc -l)" = 0 ] && grep -q 2031-08 a
ok $? "100 columns hold it"
"$rm" history "$as" --archive audit.rma --as-of 2031-07-15 >at.out
"$rm" archive import till.rma m1.json m2.json >/dev/null
"$rm" history "$as" --archive till.rma >till
grep -q 'known at 2031-07-15' at.out && sed -n '/^AS/,$p' at.out >x && sed -n '/^AS/,$p' till | cmp -s - x && grep -q 2031-07 x
ok $? "--as-of a day is the archive of that day"
is 0 "to a file" history "$as" --archive audit.rma --csv -o h.csv
awk -F'"' '{ s = ""; for (i = 1; i <= NF; i += 2) s = s $i; print gsub(/,/, "", s) }' h.csv | sort -u >commas
[ "$(cat commas)" = 22 ]
ok $? "each row of the CSV has its fields"
"$rm" history "$as" 1 --archive audit.rma --csv 2>/dev/null | awk -F, '$1 == 1 { print NF }' | grep -qx 23
ok $? "... that of an unknown network too"
echo "1..$n"
exit $failed
