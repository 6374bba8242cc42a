#!/bin/bash
# Bundles: made from the same inputs they are the same bytes; replay says 0, 1 or 2 as it should, from whole inputs under any
# names and from the evidence carried; every file of a bundle with a bit flipped ends in 1 or 2; what a stranger might slip in
# is refused; other people's programs (tar, sha256sum) read it.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath "$(dirname "$0")/../golden/data/tiny")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export TMPDIR=$work/tmp
mkdir tmp
n=0 failed=0
as=4100000005

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

is() {	# STATUS WANTED NAME
	[ "$1" -eq "$2" ]
	ok $? "$3"
}

replay() { "$rm" replay "$@" >out 2>err; }
# sums DIR: SHA256SUMS of what is in the folder now
sums() { (cd "$1" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS); }
# flip FILE BYTE: one bit of that byte the other way
flip() { perl -e 'open my $f, "+<", $ARGV[0]; seek $f, $ARGV[1], 0; read $f, my $c, 1; seek $f, $ARGV[1], 0; print $f $c ^ chr(1 << $ARGV[1] % 7)' "$1" "$2"; }

# --- the lab: records are chosen from inputs that are large enough ---
"$rm" lab lab >/dev/null
"$rm" audit 318300 --data lab --bundle l >/dev/null && "$rm" audit 318300 --data lab --bundle l.tar >/dev/null
ok $? "a bundle is made, as a folder and as a file"
replay l --data lab
is $? 0 "from the whole inputs it comes out the same"
replay l.tar --data lab
is $? 0 "so does the file"
mkdir renamed
i=0
for f in lab/*; do i=$((i + 1)); cp "$f" "renamed/file-$i"; done
echo unrelated >renamed/other
replay l --data renamed
is $? 0 "whatever the files are called, and whatever else is there"
"$rm" audit 318300 --data lab --threads 1 --bundle l2.tar >/dev/null && cmp -s l.tar l2.tar
ok $? "the same bytes from one thread"
mkdir un && tar xf l.tar -C un && diff -r un l >/dev/null
ok $? "tar unpacks the file, and it is the folder"
(cd l && sha256sum --quiet -c SHA256SUMS)
ok $? "sha256sum agrees"
"$rm" audit 318300 --data lab --json >r.json
perl -e 'local $/; $_ = <>; s/"records_max":\d+/X/; s/"records":\[.*?\}\]/R/g; print' r.json >a
perl -e 'local $/; $_ = <>; s/"records_max":\d+/X/; s/"records":\[.*?\}\]/R/g; print' l/report.json >b
grep -o '"verdict":"[A-Z_]*"' a | cmp -s - <(grep -o '"verdict":"[A-Z_]*"' b)
ok $? "its verdicts are those of audit --json"

# --- evidence ---
"$rm" audit 318300 --data lab --bundle m.tar --minimal >said
ok $? "a bundle with evidence is made"
replay m.tar
is $? 0 "it comes out the same from what it carries"
replay m.tar --data lab
is $? 0 "and from the whole inputs"
[ -z "$(ls tmp)" ]
ok $? "nothing is left in TMPDIR"
"$rm" audit 318300 --data renamed --bundle m2.tar --minimal --threads 1 >/dev/null
# two inputs are dated by their names, which are gone, and other is one more input: that shows, and no name does
! grep -q file- <(tar xOf m2.tar bundle.json)
ok $? "no name of a file is in a bundle"
mkdir m && tar xf m.tar -C m
replay m
is $? 0 "unpacked it comes out the same, too"
small=1
for f in m/evidence/mrt-*; do "$rm" dump "$f" >/dev/null || small=0; done
[ $small -eq 1 ]
ok $? "what is carried of a table is a table"
whole=$(wc -c <lab/rib.lab0.20310601.0000.mrt)
largest=$(find m/evidence -name 'mrt-*' -size -100k | wc -l)
[ "$largest" -ge 3 ] && [ "$whole" -gt 500000 ]
ok $? "and a small part of it"
bad=0
for a in $("$rm" audit --all --data lab --csv | cut -d, -f1 | grep -E '^[0-9]+$' | sort -un | awk 'NR % 15 == 1'); do
	"$rm" audit $a --data lab --bundle each.tar --minimal >each.out && replay each.tar || { echo "# AS$a"; bad=1; }
	command rm -f each.tar
done
ok $bad "so it is for many networks of the lab"
"$rm" audit --all --data lab --bundle all.tar --minimal >/dev/null && replay all.tar
ok $? "and for all of them in one"
"$rm" audit 318300 --data lab --rules manrs-netops --bundle w.tar --minimal >/dev/null && replay w.tar
ok $? "incidents in updates come out the same, too"

# --- tiny: all is small, so every file can be flipped ---
"$rm" audit $as --data "$data" --rules imc22 --bundle t --minimal >/dev/null
for f in $(cd t && find . -type f | cut -c3-); do
	bad=0
	size=$(wc -c <"t/$f")
	for at in 0 1 $((size / 3)) $((size / 2)) $((size * 2 / 3)) $((size - 2)) $((size - 1)); do
		cp -r t x
		flip "x/$f" $at
		replay x
		s=$?
		[ $s -eq 1 ] || [ $s -eq 2 ] || { echo "# $f byte $at: $s"; bad=1; }
		replay x --data "$data"
		s=$?
		[ $s -eq 1 ] || [ $s -eq 2 ] || { echo "# $f byte $at, with data: $s"; bad=1; }
		command rm -rf x
	done
	ok $bad "a bit of $f"
done
"$rm" audit $as --data "$data" --rules imc22 --bundle t.tar --minimal >/dev/null
size=$(wc -c <t.tar) bad=0
for at in $(seq 0 173 $((size - 1))); do
	cp t.tar x.tar
	flip x.tar $at
	replay x.tar
	s=$?
	[ $s -eq 1 ] || [ $s -eq 2 ] || { echo "# byte $at: $s"; bad=1; }
done
ok $bad "a bit anywhere in the file"
bad=0
for at in 0 1 511 512 1024 $((size / 2)) $((size - 512)) $((size - 1)); do
	head -c $at t.tar >x.tar
	replay x.tar
	[ $? -eq 2 ] || bad=1
done
ok $bad "a file that is cut short"

# --- changed on purpose, and summed up again ---
change() {	# NAME STATUS SED-SCRIPT FILE: in a copy x of t
	command rm -rf x
	cp -r t x
	sed -i "$3" "x/$4"
	cmp -s "x/$4" "t/$4" && echo "# nothing was changed"
	sums x
	replay x
	is $? "$2" "$1"
}
change "a verdict that was changed" 1 's/"verdict":"FAIL"/"verdict":"PASS"/' report.json
grep -q '  at  *\/results\/0\/packs\/0\/controls\/1\/verdict$' out && grep -q 'report has *"PASS"' out && grep -q 'computed is *"FAIL"' out
ok $? "is named, with both values"
change "a parameter" 2 's/"visibility_min":5/"visibility_min":0/' bundle.json
change "another version, and the same bytes" 0 's/"version":"0.1.0"},/&/; s/"name":"routemark","version":"[^"]*"/"name":"routemark","version":"0.0.1"/' bundle.json
grep -q 'routemark 0.0.1, which is not this one' out
ok $? "is noted"
sed -i 's/"verdict":"FAIL"/"verdict":"PASS"/' x/report.json && sums x
replay x
is $? 2 "another version, and other bytes: nobody can tell"
change "a vantage point that gives no full feed" 1 's/"full_feed":true/"full_feed":false/g' bundle.json
change "a number that is no number" 2 's/"asn":[0-9]*/"asn":"x"/' bundle.json
grep -q 'bundle.json: .*doc/formats/bundle.md' err
ok $? "is named with its place and the rule"
change "a bundle that says its evidence shows nothing" 2 's/"not_shown":\[\]/"not_shown":[{"asn":4100000005,"metric":"imc22-a1"},{"asn":4100000005,"metric":"imc22-a4"}]/' bundle.json
change "a bundle that says it does not show one of two" 0 's/"not_shown":\[\]/"not_shown":[{"asn":4100000005,"metric":"imc22-a1"}]/' bundle.json
grep -q 'lead to 1 of the 2 verdicts' out && grep -q 'imc22-a1, of the networks' out
ok $? "what it does not show is said"
change "a key that nobody knows" 2 's/^{/{"aaa":1,/' bundle.json
change "broken JSON" 2 's/^{/{{/' bundle.json
change "a name that leads out" 2 's/"file":"mrt-/"file":"..\/mrt-/' bundle.json
change "evidence that is not carried" 2 's/"carried":{[^}]*}/"carried":null/' bundle.json
change "a pack that was changed" 2 's/2022/2023/' packs/01.catalog.json

