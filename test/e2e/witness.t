#!/bin/bash
# Witnesses: the server and the log's side against each other, against Go's sumdb, openssl and curl; hostile witnesses; a
# log that tells two histories; a witness that dies, or finds no room, at each of its calls never signs twice.
# shellcheck disable=SC2034 # wa, wb, wc are read by policy()
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
shm=/dev/shm
[ -w $shm ] || shm=${TMPDIR:-/tmp}
work=$(mktemp -d -p $shm) || exit 1
pids=
# shellcheck disable=SC2086 # words on purpose
trap 'kill $pids 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
exec 2>talk.txt	# bash tells of each process that is killed
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' out err 2>/dev/null; failed=1; fi
}

log() { "$rm" log "$@" >out 2>err; }
key() { "$rm" key new "$1" -o "$2" --no-passphrase ${3:+"$3"} >"$2.vkey"; }

# up STATE KEY [ARGUMENTS]: a witness for log.key; $url, $pid
up() {
	state=$1 k=$2
	shift 2
	: >"$state.out"
	env "$@" "$rm" witness serve "$state" --key "$k" --log log.key.vkey --listen 127.0.0.1:0 --at 2026-01-02T03:04:05Z >"$state.out" 2>"$state.err" &
	pid=$!
	pids="$pids $pid"
	for _ in $(seq 100); do
		[ -s "$state.out" ] && break
		kill -0 $pid 2>/dev/null || break
		sleep 0.05
	done
	url=$(sed -n 's/^listening at //p' "$state.out")
	[ -n "$url" ]
}
down() { kill "$1" 2>/dev/null; wait "$1" 2>/dev/null; }

key log.example/test log.key; key log.example/test fake.key
for w in a b c; do key w.example/$w $w.key --witness; done
log init log --key log.key && seq 1 300 | sed 's/^/entry /' >lines && log append log --lines lines && log checkpoint log --key log.key

