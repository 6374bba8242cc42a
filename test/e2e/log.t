#!/bin/bash
# The log: what it serves, and what is left of it when a writer dies, finds no room or writes short at each of his
# calls: an index once given stays, the checkpoint never runs ahead, the next writer goes on. Two writers exclude each
# other. fsck finds every changed file.
rm=$(realpath "${ROUTEMARK:?the program to test}")
here=$(realpath "$(dirname "$0")/..")
shm=/dev/shm
[ -w $shm ] || shm=${TMPDIR:-/tmp}
work=$(mktemp -d -p $shm) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

log() { "$rm" log "$@" >out 2>err; }

# entries DIR SIZE: all entries, a line each, out of the bundles that a tree of that size has
cat >entries.pl <<'P'
my ($dir, $size) = @ARGV;
for (my $i = 0; $i * 256 < $size; $i++) {
	my $w = $size - $i * 256;
	my $name = sprintf("%s/tile/entries/%03d%s", $dir, $i, $w < 256 ? ".p/$w" : "");
	open(my $f, '<:raw', $name) or die "$name: $!";
	local $/; my $b = <$f>; my $at = 0;
	while ($at < length $b) { my $l = unpack('n', substr($b, $at, 2)); print substr($b, $at + 2, $l), "\n"; $at += 2 + $l; }
}
P
entries() { perl entries.pl "$1" "$2"; }
size() { sed -n 2p "$1/.log/head"; }

"$rm" key new log.example/test -o log.key --no-passphrase >vkey
"$rm" key new log.example/test -o other.key --no-passphrase >other.vkey
log init base --key log.key
ok $? "a log is made"
log fsck base --vkey "$(cat vkey)" && grep -q '0 entries' out
ok $? "of no entries, with a signed checkpoint"
log init base --key log.key
[ $? = 2 ] && grep -q 'there is a log already' err
ok $? "and not again"
log prove base 0
[ $? = 2 ] && grep -q 'not in the published checkpoint' err
ok $? "nothing is proved of what is not there"
seq 1 250 | sed 's/^/entry /' >first
log append base --lines first && seq 0 249 | cmp -s - out
ok $? "entries get their indices"
log prove base 0
[ $? = 2 ] && grep -q 'which is of 0' err
ok $? "and are proved once a checkpoint has them"
log checkpoint base --key other.key
[ $? = 2 ] && grep -q 'signed by another key' err
ok $? "another key of that name does not sign for it"
log fsck base --vkey "$(cat other.vkey)"
[ $? = 1 ] && log fsck base --vkey "$(cat vkey)"
ok $? "and fsck with a key tells whose checkpoint it is"
log checkpoint base --key log.key && log prove base 249 -o p.tlog-proof && grep -q '^index 249$' p.tlog-proof
ok $? "a proof is written"
log prove base 250
[ $? = 2 ]
ok $? "of no entry beyond"
: >empty && log append base empty
[ $? = 2 ] && grep -q 'has 0 bytes' err && [ "$(size base)" = 250 ]
ok $? "an empty entry is refused, and nothing is given"
head -c 8193 /dev/zero | tr '\0' x >big && log append base big
[ $? = 2 ] && grep -q '8192' err
ok $? "and so is a large one: reports are not for a log"
printf 'a\nb' >torn && log append base --lines torn
[ $? = 2 ] && grep -q 'no end' err && [ "$(size base)" = 250 ]
ok $? "and lines of which the last has no end"
"$rm" key new w.example -o w.key --witness --no-passphrase >/dev/null
log init other --key w.key
[ $? = 2 ] && [ ! -e other ]
ok $? "a witness has no log"

# --- two writers ---
flock -o base/.log/lock sleep 30 &
holder=$!
sleep 0.3
log append base --lines first
[ $? = 2 ] && grep -q 'another writer' err
ok $? "a second writer waits for none"
log prove base 0 && log fsck base
ok $? "readers are not kept out"
kill $holder; wait $holder 2>/dev/null

# --- faults at every call of an append ---
cc -shared -fPIC -D_GNU_SOURCE -O1 -o fault.so "$here/fault/fault.c" -ldl 2>cc.err || { cat cc.err; echo "1..$n"; exit 1; }
seq 251 258 | sed 's/^/new /' >new	# over the edge of a bundle and a tile

# sound DIR: the first 250 stand, all that was given is there, fsck agrees
sound() {
	"$rm" log fsck "$1" --vkey "$(cat vkey)" >fsck.out 2>&1 || { sed 's/^/# /' fsck.out; return 1; }
	s=$(size "$1")
	entries "$1" "$s" >all || return 1
	head -n 250 all | cmp -s - first || return 1
	[ ! -s given ] || sed -n 251,258p all | cmp -s - new
}