# --- hostile ---
cp -r t link && mv link/report.json r && ln -s ../r link/report.json
replay link
is $? 2 "a link in a bundle"
grep -q 'report.json: is a link' err
ok $? "is named"
cp -r t dirlink && mv dirlink/packs p && ln -s ../p dirlink/packs
replay dirlink
is $? 2 "a link for a folder"
cp -r t up && sed -i 's|  report.json|  ../t/report.json|' up/SHA256SUMS
replay up
is $? 2 "a name with .. in SHA256SUMS"
cp -r t gone && command rm gone/packs/01.catalog.json
replay gone
is $? 2 "a file that is missing"
mkfifo pipe
timeout 5 "$rm" replay pipe >out 2>err
is $? 2 "a pipe"
cp -r t fifo && command rm fifo/report.json && mkfifo fifo/report.json
timeout 5 "$rm" replay fifo >out 2>err
is $? 2 "a pipe in it"
(cd t && find . -type f -printf '%P\0' | LC_ALL=C sort -z | tar --format=ustar --null -T - -cf ../gnu.tar)
replay gnu.tar
is $? 2 "a tar with owners and times"
(cd t && find . -type f -printf '%P\0' | LC_ALL=C sort -z | tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@0 \
	--null -T - --transform 's|^report.json|../report.json|' -cf ../evil.tar 2>/dev/null)
