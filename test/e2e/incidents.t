#!/bin/sh
# incidents: neither names, folders, threads, time zone nor packing show; a damaged file is a gap, not an end; what the
# program as a whole does when it cannot answer.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
failed=0
ok() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
	fi
}
same() {
	cmp "$work/want" "$work/got" >/dev/null 2>&1 && [ -s "$work/want" ]
	ok $? "$1"
}

"$rm" lab "$work/a" --seed 11 >/dev/null 2>&1
"$rm" incidents --data "$work/a" --threads 1 --json >"$work/want"
for t in 2 5 64; do
	"$rm" incidents --data "$work/a" --threads $t --json >"$work/got"
	same "$t threads give the bytes of one"
done
mkdir -p "$work/b/x" "$work/b/z"
i=99
for f in "$work"/a/*; do
	if [ $((i % 2)) = 0 ]; then d=$work/b/x; else d=$work/b/z; fi
	cp "$f" "$d/$i-${f##*/}"
	i=$((i - 1))
done
(cd / && TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 "$rm" incidents --data "$work/b" --json >"$work/got")
same "other names, folders, order, time zone and working directory too"

# copies in another packing: other inputs, the same incidents
"$rm" incidents --data "$work/a" --csv >"$work/want"
for f in "$work"/a/updates.*.mrt "$work"/a/rib.*.mrt; do
	gzip -c "$f" >"$work/b/again-${f##*/}.gz"
done
"$rm" incidents --data "$work/b" --csv --threads 3 >"$work/got"
same "every table and update file a second time, packed: the same incidents"
"$rm" incidents --data "$work/b" | grep -q "told by two files, counted once"
ok $? "... and the report says that it was told twice"

# the updates of one collector cut short: not used, and that is a gap
mkdir "$work/c" && cp "$work"/a/* "$work/c/"
cut=$(ls "$work"/c/updates.*.mrt | head -n 1)
head -c 20001 "$cut" >"$work/short" && mv "$work/short" "$cut"
"$rm" incidents --data "$work/c" >"$work/got" 2>"$work/err"
[ $? = 0 ] && grep -q "not used" "$work/err" && grep -q "^gaps .*31 d 00:00:00" "$work/got"
ok $? "a damaged file is named, and its collector was deaf"

# one that is not there: the rest of the month is one gap of that collector
"$rm" incidents --data "$work/a" --window 2031-04-20/2031-05-02 >"$work/got"
grep -q "^gaps .*the first at 2031-04-20" "$work/got" && grep -qE "of it 23:.* 8\.[0-9]+ %" "$work/got"
ok $? "the part of a window that nobody saw is told, with the share"

mkdir "$work/out"
"$rm" incidents --data "$work/a" -o "$work/out/r" && [ "$(ls "$work/out")" = r ] && [ -s "$work/out/r" ]
ok $? "-o writes one whole file"
"$rm" incidents --data "$work/a" -o "$work/none/r" >/dev/null 2>&1
[ $? = 2 ] && [ ! -e "$work/none" ]
ok $? "... or none"
"$rm" incidents --data "$work/a" >/dev/full 2>/dev/null
[ $? = 2 ]
ok $? "a full disk is no answer"
"$rm" incidents --data "$work/a" --window 2020-01-01/2020-02-01 >"$work/got" 2>"$work/err"
[ $? = 2 ] && [ ! -s "$work/got" ] && grep -q "no updates within the window" "$work/err"
ok $? "a window without updates is no answer"
echo "1..$n"
exit $failed
