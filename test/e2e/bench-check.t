#!/bin/sh
# tools/bench-check can fail: one small job against counts that were changed.
rm=$(realpath "${ROUTEMARK:?the program to test}")
command -v valgrind >/dev/null || { echo "1..0 # SKIP valgrind is not installed"; exit 0; }
grep -q __asan_init "$rm" && { echo "1..0 # SKIP valgrind cannot run what ASan is built into"; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 failed=0

# after WHAT STATUS PATTERN SED: the recorded file changed by SED gives that status and says PATTERN
after() {
	n=$((n + 1))
	sed "$4" "$tmp/recorded" >"$tmp/counts"
	tools/bench-check --only dump-vrps --counts "$tmp/counts" "$rm" >"$tmp/out" 2>&1
	status=$?
	if [ $status -eq "$2" ] && grep -q "$3" "$tmp/out"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$tmp/out"
		failed=1
	fi
}

# the count less or more by so many percent
by() {
	awk -v pct="$1" '$1 == "dump-vrps" { printf "s/^dump-vrps.*/dump-vrps\t%d/\n", $2 * 100 / (100 + pct) }' "$tmp/recorded"
}

tools/bench-check --record --only dump-vrps --counts "$tmp/recorded" "$rm" >"$tmp/out" 2>&1 ||
	{ echo "1..1"; echo "not ok 1 - a count is recorded"; sed 's/^/# /' "$tmp/out"; exit 1; }
after "what was just recorded holds" 0 '^ok 1 - dump-vrps' ''
after "2 % more than recorded is let pass" 0 '^ok 1 - dump-vrps.*+2' "$(by 2)"
after "4 % more than recorded fails" 1 '^not ok 1 - dump-vrps.*+4' "$(by 4)"
after "5 % less than recorded is to be recorded" 0 '^# dump-vrps takes less' "$(by -5)"
after "a job without a count fails" 1 '^not ok 1 - dump-vrps: no count' '/^dump-vrps/d'
after "counts of other inputs fail" 1 '^not ok 1 - lab writes other inputs' 's/^# inputs .*/# inputs 0/'
after "counts of another compiler are not compared" 0 '^1\.\.0 # SKIP' 's/^# tools .*/# tools 0/'
echo "1..$n"
exit $failed
