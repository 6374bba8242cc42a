#!/bin/sh
# Same inputs, same bytes: order, names, folders, packing of the run into threads, locale, clock and working
# directory may not show in any product of audit.
set -u
rm=${ROUTEMARK:-build/release/routemark}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
ok() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
	fi
}
failed=0
same() {
	cmp "$work/want" "$work/got" >/dev/null 2>&1 && [ -s "$work/want" ]
	ok $? "$1"
}

"$rm" lab "$work/a" --seed 7 >/dev/null 2>&1
ok $? "a lab world is written"
"$rm" audit --all --data "$work/a" --threads 1 --json >"$work/want"
for t in 2 3 8; do
	"$rm" audit --all --data "$work/a" --threads $t --json >"$work/got"
	same "$t threads give the bytes of one"
done

# the same files in other folders, under names that sort the other way round (the date stays in them)
mkdir -p "$work/b/x/y" "$work/b/z"
i=99
for f in "$work"/a/*; do
	[ -f "$f" ] || continue
	if [ $((i % 2)) = 0 ]; then d=$work/b/x/y; else d=$work/b/z; fi
	cp "$f" "$d/$i-${f##*/}"
	i=$((i - 1))
done
"$rm" audit --all --data "$work/b" --json >"$work/got"
same "other names, folders and order give the same bytes"

(cd / && TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 "$rm" audit --all --data "$work/b" --json >"$work/got")
same "another time zone, locale and working directory give the same bytes"

cp "$work"/a/*as-rel* "$work/b/again-19990101.txt"
"$rm" audit --all --data "$work/b" --json 2>/dev/null | sed 's/"n_duplicates":[0-9]*//' >"$work/got2"
sed 's/"n_duplicates":[0-9]*//' "$work/want" >"$work/want2"
cmp -s "$work/want2" "$work/got2"
ok $? "a second copy of an input changes nothing"
rm "$work/b/again-19990101.txt"

"$rm" audit --all --data "$work/a" --csv --threads 1 >"$work/want"
"$rm" audit --all --data "$work/b" --csv --threads 4 >"$work/got"
same "the CSV too"
# an AS audited alone reads as it does among all
asn=$(sed -n 's/^\([0-9]*\),.*/\1/p' "$work/want" | sed -n 40p)
"$rm" audit "$asn" --data "$work/b" --csv >"$work/one"
grep "^$asn," "$work/want" >"$work/want3"
grep "^$asn," "$work/one" | cmp -s - "$work/want3"
ok $? "AS$asn alone gives the lines that it has among all"
echo "1..$n"
exit $failed
