#!/bin/bash
# Seals, by the programs of others: minisign and signify verify the signature, openssl the envelope and the keys, each
# refuses what was changed; the same report and key give the same bytes; nothing is left half done.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath "$(dirname "$0")/../golden/data/tiny")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work" "$work.1" "$work.2"' EXIT
cd "$work" || exit 1
n=0 failed=0
one=4100000005 two=4100000004

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

skip() {
	n=$((n + 1))
	echo "ok $n - # SKIP $*"
}

seal() { "$rm" seal "$@" >out 2>err; }

# field FILE KEY: a string of an envelope of ours, which is one line
field() { sed -E "s/.*\"$2\":\"([^\"]*)\".*/\1/" "$1"; }

# flip FILE BYTE: into flipped, one bit of that byte the other way
flip() { perl -0777 -pe 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' "$2" "$1" >flipped; }

"$rm" key new example.net/audits -o a.key --no-passphrase >/dev/null
"$rm" key show a.key --minisign >a.pub
"$rm" key new example.net/audits -o b.key --no-passphrase >/dev/null
"$rm" key show b.key --minisign >b.pub
"$rm" audit $one $two --data "$data" --json -o r.json
"$rm" audit $one $two --data "$data" --oscal grc
seal r.json --key a.key --oscal grc
ok $? "a report is sealed"
printf 'r.json.dsse.json\nr.json.minisig\n' | cmp -s - out
ok $? "the two files are named"

# --- minisign and signify ---
if command -v minisign >/dev/null; then
	minisign -Vqm r.json -p a.pub
	ok $? "minisign verifies"
	minisign -Vm r.json -p a.pub | grep -q "^Trusted comment: .*evidence as of 2022-05-01T00:00:00Z, of AS$two AS$one, by .*(proposal)"
	ok $? "and shows moment, subjects, packs and what is a proposal"
	! minisign -Vqm r.json -p b.pub 2>/dev/null
	ok $? "but not under another key of that name"
	bad=0
	for at in 0 100 5000; do flip r.json $at; minisign -Vqm flipped -x r.json.minisig -p a.pub 2>/dev/null && bad=1; done
	ok $bad "nor a report with one bit changed"
	sed 's/2022-05-01/2032-05-01/' r.json.minisig >later
	! minisign -Vqm r.json -x later -p a.pub 2>/dev/null
	ok $? "nor with another date in the comment"
else
	skip "no minisign"
fi
if command -v signify-openbsd >/dev/null; then
	signify-openbsd -V -q -p a.pub -x r.json.minisig -m r.json
	ok $? "signify verifies"
	! signify-openbsd -V -q -p b.pub -x r.json.minisig -m r.json 2>/dev/null
	ok $? "but not under another key"
	flip r.json 100
	! signify-openbsd -V -q -p a.pub -x r.json.minisig -m flipped 2>/dev/null
	ok $? "nor a report with one bit changed"
else
	skip "no signify-openbsd"
fi

# --- openssl, which knows nothing but Ed25519: over the report, and over the envelope's encoding ---
"$rm" key show a.key --pem >a.pem
sed -n 2p r.json.minisig | base64 -d | tail -c 64 >sig
openssl pkeyutl -verify -pubin -inkey a.pem -rawin -in r.json -sigfile sig >/dev/null 2>&1
ok $? "openssl verifies the report's signature"
field r.json.dsse.json payload | base64 -d >body
field r.json.dsse.json sig | base64 -d >sig
type=$(field r.json.dsse.json payloadType)
{ printf 'DSSEv1 %d %s %d ' ${#type} "$type" "$(stat -c %s body)"; cat body; } >pae
openssl pkeyutl -verify -pubin -inkey a.pem -rawin -in pae -sigfile sig >/dev/null 2>&1
ok $? "and the envelope's"
flip pae 200
! openssl pkeyutl -verify -pubin -inkey a.pem -rawin -in flipped -sigfile sig >/dev/null 2>&1
ok $? "which one bit breaks"

# --- what the statement says, by another JSON reader ---
perl -MJSON::PP -e 1 2>/dev/null && cat >say.pl <<'P'
use JSON::PP; local $/; my $s = decode_json(<STDIN>); my $p = $s->{predicate};
print "$s->{_type}\n$s->{predicateType}\n$p->{result}\n";
print "$_->{name} $_->{digest}{sha256}\n" for @{$s->{subject}};
P
if [ -f say.pl ]; then
	perl say.pl <body >said
	[ "$(sed -n 1,3p said | tr '\n' ' ')" = "https://in-toto.io/Statement/v1 https://in-toto.io/attestation/test-result/v0.1 FAILED " ]
	ok $? "the statement is in-toto's, and a required control failed"
	grep -q "^report.json $(sha256sum <r.json | cut -c1-64)$" said
	ok $? "its first subject is the report"
	(cd grc && find . -type f -exec sha256sum {} +) | sed -E 's/^([0-9a-f]+)  \.\/(.*)/oscal\/\2 \1/' | sort >want
	grep '^oscal/' said | cmp -s - want && [ -s want ]
	ok $? "the others are all documents of the export"
	perl -MJSON::PP -e 'local $/; my $s = decode_json(<STDIN>); print map { "$_->{digest}{sha256}\n" } @{$s->{predicate}{configuration}}' \
	    <body | sort -u >inputs
	find -L "$data" -type f -exec sha256sum {} + | cut -c1-64 | sort -u >files
	[ "$(comm -23 files inputs | wc -l)" -eq 0 ]
	ok $? "every input is in it by its digest"
else
	skip "no JSON::PP"
fi

# --- same bytes ---
cp r.json.dsse.json e1 && cp r.json.minisig s1 && mkdir elsewhere && cp r.json "elsewhere/other name.json"
TZ=Asia/Tokyo LC_ALL=C.UTF-8 seal "elsewhere/other name.json" --key a.key --oscal grc/ -o . &&
    cmp -s "other name.json.dsse.json" e1 && cmp -s "other name.json.minisig" s1
ok $? "the same report, export and key give the same bytes, wherever they lie and whatever they are called"
seal r.json --key a.key && ! cmp -s r.json.dsse.json e1 && cmp -s r.json.minisig s1
ok $? "without the export its documents are not in the statement"
echo "open sesame" | "$rm" key new example.net/locked -o l.key --passphrase-fd 0 >/dev/null
echo "open sesame" | seal r.json --key l.key --passphrase-fd 0
ok $? "a key under a passphrase signs"
cp r.json.minisig before
echo "open sesami" | seal r.json --key l.key --passphrase-fd 0
[ $? = 2 ] && grep -q 'passphrase is wrong' err && cmp -s r.json.minisig before
ok $? "and not without it, and what was there stays"

# --- refusals ---
"$rm" key new w.example -o w.key --witness --no-passphrase >/dev/null
files() { find . -type f ! -name out ! -name err -printf '%p %s %T@\n' | sort; }
refuse() {	# PATTERN NAME ARGS...
	pattern=$1 name=$2
	shift 2
	files >"$work.1"
	seal "$@"
	rc=$?
	files >"$work.2"
	[ $rc = 2 ] && grep -q -- "$pattern" err && [ ! -s out ] && cmp -s "$work.1" "$work.2"
	ok $? "$name"
}
refuse "witness's key" "a witness signs no report" r.json --key w.key
refuse "absent.json: No such file" "a report that is not there is named" absent.json --key a.key
refuse "absent.key: No such file" "and so is a key" r.json --key absent.key
refuse "line 1" "what is no key is none" r.json --key r.json
refuse "no regular file" "a folder is no report" grc --key a.key
"$rm" audit --all --summary --data "$data" --json >sum.json
refuse "a summary" "a summary is no report" sum.json --key a.key
head -c -3 r.json >cut.json
refuse "cut.json: byte [0-9]*: report: input ends early \[RFC 8259" "a report that ends early is named, with the place" cut.json --key a.key
sed 's/"verdict":"FAIL"/"verdict":"GOOD"/' r.json >odd.json
refuse "odd.json: byte [0-9]*: results\[\].packs\[\].controls\[\].verdict: is no verdict \[doc" "a field that is wrong is named, with the rule" \
    odd.json --key a.key
"$rm" audit 4100000003 --data "$data" --oscal stranger
refuse "AS4100000003.*is no document of" "an export on another AS is refused" r.json --key a.key --oscal stranger
mkdir -p empty && refuse "no assessment results" "an empty one too" r.json --key a.key --oscal empty
ln -s "$PWD/r.json" grc/AS$one/imc22/link.json
refuse "link.json: is no document" "and one with a link in it" r.json --key a.key --oscal grc
refuse "nowhere/r.json.dsse.json" "a place that is not there is named" r.json --key a.key -o nowhere
mkdir -p taken/r.json.minisig
refuse "taken/r.json.minisig: not a regular file" "when one of the two cannot be written, neither is" r.json --key a.key -o taken
[ "$(ls taken)" = r.json.minisig ]
ok $? "and nothing is left beside it"
mkdir -p full && (trap '' XFSZ; ulimit -f 4; exec "$rm" seal r.json --key a.key -o full >out 2>err)
[ $? = 2 ] && [ -z "$(ls full)" ] && grep -q 'cannot be written' err
ok $? "a disk that is full leaves nothing"
for bad in "" "r.json" "r.json x.json --key a.key" "--key a.key"; do
	# shellcheck disable=SC2086 # words on purpose
	seal $bad
	[ $? = 64 ]
	ok $? "seal $bad: the command line is wrong"
done
echo "1..$n"
exit $failed
