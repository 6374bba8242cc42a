#!/bin/sh
# `routemark dump -m` against Debian's `bgpdump -m`, line for line, on every MRT file of ../shared/data,
# and against the expectations that come with bgpdump's own samples. Where bgpdump prints what is not
# in the file, the case is in except() with its reason, and exactly that difference is expected.
routemark=${ROUTEMARK:?the program to test}
data=${ROUTEMARK_SHARED:-../shared/data}
command -v bgpdump >/dev/null || { echo "1..0 # SKIP bgpdump is not installed"; exit 0; }
[ -f "$data/INDEX.md" ] || { echo "1..0 # SKIP no data at $data"; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# Lines of $1 (theirs) that $2 (ours) does not have, none the other way: are there $3 of them?
ours_leaves_out() {
	diff "$1" "$2" >"$tmp/diff"
	! grep -q '^>' "$tmp/diff" && [ "$(grep -c '^<' "$tmp/diff")" -eq "$3" ]
}

# The lines are the same but for $3 aggregators that ours leaves empty.
ours_leaves_aggregator() {
	paste -d '\n' "$1" "$2" | awk -v want="$3" '
		NR % 2 == 1 { theirs = $0; next }
		theirs == $0 { next }
		{ sub(/\|[0-9]+ [0-9.]+\|$/, "||", theirs); if (theirs == $0) n++; else bad = 1 }
		END { exit !(n == want && !bad) }'
}

# except NAME THEIRS OURS: 0 the difference is the one known, 1 it is another, 2 there is none known.
except() {
	case $1 in
	bird6_bgp.mrt)
		# BIRD wrote the NLRI of an ADD-PATH session into BGP4MP_MESSAGE_AS4, whose NLRI have no
		# path identifier (RFC 8050 3). bgpdump reads the identifiers as prefixes and invents
		# "::/0" and "4000::/1"; we refuse the six records (RFC 7606 5.3).
		ours_leaves_out "$2" "$3" 32 || return 1 ;;
	namex-bgpd-rib-inet.mrt)
		# OpenBGPD wrote AGGREGATOR with four-octet ASNs into TABLE_DUMP, whose ASNs have two (RFC
		# 6396 4.2). bgpdump reads 6 of the 8 octets: AS and address are both wrong. We discard the
		# attribute (RFC 7606 7.7).
		ours_leaves_aggregator "$2" "$3" 330 || return 1 ;;
	namex-bgpd-rib-inet6.mrt)	# the same
		ours_leaves_aggregator "$2" "$3" 44 || return 1 ;;
	openbgpd_rib_table.mrt)		# the same
		ours_leaves_aggregator "$2" "$3" 1 || return 1 ;;
	updates.nlri_mask_trailing_bits.gz)
		# The NLRI end inside a prefix. bgpdump prints the one before and drops the cut one in
		# silence; we refuse the record, for where the list went wrong cannot be told (RFC 7606 5.3).
		ours_leaves_out "$2" "$3" 1 || return 1 ;;
	*)
		return 2 ;;
	esac
}

compare() {	# name, what, file of theirs, file of ours
	if cmp -s "$3" "$4"; then
		result 0 "$1: the same as $2, $(wc -l <"$4") lines"
		return
	fi
	except "$1" "$3" "$4"
	case $? in
	0) result 0 "$1: the same as $2 but where that is wrong" ;;
	1) result 1 "$1: differs from $2 in another way than the known one" ;;
	*) result 1 "$1: differs from $2"; diff "$3" "$4" | head -4 | sed 's/^/# /' ;;
	esac
}

for f in "$data"/mrt-samples/*.gz "$data"/mrt-samples/*.mrt "$data"/ixp-2020/*.mrt \
    "$data"/internet-2014-05/rib.* "$data"/google-leak-2017/*.mrt.gz "$data"/updates-2024-10/updates.*; do
	name=${f##*/}
	"$routemark" dump -m "$f" >"$tmp/ours" 2>/dev/null
	bgpdump -q -m "$f" >"$tmp/theirs" 2>/dev/null
	compare "$name" "bgpdump -m" "$tmp/theirs" "$tmp/ours"
	want=$data/mrt-samples/bgpdump-expect/$name.bgp.gz
	if [ -f "$want" ]; then
		zcat "$want" >"$tmp/theirs"
		compare "$name" "bgpdump's own expectation" "$tmp/theirs" "$tmp/ours"
	fi
done
echo "1..$n"
