#!/bin/bash
# mark, the program as a whole: who gets one and who does not, to which moment, once in the log however often it dies,
# and what a buyer is told: on a world of which the truth is known.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# says STATUS NAME ARGUMENTS: what mark answers
says() {
	want=$1 name=$2
	shift 2
	"$rm" mark "$@" >out 2>err
	rc=$?
	[ $rc -eq "$want" ]
	ok $? "$name"
	[ $rc -eq "$want" ] || sed 's/^/# /' out err
}

key() { "$rm" key new "$1" -o "$2" --no-passphrase ${3:+"$3"} >"$2.vkey"; }
size() { "$rm" log fsck "$1" | sed -n 's/.*: \([0-9]*\) entries.*/\1/p'; }

key audits.example/a a.key; key other.example/o o.key; key log.example/l log.key; key w.example/w w.key --witness
"$rm" lab lab --seed 1 >/dev/null 2>&1
"$rm" audit --all --data lab --at 2031-05-20 --csv >all.csv 2>/dev/null

# networks PACK: those that carry a mark by it: a row per AS and control; every required one passes or does not apply
networks() {
	perl -ne 'BEGIN { $pack = shift } s/"[^"]*"/-/g; @f = split /,/; next unless $f[3] eq $pack && $f[6] eq "yes";
		$seen{$f[0]} = 1; $bad{$f[0]} = 1 unless $f[7] =~ /^(PASS|NOT_APPLICABLE)$/; $pass{$f[0]} = 1 if $f[7] eq "PASS";
		END { print map { "$_\n" } grep { $good ? $pass{$_} && !$bad{$_} : $bad{$_} } sort { $a <=> $b } keys %seen }' \
	    -s -- ${2:+-good} "$1" all.csv
}
good=$(networks manrs-netops good | sed -n 3p)
bad=$(networks manrs-netops | sed -n 1p)
[ -n "$good" ] && [ -n "$bad" ]
ok $? "the lab has networks that carry a mark (AS$good) and that do not (AS$bad)"
"$rm" audit "$good" "$bad" --data lab --at 2031-05-20 --json -o r.json

# --- to which moment: the audit itself, at that moment and a second later, is the oracle ---
verdicts() {	# ASN PACK TIME: of required controls
	"$rm" audit "$1" --data lab --rules "$2" --at "$3" --csv 2>/dev/null | sed 's/"[^"]*"/-/g' | awk -F, '$7 == "yes" { print $8 }' | sort -u
}
wrong=0 looked=0
"$rm" log init many --key log.key
for pack in manrs-netops imc22 manrs-plus-proposal; do
	for asn in $(networks $pack good | awk 'NR % 12 == 1'); do
		"$rm" audit "$asn" --data lab --rules $pack --at 2031-05-20 --json -o one.json
		"$rm" mark issue "$asn" --report one.json --pack $pack --key a.key --log many --log-key log.key --out one >out 2>err ||
		    { wrong=1; sed 's/^/# /' out err; continue; }
		to=$(sed 's/.*"valid_to":"\([^"]*\)".*/\1/' one/mark.json)
		later=$(date -u -d "$to 1 second" +%Y-%m-%dT%H:%M:%SZ)
		verdicts "$asn" $pack "$to" | grep -qvE '^(PASS|NOT_APPLICABLE)$' && { wrong=1; echo "# AS$asn $pack: not at $to"; }
		verdicts "$asn" $pack "$later" | grep -q '^NO_DATA$' || { wrong=1; echo "# AS$asn $pack: still at $later"; }
		looked=$((looked + 1))
	done
done
[ $wrong -eq 0 ] && [ $looked -ge 20 ]
ok $? "of $looked marks each moment is the last at which an audit of the same data passes"

