#!/bin/sh
# routemark and `routemark dump`: what they answer, where, and with which status.
routemark=${ROUTEMARK:?the program to test}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0

# run STATUS ARGUMENTS...: stdout and stderr are kept in $tmp
run() {
	want=$1
	shift
	"$routemark" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	got=$?
}
result() {	# name; the status of the command before
	if [ $? -eq 0 ]; then r=ok; else r="not ok"; fi
	n=$((n + 1))
	echo "$r $n - $1"
	[ "$r" = ok ] || { echo "# status $got, wanted $want"; sed 's/^/# /' "$tmp/out" "$tmp/err" | head -8; }
}
status() { [ "$got" -eq "$want" ]; }

# good.mrt: a peer, a route; made by hand after RFC 6396
hex() {
	printf "$(echo "$1" | tr -d ' \n' | awk '
		function digit(i) { return index("0123456789abcdef", substr($0, i, 1)) - 1 }
		{ for (i = 1; i < length($0); i += 2) printf "\\%03o", digit(i) * 16 + digit(i + 1) }')"
}
index='6553f100 000d0001 00000015 c0000201 0000 0001 02 c0000202 c6336401 0000fdf2'
route='6553f100 000d0002 0000002e 00000000 18cb0071 0001 0000 6553f100 001c
40010100 40020e 0203 0000fdf2 0000fdfc 0000fbf4 400304 c6336401'
hex "$index $route" >"$tmp/good.mrt"
head -c 80 "$tmp/good.mrt" >"$tmp/cut.mrt"
gzip -c "$tmp/good.mrt" | head -c 60 >"$tmp/cut.gz"
printf '\0\1\2\3nothing that anyone knows\377' >"$tmp/unknown"
: >"$tmp/empty"

run 64; status && grep -q '^usage: routemark' "$tmp/err"; result "no command is misuse"
run 0 --help; status && grep -q '^  dump ' "$tmp/out" && [ ! -s "$tmp/err" ]; result "--help lists the commands"
run 0 --version; status && sed -n 1p "$tmp/out" | grep -qx 'routemark [0-9.]*'; result "--version: the version in its first line"
run 64 dmup; status && grep -q 'did you mean "dump"' "$tmp/err"; result "a slip of the pen is helped"
run 64 frobnicate; status && ! grep -q 'did you mean' "$tmp/err"; result "anything else is not guessed at"
run 0 help dump; status && grep -q '^usage: routemark dump' "$tmp/out"; result "help of a command"
run 64 dump; status && grep -q 'one file is needed' "$tmp/err"; result "dump without a file is misuse"
run 64 dump a b; status; result "dump of two files is misuse"
run 2 dump "$tmp/none"; status && grep -q 'none: cannot be opened' "$tmp/err"; result "a file that is not there"
run 0 dump "$tmp/good.mrt"
status && [ ! -s "$tmp/err" ] && grep -q '^2023-11-14T22:13:20Z rib 203.0.113.0/24 peer=198.51.100.1 as=65010 since=2023-11-14T22:13:20Z path="65010 65020 64500" origin=IGP next_hop=198.51.100.1$' "$tmp/out"
result "a route is a line"
run 0 dump -m "$tmp/good.mrt"
status && [ "$(cat "$tmp/out")" = 'TABLE_DUMP2|1700000000|B|198.51.100.1|65010|203.0.113.0/24|65010 65020 64500|IGP|198.51.100.1|0|0||NAG||' ]
result "-m is the machine format"
run 2 dump "$tmp/cut.mrt"
status && grep -q 'record 2 @33: mrt.length: input ends early \[RFC 6396 2\]' "$tmp/err" && ! grep -q 'rib ' "$tmp/out"
result "a file cut inside a record gives nothing of it, and status 2"
run 2 dump "$tmp/cut.gz"; status && grep -q 'cut.gz: ' "$tmp/err" && grep -q 'fetch it again' "$tmp/err"
result "a packed file cut short is told, with what to do"
run 2 dump "$tmp/unknown"; status && grep -q 'not recognised' "$tmp/err"; result "a file of no known kind"
run 2 dump "$tmp/empty"; status && grep -q 'no bytes' "$tmp/err"; result "a file without bytes"
# two entries with one block, in which an AGGREGATOR of two octets is not used (RFC 7606 7.7)
faulty='6553f100 000d0002 0000005c 00000000 18cb0071 0002'
for _ in 1 2; do
	faulty="$faulty 0000 6553f100 0021 40010100 40020e 0203 0000fdf2 0000fdfc 0000fbf4 400304 c6336401 c00702 0001"
done
hex "$index $faulty" >"$tmp/faulty.mrt"
for m in "" -m; do
	run 0 dump $m "$tmp/faulty.mrt"
	status && [ "$(grep -c 203.0.113.0/24 "$tmp/out")" -eq 2 ] && [ "$(grep -c 'RFC 7606' "$tmp/err")" -eq 2 ]
	result "a fault of two equal entries is told twice${m:+, with $m}"
done
printf 'ASN,IP Prefix,Max Length,Trust Anchor\nAS64500,192.0.2.0/24,24,test\n' >"$tmp/vrps.csv"
run 0 dump "$tmp/vrps.csv"; status && [ "$(cat "$tmp/out")" = 'vrp 192.0.2.0/24 max=24 as=64500 ta=test' ]
result "a VRP is a line"
run 2 dump -m "$tmp/vrps.csv"; status && grep -q -- '-m is for MRT' "$tmp/err"; result "-m is for MRT alone"
if [ -w /dev/full ]; then
	want=2
	"$routemark" dump "$tmp/good.mrt" >/dev/full 2>"$tmp/err"
	got=$?
	status && grep -q 'could not be written' "$tmp/err"; result "output that does not arrive is told"
	"$routemark" --version >/dev/full 2>"$tmp/err"
	got=$?
	status; result "of every command"
fi
echo "1..$n"
