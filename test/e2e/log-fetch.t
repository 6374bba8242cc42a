#!/bin/bash
# A log that is fetched: verify answers what it answers for the folder; and could not tell, in time, when the server is not
# there, is slow, sends too much, sends elsewhere, shows another log, an earlier one, or changed bytes. Nothing is fetched
# unless it is asked for.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d) || exit 1
pid=
trap '[ -z "$pid" ] || kill $pid; rm -rf "$work"' EXIT
cd "$work" || exit 1
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' out err; failed=1; fi
}
key() { "$rm" key new "$1" -o "$2" --no-passphrase ${3:+"$3"} >"$2.vkey"; }
# says STATUS PATTERN NAME ARGUMENTS
says() {
	want=$1 pattern=$2 name=$3
	shift 3
	start=$(date +%s)
	"$rm" verify r.json --key a.key --policy policy "$@" >out 2>err
	[ $? -eq "$want" ] && cat out err | tr '\n' ' ' | tr -s ' ' | grep -q "$pattern" && [ $(($(date +%s) - start)) -lt 10 ]
	ok $? "$name"
}

key audits.example/a a.key; key log.example/l log.key; key other.example/l other.key
"$rm" audit 4100000005 --data "$here/golden/data/tiny" --json -o r.json && "$rm" seal r.json --key a.key >/dev/null
mkdir srv && "$rm" log init srv/log --key log.key
seq 1 300 >lines && "$rm" log append srv/log --lines lines >/dev/null
i=$("$rm" log status srv/log issued r.json --key a.key)
"$rm" log append srv/log --lines lines >/dev/null
"$rm" log checkpoint srv/log --key log.key >/dev/null && "$rm" log prove srv/log "$i" -o p
printf 'log %s\nquorum none\n' "$(cat log.key.vkey)" >policy
perl "$here/interop/httpd.pl" srv >port 2>httpd.err &
pid=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.05; done
http=http://127.0.0.1:$(cat port)

says 0 'every entry was read' "the log is read from its address: yes" --log "$http/log"
says 0 'every entry was read' "also with a slash, and with a proof" --log "$http/log/" --proof p
"$rm" verify r.json --key a.key --policy policy --log srv/log --json >folder.json
"$rm" verify r.json --key a.key --policy policy --log "$http/log" --json >out 2>err && cmp -s out folder.json
ok $? "what is told is the same as for the folder, byte for byte"
cp -a srv/log srv/early
"$rm" log status srv/log suspended r.json --key a.key >/dev/null && "$rm" log checkpoint srv/log --key log.key >/dev/null
says 1 'suspended' "suspended since: no" --log "$http/log" --proof p
says 0 'not asked' "which nobody asked for is not fetched" --proof p
cp -a srv/early srv/grown && "$rm" log append srv/grown --lines lines >/dev/null && cp srv/early/checkpoint srv/grown/checkpoint
cp -a srv/log srv/pruned && find srv/grown srv/pruned -path '*.p/*' -delete
says 0 'every entry was read' "a partial bundle that is gone is in the full one" --log "$http/grown"
says 2 'status 404' "and if that is not there either: could not tell" --log "$http/pruned"

# --- log status: what is said of reports ---
told() {	# STATUS PATTERN NAME ARGUMENTS
	want=$1 pattern=$2 name=$3
	shift 3
	"$rm" log status "$@" --policy policy >out 2>err
	[ $? -eq "$want" ] && cat out err | grep -q -- "$pattern"
	ok $? "$name"
}
told 0 '^2 say how somebody stands to this report' "log status tells what an address has on a report" "$http/log" r.json
told 0 '^     300  issued     2022-05-01T00:00:00Z  audits.example/a+[0-9a-f]*  (unchecked' "by whom it says" "$http/log" r.json
told 0 '^     601  suspended  2022-05-01T00:00:00Z  audits.example/a+[0-9a-f]*$' "and by whom it is" "$http/log" r.json --signer a.key
told 0 "^          on $(sha256sum r.json | head -c 64)" "on all reports, which are named" "$http/log"
"$rm" log status srv/log r.json --policy policy --signer a.key --json >folder.json && "$rm" log status "$http/log/" r.json --policy policy --signer a.key --json >out 2>err &&
    cmp -s out folder.json && grep -q '"index":601,"known":true,.*"status":"suspended"}\],"witnesses":\[\]}$' out && ! node -e 'JSON.parse(require("fs").readFileSync("out","utf8"))' 2>&1 | grep -q .
