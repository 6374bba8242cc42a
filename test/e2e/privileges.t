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
"$rm" key new test/log -o beside.log.key --no-passphrase >out 2>err; ok $? "who makes a key may write it"
[ "$(stat -c %a beside.log.key)" = 600 ]; ok $? "with mode 0600"

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
	strace -f -o trace -e trace=openat,seccomp,socket "$rm" log init log --key beside.log.key >out 2>err
	sealed=$(grep -n 'seccomp(SECCOMP_SET_MODE_FILTER, [^,]*, {' trace | tail -n 1 | cut -d: -f1)
	opened=$(grep -n 'beside.log.key' trace | grep -v O_PATH | head -n 1 | cut -d: -f1)
	[ -n "$sealed" ] && [ -n "$opened" ] && [ "$sealed" -lt "$opened" ] && ! grep -q 'socket(' trace
	ok $? "who signs can make no socket before it opens its key ($sealed, $opened)"
else
	skip "no strace, or a build with sanitizers"
fi

echo "1..$n"
exit $failed