# --- a witness is made, and starts ---
mkdir sa
up sa a.key
[ $? != 0 ] && grep -q 'no witness was made here' sa.err
ok $? "a witness without a memory does not start"
"$rm" witness init sa --key log.key >out 2>err
[ $? = 2 ] && grep -q "signer's key" err
ok $? "nor is one made for a signer's key"
"$rm" witness init sa --key a.key >out 2>err && ! "$rm" witness init sa --key a.key 2>err && grep -q 'already' err
ok $? "it is made once"
up sb a.key
ok $(($? == 0)) "and not by serving"
up sa b.key
[ $? != 0 ] && grep -q "another witness's key" sa.err
ok $? "another key does not take its memory over"
up sa a.key
ok $? "it starts, and tells where it listens"
ua=$url pa=$pid
"$rm" witness serve sa --key a.key --log log.key.vkey --listen 127.0.0.1:0 >out 2>err
[ $? = 2 ] && grep -q 'another process' err
ok $? "a second process is turned away"
"$rm" witness init sb --key b.key && "$rm" witness serve sb --key b.key --log log.key.vkey --listen "${ua#http://}" >out 2>err
[ $? != 0 ]
ok $? "so is one at an address that is no number and port"
hostport=${ua#http://}
"$rm" witness serve sb --key b.key --log log.key.vkey --listen "${hostport%/}" >out 2>err
[ $? = 2 ] && grep -qi 'in use' err
ok $? "and at one that is taken"
front=$(pgrep -P "$pa")
[ -n "$front" ] && [ -z "$(find "/proc/$front/fd" -lname '*sa/lock')" ] && ! grep -qE 'libcurl|libmicrohttpd' "/proc/$pa/maps" 2>/dev/null
ok $? "what listens has not the memory; what signs has no network library"

# --- the log's side ---
policy() {	# QUORUM-LINES...: logs and witnesses a b c at $wa $wb $wc
	printf 'log %s\n' "$(cat log.key.vkey)"
	for w in a b c; do u=w$w; printf 'witness %s %s %s\n' $w "$(cat $w.key.vkey)" "${!u}"; done
	printf '%s\n' "$@"
}
wa=$ua wb='' wc=''
policy "quorum a" >pol
log witness log --policy pol
[ $? = 0 ] && grep -q 'a: cosigned at 2026-01-02T03:04:05Z' out && grep -q 'quorum: met; the checkpoint is published' out
ok $? "a checkpoint is cosigned and published"
[ "$(grep -c '^— ' log/checkpoint)" = 2 ] && log fsck log --vkey "$(cat log.key.vkey)"
ok $? "with both signatures, and fsck agrees"
cp log/checkpoint cosigned
log checkpoint log --key log.key && cmp -s log/checkpoint cosigned
ok $? "signing the same once more leaves it"
log witness log --policy pol && [ "$(grep -c '^— ' log/checkpoint)" = 2 ]
ok $? "asked once more, it has one cosignature, not two"
policy "group g all a b" "quorum g" >pol2
log witness log --policy pol2
[ $? = 2 ] && grep -q 'b: not asked: the policy has no address of it' out && grep -q 'not met by the checkpoint that is published' out
ok $? "a quorum that is not reached: could not tell"
key log.example/other other.key
printf 'log %s\nwitness a %s %s\nquorum a\n' "$(cat other.key.vkey)" "$(cat a.key.vkey)" "$ua" >wrong.pol
log witness log --policy wrong.pol
[ $? = 2 ] && grep -q 'not signed by a log of the policy' err
ok $? "a policy without this log is not for it"

# --- held back until there is a quorum ---
"$rm" witness init sc --key c.key && up sb b.key && ub=$url pb=$pid && up sc c.key && uc=$url
ok $? "two more witnesses"
wb=$ub wc=$uc
policy "group g 2 a b c" "quorum g" >two.pol
policy "group g all a b c" "quorum g" >all.pol
cp log/checkpoint before
echo more >x && log append log --lines x && log checkpoint log --key log.key --hold && cmp -s log/checkpoint before && log fsck log --vkey "$(cat log.key.vkey)"
ok $? "a checkpoint that is held is not published"
down "$pb"
log witness log --policy all.pol
[ $? = 2 ] && grep -q 'b: no answer' out && grep -q 'held back' out && cmp -s log/checkpoint before
ok $? "nor without the quorum"
log witness log --policy two.pol && grep -q 'quorum: met' out && sed -n 2p log/checkpoint | grep -qx 301
ok $? "two of three are enough if the policy says so"
up sb b.key
ub=$url wb=$url
policy "group g all a b c" "quorum g" >all.pol
log witness log --policy all.pol && [ "$(grep -c '^— ' log/checkpoint)" = 4 ]
ok $? "the third one signs later, and joins them"
index=300
log prove log $index -o p && grep -c '^— ' p | grep -qx 4
ok $? "a proof carries all four"

# --- quorums, in verify ---
"$rm" audit 4100000005 --data "$here/golden/data/tiny" --json -o r.json 2>/dev/null
key audits.example/a audits.key; "$rm" seal r.json --key audits.key >/dev/null
i=$("$rm" log status log issued r.json --key audits.key)
"$rm" log checkpoint log --key log.key --hold >/dev/null
printf 'log %s\nwitness a %s %s\nwitness b %s %s\nquorum none\n' "$(cat log.key.vkey)" "$(cat a.key.vkey)" "$ua" "$(cat b.key.vkey)" "$ub" >ab.pol
log witness log --policy ab.pol && "$rm" log prove log "$i" -o r.proof
ok $? "a and b cosign the checkpoint that a report's status is in"
says() {	# STATUS QUORUM-LINES...
	want=$1
	shift
	policy "$@" >q.pol
	"$rm" verify r.json --key audits.key --policy q.pol --proof r.proof --log log >out 2>err
	[ $? = "$want" ]
	ok $? "verify: $*: $want"
}
says 0 "quorum none"; says 0 "quorum a"; says 2 "quorum c"
says 0 "group g any a c" "quorum g"; says 2 "group g all a c" "quorum g"; says 0 "group g 2 a b c" "quorum g"; says 2 "group g 3 a b c" "quorum g"
says 0 "group x all a b" "group y any c x" "quorum y"; says 2 "group x all a c" "group y all b x" "quorum y"
says 0 "group x 1 a c" "group y all b x" "quorum y"; says 2 "group x any c" "group y 2 a x" "quorum y"

# --- each bit of a cosignature counts, and each answer that is not one ---
count=0
len=$(stat -c %s log/checkpoint)
cp log/checkpoint kept
printf 'log %s\nwitness a %s\nwitness b %s\ngroup g all a b\nquorum g\n' "$(cat log.key.vkey)" "$(cat a.key.vkey)" "$(cat b.key.vkey)" >ab2.pol
bad=0
"$rm" verify r.json --key audits.key --policy ab2.pol --log log >/dev/null 2>&1 || bad=1
for ((at = 0; at < len; at += 7)); do
	perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at kept >log/checkpoint
	"$rm" verify r.json --key audits.key --policy ab2.pol --log log >/dev/null 2>&1
	case $? in 1 | 2) ;; *) bad=1; echo "# byte $at is free" ;; esac
	count=$((count + 1))
