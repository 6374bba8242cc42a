#!/bin/bash
# dispute, the program as a whole: a ledger through its life; every changed byte found; faults at every call of an append;
# two writers; what it does beside the verdicts of a lab world, and what it never does; the log and verify; L2 and L3.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
data=$here/golden/data/tiny
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

says() {	# STATUS NAME COMMAND...
	want=$1 name=$2
	shift 2
	"$rm" "$@" >out 2>err
	[ $? -eq "$want" ]
	ok $? "$name"
}

key() { "$rm" key new "$1" -o "$2" --no-passphrase ${3:+"$3"} >"$2.vkey"; }
key net.example net.key; key audits.example/jane jane.key; key audits.example a.key; key auditor.example x.key
key other.example o.key; key log.example log.key; key w.example w.key --witness
"$rm" audit 4100000005 --data "$data" --json -o r.json
record='invalid-asn 203.0.113.0/24 AS4100000005'
open() { "$rm" dispute open "$1" --report r.json --asn 4100000005 --control manrs-plus-proposal:P-RPKI-2 --record "$record" --reason "${2:-no}" --key "${3:-net.key}"; }

# --- a life ---
id=$(open d "the ROA moves")
[ "$(sha256sum <<<"$(head -n 1 d)" | wc -l)" = 1 ] && [ "$id" = "$(head -n 1 d | tr -d '\n' | sha256sum | head -c 64)" ]
ok $? "a dispute goes by the digest of its line"
says 0 "the issuer answers" dispute answer d "${id:0:8}" --reason "which ticket?" --key a.key
says 2 "who opened it does not decide" dispute decide d "$id" --reject --reason mine --reviewer net.key
says 2 "a witness's key says nothing" dispute answer d "$id" --reason no --key w.key
says 64 "an acceptance has an end" dispute decide d "$id" --accept --reason yes --reviewer jane.key
says 64 "a rejection has none" dispute decide d "$id" --reject --until 2023-01-01 --reason yes --reviewer jane.key
says 64 "nobody does both" dispute decide d "$id" --reject --accept --until 2023-01-01 --reason yes --reviewer jane.key
says 0 "a reviewer accepts until a day" dispute decide d "$id" --accept --until 2023-01-01 --reason "ticket 4711" --reviewer jane.key
state() { "$rm" dispute list d --json "$@" | sed -E 's/.*"state":"([a-z]*)".*/\1/'; }
[ "$(state)" = open ]; ok $? "to who knows nobody it is open"
[ "$(state --known jane.key.vkey)" = accepted ]; ok $? "to who knows the reviewer it is accepted"
[ "$(state --known a.key.vkey)" = open ]; ok $? "another key of the issuer's is another key"
[ "$(state --known jane.key.vkey --at 2022-12-31T23:59:59Z)" = accepted ]; ok $? "a second before its end"
[ "$(state --known jane.key.vkey --at 2023-01-01)" = expired ]; ok $? "and expired with it, by the evidence's date"
says 2 "one key in two roles is refused" dispute list d --known jane.key.vkey --network jane.key.vkey

# --- every byte ---
bad=0 count=$(stat -c %s d)
for ((at = 0; at < count; at += 3)); do
	perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= chr(1 << $at % 7)' $at d >x
	"$rm" dispute check x >/dev/null 2>&1
	[ $? -eq 1 ] || { bad=1; echo "# byte $at is free"; }
done
[ $bad -eq 0 ] && [ "$count" -gt 1000 ]
ok $? "every third of $count bytes, changed: no"
perl -0777 -pe 'substr($_, 300, 1) ^= "\x01"' d >x
says 2 "which an audit refuses, too" audit 4100000005 --data "$data" --disputes x
says 2 "and who would append to it" dispute answer x "$id" --reason no --key a.key
says 2 "a ledger that is not there is not made by a reader" dispute list none
[ ! -e none ]; ok $? "nor left"

