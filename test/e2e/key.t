#!/bin/bash
# Keys on the disk: modes, passphrases from a terminal and from a descriptor, what is refused, and OpenSSL's opinion.
rm=$(realpath "${ROUTEMARK:?the program to test}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

key() { "$rm" key "$@" >out 2>err; }

umask 0
echo "open sesame" | key new example.net/audits -o a.key --passphrase-fd 0
ok $? "a key is made"
[ "$(stat -c %a a.key)" = 600 ] && [ "$(find . -name "a.key*" | wc -l)" = 1 ]
ok $? "with mode 0600 whatever the umask, and nothing is left beside it"
grep -qE '^example.net/audits\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$' out && cp out vkey
ok $? "its verifier key is printed"
cp a.key before
echo "open sesame" | key new example.net/audits -o a.key --passphrase-fd 0
[ $? = 2 ] && cmp -s a.key before && grep -q 'a.key.*never replaced' err
ok $? "a key is never replaced"
ln -s nowhere link.key
key new x -o link.key --no-passphrase
[ $? = 2 ] && [ -L link.key ] && [ ! -e nowhere ]
ok $? "nor is a link, or what it points to"
key show a.key --vkey && cmp -s out vkey
ok $? "it is shown without its passphrase"
key show a.key && grep -q '^checked   no' out
ok $? "which is said to be unchecked"
echo "open sesame" | key show a.key --check --passphrase-fd 0 && grep -q '^checked   the public half' out
ok $? "and checked with it"
printf 'open sesame' | key show a.key --check --passphrase-fd 0
ok $? "a line feed is no part of a passphrase"
echo "open sesame " | key show a.key --check --passphrase-fd 0
[ $? = 2 ] && grep -q 'passphrase is wrong' err && [ ! -s out ]
ok $? "another passphrase opens nothing"
key show a.key --check --passphrase-fd 0 </dev/null
[ $? = 2 ] && grep -q 'is empty' err
ok $? "nor does none"
key show a.key --check --passphrase-fd 9
[ $? = 2 ] && grep -q 'cannot be read' err
ok $? "a descriptor that is not open is named"
head -c 2000 /dev/zero | tr '\0' x | key show a.key --check --passphrase-fd 0
[ $? = 2 ] && grep -q 'longer than' err
ok $? "a passphrase has a length"
sed 's/^name .*/name example.net\/other/' a.key >b.key
echo "open sesame" | key show b.key --check --passphrase-fd 0
[ $? = 2 ] && grep -q 'was changed' err
ok $? "another name does not open"
setsid "$rm" key show a.key --check >out 2>err </dev/null
[ $? = 2 ] && grep -q 'no terminal' err
ok $? "without a terminal it says what to do"

# a terminal: what is typed does not appear
if command -v script >/dev/null && command -v setsid >/dev/null; then
	(sleep 2; echo "open sesame"; sleep 2) | script -qec "$rm key show a.key --check" typed >/dev/null 2>&1
	grep -q '^checked   the public half' typed
	ok $? "the terminal is asked"
	! grep -q sesame typed
	ok $? "and shows nothing of the answer"
	(sleep 2; echo "one"; sleep 1; echo "other"; sleep 1) | script -qec "$rm key new x -o t.key" typed >/dev/null 2>&1
	grep -q 'not the same' typed && [ ! -e t.key ]
	ok $? "a new one is asked for twice"
fi

key new example.net/plain -o p.key --no-passphrase && [ "$(stat -c %a p.key)" = 600 ] && grep -q '^cipher none$' p.key
ok $? "in the clear when that is asked for"
key show p.key && grep -q 'NOT encrypted' out
ok $? "which is said"
chmod 640 p.key
key show p.key
[ $? = 2 ] && grep -q 'others may read it' err
ok $? "and refused once others may read it"
chmod 600 p.key
key show p.key --pem && openssl pkey -pubin -in out -noout -text 2>/dev/null | grep -q 'ED25519 Public-Key'
ok $? "OpenSSL reads the public half"
key new w.example/w -o w.key --witness --no-passphrase && grep -q '^use witness$' w.key
ok $? "a witness has a key of its own"
key show w.key --minisign
[ $? = 2 ] && grep -q 'signs no files' err
ok $? "which signs no files"
key new x -o absent/x.key --no-passphrase
[ $? = 2 ] && grep -q 'absent/x.key' err
ok $? "a place that is not there is named"
(trap '' XFSZ; ulimit -f 0; exec "$rm" key new x -o big.key --no-passphrase >out 2>err)
[ $? = 2 ] && [ -z "$(find . -name 'big*')" ]
ok $? "a disk that is full leaves nothing behind"
(ulimit -l 0; exec "$rm" key show p.key >out 2>err)
[ $? = 0 ]
ok $? "memory that cannot be locked is no reason to stop"
for bad in "" "new" "show" "mint x" "new x" "show a.key -o x" "new x -o y --vkey" "show a.key --pem --vkey" "new a+b -o y"; do
	# shellcheck disable=SC2086 # words on purpose
	key $bad
	[ $? = 64 ]
	ok $? "key $bad: the command line is wrong"
done
echo "1..$n"
exit $failed
