#!/bin/sh
# One arithmetic for all: the incidents of a window written as the plain list that `score` reads give, for each AS and
# metric, exactly the scores that `audit` judges by and that `incidents` prints; and whoever has none there has no point.
rm=$(realpath "${ROUTEMARK:?the program to test}")
command -v jq >/dev/null || { echo "1..0 # SKIP jq is not installed"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# doc/formats/incidents.md: which incidents are events, of whom; times cut to whole seconds
cat >events.jq <<'J'
.not_scored as $not
| .incidents[] | . as $i | select(.class as $c | $not | index($c) | not)
| ({"bogon-prefix null": "M3", "bogon-asn null": "M4", "misorigination strong": "M2", "leak proven": "M1"}
	["\(.class) \(.confidence)"] // empty) as $m
| (.spans[] | [$m, $i.culprit, .from_us, .to_us]),
  (.by_accomplice[]? | .accomplice as $a | select($a != null) | .while[] | [$m + "C", $a, .from_us, .to_us])
| "\(.[0]) \(.[1]) \(.[2] / 1000000 | floor) \(.[3] / 1000000 | floor) 1"
J

same() {	# seed
	rm -rf d
	"$rm" lab d --seed "$1" >/dev/null &&
		"$rm" incidents --data d --json -o incidents.json &&
		"$rm" audit --all --data d --rules manrs-netops --json -o audit.json &&
		jq -r -f events.jq incidents.json >events && "$rm" score events --json -o score.json
	result $? "seed $1: $(wc -l <events) events written, and scored"
	jq -r '.scores[] | "\(.asn) \(.metric) \(.raw_e7) \(.percent_ppm)"' score.json | sort >by-score
	jq -r '.scores[] | "\(.asn) \(.metric) \(.raw_e7) \(.percent_ppm)"' incidents.json | sort >by-incidents
	# an AS that audit has no incident of is not in the list of score
	jq -r '.results[] | .asn as $a | .metrics[] | select(.id | test("^m[1-4]c?-score$")) | select(.state == "ok")
		| select(.parts[0].n > 0) | "\($a) \(.id | sub("-score"; "") | ascii_upcase) \(.num * 1000000) \(.value)"' \
		audit.json | sort >by-audit
	[ "$(wc -l <by-score)" -gt 10 ] && cmp -s by-score by-audit
	result $? "seed $1: score and audit agree on $(wc -l <by-score) scores: $(cut -d' ' -f2 by-score | sort -u | paste -sd' ')"
	diff by-score by-audit | sed 's/^/# /'
	cmp -s by-score by-incidents
	result $? "seed $1: and so does incidents"
	[ "$(jq '[.results[].metrics[] | select(.id | test("^m[1-4]c?-score$")) | select(.state == "ok" and .parts[0].n == 0 and
		(.num != 0 or .value != 1000000))] | length' audit.json)" -eq 0 ]
	result $? "seed $1: who has no incident has no point and the full score"
	# the verdict is of that number: M4C fails below 60 %, warns below 80 %
	[ "$(jq '[.results[] | [.metrics[] | select(.id == "m4c-score" and .state == "ok")][0].value as $v | .packs[].controls[]
		| select(.id == "M4C" and $v != null) | .verdict == (if $v >= 800000 then "PASS" elif $v >= 600000 then "WARN"
		else "FAIL" end) and .decides == "m4c-score"] | length > 10 and all' audit.json)" = true ]
	result $? "seed $1: and the verdict of M4C is by it"
}

same 7
same 11
echo "1..$n"
exit $failed