# --- faults at every call of an append, and two writers ---
cc -shared -fPIC -D_GNU_SOURCE -O1 -o fault.so "$here/fault/fault.c" -ldl 2>cc.err || { cat cc.err; echo "1..$n"; exit 1; }
for how in kill enospc short; do
	bad=0 at=0
	while :; do
		at=$((at + 1))
		cp d t
		{ (FAULT_AT=$at FAULT_HOW=$how FAULT_COUNT=$PWD/count LD_PRELOAD=$PWD/fault.so exec "$rm" dispute answer t "$id" --reason new --key a.key >given 2>err); } 2>/dev/null
		rc=$?
		"$rm" dispute check t >/dev/null 2>err || { bad=1; echo "# $how at call $at: $(cat err)"; }
		lines=$(wc -l <t)
		[ $rc -ne 0 ] || [ "$lines" -eq 4 ] || bad=1
		[ "$lines" -eq 3 ] || [ "$lines" -eq 4 ] || bad=1
		[ "$lines" -eq 4 ] || cmp -s d t || bad=1
		"$rm" dispute answer t "$id" --reason next --key a.key >/dev/null 2>err && [ "$(wc -l <t)" -eq $((lines + 1)) ] || bad=1
		[ $how = short ] && [ $at -ge "$(cat count)" ] && break
		[ $how != short ] && [ $rc -eq 0 ] && break
		[ $at -lt 100 ] || { bad=1; break; }
	done
	[ $bad -eq 0 ] && [ $at -ge 5 ]
	ok $? "append, $how at each of $((at - 1)) calls: the old ledger or the new one, and who comes next goes on"
done
cp d t && : >let_in
for i in 1 2 3 4; do
	(for k in 1 2 3 4 5; do "$rm" dispute answer t "$id" --reason "$i $k" --key a.key >/dev/null 2>&1 && echo "$i $k" >>let_in; done) &
done
wait
[ "$(wc -l <t)" -eq $((3 + $(wc -l <let_in))) ] && "$rm" dispute check t >/dev/null
ok $? "four writers at once: $(wc -l <let_in) of 20 appends were let in, and each of them is there"