replay evil.tar
is $? 2 "a tar with a name that leads out"
truncate -s 9G huge.tar
replay huge.tar
is $? 2 "a file of 9 GB is not read"
mkdir empty
replay empty
is $? 2 "an empty folder"
replay nothing
is $? 2 "nothing at all"
mkdir none
replay t --data none
is $? 2 "a folder without the inputs"
[ "$(grep -c '^  missing' out)" -eq 12 ]
ok $? "each of which is named"

# --- verify --replay ---
"$rm" audit $as --data "$data" --json -o v.json
"$rm" key new example.net/audits -o a.key --no-passphrase >/dev/null
"$rm" verify v.json --replay --data "$data" >out
is $? 2 "verify computes it again, and yet nobody known has signed"
grep -q 'L1 measured' out && grep -q 'it is the same, byte for' out
ok $? "which is said"
"$rm" seal v.json --key a.key >/dev/null && "$rm" verify v.json --key a.key --replay --data "$data" >out
is $? 0 "signed it is yes"
sed 's/"verdict":"FAIL"/"verdict":"PASS"/' v.json >w.json
"$rm" seal w.json --key a.key >/dev/null && "$rm" verify w.json --key a.key --replay --data "$data" >out
is $? 1 "a lie that is signed is a no"
"$rm" verify w.json --key a.key >out
is $? 0 "which without --replay nobody sees"
"$rm" verify v.json --key a.key --replay --data none >out
is $? 2 "without the inputs it cannot be told"
"$rm" audit $as --data "$data" --bundle vb >/dev/null && "$rm" seal vb/report.json --key a.key >/dev/null &&
	"$rm" verify vb/report.json --key a.key --replay --data "$data" >out
is $? 0 "a report in its bundle"
cp -r vb vx && sed -i 's/title/tytle/' vx/packs/01.catalog.json
"$rm" verify vx/report.json --key a.key --replay --data "$data" >out 2>err
is $? 2 "with a pack that was changed"
"$rm" verify v.json --replay >out 2>err
is $? 64 "--replay wants --data"

# --- making one ---
"$rm" audit $as --data "$data" --bundle t >out 2>err
is $? 2 "what is there is not overwritten"
"$rm" audit $as --data "$data" --bundle no/such/b.tar >out 2>err
is $? 2 "nor can it go where there is no folder"
"$rm" audit $as --data "$data" --bundle b --json >out 2>err
is $? 64 "--json and --bundle exclude each other"
"$rm" audit $as --data "$data" --minimal >out 2>err
is $? 64 "--minimal is for --bundle"
echo "nonsense" >origins
"$rm" audit $as --data "$data" --bundle bb --origins origins >out 2>err
[ $? -eq 2 ] && grep -q 'origins: line 1' err && [ ! -e bb ]
ok $? "a bad list of origins is named, and nothing is written"
echo "1..$n"
exit $failed
