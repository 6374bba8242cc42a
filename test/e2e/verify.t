#!/bin/bash
# verify, the program as a whole: exit status by what is true; flipped bytes in each file; signatures, keys, evidence and
# logs made by others: minisign's key file, openssl's evidence, Go's log.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
data=$here/golden/data/tiny
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# says STATUS NAME ARGUMENTS: what verify answers
says() {
	want=$1 name=$2
	shift 2
	"$rm" verify "$@" >out 2>err
	[ $? -eq "$want" ]
	ok $? "$name"
}

key() { "$rm" key new "$1" -o "$2" --no-passphrase ${3:+"$3"} >"$2.vkey"; }

key audits.example/a a.key; key net.example/n n.key; key auditor.example/x x.key; key log.example/l log.key
key w.example/w w.key --witness
"$rm" audit 4100000005 4100000004 --data "$data" --json -o r.json
says 2 "a report without any signature: could not tell" r.json --key a.key.vkey
"$rm" seal r.json --key a.key >/dev/null
says 0 "sealed, by a file with the verifier key: yes" r.json --key a.key.vkey
says 0 "by the verifier key itself" r.json --key "$(cat a.key.vkey)"
says 0 "by the key file" r.json --key a.key
"$rm" key show a.key --minisign >a.pub
says 0 "by the file that minisign has" r.json --key a.pub
says 2 "by another key: could not tell" r.json --key x.key
says 2 "a witness's key signs no reports" r.json --key w.key.vkey
grep -q "witness's key" err
ok $? "which is said"
says 2 "one key in two roles is refused" r.json --key a.key --auditor a.key.vkey
grep -q 'nobody audits himself' err
ok $? "with the reason"
says 64 "a proof needs a policy" r.json --key a.key --proof p
says 64 "a policy is for something" r.json --key a.key --policy p
says 2 "a file that is not there" none.json --key a.key
says 2 "an envelope that is not there" r.json --key a.key --envelope none
: >empty
for o in envelope signature; do says 2 "an empty file is no $o" r.json --key a.key --$o empty; done

# --- a log ---
"$rm" log init log --key log.key
index=$("$rm" log status log issued r.json --key a.key)
seq 1 300 >lines && "$rm" log append log --lines lines >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
"$rm" log prove log "$index" -o p
printf 'log %s\nquorum none\n' "$(cat log.key.vkey)" >policy
printf 'log %s\nwitness w %s\nquorum w\n' "$(cat log.key.vkey)" "$(cat w.key.vkey)" >strict
says 0 "with its proof and the log: yes" r.json --key a.key --policy policy --proof p --log log
says 2 "without the witness that a policy asks for: could not tell" r.json --key a.key --policy strict --proof p
says 2 "an empty file is no proof" r.json --key a.key --policy policy --proof empty
cp -a log served && rm -r served/.log
says 0 "what a web server has is enough" r.json --key a.key --policy policy --log served
"$rm" log status log disputed r.json --key n.key --reason "not ours" >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
says 0 "what strangers dispute counts for nothing" r.json --key a.key --policy policy --log log
grep -q '1 entry on this report by keys that are not known here' out
ok $? "but is told"
says 2 "disputed by the network: could not tell" r.json --key a.key --network n.key --policy policy --proof p --log log
"$rm" log status log resolved r.json --key n.key >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
says 0 "resolved: yes" r.json --key a.key --network n.key --policy policy --proof p --log log
"$rm" log status log suspended r.json --key a.key >/dev/null
says 0 "what no checkpoint speaks of is not said yet" r.json --key a.key --policy policy --proof p --log log
"$rm" log checkpoint log --key log.key >/dev/null
says 1 "suspended: no" r.json --key a.key --policy policy --proof p --log log
says 0 "which an older proof cannot know" r.json --key a.key --policy policy --proof p
grep -q 'not asked' out
ok $? "and says so"
"$rm" log prove log 0 -o later
says 2 "a log older than the proof: could not tell" r.json --key a.key --policy policy --log served --proof later

