#!/bin/sh
# audit --html and compare --html: the same bytes from any order and number of threads, whole or not at all, and whatever a stranger
# calls his network stays text.
set -u
rm=${ROUTEMARK:-build/release/routemark}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tiny=$(cd "$(dirname "$0")/../golden/data/tiny" && pwd)
n=0 failed=0
ok() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
	fi
}
# refused STATUS WORDS TITLE COMMAND...: fails so, says so, and leaves nothing new in the folder "out"
refused() {
	want=$1 words=$2 title=$3
	shift 3
	before=$(ls -lR "$work/out")
	"$@" >"$work/stdout" 2>"$work/err" </dev/null
	[ $? = "$want" ] && grep -q "$words" "$work/err" && [ "$before" = "$(ls -lR "$work/out")" ] && [ ! -s "$work/stdout" ]
	ok $? "$title: $(head -n 1 "$work/err" | cut -c1-150 | sed "s,$work,DIR,g")"
}
mkdir "$work/out"

"$rm" lab "$work/a" --seed 7 >/dev/null 2>&1
"$rm" audit --all --data "$work/a" --threads 1 --html "$work/one"
ok $? "a folder of pages is written"
[ "$(ls "$work/one" | wc -l)" = 301 ] && [ -s "$work/one/index.html" ]
ok $? "a page for each network, and an index"
mkdir "$work/b"
i=99
for f in "$work"/a/*; do
	cp "$f" "$work/b/$i-${f##*/}"
	i=$((i - 1))
done
(cd / && TZ=Pacific/Kiritimati "$rm" audit --all --data "$work/b" --threads 5 --html "$work/two/")
diff -r "$work/one" "$work/two" >/dev/null
ok $? "other names, order, time zone and threads give the same bytes"
for page in "$work"/one/*; do
	grep -o 'href="AS[^"]*' "$page"
done | sed 's/href="//' | sort -u >"$work/links"
(cd "$work/one" && ls AS*) | sort | cmp -s - "$work/links"
ok $? "the index links to each page, and nothing to one that is not there"
as=$(ls "$work/one" | sed -n 's/^AS\([0-9]*\).html/\1/p' | sed -n 30p)
"$rm" audit "$as" --data "$work/a" --html - >"$work/page"
grep -v 'aria-label="Reports"' "$work/one/AS$as.html" | cmp -s - "$work/page"
ok $? "a page alone is the one of the folder, without the link to the index"
mkdir "$work/empty"
"$rm" audit "$as" --data "$work/a" --html "$work/empty" && [ -f "$work/empty/AS$as.html" ] && [ -f "$work/empty/index.html" ]
ok $? "an empty folder is filled, with one network too"

# trends: from any order, packed or not
for m in 03 04; do "$rm" audit "$as" --data "$work/a" --at 2031-$m-15 --json -o "$work/$m.json"; done
"$rm" audit "$as" --data "$work/a" --html "$work/t1" --past "$work/03.json" --past "$work/04.json"
gzip -k "$work/04.json"
"$rm" audit "$as" --data "$work/a" --html - --past "$work/04.json.gz,$work/03.json" | cmp -s - "$work/t1"
ok $? "earlier reports give the same page in any order, packed or not"
grep -q 'Trend of [a-z0-9-]*. 2031-03-15: [0-9.]* %; 2031-04-15: ' "$work/t1"
ok $? "and a trend"
for at in 2031-03-02 2031-03-15 2031-04-15 2031-06-01; do
	"$rm" audit --all --data "$work/a" --at $at --summary --archive "$work/m.rma" >/dev/null
done
"$rm" audit "$as" --data "$work/a" --html - --past "$work/m.rma" | cmp -s - "$work/t1"
ok $? "an archive gives the same page: the newest of each month before"
head -c 5000 "$work/m.rma" >"$work/cut.rma"
refused 2 'cut.rma: ' "an archive that is cut" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/cut.rma"
"$rm" archive import "$work/other.rma" "$work/03.json" >/dev/null
"$rm" audit "$as" --data "$work/a" --html - --past "$work/04.json,$work/other.rma" | cmp -s - "$work/t1"
ok $? "and goes with reports"

# refusals
echo mine >"$work/out/mine"
refused 2 'holds other things' "a folder that holds something is left alone" \
    "$rm" audit --all --data "$work/a" --html "$work/out"
refused 2 'is no folder' "so is a file in the place of a folder" \
    "$rm" audit --all --data "$work/a" --html "$work/out/mine"
refused 2 'needs a folder' "several pages do not fit on standard output" \
    "$rm" audit --all --data "$work/a" --html -
refused 2 'No such file' "a place that is not there" \
    "$rm" audit --all --data "$work/a" --html "$work/out/absent/pages"
seq 1 10001 >"$work/many"
refused 2 'at most 10000' "more pages than anybody reads" \
    "$rm" audit --list "$work/many" --data "$tiny" --html "$work/out/pages"
refused 64 'is for the trends' "--past without --html" \
    "$rm" audit 64500 --data "$tiny" --past "$work/03.json"
refused 64 'place of its own' "--html with --json" \
    "$rm" audit 64500 --data "$tiny" --html "$work/out/x" --json
refused 2 'two reports are of 2031-03-15' "a month given twice" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/03.json,$work/03.json"
refused 2 'is not earlier than this one' "a report that is not earlier" \
    "$rm" audit "$as" --data "$work/a" --at 2031-03-15 --html "$work/out/x" --past "$work/04.json"
head -c 2000 "$work/03.json" >"$work/cut.json"
refused 2 'cut.json: byte 2000: .*input ends early' "a report that is cut" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/cut.json"
head -c 900 "$work/04.json.gz" >"$work/cut.gz"
refused 2 'cut.gz: input ends early' "one whose packing is cut" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/cut.gz"
"$rm" audit "$as" --data "$work/a" --summary --json -o "$work/sum.json"
refused 2 'results: is missing: a summary' "a summary as a report" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/sum.json"
refused 2 'absent.json: No such file' "a report that is not there" \
    "$rm" audit "$as" --data "$work/a" --html "$work/out/x" --past "$work/absent.json"
refused 2 'cannot be written' "a disk that is full" \
    sh -c 'ulimit -f 8; trap "" XFSZ; exec "$@"' sh "$rm" audit --all --data "$work/a" --html "$work/out/pages"
"$rm" audit "$as" --data "$work/a" --html "$work/gate.html" --gate
with=$?
"$rm" audit "$as" --data "$work/a" --gate >/dev/null
[ $with = $? ]
ok $? "--gate answers the same"

# a hostile name
mkdir "$work/evil"
cp "$tiny"/* "$work/evil"
sed -i -E 's,^([0-9]+\|[0-9]*\|)[^|]*\|,\1</title><script>alert(1)</script>" onx="\&|,' "$work"/evil/*as-org2info.txt
"$rm" audit 4100000005 --data "$work/evil" --html "$work/evil.html" 2>/dev/null
grep -q '<script\|" onx="' "$work/evil.html"
[ $? = 1 ] && grep -q '<h1>AS4100000005 .*&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onx=&quot;&amp;' "$work/evil.html"
ok $? "a name that is a script stays text"
# compare --html: one page of all, whatever the order; the gate answers the same
bidders=$tiny/../bidders
compare() { "$rm" compare --require "$bidders/wanted.json" --data "$tiny" --answers "$bidders/answers.csv" "$@"; }
compare 4100000001 4100000002 4100000003 4100000004 4100000005 --html "$work/compare.html" 2>/dev/null
ok $? "a page of a comparison is written"
mkdir "$work/there"
i=99
for f in "$tiny"/*; do
	cp "$f" "$work/there/$i-${f##*/}"
	i=$((i - 1))
