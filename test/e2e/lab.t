#!/bin/sh
# `routemark lab`: where it writes and where not, and that other people's reader finds in its tables what
# ours finds.
routemark=${ROUTEMARK:?the program to test}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

"$routemark" lab "$tmp/a" --seed 3 >"$tmp/said" 2>"$tmp/err"
result $? "a folder that is not there is made and filled"
[ ! -s "$tmp/err" ] && grep -q "300 ASes" "$tmp/said"
result $? "it says what it wrote, and no progress when nobody watches"
"$routemark" lab "$tmp/a" --seed 3 >/dev/null 2>"$tmp/err"
[ $? -eq 2 ] && grep -q -e --force "$tmp/err"
result $? "a folder that is not empty is refused, with the way out"
"$routemark" lab -f "$tmp/a" --seed 3 >/dev/null
result $? "--force writes into it all the same"
mkdir "$tmp/b" && (cd "$tmp/b" && LC_ALL=C TZ=Asia/Tokyo "$routemark" lab . --seed 3 >/dev/null)
diff -r "$tmp/a" "$tmp/b" >/dev/null
result $? "the same bytes in another folder, time zone and locale"
"$routemark" lab "$tmp/c" --scale huge >/dev/null 2>&1
[ $? -eq 64 ] && [ ! -e "$tmp/c" ]
result $? "an unknown scale is wrong usage, and makes nothing"
"$routemark" lab "$tmp/c" --peers 100 >/dev/null 2>&1
[ $? -eq 2 ] && [ -z "$(ls -A "$tmp/c")" ]
result $? "more sessions than ASes to have them with are refused"
: >"$tmp/file"
"$routemark" lab "$tmp/file" >/dev/null 2>&1
[ $? -eq 2 ] && [ ! -s "$tmp/file" ]
result $? "a file in the place of the folder is left alone"
"$routemark" inspect "$tmp/a" >"$tmp/said"
result $? "every file of the lab is recognised and complete"

if command -v bgpdump >/dev/null; then
	for f in "$tmp"/a/*.mrt; do
		bgpdump -m "$f" >"$tmp/theirs" 2>/dev/null
		"$routemark" dump -m "$f" >"$tmp/ours"
		[ -s "$tmp/theirs" ] && cmp -s "$tmp/theirs" "$tmp/ours"
		result $? "bgpdump reads ${f##*/} as we do"
	done
else
	result 0 "# SKIP bgpdump is not installed"
fi
echo "1..$n"
