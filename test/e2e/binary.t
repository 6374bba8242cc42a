#!/bin/bash
# The program as a file: how it is built, what it says of itself, and what is said of it.
routemark=${ROUTEMARK:?the program to test}
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
result() {	# NAME; the status of the command before
	if [ $? -eq 0 ]; then r=ok; else r="not ok"; fi
	n=$((n + 1))
	echo "$r $n - $1"
	[ "$r" = ok ] || head -n 8 "$tmp/why" 2>/dev/null | sed 's/^/# /'
}
skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# --- the flags, as they are in the file: only a release build has them
header=$(readelf -hW "$routemark") segments=$(readelf -lW "$routemark") dynamic=$(readelf -dW "$routemark")
imports=$(readelf --dyn-syms -W "$routemark")
case $(realpath "$routemark") in
*/release/*)
	grep -q 'Type:.*DYN' <<<"$header"; result "position independent"
	grep -q 'FLAGS_1.*PIE' <<<"$dynamic"; result "marked as such"
	grep -q 'GNU_RELRO' <<<"$segments"; result "relocations are read-only after start"
	grep -q 'BIND_NOW' <<<"$dynamic"; result "all of them: bound at start"
	grep -E 'GNU_STACK' <<<"$segments" | grep -q ' RW ' ; result "no code on the stack"
	! grep -E '^  LOAD' <<<"$segments" | grep -q 'RWE'; result "nothing is writable and code at once"
	! grep -qE 'RPATH|RUNPATH|TEXTREL' <<<"$dynamic"; result "no path to libraries, no relocation in code"
	grep -q '__stack_chk_fail' <<<"$imports"; result "stack protector"
	grep -q '__snprintf_chk' <<<"$imports" && ! grep -qE ' (sprintf|vsprintf|strcpy|gets|strcat)@' <<<"$imports"
	result "calls of libc are fortified, and the unbounded ones are not there"
	grep -q '__memcpy_chk' <<<"$imports"; result "memcpy too"
	;;
*) skip "hardening flags" "not a release build" ;;
esac

# --- --version
"$routemark" --version >"$tmp/version"; result "--version answers"
cp "$tmp/version" "$tmp/why"
[ "$(sed -n 1p "$tmp/version")" = "routemark $(cat VERSION)" ]; result "the version in its first line"
[ "$(sed -n 's/^commit //p' "$tmp/version" | head -n 1)" = "$(tools/commit)" ]; result "the commit of this tree"
grep -qE '^compiler .*[0-9]+\.[0-9]+' "$tmp/version"; result "the compiler"
! grep -q 'not here' "$tmp/version"; result "every library answered with its version"
# each library that the loader binds is in the list, and no other: of names as Debian's packages have them
named() {
	case $1 in
	libc.so.*) echo glibc ;;
	libm.so.*) ;;
	libisal.*) echo isa-l ;;
	libjansson.*) echo jansson ;;
	libcrypto.*) echo OpenSSL ;;
	libsqlite3.*) echo SQLite ;;
	lib*) echo "${1%%.so*}" ;;
	esac
}
case $(realpath "$routemark") in
*/release/*)
	for soname in $(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' <<<"$dynamic"); do named "$soname"; done |
		sort -u >"$tmp/linked"
	sed -n 's/^library \([^ ]*\) [^ ]*$/\1/p' "$tmp/version" | sort -u >"$tmp/said"
	diff "$tmp/linked" "$tmp/said" >"$tmp/why"; result "the libraries that it names as linked are those that are"
	;;
*) skip "the libraries that it names" "not a release build" ;;
esac

# --- the bill of materials
if ! command -v node >/dev/null; then
	skip "the bill of materials" "no node"
else
	tools/sbom "$routemark" >"$tmp/sbom.json" 2>"$tmp/why"; result "a bill of materials"
	node test/e2e/sbom.mjs "$tmp/sbom.json" "$routemark" >"$tmp/why" 2>&1; result "it is SPDX 2.3, whole, and of this binary"
	TZ=Asia/Tokyo LANG=de_DE.UTF-8 tools/sbom "$routemark" | cmp -s - "$tmp/sbom.json"; result "and always the same bytes"
	sed 's/"versionInfo":"2.36[^"]*"/"versionInfo":""/; s/SPDXRef-libzstd1"/SPDXRef-nobody"/' "$tmp/sbom.json" >"$tmp/bad.json"
	! node test/e2e/sbom.mjs "$tmp/bad.json" "$routemark" >/dev/null 2>&1; result "a broken one is found"
fi
echo "1..$n"
