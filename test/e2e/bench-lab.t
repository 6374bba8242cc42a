#!/bin/sh
# tools/bench-lab: in lab worlds nothing false is said in a class that may change a verdict, all that was planted there is
# found, a leak is proven by OTC as by ASPA; and the bench does fail when something false is said.
rm=$(realpath "${ROUTEMARK:?the program to test}")
command -v jq >/dev/null || { echo "1..0 # SKIP jq is not installed"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failed=0

result() {	# status, name
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

tools/bench-lab "$rm" >"$work/out" 2>&1
result $? "nothing false in a class that may change a verdict"
sed 's/^/# /' "$work/out"
for c in bogon-prefix bogon-asn admin-prefix admin-asn rpki-invalid misorigination; do
	grep -qE "^$c +[1-9][0-9]* .* 0 +1\.000 +[1-9][0-9]* +[0-9]+ +1\.000$" "$work/out"
	result $? "$c: precision 1 and recall 1, of more than none"
done
grep -qE '^misorigination as: strong 0, probable 0, possible [1-9]' "$work/out"
result $? "each takes of one holder alone: possible, no more"
grep -qE '^leak-proven +[1-9][0-9]* +[0-9]+ +0 +1\.000 ' "$work/out"
result $? "proven leaks: precision 1, of more than none"
grep -qE '^leak-proven by: otc [1-9][0-9]*, aspa [1-9]' "$work/out"
result $? "some are proven by OTC, some by ASPA"
awk '$1 == "leak," && $NF >= 0.7 { good = 1 } END { exit !good }' "$work/out"
result $? "of the planted leaks seven in ten are found in some class"

# a program that accuses one more of a proven leak
cat >"$work/liar" <<L
#!/bin/sh
"$rm" "\$@" || exit
[ "\$1" = incidents ] || exit 0
for f; do :; done
jq -c '.incidents += [{"class": "leak", "confidence": "proven", "culprit": 1, "prefix": "192.0.2.0/24", "spans": [{}],
	"why": "by otc; type 1"}]' "\$f" >"\$f.new" && mv "\$f.new" "\$f"
L
chmod +x "$work/liar"
SEEDS=1 tools/bench-lab "$work/liar" >"$work/out" 2>&1
[ $? -eq 1 ] && grep -qE '^leak-proven +1 +0 +1 +0\.000 ' "$work/out"
result $? "a false proof is counted, and the status is 1"
echo "1..$n"
exit $failed
