#!/bin/sh
# Inputs by people who mean harm, or whose disk was full: text that would steer a terminal or a spreadsheet,
# names and folders of every sort, files that are cut, damaged, empty, endless or no files.
set -u
rm=$(realpath "${ROUTEMARK:-build/release/routemark}")
tiny=$(realpath "$(dirname "$0")/../golden/data/tiny")
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0
ok() {
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	sed 's/^/# /' err 2>/dev/null | cat -v | head -4
	failed=1
}
# no byte that steers a terminal: C0 but line feed, DEL, C1 and direction overrides in UTF-8
harmless() {
	! LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]\|\302[\200-\237]\|\342\200[\252-\256]')" "$@"
}

# --- text ---
mkdir text && cp "$tiny"/*as-rel* "$tiny"/rib* "$tiny"/rpki.json text
evil=$(printf '=cmd\033[31m<script>"x",\302\23331m\342\200\256\007')
{ grep '^#' "$tiny"/*org2info* | head -4
  awk 'BEGIN { for (i = 1; i < 900; i++) print "ORG-" i "|20220101|Some network number " i "|ZZ|TEST" }'
  grep '^ORG' "$tiny"/*org2info* | sed "s#Example Transit A#$evil#"
  grep -A9 '^# format:aut' "$tiny"/*org2info*; } >text/20220401.as-org2info.txt
{ awk 'BEGIN { for (i = 1; i < 900; i++) print "% some line of a long preamble, number " i; print "" }'
  sed "s#CUSTOMER-1#$evil#; s#^descr:.*#descr: $evil#" "$tiny/irr.db"
  printf '\nroute: 203.0.113.0/24\norigin: AS4100000005\nsource: \033[31mEVIL\n'; } >text/irr.db
sed 's/"Example Transit A"/"=cmd\\u001b[31m\\u009b\\u202e"/' "$tiny"/net* >text/net.json
"$rm" inspect text >inspect 2>err
grep -q 'as2org .* 9[0-9][0-9] ' inspect && grep -q 'rpsl' inspect && grep -q 'peeringdb-net' inspect && ! grep -q '^!' inspect
ok $? "the hostile files are read like others"
"$rm" audit --all --data text >text.out 2>err && grep -q '<script>' text.out && harmless text.out err
ok $? "no escape sequence of a name reaches the terminal"
"$rm" audit --all --data text --csv >csv.out 2>err && grep -q "\"'=cmd" csv.out && harmless csv.out err
ok $? "nor a spreadsheet, which takes it for text and not for a formula"
"$rm" audit --all --data text --json >json.out 2>err && grep -q '"=cmd\\u001b\[31m' json.out &&
	! LC_ALL=C grep -q "$(printf '[\001-\011\013-\037]')" json.out
ok $? "and JSON has it escaped"
"$rm" explain 4100000005 M7IRR --data text >out 2>err; harmless out err
ok $? "explain too"
for f in text/*; do "$rm" dump "$f"; done >out 2>err; grep -q '=cmd?' out && harmless out err
ok $? "dump too"
"$rm" audit --org e --data text >out 2>err; grep -q 'organisations fit' err && harmless err
ok $? "organisations offered for a choice too"

# --- names ---
mkdir names; i=0
for f in 'a
routemark: all is well' "$(printf 'e\033[31md')" -rf "$(printf '\377\376')" '$(id)' 'a b' "$(printf '\302\23331m')" \
    "$(printf '\342\200\256fdp')" "$(printf 'x%.0s' $(seq 255))"; do
	i=$((i + 1)); { cat "$tiny"/*as-rel*; echo "# $i"; } >"names/$f"
	printf '\0%s' $i >"names/${f%xxxxx}.0"
done
"$rm" inspect names >out 2>err; [ $? = 1 ] && grep -q '^18 files' out && ! grep -q '^routemark' out && harmless out err
ok $? "names with control characters are shown without"
"$rm" inspect names --json >out 2>err; LC_ALL=C grep -q "$(printf '[\001-\011\013-\037]')" out; [ $? = 1 ]
ok $? "as JSON as well"
"$rm" audit 1 --data names >out 2>err
[ "$(grep -c '^routemark audit: .*not recognised' err)" = 9 ] && [ "$(wc -l <err)" = 9 ] && harmless out err
ok $? "no name forges a line of standard error"

# --- things that are no files ---
mkdir odd && cp "$tiny"/* odd && mkfifo odd/pipe && ln -s . odd/self && ln -s ../odd odd/again && ln -s /dev/zero odd/zero
timeout 10 "$rm" audit --all --data odd --json >out 2>err && "$rm" audit --all --data "$tiny" --json >want 2>err
cmp -s out want
ok $? "pipes, devices and links back into the folder change nothing"
for f in odd/pipe /dev/zero; do
	timeout 10 "$rm" audit 1 --data "$f" >out 2>err; [ $? = 2 ] && grep -q "$f: cannot be opened" err
	ok $? "$f alone is refused"
done
ln -s nowhere odd/dangling; "$rm" audit 1 --data odd >out 2>err; [ $? = 2 ] && grep -q 'odd/dangling: cannot be opened' err
ok $? "a link that leads nowhere is named"
rm odd/dangling; ln -s round odd/round; "$rm" inspect odd >out 2>err; [ $? = 2 ] && grep -q 'odd/round: ' err
ok $? "a link to itself is named"
if [ "$(id -u)" != 0 ]; then
	mkdir shut; cp "$tiny"/* shut; chmod 0 shut/irr.db
	"$rm" audit 1 --data shut >out 2>err; [ $? = 2 ] && grep -q 'shut/irr.db: cannot be opened: Permission' err
	ok $? "a file that may not be read is named"
else
	n=$((n + 1)); echo "ok $n # SKIP root may read all"
fi
d=deep; for i in 1 2 3 4 5 6 7 8; do d=$d/a/b/c/d/e/f/g/h; done; mkdir -p $d; cp "$tiny"/* $d
"$rm" audit --all --data deep --json >out 2>err; cmp -s out want
ok $? "a folder 65 deep reads like any"

# --- damage ---
mkdir cut
for f in "$tiny"/rib* "$tiny"/*.json; do
	b=${f##*/}
	for z in gzip bzip2 xz 'zstd -q'; do
		rm -f cut/*
		zcat -f "$f" | $z >whole || continue
		size=$(wc -c <whole)
		head -c $((size - 1)) whole >"cut/$b"
		"$rm" inspect cut >out 2>err; a=$?
		head -c $((size / 2)) whole >"cut/$b"
		"$rm" inspect cut >out 2>err; c=$?
		"$rm" audit 4100000003 --data cut --csv >out 2>err
		[ $a$c = 11 ] && grep -q "$b: not used" err && ! cut -d, -f8 out | grep -qE 'PASS|WARN|FAIL'
		ok $? "$b in $z, without its end or half: told, and no verdict rests on it"
	done
done
mkdir none; for z in cat gzip bzip2 xz 'zstd -q'; do $z </dev/null >"none/${z%% *}"; done
"$rm" audit --all --gate --data none >out 2>err
[ $? = 2 ] && [ "$(grep -c 'no bytes' err)" = 5 ] && grep -q 'nothing that can be used' err
ok $? "empty files, packed or not, are told apart from nothing wrong"
echo "1..$n"
exit $failed