done
cp kept log/checkpoint
[ $bad = 0 ]
ok $? "of a cosigned checkpoint each of $count bytes changed: no, or could not tell"

# --- openssl: raw Ed25519 over the message of the specification ---
raw() { sed -n "s|^— $1 ||p" cosigned | base64 -d; }
raw w.example/a | head -c 12 | tail -c 8 | od -An -tu8 --endian=big | tr -d ' ' >time.txt
raw w.example/a | tail -c 64 >sig
{ printf 'cosignature/v1\ntime %s\n' "$(cat time.txt)"; sed '/^$/,$d' cosigned; } >message
"$rm" key show a.key --pem >a.pem 2>err || "$rm" key show a.key.vkey --pem >a.pem 2>err
openssl pkeyutl -verify -pubin -inkey a.pem -rawin -in message -sigfile sig >out 2>err && [ "$(cat time.txt)" = "$(date -ud 2026-01-02T03:04:05Z +%s)" ]
ok $? "openssl verifies the cosignature"
echo x >>message
! openssl pkeyutl -verify -pubin -inkey a.pem -rawin -in message -sigfile sig >out 2>err
ok $? "and not over other bytes"

# --- curl: the answers of the specification ---
post() { curl -s -o body -w '%{http_code} %{content_type}\n' --data-binary @"$1" "${2:-$ua}add-checkpoint" >out 2>err; cat out; }
size=$(sed -n 2p log/checkpoint)
submission() { printf 'old %s\n\n' "$1"; cat log/checkpoint; }
submission "$size" >s && [[ $(post s) == "200 text/plain"* ]] && grep -q '^— w.example/a ' body
ok $? "200, and a line"
submission 0 >s && [ "$(post s)" = "409 text/x.tlog.size" ] && [ "$(cat body)" = "$size" ]
ok $? "409 with the size, as text/x.tlog.size"
submission $((size + 1)) >s && [[ $(post s) == 400* ]]
ok $? "400: old is larger"
printf 'nonsense' >s && [[ $(post s) == 400* ]] && : >s && [[ $(post s) == 400* ]]
ok $? "400: nonsense, or nothing"
submission "$size" | sed '3s/.*/log.example\/none/' >s && [[ $(post s) == 404* ]]
ok $? "404: another origin"
"$rm" log init fake --key fake.key && "$rm" log append fake --lines lines >/dev/null && "$rm" log checkpoint fake --key fake.key >/dev/null
{ printf 'old 0\n\n'; cat fake/checkpoint; } >s && [[ $(post s) == 403* ]]
ok $? "403: another key of that name"
head -c 70000 /dev/zero | tr '\0' x >s && [[ $(post s) == 413* ]]
ok $? "413: too much"
curl -s -o body -w '%{http_code}\n' -H 'Transfer-Encoding: chunked' --data-binary @s "${ua}add-checkpoint" | grep -q 413
ok $? "also when its length is not said"
curl -s "$ua" | grep -qx "witness $(cat a.key.vkey)" && curl -s "$ua" | grep -qx "log $(cat log.key.vkey)"
ok $? "GET / tells whom it is and whom it knows"
[ "$(curl -s -o body -w '%{http_code}' "${ua}add-checkpoint")" = 405 ] && [ "$(curl -s -o body -w '%{http_code}' "${ua}%61dd-checkpoint")" = 404 ] &&
    [ "$(curl -s -o body -w '%{http_code}' -X DELETE "$ua")" = 405 ]
ok $? "405 and 404 for what it has not"

# --- a log that tells two histories ---
cp -a log fork
echo one >x && log append log --lines x && log checkpoint log --key log.key && log witness log --policy pol
ok $? "one history is cosigned"
echo two >x && log append fork --lines x && log checkpoint fork --key log.key
log witness fork --policy pol
[ $? = 1 ] && grep -q 'told two histories' out && ! grep -q 'a: cosigned' out
ok $? "another one of that size is not, and the answer is no"
[ "$(find sa/log -name '*.fork' | wc -l)" = 1 ] && grep -q 'signed two trees' sa.err
ok $? "the witness keeps both checkpoints"
echo three >x && log append fork --lines x && log checkpoint fork --key log.key
log witness fork --policy pol
[ $? = 1 ] && grep -q '422' out
ok $? "nor one that is larger"
cp -a log older && rm older/.log/held && cp before older/checkpoint && sed -n '1,3p' before >older/.log/head
log witness older --policy pol
[ $? = 1 ] && grep -q 'which is more: was the log put back?' out
ok $? "nor one that was put back"

