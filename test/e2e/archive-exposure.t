#!/bin/bash
# Exposures in an archive: by both ways the same, once, refused whole when they contradict themselves, and whole after kill -9.
set -u
rm=${ROUTEMARK:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
n=0 failed=0
ok() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

"$rm" lab lab >/dev/null 2>&1 || exit 2
asn=$(grep -o '"asn":[0-9]*' lab/ANSWERS.json | sed -n '40s/.*://p')
"$rm" exposure "$asn" --data lab --json -o e.json 2>err
"$rm" archive import one.rma e.json >out 2>err && grep -q "exposure of AS$asn  archived" out
ok $? "what --json wrote is imported"
"$rm" exposure "$asn" --data lab --archive two.rma >text 2>err
"$rm" archive list one.rma >list1 && "$rm" archive list two.rma >list2 && cmp -s list1 list2 && [ "$(wc -l <list1)" = 2 ]
ok $? "exposure --archive gives the same, with the same digest"
"$rm" exposure "$asn" --data lab >plain 2>err && cmp -s plain text
ok $? "and shows what it shows without"
gzip -k e.json
sha256sum one.rma >before
"$rm" archive import one.rma e.json.gz >out 2>err && grep -q 'was there already' out && sha256sum -c --quiet before
ok $? "a second time, packed: it is there, and no byte changes"
"$rm" exposure "$asn" --data lab --archive one.rma >/dev/null 2>err && grep -q 'was in it already' err && sha256sum -c --quiet before
ok $? "the same of the other way in"
sed 's/"weakest":[^}]*}/"weakest":null/; s/"weakest":null}/"weakest":{"asn":1,"verdict":"FAIL"}}/' e.json >false.json
"$rm" archive import one.rma false.json >out 2>err
[ $? = 2 ] && grep -q '^routemark archive: false.json: exposures\[0\].origins\[0\].weakest: .* \[doc/formats/exposure.md\]$' err && sha256sum -c --quiet before
ok $? "one that contradicts itself is refused, by its place and rule"
head -c 5000 e.json >cut.json
"$rm" archive import new.rma cut.json >out 2>err
[ $? = 2 ] && grep -q 'cut.json' err && [ ! -e new.rma ]
ok $? "one that is cut makes no archive"
head -c 3000 e.json.gz >cut.json.gz
"$rm" archive import one.rma cut.json.gz >out 2>err
[ $? = 2 ] && sha256sum -c --quiet before
ok $? "nor does a packed one that is cut change one"
"$rm" exposure 203.0.113.0/24 --data lab --archive one.rma >/dev/null 2>err && grep -q 'nobody announces' err && sha256sum -c --quiet before
ok $? "of a prefix that nobody announces there is nothing to keep, which is said"
"$rm" archive check one.rma | grep -q 'is as it must be'
ok $? "check finds it whole"

# --- kill -9 at any moment: the last complete state ---
grep -o '"asn":[0-9]*' lab/ANSWERS.json | sed -n '50,80s/.*://p' | xargs "$rm" exposure --data lab --json -o many.json 2>err
broken=0 whole=0
for s in 0.01 0.02 0.03 0.05 0.08 0.12 0.16 0.2 0.3 0.4 0.6 0.9; do
	cp one.rma killed.rma
	rm -f killed.rma-journal
	"$rm" archive import killed.rma many.json >/dev/null 2>&1 &
	sleep $s
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	"$rm" archive check killed.rma >out 2>err || broken=1
	case $("$rm" archive list killed.rma | grep -c 'AS') in 2) ;; *) whole=$((whole + 1)) ;; esac
	"$rm" archive import killed.rma many.json >out 2>err || broken=1
	"$rm" archive check killed.rma >out 2>err || broken=1
done
ok $broken "killed twelve times ($whole were through), it is whole each time, and takes it again"
echo "1..$n"
exit $failed