# --- a byte of each file ---
bad=0 count=0
for f in r.json r.json.dsse.json r.json.minisig p served/checkpoint served/tile/entries/000 served/tile/entries/001.p/45; do
	[ -s $f ] || bad=1
	cp $f kept
	for at in 0 1 7 40 90 150 200 400 700 1000 5000; do
		[ "$(stat -c %s kept)" -gt $at ] || continue
		perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at kept >$f
		"$rm" verify r.json --key a.key.vkey --policy policy --proof p --log served >out 2>err
		case $? in 1 | 2) ;; *) bad=1; echo "# byte $at of $f is free" ;; esac
		count=$((count + 1))
	done
	cp kept $f
done
says 0 "as they were: yes" r.json --key a.key.vkey --policy policy --proof p --log served
[ $bad -eq 0 ] && [ $count -ge 60 ]
ok $? "$count changed bytes of report, envelope, signature, proof, checkpoint and entries: no, or could not tell"

# --- levels: evidence signed by openssl, and an auditor ---
openssl genpkey -algorithm ed25519 -out net.pem 2>/dev/null
openssl pkey -in net.pem -pubout -outform DER 2>/dev/null | tail -c 32 >net.raw
id=$({ printf 'net.example/openssl\n\001'; cat net.raw; } | sha256sum | head -c 8)
vkey="net.example/openssl+$id+$({ printf '\001'; cat net.raw; } | base64 -w0)"
input=$(perl -ne 'print $1 if /"inputs":\[\{.*?"sha256":"([0-9a-f]{64})"/' r.json)
type=application/vnd.in-toto+json
printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"rib","digest":{"sha256":"%s"}}]}' "$input" >body
{ printf 'DSSEv1 %d %s %d ' ${#type} $type "$(stat -c %s body)"; cat body; } >pae
openssl pkeyutl -sign -inkey net.pem -rawin -in pae -out sig 2>/dev/null
printf '{"payloadType":"%s","payload":"%s","signatures":[{"sig":"%s"}]}' $type "$(base64 -w0 body)" "$(base64 -w0 sig)" >ev
mkdir -p audited && "$rm" seal r.json --key x.key -o audited >/dev/null
both="--envelope r.json.dsse.json --envelope audited/r.json.dsse.json"
level() { sed -n 's/^level of assurance: //p' out; }
says 0 "evidence that openssl signed: yes" r.json --key a.key --network "$vkey" --evidence ev
[ "$(level)" = "L2 signed evidence" ]
ok $? "and L2"
# shellcheck disable=SC2086 # words on purpose
says 0 "with an auditor's seal too: yes" r.json --key a.key --network "$vkey" --auditor x.key --evidence ev $both
[ "$(level)" = "L3 audited" ]
ok $? "and L3"
# shellcheck disable=SC2086
says 0 "the auditor without the evidence: yes" r.json --key a.key --auditor x.key $both
[ "$(level)" = "L1 measured" ] && grep -q 'L3 audited *not reached, because L2' out
ok $? "and L1, with the reason"
sed 's/in-toto+json/in-toto+jsom/' ev >bad.ev
says 2 "evidence of a type that was not signed: could not tell" r.json --key a.key --network "$vkey" --evidence bad.ev

# --- a log that Go keeps ---
gopath=/usr/share/gocode
if command -v go >/dev/null && [ -d $gopath/src/golang.org/x/mod/sumdb ]; then
	export GO111MODULE=off GOPATH=$gopath GOCACHE=$work/cache GOFLAGS=
	go build -o make_log "$here/interop/make_log.go" 2>err || sed 's/^/# /' err
	digest=$(sha256sum r.json | head -c 64)
	for size in 1 2 7 256 300; do
		./make_log go.example/log $size $((size / 2)) "$digest" theirs theirs.vkey
		printf 'log %s\nquorum none\n' "$(cat theirs.vkey)" >go.policy
		says 0 "a proof and checkpoint of $size entries that Go's sumdb made: yes" r.json --key a.key --policy go.policy --proof theirs
	done
	sed 's/^index .*/index 3/' theirs >moved
	says 2 "of another place: could not tell" r.json --key a.key --policy go.policy --proof moved
else
	n=$((n + 1))
	echo "ok $n - # SKIP no go, or no golang-golang-x-mod-dev"
fi
echo "1..$n"
exit $failed
