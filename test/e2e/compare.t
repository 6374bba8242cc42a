#!/bin/bash
# Networks compared with what a buyer requires: statuses of the gate, the same bytes in any order, sheets and profiles
# from strangers, and the participants of MANRS of 2022 with routes of other years.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
golden=$(realpath "$(dirname "$0")/../golden/data")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" && ln -s "$golden/tiny" tiny && ln -s "$golden/tender" tender || exit 1
n=0 failed=0
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	echo "# status ${got-}"; head -4 err | sed 's/^/# /'
	failed=1
}
# is STATUS NAME ARGUMENTS...: of compare
is() {
	want=$1 name=$2
	shift 2
	"$rm" compare "$@" >out 2>err </dev/null
	got=$?
	[ "$got" = "$want" ]
	ok $? "$name"
}
says() { grep -qe "$1" err; ok $? "... and says so: $1"; }
shows() { tr -s ' \n' '  ' <out | grep -qe "$1"; ok $? "... and shows: $1"; }

NS='"ns":"urn:routemark:oscal",'
# profile NAME CATALOGUE IDS REQUIRED DAYS: one import, all of it required or not, evidence as old as that
profile() {
	alters="" sep=""
	for c in $3; do
		alters="$alters$sep{\"control-id\":\"$c\",\"adds\":[{\"props\":[{\"name\":\"required\",$NS\"value\":\"$4\"},
		    {\"name\":\"age-max-days\",$NS\"value\":\"$5\"}]}]}" sep=,
	done
	printf '{"profile":{"uuid":"5f3b8c5e-3a77-5a3e-9d3f-0c1f6f5a7b10","metadata":{"title":"T","version":"1",
	    "last-modified":"2026-01-01T00:00:00Z","oscal-version":"1.1.2"},"imports":[{"href":"urn:routemark:catalog:%s",
	    "include-controls":[{"with-ids":["%s"]}]}],"modify":{"alters":[%s]}}}' "$2" "${3// /\",\"}" "$alters" >"$1"
}

# --- the gate: of the tiny world, 4100000003 announces a bogon, 4100000004 none; nobody has a tested network ---
profile bogon.json manrs-netops M3 yes 31
profile wished.json manrs-netops M3 no 31
profile tested.json manrs-netops "M3 M5" yes 92
is 0 "the gate lets through who meets all" --require bogon.json 4100000004 --data tiny --gate
is 1 "and stops who is short of what is required" --require bogon.json 4100000003 --data tiny --gate
is 1 "one of two is enough" --require bogon.json 4100000003 4100000004 --data tiny --gate
is 2 "what cannot be judged is no pass" --require tested.json 4100000004 --data tiny --gate
is 1 "what is short outweighs what cannot be judged" --require tested.json 4100000003 4100000004 --data tiny --gate
is 0 "what is wished stops nobody" --require wished.json 4100000003 --data tiny --gate
is 0 "without the gate the report is the answer" --require tested.json 4100000003 --data tiny
is 2 "a network that is not in the data does not pass" --require bogon.json 64500 --data tiny --gate
shows 'neither announces nor passes on any route in the data.*0 of 1 met, 1 cannot be judged'
is 2 "nor does old evidence let anybody through" --require bogon.json 4100000004 --data tiny --at 2024-01-01 --gate
shows 'evidence of 2022-05-01 is 610 days old; limit 31 days'
profile old.json manrs-netops M3 yes 3660
is 0 "unless the buyer takes it" --require old.json 4100000004 --data tiny --at 2024-01-01 --gate
says 'advice: .*lets evidence be 3660 days old'
for o in --json --csv; do is 1 "the gate with $o" --require bogon.json 4100000003 --data tiny --gate $o; done