# --- beside verdicts: a lab world ---
"$rm" lab lab --seed 7 >/dev/null 2>&1
"$rm" audit --all --data lab --rules manrs-netops,manrs-plus-proposal --json -o lab.json
# networks with a verdict of ours that fails on some records but not all: ASN, PACK/CONTROL, NUM, DEN, DECIDING and the names
perl -MJSON::PP -e '
	my $d = decode_json(do { local $/; <> });
	my %of = map { my $p = $_; ($p->{id} => { map { $_->{id} => $_ } @{$p->{controls}} }) } @{$d->{packs}};
	my %seen;
	for my $r (@{$d->{results}}) {
		my %m = map { $_->{id} => $_ } @{$r->{metrics}};
		for my $p (@{$r->{packs}}) {
			for my $c (@{$p->{controls}}) {
				next unless $c->{verdict} eq "FAIL" && defined $c->{decides};
				my $x = $m{$c->{decides}};
				next unless $x->{unit} =~ /share|count/ && $x->{deciding} > 0 && $x->{deciding} < $x->{den} && @{$x->{records}} == $x->{deciding};
				next if $seen{"$p->{id}/$c->{id}"}++ >= 3;
				print join("\t", $r->{asn}, "$p->{id}/$c->{id}", $x->{id}, $x->{num}, $x->{den}, map {
					join(" ", $_->{code}, $_->{prefix} // "-", defined $_->{origin} ? "AS$_->{origin}" : "-") } @{$x->{records}}), "\n";
			}
		}
	}' lab.json >cases
count=0
while IFS=$'\t' read -r asn control _ _ _ first _; do
	"$rm" dispute open l --report lab.json --asn "$asn" --control "$control" --record "$first" --reason "not so" --key net.key >/dev/null || count=-1000
	echo "$asn" >>asns
	count=$((count + 1))
done <cases
[ $count -ge 8 ]
ok $? "$count failing verdicts of the lab are disputed, on one record each"
"$rm" audit --list asns --data lab --rules manrs-netops,manrs-plus-proposal --json --disputes l -o with.json
"$rm" audit --list asns --data lab --rules manrs-netops,manrs-plus-proposal --json -o plain.json
perl -MJSON::PP -e '
	my ($with, $cases) = @ARGV;
	my $d = decode_json(do { local $/; open my $f, "<", $with; <$f> });
	my %high = map { $_ => 1 } qw(rov-invalid maxlength-exposure irr-conflict customer-invalid customer-bad imc22-a1 sav wild-invalid-passed
		bogon-prefix-originated bogon-prefix-propagated bogon-asn-originated bogon-asn-propagated as-set-originated leak-proven misorigination);
	my %c = map { my $r = $_; map { my $p = $_; map { ("$r->{asn} $p->{id}/$_->{id}" => $_) } @{$p->{controls}} } @{$r->{packs}} } @{$d->{results}};
	my ($bad, $n) = (0, 0);
	open my $f, "<", $cases;
	while (<$f>) {
		chomp;
		my ($asn, $control, $metric, $num, $den, $first, @more) = split /\t/;
		my $k = grep { $_ eq $first } $first, @more;
		my $x = $c{"$asn $control"}{disputes};
		my $w = $x->{without};
		$n++;
		my $good = $c{"$asn $control"}{verdict} eq "FAIL" && $x->{left_out} >= $k && $x->{list}[0]{state} eq "open";
		# what decides without may be another of its numbers
		$good = 0 if $good && defined $w && ($w->{decides} // "") eq $metric &&
			($w->{den} != $den - $k || $w->{num} != $num - ($high{$metric} ? $k : 0));
		$good = 0 if $good && !defined $w && !defined $x->{why};
		next if $good;
		$bad++;
		print "# AS$asn $control $metric $num of $den, $k of $first: ", encode_json($x), "\n";
	}
	print "# $n compared\n";
	exit($bad > 0 || $n == 0)' with.json cases
ok $? "without it the number is less that record, in the population too; with it, it is as it was"
strip() { perl -MJSON::PP -e 'my $d = decode_json(do { local $/; <> }); delete $d->{disputes}; for my $r (@{$d->{results}}) { for my $p (@{$r->{packs}}) { delete $_->{disputes} for @{$p->{controls}} } } print JSON::PP->new->canonical->encode($d)' "$1"; }
strip with.json >a; strip plain.json >b
cmp -s a b && [ -s a ]
ok $? "but for what is said of it, the report is the one without a ledger"
"$rm" audit --list asns --data lab --rules manrs-netops,manrs-plus-proposal --json --disputes l --threads 1 -o again.json
cmp -s with.json again.json
ok $? "the same bytes from one thread"
for how in --csv --summary "--oscal grc"; do
	# shellcheck disable=SC2086 # words on purpose
	says 64 "audit $how has no place for them" audit --list asns --data lab $how --disputes l
done
asn=$(head -n 1 asns)
"$rm" audit "$asn" --data lab --rules manrs-netops --gate >/dev/null 2>&1; a=$?
"$rm" audit "$asn" --data lab --rules manrs-netops --gate --disputes l >/dev/null 2>&1
[ $? -eq $a ]
ok $? "so does --gate"
says 0 "a report with disputes is sealed" seal with.json --key a.key
says 0 "and verified" verify with.json --key a.key.vkey
says 0 "and kept in an archive" archive import months.rma with.json

# --- an incident of a window, which has a score: no built-in pack is needed for that ---
sed 's/"m7rpki"/"m3-score"/g' "$here/../packs/manrs-netops.catalog.json" >scored.json
"$rm" audit --all --data lab --rules ./scored.json --json -o scores.json
perl -MJSON::PP -e '
	my $d = decode_json(do { local $/; <> });
	for my $r (@{$d->{results}}) {
		for my $x (grep { $_->{id} eq "m3-score" && $_->{state} eq "ok" && $_->{deciding} == 1 && $_->{value} < 800000 } @{$r->{metrics}}) {
			my $k = $x->{records}[0];
			print "$r->{asn}\t$k->{code} $k->{prefix} AS$k->{origin} $k->{objects}[0]\n";
			exit;
		}
	}' scores.json >incident
IFS=$'\t' read -r asn name <incident
[ -n "$name" ] && "$rm" dispute open i --report scores.json --asn "$asn" --control manrs-netops/M7RPKI --record "$name" --reason "a test that was announced" --key net.key >/dev/null
ok $? "an incident is disputed: ${name:-there is none}"
"$rm" explain "$asn" M7RPKI --data lab --rules ./scored.json --disputes i --json >x.json
perl -MJSON::PP -e 'my $c = decode_json(do { local $/; <> })->{result}{control}; my $w = $c->{disputes}{without}; exit !($c->{verdict} eq "FAIL" && $c->{disputes}{left_out} == 1 && $w->{value} == 1000000 && $w->{num} == 0 && $w->{verdict} eq "PASS")' x.json
ok $? "without the only one the score is whole, and with it the verdict is as it was"

# --- the log, and verify ---
"$rm" seal r.json --key a.key >/dev/null
"$rm" log init log --key log.key
printf 'log %s\nquorum none\n' "$(cat log.key.vkey)" >policy
says 2 "a log that is not there leaves the ledger alone" dispute open g --report r.json --asn 4100000005 --control manrs-netops/M8 --reason no --key net.key --log nolog
[ ! -e g ]; ok $? "and makes none"
id=$("$rm" dispute open g --report r.json --asn 4100000005 --control manrs-netops/M8 --reason "there is one" --key a.key --log log | head -n 1)
check() { "$rm" log checkpoint log --key log.key >/dev/null; "$rm" verify r.json --key a.key.vkey --key jane.key.vkey --policy policy --log log >out 2>err; }
check
[ $? -eq 2 ] && grep -q 'disputed in entry 1, by audits.example' out && grep -q 'opened: there is one' out
ok $? "opened with --log: verify says disputed"
"$rm" dispute decide g "$id" --accept --until 2022-06-30 --reason "so it is" --reviewer jane.key --log log >/dev/null
check
[ $? -eq 2 ] && grep -q 'who has not called it resolved' out
ok $? "decided by another: nobody lifts what another has said"
"$rm" log status log resolved r.json --key a.key >/dev/null && check
ok $? "and who said it says that it is resolved: yes"
says 0 "the log has the ledger" dispute check g --log log --policy policy
head -n 1 g >first_line
says 1 "and finds a cut one out" dispute check first_line --log log --policy policy
grep -q 'its end was cut off' out
ok $? "which is said"
says 2 "of a ledger that it has not it can tell nothing" dispute check d --log log --policy policy
"$rm" dispute answer g "$id" --reason "late" --key o.key >/dev/null
says 0 "a line that it has not yet" dispute check g --log log --policy policy
grep -q 'cannot vouch for' out
ok $? "is told"
entries() { "$rm" log fsck log | sed -n 's/.*: \([0-9]*\) entries.*/\1/p'; }
before=$(entries)
says 1 "to a log that has more, a cut one is not given" dispute log first_line --log log
[ "$(entries)" -eq "$before" ]
ok $? "and nothing of it"
says 0 "the line is given to the log later" dispute log g --log log
[ "$(entries)" -eq $((before + 1)) ] && [ "$(cat out)" = "log entry $before" ]
ok $? "it alone"
says 0 "and once" dispute log g --log log
[ "$(entries)" -eq $((before + 1)) ] && "$rm" log checkpoint log --key log.key >/dev/null
says 0 "so that the log vouches" dispute check g --log log --policy policy
grep -q 'which is the last' out
ok $? "for all of it"
says 64 "which log?" dispute log g

# --- attested evidence: the whole chain ---
level() { sed -n 's/^level of assurance: //p' out; }
says 0 "sealed" verify r.json --key a.key.vkey
[ "$(level)" = "L1 measured" ]; ok $? "is L1"
echo "P-COORD-2,yes" >answers.csv; echo "I have seen the routers." >letter
"$rm" seal r.json --attest answers=answers.csv --key net.key >/dev/null
says 0 "the network signs its answers" verify r.json --key a.key.vkey --network net.key.vkey --evidence r.json.answers.dsse.json
[ "$(level)" = "L2 signed evidence" ] && grep -q "answers, sha256" out && grep -q "$(sha256sum <answers.csv | head -c 64)" out
ok $? "and it is L2, with their digest"
"$rm" seal r.json --attest audit-signoff=letter --key x.key >/dev/null
says 0 "the auditor signs off" verify r.json --key a.key.vkey --network net.key.vkey --auditor x.key.vkey --evidence r.json.answers.dsse.json,r.json.audit-signoff.dsse.json
[ "$(level)" = "L3 audited" ]; ok $? "and it is L3"
says 2 "answers that a stranger signed" verify r.json --key a.key.vkey --network o.key.vkey --evidence r.json.answers.dsse.json
says 2 "the auditor is not the network" verify r.json --key a.key.vkey --network x.key.vkey --evidence r.json.audit-signoff.dsse.json
mkdir -p other && "$rm" audit 4100000004 --data "$data" --json -o other/r.json && "$rm" seal other/r.json --key a.key >/dev/null
says 1 "answers to another report: no" verify other/r.json --key a.key.vkey --network net.key.vkey --evidence r.json.answers.dsse.json
bad=0 count=$(stat -c %s r.json.answers.dsse.json)
for ((at = 0; at < count; at += 7)); do
	perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= chr(1 << $at % 7)' $at r.json.answers.dsse.json >x
	"$rm" verify r.json --key a.key.vkey --network net.key.vkey --evidence x >out 2>err
	case $? in 1 | 2) ;; *) bad=1; echo "# byte $at is free" ;; esac
	[ "$(level)" = "L1 measured" ] || bad=1
done
[ $bad -eq 0 ]
ok $? "every seventh of its $count bytes, changed: no, or could not tell, and L1"
says 2 "an empty file is nothing to stand for" seal r.json --attest policy=/dev/null --key net.key
says 2 "nor is it of a kind that there is not" seal r.json --attest promise=letter --key net.key
[ ! -e r.json.policy.dsse.json ]; ok $? "and nothing is left"
echo "1..$n"
exit $failed
