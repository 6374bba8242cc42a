#!/bin/bash
# Privileges: what the processes of real commands do and cannot do. (test/unit/t_jail.c tries the rest in each jail,
# t_confined.c holds the table of SECURITY.md against the code.)
rm=$(realpath "${ROUTEMARK:?the program to test}")
root=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' out err 2>/dev/null | tail -n 20; failed=1; fi
}
skip() { n=$((n + 1)); echo "ok $n - # SKIP $1"; }
sanitized=$(grep -q __asan_init "$rm" && echo yes)
landlock=$("$rm" --version | grep -c 'Landlock ABI')

printf 'M2 64500 0 1740 1\n' >one.events
mkdir sub && echo secret >beside.key

# --- commands do what they did ---
"$rm" score one.events --json -o score.json >out 2>err && [ -s score.json ]; ok $? "a product is made by the parent"
"$rm" score one.events --json | cmp -s - score.json; ok $? "and has the bytes that standard output has"
[ "$(stat -c %a score.json)" = 644 ] && [ "$(find . -name 'score.json.*' | wc -l)" = 0 ]; ok $? "with its mode, and nothing beside it"
printf '1|2|-1\n2|3|0\n' >20240101.as-rel.txt && ln -s ../20240101.as-rel.txt sub/ && "$rm" inspect sub >out 2>err
grep -q 'as-rel .* 2 *0  20240101' out; ok $? "a link to a file in a folder of evidence is followed"
"$rm" score none.events -o never >out 2>err; [ $? = 2 ] && grep -q 'No such file' err && [ ! -e never ]; ok $? "status and message pass through"
"$rm" score --curve H9 one.events >out 2>err; [ $? = 64 ]; ok $? "so does misuse"
# shellcheck disable=SC2016
"$rm" dump "$root/ARCHITECTURE.md" >out 2>err; [ $? = 2 ]; ok $? "and what is not recognised"

# --- every command has a place in SECURITY.md ---
missing=
for c in $("$rm" help | sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' | grep -v '^routemark'); do
	grep -q "\`${c}[ \`]" "$root/SECURITY.md" || missing="$missing $c"
done
[ -z "$missing" ]; ok $? "SECURITY.md says of each command what its process may do$missing"

# --- crashes and signals ---
mkfifo slow
for sig in SEGV SYS; do
	"$rm" path - -o crashed <slow >out 2>err &
	pid=$!
	exec 3>slow	# it waits for a line
	for _ in $(seq 100); do child=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null); [ -n "$child" ] && break; sleep 0.05; done
	sleep 0.3
	# shellcheck disable=SC2086
	kill -$sig $child 2>/dev/null
	wait $pid
	got=$?
	exec 3>&-
	if [ -n "$sanitized" ] || [ -z "$child" ]; then skip "no child to kill"; continue; fi
	[ $got = 2 ] && grep -q "^routemark path: the process that reads the input" err && [ ! -e crashed ] &&
	    [ "$(find . -name 'crashed*' | wc -l)" = 0 ]
	ok $? "a child ended by SIG$sig is exit 2, a message, and nothing half-written ($got)"
done

# --- keys ---
"$rm" key new test/log -o beside.log.key --no-passphrase >log.vkey 2>err; ok $? "who makes a key may write it"
[ "$(stat -c %a beside.log.key)" = 600 ]; ok $? "with mode 0600"

# --- a lab is written into its folder and nowhere else ---
"$rm" lab world --ases 200 >out 2>err && [ -s world/ANSWERS.json ]; ok $? "a lab is written"
echo mine >outside.txt
rm world/ANSWERS.json && ln -s ../outside.txt world/ANSWERS.json
"$rm" lab world --ases 200 --force >out 2>err
[ $? = 0 ] && [ "$(cat outside.txt)" = mine ] && [ ! -L world/ANSWERS.json ]; ok $? "a link in it that leads out is not written through"