# --- answers ---
profile ddos.json manrs-plus-proposal P-DDOS-1 yes 365
head='Question ID,ASN,Provider answer,Implementation description,Attested by,Attested on,Valid until'
sheet() { { echo "$head"; printf '%b\n' "$@"; } >a.csv; }
gate() { is "$1" "$2" --require ddos.json 4100000004 --data tiny --answers a.csv --gate; }
sheet 'P-DDOS-1,4100000004,Yes,Two places,J. Doe,2022-04-01,2022-12-31'
gate 0 "an answer is evidence where nothing can be measured"
shows 'meets P-DDOS-1 \* attested "yes" by J. Doe on 2022-04-01, valid until 2022-12-31: Two places; not measured'
xz -k a.csv && is 0 "packed it is the same" --require ddos.json 4100000004 --data tiny --answers a.csv.xz --gate
sheet 'p-ddos-1,AS4100000004,NO,,J. Doe,2022-04-01,'; gate 1 "an answer that says no"
sheet 'P-DDOS-1,4100000004,Yes,,,2022-04-01,'; gate 2 "nobody signed"
sheet 'P-DDOS-1,4100000004,Yes,,J. Doe,2021-04-01,'; gate 2 "an answer older than the buyer takes"
sheet 'P-DDOS-1,4100000004,Yes,,J. Doe,2022-05-02,'; gate 2 "an answer of after the moment"
sheet 'P-DDOS-1,4100000003,Yes,,J. Doe,2022-04-01,'; gate 2 "an answer of another network"
sheet 'P-DDOS-1,4100000004,,,,,'; gate 2 "a question that is open"; says '1 row without an answer'
sheet 'P-DDOS-1,4100000004,Yes,,J,2022-04-01,' 'P-DDOS-1,4100000004,Yes,,J,2022-04-02,'
gate 2 "two answers that differ"; says 'AS4100000004 P-DDOS-1: lines 2 and 3 differ; none of them counts'
sheet 'P-DDOS-1,4100000004,Yes,,J,2022-04-01,' 'P-DDOS-1,4100000004,Yes,,J,2022-04-01,'
gate 0 "the same answer twice"; [ ! -s err ]; ok $? "... is no matter"
sheet 'P-DDOS-1,4100000004,Sure,,J,2022-04-01,'; gate 2 "an answer that is none"
says '^routemark compare: a.csv: line 2: Provider answer: not in the form expected \[requirement.md 7'
sheet 'M3,4100000003,Yes,None here,J. Doe,2022-04-01,'
is 1 "no answer mends a number" --require bogon.json 4100000003 --data tiny --answers a.csv --gate
shows '1 too many: 1 of 2 .*; attested "yes" by J. Doe on 2022-04-01, which does not count against what is measured'

sheet 'P-DDOS-1,4100000004,Yes,\033[31m=cmd()|\a,\033]0;title\a J\xe2\x80\xae,2022-04-01,'
gate 0 "an answer that would steer the terminal"
! grep -qP '[\x00-\x08\x0e-\x1f\x7f]|\xe2\x80\xae' out; ok $? "... does not"
is 0 "... nor as CSV" --require ddos.json 4100000004 --data tiny --answers a.csv --csv
! grep -qP '[\x00-\x08\x0e-\x1f\x7f]' out; ok $? "... where it stays text"
sheet 'P-DDOS-1,4100000004,Yes,=HYPERLINK("x"),J,2022-04-01,'
is 0 "a formula in an answer" --require ddos.json 4100000004 --data tiny --answers a.csv --csv
grep -qF "\"'=HYPERLINK" out; ok $? "... is no formula in the CSV"
printf 'x\xff\xfe' >bad
is 2 "bytes as a sheet" --require ddos.json 4100000004 --data tiny --answers bad
says '^routemark compare: bad'
printf '%s\nP-DDOS-1,4100000004,"Yes' "$head" >bad
is 2 "a sheet that is cut short" --require ddos.json 4100000004 --data tiny --answers bad -o product
says 'input ends early'
[ ! -e product ]; ok $? "... leaves no product"
is 2 "a folder as a sheet" --require ddos.json 4100000004 --data tiny --answers tiny; says 'directory'
head -c 100 a.csv.xz >cut.xz
is 2 "a sheet of which a piece is missing" --require ddos.json 4100000004 --data tiny --answers cut.xz

# the sheet that goes out, filled in, is the one that comes back; a spreadsheet ends its lines in its own way
"$rm" require text transit --csv --asn 4100000004 >sheet.csv 2>err
questions=$(grep -c ',4100000004,,,,' sheet.csv)
sed -e 's/,4100000004,,,,/,4100000004,Yes,How,file.pdf,/' -e 's/,,,$/,J. Doe,2022-04-01,2023-04-01/' -e 's/$/\r/' \
    -e '1s/^/\xef\xbb\xbf/' sheet.csv >filled.csv