# --- hostile witnesses ---
perl "$here/interop/httpd.pl" . >httpd.port 2>httpd.err &
pids="$pids $!"
for _ in $(seq 50); do [ -s httpd.port ] && break; sleep 0.05; done
http=http://127.0.0.1:$(cat httpd.port)
tail -n 1 cosigned >old.line		# of a, over an earlier checkpoint
grep '^— log' cosigned >log.line
: >empty
printf 'more\n\n%s\n' "$(cat old.line)" >text.line
cp log/checkpoint now
hostile() {	# PATH PATTERN NAME [STATUS]
	printf 'log %s\nwitness a %s %s\nquorum a\n' "$(cat log.key.vkey)" "$(cat a.key.vkey)" "$http$1" >h.pol
	rm -rf h && cp -a log h && "$rm" log append h --lines x >/dev/null && "$rm" log checkpoint h --key log.key --hold >/dev/null
	start=$(date +%s%N)
	timeout 20 "$rm" log witness h --policy h.pol --timeout 2 >out 2>err
	[ $? = "${4:-2}" ] && grep -q "$2" out && cmp -s h/checkpoint now && [ $((($(date +%s%N) - start) / 1000000)) -lt 8000 ]
	ok $? "a witness that $3"
}
hostile /status/200/old.line 'does not verify' "cosigns another checkpoint"
hostile /status/200/log.line 'no signature by a key that is known' "answers with somebody else's line"
hostile /status/200/text.line 'no lines of signatures' "would change the text"
hostile /status/200/empty 'no lines of signatures' "says nothing at all"
hostile /status/500/empty 'status 500' "is broken"
hostile /status/404/empty '404' "does not know the log"
hostile /status/403/old.line '403' "refuses"
hostile /huge 'has more than' "sends on and on"
hostile /bomb 'has more than' "sends on and on, packed"
hostile /slow 'in time' "sends a byte a second"
hostile /stall 'in time' "never answers"
hostile /close 'no answer' "stops in the middle"
hostile "/redirect" 'status 302' "sends elsewhere"
hostile /size/99999999 'which is more' "claims a larger tree" 1
hostile /size/0 'asks for the size that it was given' "asks for what it has"
hostile /status/409/empty '409 without a size' "has no size"
hostile /next 'each answer asks for another size' "asks for one size after another"
printf 'log %s\nwitness a %s %s\nquorum a\n' "$(cat log.key.vkey)" "$(cat a.key.vkey)" "file:///etc/" >h.pol
log witness log --policy h.pol
[ $? != 1 ] && grep -q 'not one of http:// or https://' out
ok $? "no other protocol is spoken"
key w.example/a a2.key --witness
sed "s|$(cat a.key.vkey)|$(cat a2.key.vkey)|" pol >h.pol
rm -rf h && cp -a log h
log witness h --policy h.pol
[ $? = 2 ] && grep -q 'no signature by a key that is known here' out
ok $? "a witness of that name with another key is not believed"

# --- slow clients do not keep others out ---
for _ in 1 2 3; do { printf 'POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n'; sleep 5; } >"/dev/tcp/127.0.0.1/$(sed 's/.*:\([0-9]*\).*/\1/' <<<"$ua")" & pids="$pids $!"; done 2>/dev/null
submission "$(sed -n 2p log/checkpoint)" >s && [[ $(timeout 3 curl -s -o body -w '%{http_code}' --data-binary @s "${ua}add-checkpoint") == 200 ]]
ok $? "who sends slowly keeps nobody out"

# --- the half that listens, and the half that signs, end together ---
gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
front=$(pgrep -P "$pa")
kill -9 "$pa"; wait "$pa" 2>/dev/null; sleep 0.3
gone "$front"
ok $? "who signs is killed: who listens ends"
up sa a.key && front=$(pgrep -P "$pid") && kill -9 "$front" && sleep 0.3 && gone "$pid"
ok $? "who listens is killed: who signs ends"

only_b() { printf 'log %s\nwitness b %s %s\nquorum b\n' "$(cat log.key.vkey)" "$(cat b.key.vkey)" "$wb"; }

