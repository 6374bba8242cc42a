#!/bin/sh
# tools/bench says what it has when a peer fails, is not there, or the data is not; tools/bench-plot draws points.
rm=$(realpath "${ROUTEMARK:?the program to test}")
[ -x /usr/bin/time ] || { echo "1..0 # SKIP GNU time is not installed"; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0

result() {	# name; the status of the command before
	if [ $? -eq 0 ]; then r=ok; else r="not ok"; fi
	n=$((n + 1))
	echo "$r $n - $1"
	[ "$r" = ok ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# one of the two peers of the table of 2014 fails; of the other real captures there is nothing
"$rm" lab "$tmp/lab" >/dev/null || exit 1
mkdir -p "$tmp/shared/internet-2014-05" "$tmp/bin"
bzip2 -c "$tmp/lab/rib.lab0.20310601.0000.mrt" >"$tmp/shared/internet-2014-05/rib.20140501.0000.bz2"
printf '#!/bin/sh\necho "no table" >&2\nexit 3\n' >"$tmp/bin/bgpdump"
chmod +x "$tmp/bin/bgpdump"
PATH=$tmp/bin:$PATH ROUTEMARK_SHARED=$tmp/shared tools/bench "$rm" 2 >"$tmp/out" 2>"$tmp/err"
result "tools/bench goes on to its end"
grep -qE '^2014: dump -m +[0-9.]+ s +[0-9]+  bgpdump -m +failed$' "$tmp/out"; result "a peer that fails leaves our figures"
grep -qE '^2014: dump -m +[0-9.]+ s +[0-9]+  bzip2 -dc alone +[0-9.]+ s +[0-9.]+$' "$tmp/out"; result "one that does not is compared"
grep -qE '^2016: audit --all --json +failed' "$tmp/out"; result "a job of ours that fails is told"
grep -qE '^table of 2014: [0-9.]+ MB, [0-9]+ entries, [0-9]+ prefixes, [0-9]+ unique paths$' "$tmp/out"
result "the input has its size, entries and unique paths"
grep -q '^bench: status 3: bgpdump.*: no table$' "$tmp/err"; result "what failed and why is on standard error"
grep -q '^bench: write it: run 2 of 2$' "$tmp/err"; result "and how far it is"

printf '1000000 2000000 1.5 60000 500000 0.4 50000\n10000000 9000000 8 300000 5000000 4 250000\n' >"$tmp/points"
tools/bench-plot <"$tmp/points" >"$tmp/out" 2>"$tmp/err" && grep -q '^<svg ' "$tmp/out" && grep -q '^</svg>' "$tmp/out" &&
	[ "$(grep -c '<circle' "$tmp/out")" -eq 8 ] && ! grep -qiE 'nan|inf' "$tmp/out"
result "two points are a picture"
! head -n 1 "$tmp/points" | tools/bench-plot >"$tmp/out" 2>"$tmp/err" && grep -q 'two points' "$tmp/err"
result "one is none"
echo "1..$n"