for how in kill enospc short; do
	bad=0 at=0 hit=0
	while :; do
		at=$((at + 1))
		rm -rf t && cp -a base t
		: >given
		{ (FAULT_AT=$at FAULT_HOW=$how FAULT_COUNT=$PWD/count LD_PRELOAD=$PWD/fault.so exec "$rm" log append t --lines new >given 2>err); } 2>/dev/null
		rc=$?
		if [ $rc -eq 0 ]; then
			[ "$(cat given)" = "$(seq 250 257)" ] || bad=1
		else
			[ $how != short ] || bad=1
			[ ! -s given ] || bad=1
		fi
		sound t || { bad=1; echo "# $how at call $at: not sound"; }
		# who comes next goes on, whatever was left
		was=$(size t)
		echo "the next" >next
		"$rm" log append t --lines next >out 2>err && [ "$(cat out)" = "$was" ] && sound t &&
		    [ "$(entries t $((was + 1)) | tail -n 1)" = "the next" ] || { bad=1; echo "# $how at call $at: no next"; }
		if [ $((at % 5)) -eq 0 ]; then
			"$rm" log checkpoint t --key log.key >/dev/null && "$rm" log prove t "$was" >/dev/null && sound t || bad=1
		fi
		[ $rc -ne 0 ] && hit=$((hit + 1))
		[ $how = short ] && [ $at -ge "$(cat count)" ] && break
		[ $how != short ] && [ $rc -eq 0 ] && break
		[ $at -lt 400 ] || { bad=1; break; }
	done
	[ $bad -eq 0 ] && [ $at -ge 30 ]
	ok $? "append, $how at each of $((at - 1)) calls: nothing given is lost, nothing is left broken"
	[ $how = short ] || [ $hit -ge 30 ]
	ok $? "and the fault was met $hit times"
done

# --- and of a checkpoint and an init ---
log append base --lines new
for verb in checkpoint init; do
	bad=0 at=0
	while :; do
		at=$((at + 1))
		rm -rf t
		[ $verb = init ] || cp -a base t
		{ (FAULT_AT=$at FAULT_HOW=kill LD_PRELOAD=$PWD/fault.so exec "$rm" log $verb t --key log.key >out 2>err); } 2>/dev/null
		rc=$?
		: >given
		if [ $verb = checkpoint ]; then
			sound t && "$rm" log checkpoint t --key log.key >/dev/null 2>&1 && sound t || bad=1
		else
			{ "$rm" log init t --key log.key || "$rm" log checkpoint t --key log.key; } >/dev/null 2>&1 &&
			    "$rm" log fsck t --vkey "$(cat vkey)" >/dev/null 2>&1 || bad=1
		fi
		[ $rc -ne 0 ] || break
		[ $at -lt 100 ] || { bad=1; break; }
	done
	[ $bad -eq 0 ] && [ $at -ge 5 ]
	ok $? "$verb, killed at each of $((at - 1)) calls, can be done again"
done

# --- a log that says two things ---
log checkpoint base --key log.key
cp -a base fork && cp base/.log/head old.head
echo more >extra && log append base --lines extra && log checkpoint base --key log.key
echo other >extra && log append fork --lines extra && cp base/checkpoint fork/checkpoint
log checkpoint fork --key log.key
[ $? = 2 ] && grep -q 'does not continue' err
ok $? "a checkpoint that does not continue the last one is not signed"
rm -rf t && cp -a base t && cp old.head t/.log/head
log checkpoint t --key log.key
[ $? = 2 ] && grep -q 'checkpoint: is of 259 entries, and the log has 258' err
ok $? "nor one of a log that was put back to an earlier day"

# --- fsck: each file of the log, one bit changed, and each file missing ---
bad=0 count=0
while IFS= read -r f; do
	case $f in */.log/lock | *.p/*) continue ;; esac	# earlier partial tiles are for those who saw them
	for at in 0 40 300 8000; do
		[ "$(stat -c %s "$f")" -gt $at ] || continue
		rm -rf t && cp -a base t
		perl -0777 -pi -e 'BEGIN { $at = shift } substr($_, $at, 1) ^= "\x01"' $at "t/${f#base/}"
		log fsck t --vkey "$(cat vkey)"
		case $? in 1 | 2) ;; *) bad=1; echo "# $f byte $at: fsck is content" ;; esac
		[ -s err ] || bad=1
		count=$((count + 1))
	done
	rm -rf t && cp -a base t && rm "t/${f#base/}"
	log fsck t --vkey "$(cat vkey)"
	[ $? = 2 ] || bad=1
done <<L
$(find base -type f; for f in base/tile/0/001.p/3 base/tile/entries/001.p/3 base/tile/1/000.p/1; do echo "$f."; done | sed 's/\.$//')
L
[ $bad -eq 0 ] && [ $count -ge 10 ]
ok $? "fsck finds each of $count changed bytes, and each file that is missing"
rm -rf t && cp -a base t && perl -0777 -pi -e 'substr($_, 5, 1) ^= "\x01"' t/tile/entries/001.p/3
log fsck t
[ $? = 1 ] && grep -q 'is not that of the entries' err
ok $? "and in the last, partial files too"
for args in "" "init" "init d" "append d" "append d f --key k" "prove d" "prove d 1 2" "fsck d x" "mint d" "fsck d --lines" "prove d 1 --vkey v"; do
	# shellcheck disable=SC2086 # words on purpose
	log $args
	[ $? = 64 ]
	ok $? "log $args: the command line is wrong"
done
echo "1..$n"
exit $failed
