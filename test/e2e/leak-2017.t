#!/bin/sh
# The leak of 25 August 2017 as one collector saw it: who, to whom, when, how much of it is recognised and how surely, and
# how many others are accused. The truth is counted in the file itself by bgpdump and awk, which share nothing with the
# judge: an announcement is of the leak when its path has 701 15169 and an AS behind.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")/google-leak-2017
[ -d "$data" ] || { echo "1..0 # SKIP no data at $data"; exit 0; }
command -v bgpdump >/dev/null || { echo "1..0 # SKIP bgpdump is not installed"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

is() {	# what, wanted, name
	n=$((n + 1))
	if [ "$1" = "$2" ]; then echo "ok $n - $3: $1"; else echo "not ok $n - $3: $1, not $2"; failed=1; fi
}

bgpdump -m "$data"/updates.*.gz 2>/dev/null | awk -F'|' '$3 == "A" && $7 ~ /(^| )701 15169 [0-9]/ { print $2 "|" $4 "|" $6 }' >leaked
"$rm" incidents --data "$data" --class leak --visibility 1 --csv >csv || failed=1
"$rm" incidents --data "$data" --class leak --visibility 1 --limit 1 >text || failed=1

# recognised: within an interval of a leak by AS15169 to AS701, of this prefix at this vantage point
awk -F'[,|]' '
FILENAME == "csv" && $4 == 15169 && $5 == 701 {
	k = $8 "|" $2
	i = ++have[k]
	from[k, i] = $11 / 1e6; to[k, i] = $12 / 1e6; class[k, i] = $6
}
FILENAME == "leaked" {
	k = $2 "|" $3
	if (!($3 in all)) prefixes++
	all[$3] = 1
	messages++
	for (i = 1; i <= have[k]; i++)
		if (from[k, i] <= $1 && $1 <= to[k, i]) {
			hit[class[k, i]]++
			if (!($3 in found)) found_n++
			found[$3] = 1
			break
		}
}
END { print messages, prefixes, hit["proven"] + 0, hit["probable"] + 0, hit["possible"] + 0, found_n }' csv leaked >counts
read -r messages prefixes proven probable possible found <counts
is "$messages $prefixes" "143176 114153" "announcements of the leak in the file, and their prefixes"
is "$found" 112706 "prefixes recognised"
is "$((proven + probable + possible))" 141358 "announcements recognised, 98.7 %"
is "$proven" 0 "of them proven: nobody had published anything in 2017"
is "$probable" 0 "probable: relationships alone make it possible, whoever leaked"
is "$possible" 141358 "possible"

is "$(awk -F, '$4 == 15169 { print $5 }' csv | sort -u | paste -sd' ')" 701 "whom AS15169 is said to have leaked to"
is "$(awk -F, '$4 == 15169 { print $9 }' csv | sort | head -n 1)" 2017-08-25T03:22:57Z "it began"
is "$(cut -d'|' -f1 leaked | sort -n | head -n 1)" "$(awk -F, '$4 == 15169 { print $11 / 1000000 }' csv | sort -n | head -n 1)" \
	"when the file has it begin"
is "$(awk -F, '$4 == 15169 { print $10 }' csv | sort | tail -n 1)" 2017-08-25T03:35:05Z "the last was gone"
is "$(awk -F, '$4 == 15169 && $14 == "open"' csv | wc -l)" 0 "and none was left"
is "$(awk -F, 'NR > 1 && $4 != 15169 { print $4 }' csv | sort -u | wc -l)" 223 "other networks accused"
is "$(awk -F, 'NR > 1 && $4 != 15169 { print $2 }' csv | sort -u | wc -l)" 3945 "of how many prefixes"
is "$(awk -F, 'NR > 1 && $6 == "proven"' csv | wc -l)" 0 "proven leaks of anybody: none enters a verdict"

# what a reader sees first
is "$(grep -n 'AS15169' text | head -n 1 | sed 's/:.*one group: / /')" \
	"$(grep -n 'Most of it' text | sed 's/:.*one group: / /')" "the sentence about it comes before any other word of it"
is "$(tr '\n' ' ' <text | grep -o '112,706 prefixes passed on by AS15169 and accepted by AS701' | wc -l)" 1 "and says what it is"
is "$(grep -nE '^  AS[0-9]' text | head -n 1 | awk '{ print $2, $3, $4 }')" "AS15169 AS701 112,706" \
	"the first line of any network is its"
echo "1..$n"
exit $failed
