#!/bin/bash
# The log, read by golang.org/x/mod/sumdb's note and tlog: checkpoints, tiles, entries, proofs. Needs Go and Debian's
# golang-golang-x-mod-dev.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
gopath=/usr/share/gocode
if ! command -v go >/dev/null || [ ! -d $gopath/src/golang.org/x/mod/sumdb ]; then
	echo "1..0 # SKIP no go, or no golang-golang-x-mod-dev"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' err; failed=1; fi
}

export GO111MODULE=off GOPATH=$gopath GOCACHE=$work/cache GOFLAGS=
go build -o theirs "$here/interop/log.go" 2>err
ok $? "their reader is built"
"$rm" key new log.example/test -o log.key --no-passphrase >vkey
"$rm" log init log --key log.key
vkey=$(cat vkey)
seq 1 3 | sed 's/^/first /' >first
"$rm" log append log --lines first >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null && cp log/checkpoint old
total=3
for more in 1 250 2 300 511; do	# over the edges of tiles
	seq 1 $more | sed "s/^/$more: /" >lines
	"$rm" log append log --lines lines >/dev/null
	"$rm" log checkpoint log --key log.key >/dev/null
	total=$((total + more))
	"$rm" log prove log $((total - 1)) -o last.tlog-proof && "$rm" log prove log 2 -o two.tlog-proof
	./theirs log "$vkey" last.tlog-proof old >out 2>err && [ "$(cat out)" = "$total entries of log.example/test" ]
	ok $? "$total entries: checkpoint, tiles, entries and the last one's proof verify"
	./theirs log "$vkey" two.tlog-proof old >out 2>err
	ok $? "and an early one's"
done
sed 's/^index .*/index 3/' two.tlog-proof >wrong
! ./theirs log "$vkey" wrong old >out 2>err
ok $? "of another entry they do not"
"$rm" key new log.example/test -o other.key --no-passphrase >other
! ./theirs log "$(cat other)" two.tlog-proof old >out 2>err
ok $? "nor under another key"
"$rm" key new w.example/w -o w.key --witness --no-passphrase >w
! ./theirs log "$(cat w)" two.tlog-proof old >out 2>err
ok $? "nor is a witness's key one of theirs"
echo "1..$n"
exit $failed
