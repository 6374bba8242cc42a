#!/bin/sh
# Route servers' tables of real exchanges: what is counted, against `bgpdump -m` and a naive program. The VRP file is
# one made to meet these tables, so that nothing here is said of an exchange.
rm=$(realpath "${ROUTEMARK:?the program to test}")
data=$(realpath -m "${ROUTEMARK_SHARED:-../shared/data}")/ixp-2020
command -v bgpdump >/dev/null || { echo "1..0 # SKIP bgpdump is not installed"; exit 0; }
[ -d "$data" ] || { echo "1..0 # SKIP no data at $data"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# folder NAME FILE...: the files, and the VRPs with a date
folder() {
	mkdir "$work/$1"
	cp "$data/roa_test.json" "$work/$1/vrps.20201001.json"
	dir=$work/$1
	shift
	for f in "$@"; do
		ln -s "$data/$f" "$dir/"
		bgpdump -m "$data/$f" 2>/dev/null
	done >"$dir.routes"
}

# figures ROUTES: routes (prefix and origin), those with a bogon ASN, those of private or documentation space
figures() {
	awk -F'|' '
		function bogon(a) {
			return a == 0 || a == 23456 || (a >= 64496 && a <= 131071) || a >= 4200000000
		}
		$6 ~ /\/0$/ { next }
		{
			n = split($7, hop, " ")
			key = $6 " " (hop[n] ~ /{/ ? "set" : hop[n])
			routes[key]
			if ($6 ~ /^(10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2[0-9]|3[01])\.|^100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|^(22[4-9]|2[34][0-9]|25[0-5])\.|^f[cde]|^2001:db8/)
				special[key]
			gsub(/[{},]/, " ", $7)
			n = split($7, hop, " ")
			for (i = 1; i <= n; i++)
				if (bogon(hop[i] + 0))
					asn[key]
		}
		END { print length(routes), length(asn), length(special) }' "$1"
}

# counts CONTROL: num and den of it
counts() {
	awk -F, -v control="$1" '$6 == control { print $12, $13 }' "$work/csv"
}

folder behind 185.186.nlix.mrt
folder on namex-bgpd-rib-inet.mrt namex-bgpd-rib-inet6.mrt

read -r routes asn special <<F
$(figures "$work/behind.routes")
F
"$rm" audit 34307 --data "$work/behind" --rules manrs-ixp --csv 2>/dev/null >"$work/csv"
[ "$routes" -gt 0 ] && [ "$(counts A1-ASN)" = "$asn $routes" ] && [ "$(counts A1-BOGON)" = "$special $routes" ]
result $? "a session with a route server is known as one: $routes routes, $asn with a bogon ASN, $special bogons"
# the made VRPs: 185.186.79.0/24 is another AS's; 185.186.11.0/24 has a maxLength no prefix can have
[ "$(counts A1-RPKI)" = "1 $routes" ] && [ "$(grep -c '|185.186.79.0/24|' "$work/behind.routes")" -eq 1 ]
result $? "and the one route that the VRPs were made to contradict is invalid"

read -r routes asn special <<F
$(figures "$work/on.routes")
F
"$rm" audit 64510 --data "$work/on" --rules manrs-ixp --route-server 64510 --csv 2>/dev/null >"$work/csv"
[ "$routes" -gt 3000 ] && [ "$(counts A1-ASN)" = "$asn $routes" ] && [ "$(counts A1-BOGON)" = "$special $routes" ] &&
	[ "$(counts A1-RPKI)" = "0 $routes" ]
result $? "a dump taken on a route server: $routes routes, $asn with a bogon ASN, $special bogons"
"$rm" audit 64510 --data "$work/on" --rules manrs-ixp --csv 2>/dev/null | grep -qE 'A1-RPKI,yes,NO_DATA,'
result $? "is nobody's table as long as nobody says whose"
"$rm" audit 64510 --data "$work/on" --rules manrs-ixp --route-server 64510 --threads 1 --json >"$work/1" 2>/dev/null
"$rm" audit 64510 --data "$work/on" --rules manrs-ixp --route-server 64510 --threads 7 --json >"$work/7" 2>/dev/null
cmp -s "$work/1" "$work/7" && grep -q '"route_server":64510' "$work/1"
result $? "the JSON says whose it was said to be, and is the same from any number of threads"
"$rm" audit 3303 --data "$work/on" --json 2>/dev/null | grep -q '"table-'
[ $? -eq 1 ]
result $? "no metric of a table is there when no pack asks for one"
echo "1..$n"
exit $failed