is 0 "the sheet of require text, filled in" --require transit 4100000004 --data tiny --answers filled.csv
[ "$questions" -ge 5 ] && [ ! -s err ] && shows "answers $questions to what is asked of these networks"
[ "$(grep -c ' attested "yes" by J. Doe on' out)" = $((questions - 1)) ] && grep -q 'short .*P-LEAK-2.*no ASPA' out
ok $? "... has an answer to each of its $questions questions but one: no word makes up for an ASPA that is not there"

# --- profiles ---
is 2 "no such starting point" --require transits 4100000004 --data tiny; says 'no starting point "transits"'
is 2 "no such file" --require ./none.json 4100000004 --data tiny; says 'none.json'
sed -e 's/"M3"/"M33"/' -e 's/"31"/"0"/' bogon.json >broken.json
is 2 "a profile with two faults" --require broken.json 4100000004 --data nowhere -o product
[ "$(grep -c '^routemark compare: broken.json: ' err)" -ge 2 ]; ok $? "... both are told, before any data are read"
[ ! -e product ]; ok $? "... and nothing is written"
echo '[' >broken.json; is 2 "a profile that is no JSON" --require broken.json 1 --data tiny; says 'broken.json'
for k in transit cloud-on-ramp ddos remote-sites; do
	is 0 "the starting point $k" --require $k 4100000004 --data tiny; shows 'What the order says'
done
is 64 "no profile" 1 --data tiny
is 64 "no network" --require transit --data tiny
is 64 "two formats" --require transit 1 --data tiny --json --csv
is 64 "packs come with the profile" --require transit 1 --data tiny --rules imc22
: >none; is 2 "a list of nobody is no pass" --require transit --list none --data tiny --gate
seq 1 2001 >many
is 2 "more networks than COMPARE_ASES_MAX" --require transit --list many --data tiny
says COMPARE_ASES_MAX

# --- the same bytes ---
ask="--require tender/profile.json --answers tender/answers.csv --data tiny"
for o in "" --json --csv; do
	"$rm" compare $ask 4100000001 4100000002 4100000003 4100000004 4100000005 64500 64501 $o >one 2>/dev/null
	mkdir other && cp tender/answers.csv other/renamed.txt
	cp -r tiny/ moved && mkdir moved/deep && mv moved/rpki.json moved/deep/x
	"$rm" compare --require tender/profile.json --answers other/renamed.txt --data moved 64501 4100000005 4100000003 64500 \
	    4100000002 4100000004 AS4100000001 4100000003 $o --threads 1 >two 2>/dev/null
	cmp -s one two && [ -s one ]
	ok $? "the same bytes in any order, of any names, by any threads ($o)"
	rm -rf moved other
done
"$rm" compare $ask 4100000001 4100000002 4100000003 4100000004 4100000005 64500 64501 >one 2>/dev/null
[ "$(grep -c '^  DEMAND' one)" = 2 ] && [ "$(awk 'length > 100' one | wc -l)" = 0 ]
ok $? "seven networks stand in two blocks, in 100 columns"
[ "$(grep -c '^AS.*(evidence as of 2022-05-01)$' one)" = 7 ]; ok $? "and each has its reasons"
seq 64500 65300 >many
is 0 "800 networks" --require transit --list many --data tiny
[ "$(awk 'length > 100' out | wc -l)" = 0 ]; ok $? "... fit"

# --- the participants of 2022, with routes and VRPs of 2016 ---
if [ ! -f "$data/INDEX.md" ]; then
	echo "ok $((n + 1)) # SKIP no data at $data: 849 participants of MANRS"
	echo "1..$((n + 1))"
	exit $failed
fi
mkdir real
for f in manrs-2022/20220401.as-org2info.txt.gz manrs-2022/20220501.as-rel.txt.bz2 manrs-2022/manrs_isps.csv \
    manrs-2022/manrs_cdns.csv internet-2016-02/routeviews-rv2-20160202-1200.pfx2as.gz \
    internet-2016-02/routeviews-rv6-20160202-1200.pfx2as.gz; do
	ln -s "$data/$f" real/