# --- faults at every call of the witness: it never signs two trees of one size ---
cc -shared -fPIC -D_GNU_SOURCE -O1 -o fault.so "$here/fault/fault.c" -ldl 2>cc.err || { cat cc.err; echo "1..$n"; exit 1; }
# two histories that go on from the same
rm -rf one two base && "$rm" log init base --key log.key && "$rm" log append base --lines lines >/dev/null && "$rm" log checkpoint base --key log.key >/dev/null
cp -a base one && cp -a base two
for f in one two; do echo "$f" >x; "$rm" log append $f --lines x >/dev/null; "$rm" log checkpoint $f --key log.key >/dev/null; done
rm -rf sb && "$rm" witness init sb --key b.key
up sb b.key && wb=$url && only_b >b.pol && log witness base --policy b.pol
ok $? "a witness of what two histories begin with"
down "$pid"
cp -a sb sb.kept
for how in kill enospc short; do
	bad=0 at=0 hit=0
	while :; do
		at=$((at + 1))
		rm -rf sb t1 t2 count && cp -a sb.kept sb && cp -a one t1 && cp -a two t2
		up sb b.key FAULT_AT=$at FAULT_HOW=$how FAULT_COUNT="$PWD/count" LD_PRELOAD="$PWD/fault.so"
		wb=$url
		if [ -n "$wb" ]; then
			only_b >b.pol
			"$rm" log witness t1 --policy b.pol --timeout 5 >out1 2>err
			first=$?
		else
			first=2
		fi
		kill -0 "$pid" 2>/dev/null && died=0 || died=1
		down "$pid" 2>/dev/null
		# again, without a fault: it must come up, and sign for one of them only
		if up sb b.key; then
			wb=$url && only_b >b.pol
			"$rm" log witness t2 --policy b.pol >out2 2>err
			second=$?
			"$rm" log witness t1 --policy b.pol >out3 2>err
			third=$?
			down "$pid"
			# what it signed before it signs again; of the two it signs for one
			[ $first = 0 ] && { [ $second = 1 ] && [ $third = 0 ] || { bad=1; echo "# $how at call $at: signed, then $second $third"; }; }
			[ $second = 0 ] && [ $third = 0 ] && { bad=1; echo "# $how at call $at: signed both"; }
			[ $second = 0 ] || [ $third = 0 ] || { bad=1; echo "# $how at call $at: signs neither"; }
		else
			bad=1
			echo "# $how at call $at: does not start again"
		fi
		[ $first = 0 ] || hit=$((hit + 1))
		[ $how = enospc ] && [ $died = 1 ] && [ -n "$(cat sb.out)" ] && [ $first != 0 ] && [ $at -gt 1 ] && grep -q 'has ended' sb.err && bad=1
		if [ $first = 0 ] && [ $how != short ]; then break; fi
		[ $how = short ] && [ $at -ge 4 ] && break
		[ $at -lt 60 ] || { bad=1; break; }
	done
	[ $bad = 0 ] && { [ $how = short ] || [ $at -ge 5 ]; }
	ok $? "$how at each of $((at - 1)) calls: one history is signed for, and the witness starts again"
	[ $how = short ] || [ $hit -ge 4 ]
	ok $? "and the fault was met $hit times"
done

# --- what is held back was signed, too ---
rm -rf h1 h2 && cp -a base h1 && cp -a base h2 && echo one >x && "$rm" log append h1 --lines x >/dev/null && log checkpoint h1 --key log.key --hold &&
    log fsck h1 --vkey "$(cat log.key.vkey)"
ok $? "a log with a checkpoint that is held is sound"
for i in two three; do echo $i >x; "$rm" log append h2 --lines x >/dev/null; done
cp h1/.log/held h2/.log/held
log checkpoint h2 --key log.key
[ $? = 2 ] && grep -q 'does not continue' err && cmp -s base/checkpoint h2/checkpoint
ok $? "what does not continue the held one is not signed"
log fsck h2 --vkey "$(cat log.key.vkey)"
[ $? = 1 ]
ok $? "and fsck tells of it"
bad=0
for at in 0 20 40 60 120; do
	cp h1/.log/held kept && perl -0777 -pi -e 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at h1/.log/held
	log fsck h1 --vkey "$(cat log.key.vkey)" && bad=1
	"$rm" log checkpoint h1 --key log.key >/dev/null 2>&1 && bad=1
	cp kept h1/.log/held
done
[ $bad = 0 ]
ok $? "nor when a byte of it was changed"