# --- the archivist ---
# D, who decodes, has the standard input of the command; W, who writes the archive, has none of it
role() {	# PID OF THE PARENT, D|W: the child
	local c in
	for _ in $(seq 200); do
		for c in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
			in=$(readlink "/proc/$c/fd/0" 2>/dev/null)
			case $2$in in D*fifo.in | W/dev/null) echo "$c"; return ;; esac
		done
		sleep 0.02
	done
}
runs() { [ -n "$1" ] && grep -qs '^State:.[^Z]' "/proc/$1/status"; }
gone() { for p; do for _ in $(seq 250); do runs "$p" || break; sleep 0.02; done; done; }
"$rm" lab lab >/dev/null 2>&1
"$rm" audit --all --data lab --at 2031-05-20 --csv --archive base.rma >csv 2>err && [ "$(wc -c <csv)" -gt 200000 ]; ok $? "a month is archived"
entries() { "$rm" archive list "$1" 2>/dev/null | grep -c '^[0-9a-f]\{16\}  '; }
mkfifo fifo.in fifo.out
# caught BEGINS: the command is in the midst: the archive was begun, and who decodes waits for somebody to take its output
caught() {
	rm -f k.rma k.rma-journal
	cp base.rma k.rma
	"$rm" audit --all --data lab --at 2031-06-01 --csv --archive k.rma <fifo.in >fifo.out 2>err &
	pid=$!
	exec 3>fifo.in 4<fifo.out
	for _ in $(seq 500); do [ -s k.rma-journal ] && break; sleep 0.02; done
	D=$(role $pid D) W=$(role $pid W)
}
ends() { cat <&4 >/dev/null; wait $pid; got=$?; exec 3>&- 4<&-; gone "$D" "$W"; }
held() { "$rm" archive check k.rma >out 2>&1 && [ "$(entries k.rma)" = 1 ]; }
if [ -n "$sanitized" ]; then
	skip "no children to kill"
else
	caught && [ -n "$D" ] && [ -n "$W" ] && [ "$D" != "$W" ] && [ -s k.rma-journal ]; ok $? "two processes, in the midst of archiving"
	! find "/proc/$W/fd" -lname '*lab*' -o -lname '*fifo*' 2>/dev/null | grep -q . && find "/proc/$W/fd" -lname '*k.rma' | grep -q .
	ok $? "who writes the archive has no input open, and not the command's output"
	! find "/proc/$D/fd" -lname '*k.rma*' 2>/dev/null | grep -q .; ok $? "who decodes has no archive open"
	kill -9 "$W" && ends
	[ $got = 2 ] && grep -q '^routemark audit: k.rma: the process that writes the archive has ended; nothing' err &&
		grep -q 'ended by signal 9' err && held
	ok $? "who writes it is killed: exit 2 ($got), a message, and the archive as it was"
	caught && kill -9 "$D" && ends
	[ $got = 2 ] && grep -q 'the process that reads the input was ended by signal 9' err && [ ! -e k.rma-journal ] && held
	ok $? "who decodes is killed: exit 2 ($got), and what was begun is rolled back at once"
	caught && kill -9 $pid && ends 2>/dev/null
	[ $got = 137 ] && ! runs "$D" && ! runs "$W" && held
	ok $? "the parent is killed: both end, and what was begun is rolled back by who reads next"
	caught && kill -TERM "$W" && kill -TERM $pid && ends 2>/dev/null
	[ $got = 143 ] && [ ! -e k.rma-journal ] && held
	ok $? "told to end ($got), who decodes ends, and who writes rolls back before it does"
	caught && ends
	[ $got = 0 ] && [ "$(entries k.rma)" = 2 ]; ok $? "let alone, it archives ($got)"
fi