ok $? "as JSON, the same from the folder"
told 2 'status 404' "of nothing there: nothing" "$http/nothing"
[ ! -s out ]
ok $? "and nothing is printed"
cp srv/log/tile/entries/000 kept && perl -0777 -pi -e 'substr($_, 2, 1) ^= "\x01"' srv/log/tile/entries/000
told 2 'not those' "of entries that are not the checkpoint's: nothing" "$http/log"
[ ! -s out ]
ok $? "and nothing is printed, of what was read before"
cp kept srv/log/tile/entries/000

# --- a server that is not as it should be ---
"$rm" log init srv/strange --key other.key && "$rm" log checkpoint srv/strange --key other.key >/dev/null
says 2 'no signature by a key that is known' "somebody else's log" --log "$http/strange"
"$rm" log prove srv/log "$i" -o late
says 2 'and the proof is of' "one that is earlier than the proof" --log "$http/early" --proof late
says 2 'is served\|status 404' "an address with nothing there" --log "$http/nothing"
says 2 'ould.*connect\|Couldn.t connect' "a port where nobody is" --log http://127.0.0.1:1/
says 2 'in time' "a server that says nothing" --log "$http/stall" --timeout 1
says 2 'in time' "one that sends a byte a second" --log "$http/slow" --timeout 2
says 2 'has more than' "one that sends on and on" --log "$http/huge"
says 2 'has more than' "one that sends on and on, packed" --log "$http/bomb"
says 2 'redirects are not followed' "one that sends elsewhere" --log "$http/redirect/log"
says 2 'what the log says' "one that stops in the middle" --log "$http/close"
for bad in "http://user@127.0.0.1/" "http://127.0.0.1/?x" "http:///log" "http://127.0.0.1/a b"; do
	says 2 'is no address' "no address: $bad" --log "$bad"
done
says 2 'No such file' "another protocol is a folder that is not there" --log file:///etc
for f in checkpoint tile/entries/000 tile/entries/001 "tile/entries/002.p/$(($(sed -n 2p srv/log/checkpoint) % 256))"; do
	for at in 0 1 30 90; do
		cp "srv/log/$f" kept
		perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at kept >"srv/log/$f"
		says 2 'what the log says' "byte $at of $f changed on the way: could not tell" --log "$http/log"
		cp kept "srv/log/$f"
	done
done
# two histories, each signed by the log: that is a no, from wherever it comes
cp -a srv/early srv/fork && echo x >x && "$rm" log append srv/fork --lines x >/dev/null && "$rm" log checkpoint srv/fork --key log.key >/dev/null
"$rm" log append srv/fork --lines x >/dev/null && "$rm" log checkpoint srv/fork --key log.key >/dev/null
says 1 'told two histories' "a log that has told two histories: no" --log "$http/fork" --proof late
"$rm" verify r.json --key a.key --policy policy --log srv/log --timeout 3 >out 2>err
[ $? = 64 ]
ok $? "--timeout is for what is fetched"

# a mark: from the served log as from the folder
says_mark() {	# STATUS PATTERN NAME LOG
	"$rm" mark show 4100000004 --policy policy --known a.key --at 2022-05-15 --log "$4" >out 2>err
	[ $? -eq "$1" ] && cat out err | tr '\n' ' ' | tr -s ' ' | grep -q "$2"
	ok $? "$3"
}
"$rm" audit 4100000004 --data "$here/golden/data/tiny" --rules manrs-plus-proposal --json -o m.json
"$rm" mark issue 4100000004 --report m.json --pack manrs-plus-proposal --key a.key --log srv/log --log-key log.key --out mark >out 2>err
says_mark 0 'answer: yes' "mark show reads the log where it is served" "$http/log"
cp out served && says_mark 0 'answer: yes' "and the folder" srv/log && cmp -s out served
ok $? "and says the same of both"
"$rm" verify m.json --key a.key --policy policy --mark mark/mark.json --log "$http/log" >out 2>err
grep -q 'cannot tell how it stands' out
[ $? -eq 1 ]
ok $? "verify --mark reads it there, too"
"$rm" mark suspend 4100000004 --log srv/log --key a.key --log-key log.key --at 2022-05-03 --reason "seen" >out 2>err
says_mark 1 'is suspended' "a suspension is seen" "$http/log"
cp srv/log/tile/entries/000 kept && perl -0777 -pe 'substr($_, 30, 1) ^= "\x01"' kept >srv/log/tile/entries/000
says_mark 2 'could not tell' "a byte changed on the way: could not tell" "$http/log"
cp kept srv/log/tile/entries/000
says_mark 2 'status 404' "nothing is served there" "$http/nothing"
echo "1..$n"
exit $failed