done
ln -s "$data/internet-2016-02/roa.csv.gz" real/roa-20160202.csv.gz	# of the same day, which it does not say
list="--list $data/manrs-2022/manrs_isps.csv --data real"
ids="P-RPKI-1 P-RPKI-2"
profile month.json manrs-plus-proposal "$ids" yes 31
profile decade.json manrs-plus-proposal "$ids" yes 3660
# rows: a CSV without its quoted fields, which may hold commas
rows() { sed -E 's/"([^"]|"")*"/Q/g'; }
count() { awk -F, -v c="$1" -v o="$2" '$11 == c && $16 == o' csv | wc -l; }
"$rm" compare --require month.json $list --csv --gate >all.csv 2>err; got=$?
rows <all.csv >csv
[ $got = 2 ]; ok $? "the gate lets nobody through on evidence of six years before"
[ "$(cut -d, -f2 csv | sort -un | grep -c '^[0-9]')" = 847 ]
ok $? "all 847 ASNs of operators that take part (849 entries, two listed twice) are compared"
[ "$(count P-RPKI-1 unknown)" = 847 ] && [ "$(count P-RPKI-2 unknown)" = 847 ]; ok $? "and none is judged"
[ "$(grep -c 'evidence of 2016-02-02 is 2284 days old; limit 31 days' all.csv)" -gt 1000 ]
ok $? "by its age, which is told"
! grep -q ',meets,\|,short,\|,not-applicable,' csv; ok $? "nothing is met, short, or held not to apply"
[ "$(cut -d, -f1 csv | sort -u | tr '\n' ' ')" = " place " ]; ok $? "so that none has a place"
grep -q ',2022-05-05T00:00:00Z,\|,2022-05-01T00:00:00Z,' csv; ok $? "the moment is of 2022"
"$rm" compare --require decade.json $list --csv >all.csv 2>err; got=$?
rows <all.csv >csv
says 'advice: .*decade.json.*lets evidence be 3660 days old; the pack.s own limit is 31'
m=$(count P-RPKI-1 meets) s=$(count P-RPKI-1 short) u=$(count P-RPKI-1 unknown)
[ $((m + s + u)) = 847 ] && [ "$m" -gt 20 ] && [ "$s" -gt 500 ] && [ "$u" -gt 200 ]
ok $? "a buyer who takes it sees numbers: $m meet the bar of ROAs, $s are short, $u do not announce anything there"
# the same as audit says at a moment of 2016, by the pack itself
cut -d, -f2 csv | grep '^[0-9]' | sort -un >asns
"$rm" audit --list asns --data real --rules manrs-plus-proposal --at 2016-02-10 --csv 2>/dev/null | rows |
    awk -F, '$6 == "P-RPKI-1" { print $1, $8 == "PASS" ? "meets" : $8 ~ /WARN|FAIL/ ? "short" : "unknown" }' | sort >by-audit
awk -F, '$11 == "P-RPKI-1" { print $2, $16 }' csv | sort >by-compare
[ "$(wc -l <by-audit)" = 847 ] && cmp -s by-audit by-compare; ok $? "as audit judges each of them at a moment of 2016"
# no network stands before one with fewer required demands short; one of which nothing is known stands behind them all
awk -F, 'NR > 1 && $1 != "" { if (none) late = 1 }
    NR > 1 && $1 == "" { none += !($2 in no); no[$2]; if ($16 == "meets" || $16 == "short") late = 1 }
    END { exit late || none != '"$u"' }' csv
ok $? "the $u of which nothing is known have no place and stand last"
awk -F, 'NR > 1 && $1 != "" { if (!($2 in seen)) { seen[$2] = ++n; asn[n] = $2 } if ($13 == "yes" && $16 == "short") short[$2]++ }
    END { for (i = 2; i <= n; i++) if (short[asn[i]] + 0 < short[asn[i - 1]] + 0) bad = 1; exit bad || n != '$((m + s))' }' csv
ok $? "who is short of fewer stands first"
"$rm" compare --require decade.json 174 3356 2914 1299 6453 7018 --data real >out 2>err; got=$?
[ $got = 0 ] && grep -q '^as of     2022-05-0[1-5]; verdicts are about that moment' out &&
    [ "$(awk 'length > 100' out | wc -l)" = 0 ]
ok $? "six carriers in 100 columns, with the date in the heading"
"$rm" compare --require decade.json --org 'Cloudflare' --data real >out 2>err; got=$?
[ $got = 0 ] || [ $got = 2 ] && { grep -q '^AS13335 ' out || grep -q 'organisations fit' err; }
ok $? "an organisation by name"
echo "1..$n"
exit $failed