# --- in this order ---
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null && [ -z "$sanitized" ]; then
	strace -f -o trace -e trace=openat,open,socket,connect,execve,seccomp,landlock_restrict_self,rename,prctl "$rm" score one.events -o traced >out 2>err
	sealed=$(grep -n 'seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {' trace | tail -n 1 | cut -d: -f1)
	fenced=$(grep -n 'landlock_restrict_self' trace | head -n 1 | cut -d: -f1)
	opened=$(grep -n 'one.events' trace | grep -v O_PATH | grep open | head -n 1 | cut -d: -f1)
	renamed=$(grep -n 'rename(' trace | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ -n "$opened" ] && [ "$sealed" -lt "$opened" ]; ok $? "seccomp is on before an input is opened ($sealed, $opened)"
	if [ "$landlock" = 1 ]; then
		[ -n "$fenced" ] && [ "$fenced" -lt "$opened" ]; ok $? "so is Landlock ($fenced)"
	else
		skip "this kernel has no Landlock"
	fi
	[ "$(awk '/one.events/ && !/O_PATH/ && /open/ { print $1 }' trace | sort -u)" != "$(head -n 1 trace | cut -d' ' -f1)" ]
	ok $? "it is not the parent that opens it"
	[ -n "$renamed" ] && [ "$renamed" -gt "$opened" ] && [ "$(sed -n "${renamed}p" trace | cut -d' ' -f1)" = "$(head -n 1 trace | cut -d' ' -f1)" ]
	ok $? "the parent puts the product in its place, in the end"
	! grep -q 'socket(\|connect(' trace && [ "$(grep -c execve trace)" = 1 ]; ok $? "no socket, no connection, no other program"
	# writers PATTERN: who opened such a file for writing; readers PATTERN: who for reading. By process: threads are of one
	writers() { grep "$1" trace | grep 'openat(' | grep 'O_RDWR\|O_WRONLY\|O_CREAT' | grep -v ' = -1 ' | awk '{ print $1 }' | sort -u; }
	readers() { grep "$1" trace | grep 'openat(' | grep -v O_PATH | grep -v ' = -1 ' | awk '{ print $1 }' | sort -u; }
	traced() {	# COMMAND: its calls, those of a process together and none in two halves
		rm -f trace trace.*
		strace -ff -o trace -e trace=openat "$@" >out 2>err
		for f in trace.*; do sed "s/^/${f#trace.} /" "$f"; done >joined && mv joined trace
	}
	apart() { [ -n "$(writers "$1")" ] && [ -n "$(readers "$2")" ] && [ -z "$(comm -12 <(writers "$1") <(readers "$2"))" ]; }
	traced "$rm" audit --all --data lab --summary --archive t.rma --threads 1
	apart '/t\.rma' '"lab/'; ok $? "audit --archive: who opens an input never opens the archive for writing, who writes it opens no input"
	[ "$(writers '/t\.rma' | wc -l)" = 1 ] &&
		! grep "^$(writers '/t\.rma') " trace | grep openat | grep -v " = -1 \|O_PATH\|t\.rma\|\"/dev/null\"\|\"$(pwd -P)\"" | grep -q .
	ok $? "it opens nothing but the archive"
	"$rm" incidents --data lab --json -o i.json 2>err
	traced "$rm" archive import t.rma i.json; apart '/t\.rma' 'i\.json'; ok $? "so does archive import"
	traced "$rm" incidents --data lab --archive u.rma --threads 1; apart '/u\.rma' '"lab/'; ok $? "and incidents --archive"
	asn=$(sed -n '2s/,.*//p' csv)
	traced "$rm" exposure "$asn" --data lab --archive t.rma --threads 1; apart '/t\.rma' '"lab/'; ok $? "and exposure --archive"
	traced "$rm" archive upgrade t.rma; [ "$(readers '/t\.rma' | wc -l)" = 1 ]; ok $? "archive upgrade is one process, with the archive alone"
	if command -v sqlite3 >/dev/null; then
		# a writer that is killed when its journal is on the disk, and a part of what it wrote, too
		cp base.rma k.rma
		sqlite3 k.rma >out 2>&1 <fifo.in &
		pid=$!
		exec 3>fifo.in
		echo "PRAGMA cache_size = 1; BEGIN IMMEDIATE; WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9000)" \
			"INSERT INTO text (text) SELECT 'x' || x || hex(zeroblob(100)) FROM c; SELECT 'written';" >&3
		for _ in $(seq 250); do grep -q written out && break; sleep 0.02; done
		kill -9 $pid && wait $pid 2>/dev/null
		exec 3>&-
		[ -s k.rma-journal ] && ! cmp -s base.rma k.rma; ok $? "a writer is killed in the midst of writing"
		strace -f -o trace -e trace=openat,unlink "$rm" archive list k.rma >out 2>err
		got=$?
		mender=$(awk '/unlink\(.*k\.rma-journal/ { print $1 }' trace) reader=$(awk '/\/k\.rma"/ && !/O_PATH/ { print $1 }' trace | tail -n 1)
		[ $got = 0 ] && [ -n "$mender" ] && [ -n "$reader" ] && [ "$mender" != "$reader" ] && [ "$(writers '/k\.rma"')" = "$mender" ] &&
			awk -v m="$mender" -v r="$reader" '$1 == m && /\+\+\+ exited/ { over = 1 } $1 == r && !over { bad = 1 } END { exit bad || !over }' trace &&
			cmp -s base.rma k.rma && held
		ok $? "that is rolled back by a process that has ended before the one that reads opens the archive"
	else
		skip "no sqlite3 to leave a journal"
		skip "nothing to roll back"
	fi
	strace -f -o trace -e trace=openat,seccomp,socket "$rm" log init log --key beside.log.key >out 2>err
	sealed=$(grep -n 'seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {' trace | tail -n 1 | cut -d: -f1)
	opened=$(grep -n 'beside.log.key' trace | grep -v O_PATH | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ -n "$opened" ] && [ "$sealed" -lt "$opened" ] && ! grep -q 'socket(' trace
	ok $? "who signs can make no socket before it opens its key ($sealed, $opened)"

	strace -f -o trace -e trace=openat,seccomp,landlock_restrict_self,socket,execve "$rm" lab world --ases 200 --force >out 2>err
	sealed=$(grep -n 'seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {' trace | tail -n 1 | cut -d: -f1)
	made=$(grep -n 'O_CREAT' trace | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ -n "$made" ] && [ "$sealed" -lt "$made" ] && ! grep -q 'socket(' trace &&
	    { [ "$landlock" != 1 ] || [ "$(grep -n 'landlock_restrict_self' trace | head -n 1 | cut -d: -f1)" -lt "$made" ]; }
	ok $? "lab is in its jail before it makes a file ($sealed, $made)"

	# --- who has the network, who reads what came, who writes ---
	# by PID EXPRESSION: lines of a process; others: of all but it
	by() { awk -v p="$1" '$1 == p' trace | grep -E "$2" | grep -v O_PATH; }
	others() { awk -v p="$1" '$1 != p' trace | grep -E "$2" | grep -v O_PATH; }
	first() { head -n 1 trace | cut -d' ' -f1; }
	calls=openat,open,socket,connect,bind,listen,execve,seccomp,rename,renameat,mkdir,clone,fork,vfork,unlink
	"$rm" log append log --lines one.events >/dev/null && "$rm" log checkpoint log --key beside.log.key >/dev/null
	printf 'log %s\nquorum none\n' "$(cat log.vkey)" >policy.txt
	perl "$root/test/interop/httpd.pl" . >port 2>httpd.err &
	httpd=$!
	for _ in $(seq 50); do [ -s port ] && break; sleep 0.05; done
	export no_proxy=127.0.0.1
	strace -f -o trace -e trace=$calls "$rm" log status "http://127.0.0.1:$(cat port)/log" --policy policy.txt >out 2>err
	status=$?
	kill $httpd 2>/dev/null
	fetcher=$(grep 'connect(.*127.0.0.1' trace | cut -d' ' -f1 | sort -u)
	reader=$(grep 'openat(.*"policy.txt"' trace | grep -v O_PATH | cut -d' ' -f1 | sort -u)
	[ $status = 0 ] && grep -q 'all were read' out && [ "$(wc -w <<<"$fetcher $reader")" = 2 ] && [ "$fetcher" != "$reader" ] &&
	    [ "$fetcher" != "$(first)" ] && [ "$reader" != "$(first)" ]
	ok $? "a log is fetched by one process, read by another, and neither is the parent ($fetcher, $reader)"
	! others "$fetcher" ' socket\(|connect\(|libcurl' | grep -q . && by "$fetcher" 'libcurl' | grep -q .
	ok $? "only the one that fetches has libcurl, and sockets"
	sealed=$(grep -n "^$fetcher .*seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {" trace | tail -n 1 | cut -d: -f1)
	asked=$(grep -n "^$fetcher .*connect(.*127.0.0.1" trace | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ "$sealed" -lt "$asked" ] && ! by "$fetcher" 'O_WRONLY|O_RDWR\|O_CREAT|bind\(|listen\(|policy.txt|one.events|beside' | grep -q .
	ok $? "it is in its jail by then, writes nothing, and opens none of the inputs ($sealed, $asked)"
	"$rm" key new w.example/w -o w.key --no-passphrase --witness >w.vkey
	printf 'log %s\nwitness w %s http://127.0.0.1:1/\nquorum none\n' "$(cat log.vkey)" "$(cat w.vkey)" >policy.txt
	strace -f -o trace -e trace=$calls "$rm" log witness log --policy policy.txt >out 2>err
	status=$?
	fetcher=$(grep 'connect(.*127.0.0.1' trace | cut -d' ' -f1 | sort -u)
	writer=$(grep -E 'O_WRONLY|O_RDWR' trace | grep 'lock' | cut -d' ' -f1 | sort -u)
	reader=$(awk -v a="$fetcher" -v b="$writer" '$1 != a && $1 != b { print $1 }' trace | sort -u)
	[ $status = 0 ] && grep -q 'w: no answer' out && grep -q 'quorum: met' out && [ "$(wc -w <<<"$fetcher $writer $reader")" = 3 ] && [ "$writer" = "$(first)" ]
	ok $? "log witness: one asks, one reads, one writes ($fetcher, $reader, $writer)"
	! others "$fetcher" ' socket\(|connect\(|libcurl' | grep -q . && ! by "$fetcher" 'checkpoint|policy.txt|log/' | grep -q . &&
	    ! by "$reader" 'O_WRONLY|O_RDWR|rename|O_CREAT' | grep -q . && by "$reader" 'checkpoint' | grep -q .
	ok $? "who reads cannot ask and writes nothing; who asks opens nothing of the log"
	sealed=$(grep -n "^$writer .*seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {" trace | tail -n 1 | cut -d: -f1)
	opened=$(grep -n "^$writer .*checkpoint" trace | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ "$sealed" -lt "$opened" ]
	ok $? "who writes is in its jail before it opens the log ($sealed, $opened)"

	# --- a mark: who has the key makes no process any more, and never opens a pack ---
	"$rm" audit 4100000004 --data "$root/test/golden/data/tiny" --rules manrs-plus-proposal --json -o m.json >out 2>err
	strace -f -o trace -e trace=$calls "$rm" mark issue 4100000004 --report m.json --pack manrs-plus-proposal --key beside.log.key \
	    --log log --log-key beside.log.key --out mark >out 2>err
	status=$?
	key=$(grep -n 'openat(.*"beside.log.key"' trace | grep -v O_PATH | tail -n +2 | head -n 1 | cut -d: -f1)
	born=$(grep -nE 'clone|fork' trace | tail -n 1 | cut -d: -f1)
	[ $status = 0 ] && [ "$(grep -cE '(clone|fork)[^ ]*\(' trace)" -ge 2 ] && [ "$born" -lt "$key" ]
	ok $? "mark issue: what strangers wrote is read by processes that are made before the key is opened ($born, $key)"
	strace -f -o trace -e trace=$calls "$rm" mark suspend --mark mark/mark.json --reason seen --key beside.log.key --log log >out 2>err
	status=$?
	key=$(grep -n 'openat(.*"beside.log.key"' trace | grep -v O_PATH | tail -n +2 | head -n 1 | cut -d: -f1)
	born=$(grep -nE 'clone|fork' trace | tail -n 1 | cut -d: -f1)
	[ $status = 0 ] && [ "$(grep -cE '(clone|fork)[^ ]*\(' trace)" -ge 2 ] && [ "$born" -lt "$key" ]
	ok $? "so does mark suspend ($born, $key)"
else
	skip "no strace, or a build with sanitizers"
fi

echo "1..$n"
exit $failed