done
(cd / && TZ=Pacific/Kiritimati "$rm" compare 4100000005 AS4100000003 4100000004 4100000001 4100000002 4100000001 --threads 5 \
	--data "$work/there" --require "$bidders/wanted.json" --answers "$bidders/answers.csv" --html - 2>/dev/null) |
	cmp -s - "$work/compare.html"
ok $? "other names, order, time zone and threads give the same page"
compare 4100000001 4100000002 4100000003 --csv 2>/dev/null | sed -n 's/^\([0-9]*\),\([0-9]*\),.*/\1. AS\2/p' | uniq >"$work/places"
compare 4100000001 4100000002 4100000003 --html - 2>/dev/null | sed -n 's/.*class="place">\([0-9]*\. AS[0-9]*\) .*/\1/p' >"$work/ranked"
[ "$(wc -l <"$work/ranked")" = 3 ] && cmp -s "$work/ranked" "$work/places"
ok $? "the page has the networks of the table, in its order and places"
compare 4100000001 --gate >/dev/null 2>&1
with=$?
compare 4100000001 --gate --html "$work/gate.html" 2>/dev/null
[ $? = $with ] && [ $with = 1 ] && [ -s "$work/gate.html" ]
ok $? "--gate answers the same, and the page is written"
refused 64 'goes to a place of its own' "--html beside --json" \
    "$rm" compare --require "$bidders/wanted.json" 4100000001 --data "$tiny" --html "$work/out/x" --json
refused 64 'goes to a place of its own' "--html beside -o" \
    "$rm" compare --require "$bidders/wanted.json" 4100000001 --data "$tiny" --html "$work/out/x" -o "$work/out/y"
refused 2 'cannot be written' "a page of a comparison on a disk that is full" sh -c 'ulimit -f 8; trap "" XFSZ; exec "$@"' sh \
    "$rm" compare --require "$bidders/wanted.json" 4100000001 4100000002 --data "$tiny" --html "$work/out/page"
refused 2 'not a regular file' "a folder as the place of the page" \
    "$rm" compare --require "$bidders/wanted.json" 4100000001 --data "$tiny" --html "$work/out"
seq 64500 64700 >"$work/201"
refused 2 'too many for a page' "more networks than a page has room for" \
    "$rm" compare --require "$bidders/wanted.json" --list "$work/201" --data "$tiny" --html "$work/out/x"
sed 's,"title": "[^"]*","title": "</h1><script>alert(1)</script>\\" onx=\\"",' "$bidders/wanted.json" >"$work/evil.json"
"$rm" compare 4100000005 4100000001 --require "$work/evil.json" --answers "$bidders/answers.csv" --data "$work/evil" \
	--html "$work/evil.html" 2>/dev/null
grep -q '<script\|" onx="' "$work/evil.html"
[ $? = 1 ] && grep -q 'held against: &lt;/h1&gt;&lt;script&gt;' "$work/evil.html" &&
	grep -q 'AS4100000005 <span class="name">.*&lt;script&gt;' "$work/evil.html" &&
	grep -q '24 hours a day; &lt;script&gt;' "$work/evil.html"
ok $? "a profile, a name and an answer that are scripts stay text"
echo "1..$n"
exit $failed
