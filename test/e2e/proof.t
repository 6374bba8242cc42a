#!/bin/bash
# proof: the script of /log/N, run by node, against `routemark log prove` and a naive tree. The page itself is looked at in
# a browser (tools/check-site).
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d) || exit 1
trap 'cd /; rm -rf "$work"' EXIT
cd "$work" || exit 1
"$rm" key new example.net/log -o log.key --no-passphrase >/dev/null 2>&1
"$rm" key show log.key --vkey >log.pub 2>/dev/null
for size in 1 2 3 7 8 64 255 256 257 300 511 513 1000; do
	mkdir $size
	"$rm" log init $size/log --key log.key >/dev/null
	seq $size | sed "s/.*/entry & of $size \"é\"/" >lines
	"$rm" log append $size/log --lines lines >/dev/null
	"$rm" log checkpoint $size/log --key log.key >/dev/null
	for i in 0 1 2 3 $(seq 5 37 $((size - 1))) $((size / 2)) 254 255 256 $((size - 2)) $((size - 1)); do
		[ "$i" -ge 0 ] && [ "$i" -lt $size ] && "$rm" log prove $size/log "$i" >$size/"$i".tlog-proof
	done
done
node "$here/proof.mjs" "$work" >told 2>err
rc=$?
n=0
while IFS= read -r line; do
	case $line in
	"ok "* | "not ok "*) n=$((n + 1)); echo "${line/ - / $n - }" ;;
	*) echo "$line" ;;
	esac
done <told
n=$((n + 1))
if [ $rc = 0 ] && [ $n -gt 40 ]; then echo "ok $n - every question had its answer"; else
	echo "not ok $n - every question had its answer"
	sed 's/^/# /' err
	rc=1
fi
echo "1..$n"
exit $rc
