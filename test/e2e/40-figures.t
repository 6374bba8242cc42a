#!/bin/sh
# Sums over every AS on real data, against a second reading: a naive program in another language, from the raw
# files (MRT through bgpdump), that agreed with each AS's numbers and not with these sums alone.
set -u
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")
[ -f "$data/INDEX.md" ] || { echo "1..0 # SKIP no data at $data"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 failed=0
# sums FOLDER: control, numerators and denominators of all ASes (no name here has a comma)
sums() {
	"$rm" audit --all --csv --data "$1" 2>/dev/null | awk -F, '
		NR > 1 && $12 != "" { n[$4 " " $6] += $12; d[$4 " " $6] += $13 }
		END { for (k in n) print k, n[k], d[k] }' >"$work/sums"
}
is() {	# PACK CONTROL NUM DEN WHAT
	n=$((n + 1))
	if grep -qx "$1 $2 $3 $4" "$work/sums"; then
		echo "ok $n - $5: $3 of $4"
	else
		echo "not ok $n - $5: $3 of $4"
		echo "# $(grep "^$1 $2 " "$work/sums")"
		failed=1
	fi
}

sums "$data/internet-2016-02"
is manrs-plus-proposal P-RPKI-1 18347 650651 "2016: routes with a covering VRP"
is manrs-plus-proposal P-RPKI-2 1473 650651 "2016: RPKI-invalid routes"
is manrs-plus-proposal P-RPKI-3 1109 15482 "2016: VRPs with more maxLength than is announced"
is manrs-netops M7RPKI 16874 650651 "2016: RPKI-valid routes"
is manrs-netops M3 86 650651 "2016: bogon prefixes"
is manrs-netops M4 1023 650651 "2016: routes of bogon ASNs"

# a table of 2014 with what is of other years: nothing that was ever so, but every number counts something
mkdir "$work/mix"
for f in internet-2014-05/rib.20140501.0000.bz2 internet-2016-02/roa.csv.gz internet-2016-02/20160101.as-rel.txt.bz2 \
    irr/ripe-db-route.txt irr/ripe-db-route6.txt manrs-2022/manrs_isps.csv manrs-2022/manrs_cdns.csv; do
	ln -s "$data/$f" "$work/mix/"
done
sums "$work/mix"
is imc22 A1 1733 360816 "2014: bad customer routes by Action 1"
is imc22 A4 11707 493660 "2014: good originated routes by Action 4"
is manrs-plus-proposal P-ROV-1 1729 374789 "2014: invalid routes of customers"
is manrs-plus-proposal P-FLT-1 1750 374789 "2014: bad routes of customers"
is manrs-netops M7IRR 222 493721 "2014: routes with a route object"
is manrs-netops M3C 1 1385390 "2014: bogon prefixes passed on"
is manrs-netops M4C 284 1385390 "2014: routes taken from bogon ASNs"

# two full feeds, tables and updates of one collector
sums "$data/google-leak-2017"
is manrs-netops M4 43 144979 "2017: routes of bogon ASNs"
is manrs-netops M4C 43 568965 "2017: routes taken from bogon ASNs"

# the leak itself, by the figures of its README: announcements with "701 15169" and another AS behind
"$rm" dump -m "$data/google-leak-2017/updates.20170825.0300.mrt.gz" 2>/dev/null |
	awk -F'|' '$3 == "A" && $7 ~ /(^| )701 15169 [0-9]/ { n++; p[$6]; if (!at || $2 < at) at = $2 }
		END { print n, length(p), at }' >"$work/leak"
n=$((n + 1))
if [ "$(cat "$work/leak")" = "143176 114153 1503631377" ]; then
	echo "ok $n - 2017: 143176 announcements for 114153 prefixes from 03:22:57 on"
else
	echo "not ok $n - 2017: the leak"
	echo "# $(cat "$work/leak")"
	failed=1
fi
echo "1..$n"
exit $failed
