#!/bin/sh
# The shares of exposure once more, from what dump prints, in another language: AS hegemony as published, for every
# network of an origin; and that nothing but the inputs shows in the bytes.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")
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

# shares ORIGIN: "ASN share" in percent from "PEER ASN PREFIX|PATH" lines of IPv6, each prefix weighing 1, each peer
# of another AS. Ten or more views: the tenth at each end goes.
shares() {
	awk -v origin="$1" '
	{
		split($0, half, "|")
		split(half[1], who, " ")
		k = split(half[2], hop, " ")
		if (hop[k] != origin || who[2] == origin)
			next
		peers[who[1]] = who[2]
		all[who[1]]++
		split("", once)
		for (i = 1; i < k; i++)
			if (hop[i] != origin && !(hop[i] in once)) {
				once[hop[i]] = 1
				of[who[1], hop[i]]++
				as[hop[i]] = 1
			}
	}
	END {
		n = 0
		for (p in peers)
			n++
		t = int(n / 10)
		for (a in as) {
			m = 0
			for (p in peers)
				v[m++] = of[p, a] / all[p]
			for (i = 0; i < m; i++)	# ascending
				for (j = i; j > 0 && v[j - 1] > v[j]; j--) {
					x = v[j]; v[j] = v[j - 1]; v[j - 1] = x
				}
			s = 0
			for (i = t; i < m - t; i++)
				s += v[i]
			if (s > 0)
				printf "%d %.6f\n", a, 100 * s / (m - 2 * t)
		}
	}' routes6 | sort >want
}

# both ORIGIN: the shares of the program beside them, as text of two decimals
both() {
	"$rm" exposure "$1" --data lab --min-share 0 --rules imc22 --csv 2>/dev/null |
	    awk -F, '$3 == "ipv6" && $4 == "ok" && $11 > 0 { print $6, $11 }' | sort >got
	shares "$1"
	join want got | awk '{ d = $2 - $3; if (d < 0) d = -d; if (d > 0.0101) { print "AS" $1, $2, "by hand,", $3; bad = 1 } }
	    END { exit bad }' >why && [ -s want ] && [ "$(wc -l <want)" = "$(wc -l <got)" ]
}

"$rm" lab lab --seed 11 >/dev/null 2>&1
ok $? "a lab world is written"
# the later table of each collector; no peer has two addresses or two AS numbers in one
for f in lab/rib.*.mrt; do
	case $f in *20310501*) rm -f "$f" ;; esac
done
rm -f lab/updates.*
for f in lab/rib.*.mrt; do
	"$rm" dump "$f" | sed -nE 's/.* rib ([0-9a-f:]+\/[0-9]+) peer=([^ ]*) as=([0-9]+) .*path="([0-9 ]*)".*/\2 \3 \1|\4/p'
done | grep -v '::/0|' >routes6
[ "$(wc -l <routes6)" -gt 1000 ]
ok $? "$(wc -l <routes6) IPv6 paths are read by dump"
# the few whose tables are not whole have no part in the shares
partial=$(awk '{ n[$1]++ } END { for (p in n) if (n[p] > max) max = n[p]; for (p in n) if (n[p] * 100 < max * 75) print p }' routes6)
for p in $partial; do grep -v "^$p " routes6 >r && mv r routes6; done
awk -F'|' '{ k = split($2, h, " "); print h[k] }' routes6 | sort | uniq -c | sort -k1,1nr -k2,2n | awk '{ print $2 }' >origins
tried=0 same=0
for o in $(awk 'NR % 12 == 1' origins | head -12); do
	"$rm" exposure "$o" --data lab --rules imc22 --csv | grep -q ',ipv6,ok,' || continue
	tried=$((tried + 1))
	if both "$o"; then same=$((same + 1)); else cat why >>all-why; fi
done
mv all-why why 2>/dev/null
[ $tried -ge 5 ] && [ $same = $tried ]
ok $? "the shares of $tried origins are those of the slow program ($same agree)"

# --- the bytes ---
o=$(sed -n 3p origins)
for form in --json --csv ''; do
	"$rm" exposure "$o" --data lab --threads 1 $form >one 2>/dev/null
	"$rm" exposure "$o" --data lab --threads 5 $form >five 2>/dev/null
	cmp one five >why && [ -s one ]
	ok $? "five threads give the bytes of one: ${form:-text}"
done
mkdir other other/sub
i=90
for f in lab/*; do
	case $f in *.md) continue ;; esac
	i=$((i - 1))
	case $f in *rib*) cp "$f" "other/sub/$i" ;; *) cp "$f" "other/$i-${f##*/}" ;; esac
done
"$rm" exposure "$o" --data lab --json 2>/dev/null | sed 's/.*"exposures":\(.*\),"format".*/\1/' >one
"$rm" exposure "$o" --data other --json 2>/dev/null | sed 's/.*"exposures":\(.*\),"format".*/\1/' >five
cmp one five >why && [ -s one ]
ok $? "other names and another order give the same"
"$rm" exposure "$o" 2001:db8::/32 --data lab --csv | awk -F, 'NR == 1 { n = NF } !/"/ && NF != n { bad = 1 } END { exit bad }'
ok $? "every row has all fields"
"$rm" exposure "$o" --data lab -o no/such 2>why
[ $? = 2 ]
ok $? "an output that cannot be written is a 2"
"$rm" exposure 0.0.0.0/1 --data lab >out 2>why
[ $? = 2 ] && grep -q 'networks announce routes there, 64 are the most' why && [ ! -s out ]
ok $? "half the Internet is refused, with the reason"

# --- real paths ---
if [ -f "$data/INDEX.md" ]; then
	# the leak: what AS4713 announces was seen through 15169 and 701 only, by one network's session
	"$rm" exposure 4713 --visibility 1 --data "$data/google-leak-2017" --csv >out 2>why
	[ "$(awk -F, '$8 != "x" && $3 == "ipv4" { print $6, $11, $13, $14, $18 }' out | sort)" = "15169 100.00 24831 24831 yes
2497 100.00 24831 24831 yes
701 100.00 24831 24831 yes" ]
	ok $? "25 August 2017: 24,831 paths, all of them through 15169 and 701"
else
	n=$((n + 1)); echo "ok $n # SKIP no data at $data"
fi
echo "1..$n"
exit $failed