# --- issuing ---
"$rm" log init log --key log.key
issue() { "$rm" mark issue "$good" --report r.json --pack manrs-netops --key a.key --address https://audits.example/x/ "$@" >out 2>err; }
says 1 "a network that fails gets none" issue "$bad" --report r.json --pack manrs-netops --key a.key --log log --log-key log.key --out m
want=$(awk -F, -v a="$bad" '$1 == a && $4 == "manrs-netops" && $7 == "yes" && $8 != "PASS" && $8 != "NOT_APPLICABLE"' all.csv | wc -l)
[ "$(grep -cE '^  [A-Z0-9]+ +(FAIL|WARN|NO_DATA): ' out)" -eq "$want" ] && [ "$want" -ge 1 ]
ok $? "and the $want that it lacks, each with its reason"
[ ! -e m ] && [ "$(size log)" -eq 0 ]
ok $? "and nothing is written, here or in the log"
issue --log log --out m
[ $? -eq 2 ] && [ ! -e m ] && [ "$(size log)" -eq 1 ] && grep -q 'log checkpoint' err
ok $? "without a checkpoint it waits, and says for what"
"$rm" log checkpoint log --key log.key >/dev/null
issue --log log --out m && [ "$(size log)" -eq 1 ] && [ "$(ls m | tr '\n' ' ')" = "badge.svg index.html mark.json mark.tlog-proof " ]
ok $? "and goes on from there: four files, one entry"
cp -r m first && issue --log log --out m && diff -r first m && [ "$(size log)" -eq 1 ] && grep -q 'already' out
ok $? "again: the same bytes, no second entry, which is said"
mkdir mine && echo hello >mine/file
issue --log log --out mine
[ $? -eq 2 ] && [ "$(cat mine/file)" = hello ] && [ "$(ls mine)" = file ]
ok $? "a folder of somebody else's files is not touched"
key log2.example/l log2.key && "$rm" log init log2 --key log2.key
issue --log log2 --log-key log.key --out m2
[ $? -eq 2 ] && [ ! -e m2 ]
ok $? "a checkpoint by another key is not signed"
says 2 "a witness's key gives no marks" issue "$good" --report r.json --pack manrs-netops --key w.key --log log --out m3
sed 's/"catalog_sha256":"....../"catalog_sha256":"000000/' r.json >edition.json
says 2 "a report by another edition of the pack" issue "$good" --report edition.json --pack manrs-netops --key a.key --log log --out m3
grep -q 'another edition' err
ok $? "is told from this one"
sed 's/"age_max_days":31/"age_max_days":93/g' r.json >lax.json
says 2 "a report that is laxer than its pack" issue "$good" --report lax.json --pack manrs-netops --key a.key --log log --out m3
says 2 "an address that no browser should open" issue "$good" --report r.json --pack manrs-netops --key a.key --log log --out m3 --address javascript:x
[ ! -e m3 ] && [ "$(size log)" -eq 1 ]
ok $? "and of all that nothing is left"

# --- it dies at every call ---
cc -shared -fPIC -D_GNU_SOURCE -O1 -o fault.so "$here/fault/fault.c" -ldl 2>cc.err || { cat cc.err; echo "1..$n"; exit 1; }
"$rm" log init base --key log.key && seq 1 254 >lines && "$rm" log append base --lines lines >/dev/null && "$rm" log checkpoint base --key log.key >/dev/null
for how in kill enospc; do
	at=0 wrong=0 died=0
	while [ $wrong -eq 0 ]; do
		at=$((at + 1))
		rm -rf t f f.?????? && cp -a base t
		{ (FAULT_AT=$at FAULT_HOW=$how LD_PRELOAD=$PWD/fault.so issue --log t --log-key log.key --out f); } 2>/dev/null && break
		died=$((died + 1))
		[ ! -e f ] || [ "$(find f -type f | wc -l)" -eq 4 ] || { wrong=1; echo "# $how at call $at: f is half there"; }
		issue --log t --log-key log.key --out f && [ "$(size t)" -eq 255 ] && cmp -s f/badge.svg m/badge.svg &&
		    cmp -s f/mark.json m/mark.json || { wrong=1; echo "# $how at call $at: not the same after all"; sed 's/^/# /' err; }
	done
	[ $wrong -eq 0 ] && [ $died -ge 15 ]
	ok $? "$how at each of $died calls of an issue: run again it gives the same mark, and one entry"
done

# --- what a buyer is told ---
printf 'log %s\nquorum none\n' "$(cat log.key.vkey)" >policy
printf 'log %s\nwitness w %s\nquorum w\n' "$(cat log.key.vkey)" "$(cat w.key.vkey)" >strict
cp -a log served && rm -r served/.log
who="--policy policy --known a.key.vkey"
# shellcheck disable=SC2086 # words on purpose
show() { want=$1 name=$2; shift 2; says "$want" "$name" show --log served $who "$@"; }
show 0 "valid: yes" "AS$good" --at 2031-05-25
show 0 "by the mark that was handed out" --mark m/mark.json --at 2031-05-25
to=$(sed 's/.*"valid_to":"\([^"]*\)".*/\1/' m/mark.json)
show 0 "at its last moment" "$good" --at "$to"
show 1 "a second later it has lapsed, and nobody did a thing" "$good" --at "$(date -u -d "$to 1 second" +%Y-%m-%dT%H:%M:%SZ)"
grep -q 'lapsed' out
ok $? "which is the word"
show 1 "before its evidence" "$good" --at 2031-05-19
show 1 "today, which is no day of the lab's" "$good"
grep -q "$(date -u +%Y-%m-%dT).*by the clock" out
ok $? "and today is told"
show 1 "never issued" "$bad" --at 2031-05-25
show 1 "by another pack" "$good" --pack imc22 --at 2031-05-25
show 1 "the mark of another network" "$bad" --mark m/mark.json --at 2031-05-25
says 2 "by a key that is not known: could not tell" show "$good" --log served --policy policy --known o.key --at 2031-05-25
says 2 "a log that is not believed: could not tell" show "$good" --log log2 --policy policy --known a.key --at 2031-05-25
says 2 "without its witness: could not tell" show "$good" --log served --policy strict --known a.key --at 2031-05-25
says 2 "a proof alone cannot know of a suspension" show --mark m/mark.json --policy policy --known a.key --at 2031-05-25
says 1 "but that the date has passed" show --mark m/mark.json --policy policy --known a.key --at 2031-06-25
says 64 "whom to believe is to be said" show "$good" --log served
says 64 "where to look too" show "$good" --policy policy --known a.key
says 64 "suspend takes no report" suspend "$good" --log log --key a.key --reason x --report r.json
says 64 "a reason is needed" suspend "$good" --log log --key a.key
says 64 "AS0x is no network" show AS0x --log served --policy policy --known a.key

# --- suspended, restored ---
says 1 "nothing to restore" restore "$good" --log log --key a.key
says 1 "nobody suspends what he has not issued" suspend "$good" --log log --key o.key --reason "a rival"
says 0 "suspend" suspend "$good" --log log --key a.key --log-key log.key --reason "leak of 22 May" --at 2031-05-22
[ "$(cat out)" = 1 ]
ok $? "gives the index"
says 0 "suspend again" suspend "$good" --log log --key a.key --log-key log.key --reason "leak of 22 May" --at 2031-05-22
[ "$(cat out)" = 1 ] && [ "$(size log)" -eq 2 ]
ok $? "adds nothing"
says 0 "an old copy of the log does not know" show "$good" --log served --policy policy --known a.key --at 2031-05-25
says 1 "the log does" show "$good" --log log --policy policy --known a.key --at 2031-05-25 --badge s.svg
tr -s ' \n' ' ' <out | grep -q 'leak of 22 May' && grep -q '>SUSPENDED<' s.svg && ! grep -q '>VALID<' s.svg
ok $? "with its reason, and a badge that says so"
issue --log log --log-key log.key --out m
[ $? -eq 1 ] && [ "$(size log)" -eq 2 ] && grep -q 'suspended since entry 1' err
ok $? "what is suspended is not issued anew"
"$rm" audit "$good" --data lab --at 2031-05-21 --json -o new.json
says 1 "nor by another report" issue "$good" --report new.json --pack manrs-netops --key a.key --log log --log-key log.key --out m4
says 0 "restore" restore "$good" --log log --key a.key --log-key log.key
says 0 "and it is valid again" show "$good" --log log --policy policy --known a.key --at 2031-05-25
says 0 "a new report, a new mark" issue "$good" --report new.json --pack manrs-netops --key a.key --log log --log-key log.key --out m4
says 0 "of which the last counts" show "$good" --log log --policy policy --known a.key --at 2031-05-25
grep -q '1 mark of this network is superseded' out
ok $? "and the earlier one is counted"
"$rm" log status log disputed new.json --key o.key --reason "not ours" >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
says 2 "its report is disputed: could not tell" show "$good" --log log --policy policy --known a.key,o.key --at 2031-05-25
says 0 "by a stranger: has no say" show "$good" --log log --policy policy --known a.key --at 2031-05-25

# --- another than its issuer ---
"$rm" log status log resolved new.json --key o.key >/dev/null
says 64 "which mark?" suspend --log log --key o.key --reason x
says 2 "of another network than was asked" suspend "$bad" --mark m4/mark.json --log log --key o.key --reason x
says 1 "a mark that the log has not" suspend --mark one/mark.json --log log --key o.key --reason x
says 2 "a witness's key says nothing of marks" suspend --mark m4/mark.json --log log --key w.key --reason x
says 1 "nothing to restore, of this key" restore --mark m4/mark.json --log log --key o.key
says 0 "an auditor suspends a mark that he has not issued" suspend --mark m4/mark.json --log log --log-key log.key --key o.key --reason "no answer by day"
held=$(cat out) && [ "$held" -eq $(($(size log) - 1)) ]
ok $? "and is given the index"
says 0 "once" suspend --mark m4/mark.json --log log --log-key log.key --key o.key --reason "no answer by day"
[ "$(cat out)" = "$held" ] && [ "$(size log)" -eq $((held + 1)) ]
ok $? "of the same entry"
says 1 "whoever knows him: suspended" show "$good" --log log --policy policy --known a.key,o.key --at 2031-05-25
says 0 "to others he is a stranger" show "$good" --log log --policy policy --known a.key --at 2031-05-25
says 1 "its issuer has nothing to restore" restore "$good" --log log --log-key log.key --key a.key
says 0 "and issues it anew, under another address" issue "$good" --report new.json --pack manrs-netops --key a.key --log log --log-key log.key --out m5 --address https://audits.example/y/
says 1 "which lifts nothing" show "$good" --log log --policy policy --known a.key,o.key --at 2031-05-25
grep -q "entry $held on a mark of the same report" out
ok $? "and says what it was said of"
says 1 "nor does it for the new mark alone" show --mark m5/mark.json --log log --policy policy --known a.key,o.key --at 2031-05-25
says 0 "he restores it" restore --mark m4/mark.json --log log --log-key log.key --key o.key
says 0 "and both stand" show "$good" --log log --policy policy --known a.key,o.key --at 2031-05-25

# --- a word on the report is none on the mark ---
"$rm" log status log suspended new.json --key a.key >/dev/null
n_before=$(size log)
says 1 "restore of a mark whose report is suspended" restore "$good" --log log --log-key log.key --key a.key
[ "$(size log)" -eq "$n_before" ] && grep -q 'log status log restored REPORT' err
ok $? "adds nothing, and says what would"
says 0 "suspend" suspend "$good" --log log --log-key log.key --key a.key --reason "of its own"
"$rm" log status log restored new.json --key a.key >/dev/null && "$rm" log checkpoint log --key log.key >/dev/null
says 1 "outlasts the report's" show "$good" --log log --policy policy --known a.key --at 2031-05-25
says 0 "until it is restored" restore "$good" --log log --log-key log.key --key a.key

# --- verify: a report, and a mark that is said to rest on it ---
verify() { want=$1 name=$2; shift 2; "$rm" verify "$@" --key a.key >out 2>err; [ $? -eq "$want" ]; ok $? "$name"; }
"$rm" seal r.json --key a.key >/dev/null && "$rm" seal new.json --key a.key >/dev/null
verify 0 "the report carries it" r.json --mark first/mark.json
verify 0 "at its last moment" r.json --mark first/mark.json --at "$to"
verify 1 "a day later its time is over" r.json --mark first/mark.json --at "$(date -u -d "$to 1 day" +%Y-%m-%dT%H:%M:%SZ)"
grep -q 'has lapsed' out
ok $? "and that is said"
verify 1 "another report is not what it rests on" new.json --mark first/mark.json
sed -e 's/"expires":"2031-06-01/"expires":"2031-06-03/g' -e 's/"oldest":"2031-05-01T00:00:00Z","title/"oldest":"2031-05-03T00:00:00Z","title/g' \
    -e 's/"valid_to":"2031-06-01/"valid_to":"2031-06-03/' first/mark.json >forged.json
verify 1 "one that gives itself two days more" r.json --mark forged.json
grep -q 'does not carry this mark' out
ok $? "is found out by the report"
show 1 "and by the log" --mark forged.json --at 2031-05-25
verify 2 "what is no mark: could not tell" r.json --mark r.json
"$rm" verify r.json --key a.key --at 2031-05-25 >out 2>err
[ $? -eq 64 ]
ok $? "--at is of a mark"

# --- keys with passphrases: a line for each ---
printf 'one word\n' | "$rm" key new audits.example/p -o p.key --passphrase-fd 0 >/dev/null
printf 'another word\n' | "$rm" key new log.example/p -o plog.key --passphrase-fd 0 >/dev/null
printf 'another word\n' | "$rm" log init plog --key plog.key --passphrase-fd 0
printf 'one word\nanother word\n' | "$rm" mark issue "$good" --report r.json --pack manrs-netops --key p.key --log plog --log-key plog.key \
    --out p --passphrase-fd 0 >out 2>err
ok $? "both keys have a passphrase"

# --- a byte of each file ---
wrong=0 count=0
for f in m/mark.json m/mark.tlog-proof served/checkpoint served/tile/entries/000.p/1; do
	[ -s $f ] || wrong=1
	cp $f kept
	for ((at = 0; at < $(stat -c %s kept); at += 11)); do
		perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at kept >$f
		if [ $f = m/mark.tlog-proof ]; then
			"$rm" mark show --mark m/mark.json --policy policy --known a.key.vkey --at 2031-06-25 >out 2>err
		else
			"$rm" mark show --mark m/mark.json --log served --policy policy --known a.key.vkey --at 2031-05-25 >out 2>err
		fi
		case $? in 1 | 2) ;; *) wrong=1; echo "# byte $at of $f is free" ;; esac
		# a lapse is not told of a proof that is not one
		[ $f != m/mark.tlog-proof ] || ! grep -q 'lapsed' out || { wrong=1; echo "# byte $at of $f is free"; }
		count=$((count + 1))
	done
	cp kept $f
done
[ $wrong -eq 0 ] && [ $count -ge 200 ]
ok $? "$count changed bytes of mark, proof, checkpoint and entry: no, or could not tell"
show 0 "as they were: yes" --mark m/mark.json --at 2031-05-25

# --- a pack of one's own ---
pack=$here/../packs/manrs-netops.catalog.json
"$rm" audit "$good" --data lab --rules "$pack" --at 2031-05-20 --json -o own.json
says 1 "a catalogue alone requires nothing, so nothing is earned" issue "$good" --report own.json --pack "$pack" --key a.key \
    --log log --log-key log.key --out m5
grep -q 'requires no control' out
ok $? "which is the reason"
echo "1..$n"
exit $failed
