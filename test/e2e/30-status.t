#!/bin/sh
# What a script relies on: exit statuses (0 done, 1 no, 2 not answered, 64 misuse), outputs that are whole or
# not there, and arguments that are odd.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
tiny=$(realpath "$(dirname "$0")/../golden/data/tiny")
work=$(mktemp -d)
trap 'cd /; umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
# is STATUS NAME ARGUMENTS...: the status is this one, and a message says why when it is not 0 or 1
is() {
	want=$1 name=$2
	shift 2
	"$rm" "$@" >out 2>err </dev/null
	got=$?
	[ "$got" = "$want" ] && { [ "$want" -lt 2 ] || grep -q '^routemark' err; }
	ok $? "$name"
}
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	echo "# status ${got-}"; sed 's/^/# /' err | head -4
	failed=1
}
says() { grep -qe "$1" err; ok $? "... and says so: $1"; }
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }

# --- arguments ---
for asn in 4294967296 -1 AS '' ' 1' 1,2 0x10 1e3 1.65536 0001; do
	is 64 "\"$asn\" is no ASN" audit --data "$tiny" -- "$asn"
done
for asn in 0 4294967295 AS65000 as1.1; do
	is 0 "$asn is one" audit --data "$tiny" "$asn"
done
is 0 "an ASN given thrice" audit --data "$tiny" --csv 64500 AS64500 0.64500
[ "$(cut -d, -f1,4,6 out | sort | uniq -d | wc -l)" = 0 ]
ok $? "... is judged once"
for at in 2022-13-01 2022-02-30 '' now 2022-05-01T25:00:00Z 10000-01-01; do
	is 64 "--at \"$at\" is no time" audit 1 --data "$tiny" --at "$at"
done
for t in 0 -1 65 4294967297 x ''; do
	is 64 "--threads \"$t\" is no number of threads" audit 1 --data "$tiny" --threads "$t"
done
is 0 "more threads than ASes" audit 1 --data "$tiny" --threads 64

# --- lists ---
printf '64500\nfoo\033[31m\n' >bad; is 2 "a list with a word in it is refused" audit --list bad --data "$tiny"
says '^routemark audit: bad: line 2: "foo?\[31m" is not an ASN; one a line'
printf '\357\273\27764500\r\n# all\r\n64501 # two\r\n' >bom
is 0 "a list from an editor that marks its files" audit --list bom --data "$tiny" --csv
[ "$(cut -d, -f1 out | sort -u | tr '\n' ' ')" = "64500 64501 asn " ]; ok $? "... is read"
: >none
is 2 "no AS in the list is no pass at the gate" audit --list none --data "$tiny" --gate; says 'no AS to judge'
is 2 "a list that is a folder" audit --list . --data "$tiny"
mkfifo pipe
is 2 "a list that is a pipe does not hang" audit --list pipe --data "$tiny"

# --- moments ---
is 0 "a moment long before the evidence" audit 4100000001 --data "$tiny" --at 2012-05-01 --csv
grep -q ',NO_DATA,.*younger than the moment' out && ! grep -q ',A4,.*,PASS,' out
ok $? "... is not judged by what came later"

# --- packs ---
for p in '{"profile":' '{}' '[]' '' '{"profile":{"uuid":7}}'; do
	printf '%s' "$p" >p.json
	is 2 "a pack of \"$p\" is refused" audit 1 --data "$tiny" --rules p.json; says '^routemark audit: p.json: '
done
is 2 "a pack that there is not" audit 1 --data "$tiny" --rules nope

# --- the output ---
if [ -c /dev/full ]; then
	for c in "audit 1 --json --data $tiny" "audit 1 --data $tiny" "inspect $tiny" "rules" "dump $tiny/irr.db" \
	    "explain 1 M3 --data $tiny" "help audit" "--version"; do
		# shellcheck disable=SC2086
		"$rm" $c >/dev/full 2>err
		got=$?; [ $got = 2 ] && grep -q '^routemark' err
		ok $? "a full disk is noticed: ${c%% *}"
	done
else
	skip "no /dev/full"
fi
is 2 "-o into a folder that is not there" audit 1 --data "$tiny" -o no/such; says 'no/such: cannot be written'
is 2 "-o onto a folder" audit 1 --data "$tiny" -o .
is 2 "-o onto a pipe" audit 1 --data "$tiny" -o pipe; [ -p pipe ]; ok $? "... leaves the pipe"
ln -s elsewhere link
is 2 "-o onto a link" audit 1 --data "$tiny" -o link; [ -L link ] && [ ! -e elsewhere ]; ok $? "... leaves it alone"
echo old >file; is 2 "a run that fails" audit 1 --data "$work/no" -o file
[ "$(cat file)" = old ]; ok $? "... leaves the file that was there"
is 0 "a run that succeeds" audit 1 --data "$tiny" --json -o file
tail -c 2 file | grep -q '}'; ok $? "... replaces it"
mkdir small
if mount -t tmpfs -o size=16k tmpfs small 2>/dev/null; then
	echo old >small/file
	is 2 "a disk that fills up" audit --all --data "$tiny" --json -o small/file; says 'No space left'
	[ "$(cat small/file)" = old ] && [ "$(ls small)" = file ]; ok $? "... keeps the old file and nothing half-written"
else
	skip "no tmpfs may be mounted here"
fi
(cd "$work" && trap - PIPE && "$rm" audit --all --data "$tiny" --json 2>err; echo $? >rc) | head -c 1 >/dev/null
[ ! -s err ]; ok $? "a reader that has seen enough is no error worth words"
[ -z "$(find . -name '*.[A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9]')" ]; ok $? "no temporary file is left behind"

# --- the gate ---
cat >a4.json <<-E
	{"profile":{"uuid":"5f3b8c5e-3a77-5a3e-9d3f-0c1f6f5a7b10","metadata":{"title":"A4 alone","version":"1",
	"last-modified":"2026-01-01T00:00:00Z","oscal-version":"1.1.2"},"imports":[{"href":"urn:routemark:catalog:imc22",
	"include-controls":[{"with-ids":["A4"]}]}],"modify":{"alters":[{"control-id":"A4","adds":[{"props":[
	{"name":"required","ns":"urn:routemark:oscal","value":"yes"}]}]}]}}}
E
"$rm" audit 4199999999 --rules ./a4.json --data "$tiny" --gate >out 2>err
[ $? = 2 ] && ! grep -q 'NO DATA' out && grep -q '1 N.A.' out
ok $? "a network that nobody sees does not pass because nothing applies to it"
is 1 "a required control that fails is a 1 at the gate" audit 4100000003 --data "$tiny" --gate
"$rm" audit 4100000003 --data "$tiny/20220501.as-rel.txt" --gate >out 2>err
[ $? = 2 ]; ok $? "required controls that cannot be judged are a 2"
is 64 "--json and --csv together" audit 1 --data "$tiny" --json --csv
is 64 "no AS" audit --data "$tiny"
is 64 "no data" audit 1
is 2 "a folder that is not there" audit 1 --data no/where; says 'no/where'
mkdir hollow && : >hollow/empty && echo 'Only words.' >hollow/README
is 2 "a folder of which nothing can be used" audit 1 --data hollow --json -o none.json; says 'nothing that can be used'
[ ! -e none.json ]; ok $? "... and no report of it"
is 2 "data without a route has no AS to judge" audit --all --gate --data "$tiny/20220501.as-rel.txt"; says 'no AS to judge'
is 2 "... nor anything to explain" explain 1 M3 --data hollow; says 'nothing that can be used'
echo "1..$n"
exit $failed
