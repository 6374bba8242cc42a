#!/bin/sh
# What exposure says of the incidents of a window, held against what `incidents` says of the same evidence: who did and who
# let in how many, and how long the culprit's space stood, worked out by jq; that only the evidence shows in the bytes; and
# that without updates there is no number.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
command -v jq >/dev/null || { echo "1..0 # SKIP jq is not installed"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	[ -s why ] && sed 's/^/# /' why | head -8
	failed=1
}

"$rm" lab d --seed 3 >/dev/null 2>&1 && "$rm" incidents --data d --json -o i.json
ok $? "a lab world, and its incidents"
# whoever did or let in anything, and a few others, as buyers
jq -r '[.incidents[] | select(.spans != []) | .culprit, (.by_accomplice[].accomplice // empty)] | unique | .[]' i.json >asns
head -60 asns | xargs "$rm" exposure --data d --rules imc22 --min-share 0 --json -o e.json
ok $? "the exposure of $(head -60 asns | wc -l) of them"

# one line for each network, class and family: "asn class family did let-in"
jq -r '[.exposures[].origins[].depends_on[] | .asn as $a | .incidents[] | select(.confidence == "fact") |
	"\($a) \(.class) \(.block_bits) \(.as_culprit) \(.as_accomplice)"] | unique | .[]' e.json >said
jq -r '[.exposures[].origins[].depends_on[].asn] | unique | .[]' e.json >networks
jq -r --slurpfile networks networks '
	($networks | map({key: tostring, value: true}) | from_entries) as $ours |
	[.incidents[] | select(.spans != [] and (.class | IN("leak", "misorigination") | not)) |
		(if .prefix | contains(":") then 48 else 24 end) as $bits | . as $i |
		({asn: .culprit, did: 1, let: 0},
		 ([.by_accomplice[] | select(.while != [] and .accomplice != null and .accomplice != $i.culprit) | .accomplice] |
		  unique[] | {asn: ., did: 0, let: 1})) + {class: $i.class, bits: $bits}] |
	group_by([.asn, .class, .bits]) | .[] | select($ours[.[0].asn | tostring]) |
	"\(.[0].asn) \(.[0].class) \(.[0].bits) \(map(.did) | add) \(map(.let) | add)"' i.json | sort >want
awk '$4 + $5 > 0' said | sort >got
diff want got >why && [ "$(wc -l <want)" -ge 20 ]
ok $? "who did and who let in how many: $(wc -l <want) networks, classes and families"
[ "$(awk '{ print $1, $2, $3 }' said | sort | uniq -d | wc -l)" = 0 ]
ok $? "a network carried the same whoever asks"

# RPKI-invalid space of networks that all let in at first hand themselves, by the second
jq -r '[.exposures[].origins[].depends_on[] | .asn as $a | .incidents[] |
	select(.class == "rpki-invalid" and .block_bits == 24 and .as_culprit + .beyond == 0) |
	"\($a) \(.blocks) \(.block_seconds)"] | unique | .[]' e.json | sort >alone
jq -r '
	def joined: sort | reduce .[] as $s ([]; if . != [] and .[-1][1] >= $s[0] then .[-1][1] = ([.[-1][1], $s[1]] | max)
		else . + [$s] end);
	[.incidents[] | select(.class == "rpki-invalid" and .spans != [] and (.prefix | contains(":") | not)) | .prefix as $p |
		.by_accomplice[] | select(.while != [] and .accomplice != null) | {accomplice, prefix: $p, while}] |
	group_by(.accomplice) | .[] | .[0].accomplice as $a |
	(group_by(.prefix) | map((.[0].prefix | split("/")[1] | tonumber) as $len |
		{blocks: (if $len < 24 then pow(2; 24 - $len) else 1 end),
		 us: ([.[].while[] | [.from_us, .to_us]] | joined | map(.[1] - .[0]) | add)})) |
	"\($a) \(map(.blocks) | add) \(map(.blocks * .us) | add / 1000000 | floor)"' i.json | sort >want
# less where more specific routes of others take some of it, and then less time
join -j 1 alone want | awk '{ if ($2 == $4) same++ } $2 > $4 || $3 > $5 || ($2 == $4) != ($3 == $5) { print; bad = 1 }
	END { exit bad || same < 3 }' >why
ok $? "the space that they let in, and its time ($(join -j 1 alone want | wc -l) networks)"
jq -e '[.exposures[].origins[] | (.depends_on[].incidents[], .incidents_together[]) |
	select(.attracting_blocks > .blocks or .attracting_block_seconds > .block_seconds or .blocks * (.seconds + 1) < .block_seconds or
	.as_culprit + .as_accomplice + .beyond == 0 or .vantage_points == 0)] == []' e.json >/dev/null
ok $? "no part is more than its whole"

# --- the bytes ---
a=$(head -1 asns)
for form in --json '--csv --incidents' ''; do
	"$rm" exposure "$a" --data d --threads 1 $form >one 2>/dev/null
	"$rm" exposure "$a" --data d --threads 5 $form >five 2>/dev/null
	cmp one five >why && [ -s one ]
	ok $? "five threads give the bytes of one: ${form:-text}"
done
mkdir o o/sub
i=90
for f in d/*; do
	case $f in *.md) continue ;; esac
	i=$((i - 1))
	case $f in *updates*) gzip -c "$f" >"o/sub/$i" ;; *) cp "$f" "o/$i-${f##*/}" ;; esac
done
"$rm" exposure "$a" --data d --csv --incidents >one
"$rm" exposure "$a" --data o --csv --incidents >five
cmp one five >why && [ "$(wc -l <one)" -gt 20 ]
ok $? "other names, another order and packed updates give the same"
awk -F, 'NR == 1 { n = NF } !/"/ && NF != n { bad = 1 } END { exit bad }' one
ok $? "every row has all fields"

# --- no data is no zero ---
rm -f o/sub/*
"$rm" exposure "$a" --data o --csv --incidents >one
awk -F, 'NR > 1 && ($8 != "no-data" || $9 !~ /no updates/ || $10 != "") { bad = 1 } END { exit bad || NR < 3 }' one
ok $? "without updates each row says so, and none has a number"
"$rm" exposure "$a" --data o --json | jq -e '.window.why_no_data != null and .window.seen == null and
	all(.exposures[].origins[]; .incidents_together == null and .incidents_why != null and all(.depends_on[]; .incidents == null))' >/dev/null
ok $? "... in the JSON, too"
"$rm" exposure "$a" --data o | grep -q '^  NO DATA: no updates'
ok $? "... and in the text"
rm -f d/rib.*20310501*
"$rm" exposure "$a" --data d --csv --incidents >one
awk -F, 'NR > 1 && !($8 == "no-data" && $10 == "") && !($8 == "at-least" && $10 > 0) { bad = 1 } END { exit bad || NR < 3 }' one
ok $? "a window that begins unseen has no zeros: at least so many, or no data"
echo "1..$n"
exit $failed