# --- and of the log's side ---
rm -rf sb && cp -a sb.kept sb && up sb b.key && wb=$url && only_b >b.pol
for how in kill enospc; do
	bad=0 at=0
	while :; do
		at=$((at + 1))
		rm -rf t1 && cp -a base t1 && echo one >x && "$rm" log append t1 --lines x >/dev/null && "$rm" log checkpoint t1 --key log.key --hold >/dev/null
		{ (FAULT_AT=$at FAULT_HOW=$how LD_PRELOAD=$PWD/fault.so exec "$rm" log witness t1 --policy b.pol >out 2>err); } 2>/dev/null
		rc=$?
		"$rm" log fsck t1 --vkey "$(cat log.key.vkey)" >/dev/null 2>&1 || bad=1
		"$rm" log witness t1 --policy b.pol >out 2>err && [ "$(grep -c '^— ' t1/checkpoint)" = 2 ] || bad=1
		[ $rc -ne 0 ] || break
		[ $at -lt 60 ] || { bad=1; break; }
	done
	[ $bad = 0 ] && [ $at -ge 4 ]
	ok $? "log witness, $how at each of $((at - 1)) calls: the checkpoint is whole, and it can be done again"
done

# --- Go ---
gopath=/usr/share/gocode
if command -v go >/dev/null && [ -d $gopath/src/golang.org/x/mod/sumdb ]; then
	export GO111MODULE=off GOPATH=$gopath GOCACHE=$work/cache GOFLAGS=
	go build -o theirs "$here/interop/witness.go" 2>err
	ok $? "the Go side is built"
	rm -rf sg g && "$rm" witness init sg --key c.key && up sg c.key
	"$rm" log init g --key log.key
	was=0 bad=0
	for more in 3 1 252 1 300 511 2; do	# over the edges of tiles
		seq 1 $more >x && "$rm" log append g --lines x >/dev/null && "$rm" log checkpoint g --key log.key >/dev/null
		size=$(sed -n 2p g/checkpoint)
		./theirs ask "$url" g "$(cat log.key.vkey)" "$(cat c.key.vkey)" $was >out 2>err && [ "$(cat out)" = "cosigned $size at 1767323045" ] || { bad=1; cat out err; }
		was=$size
	done
	[ $bad = 0 ]
	ok $? "a Go client's proofs are signed for, and it verifies the cosignatures"
	./theirs ask "$url" g "$(cat log.key.vkey)" "$(cat c.key.vkey)" 3 >out 2>err && [ "$(cat out)" = "409 text/x.tlog.size $was" ]
	ok $? "and gets a size for an old one"
	./theirs serve go.example/w "$(cat log.key.vkey)" >go.out 2>go.err &
	pids="$pids $!"
	for _ in $(seq 100); do [ -s go.out ] && break; sleep 0.05; done
	read -r gourl govkey <go.out
	printf 'log %s\nwitness g %s %s\nquorum g\n' "$(cat log.key.vkey)" "$govkey" "$gourl" >go.pol
	rm -rf g && "$rm" log init g --key log.key
	bad=0
	for more in 3 1 252 1 300 511 2; do
		seq 1 $more >x && "$rm" log append g --lines x >/dev/null && "$rm" log checkpoint g --key log.key --hold >/dev/null
		log witness g --policy go.pol && [ "$(./theirs open g/checkpoint "$(cat log.key.vkey)" "$govkey")" = "$(sed -n 2p g/.log/head)" ] || { bad=1; cat out err; }
	done
	[ $bad = 0 ]
	ok $? "a Go witness takes our proofs, and Go's note opens what we published with it"
	cp -a g g2 && echo a >x && log append g --lines x && log checkpoint g --key log.key && log witness g --policy go.pol &&
	    echo b >x && log append g2 --lines x && log checkpoint g2 --key log.key && log witness g2 --policy go.pol
	[ $? = 1 ]
	ok $? "and does not sign two histories, which is told"
else
	n=$((n + 1))
	echo "ok $n - # SKIP no go, or no golang-golang-x-mod-dev"
fi
for args in "" "init" "serve" "init s" "serve s --key k" "serve s --key k --log l" "init s --key k --listen a" "mint s --key k"; do
	# shellcheck disable=SC2086 # words on purpose
	"$rm" witness $args >out 2>err
	[ $? = 64 ]
	ok $? "witness $args: the command line is wrong"
done
for args in "witness d" "checkpoint d --key k --policy p" "append d f --hold" "witness d --policy p --key k" "fsck d --timeout 3"; do
	# shellcheck disable=SC2086
	log $args
	[ $? = 64 ]
	ok $? "log $args: the command line is wrong"
done
echo "1..$n"
exit $failed
