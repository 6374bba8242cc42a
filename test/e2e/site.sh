# shellcheck shell=bash
# site: what the tests of serve share. Sourced behind rm=PROGRAM: a folder to work in, checks, a site, what it answers.
# err holds what the site said; what others say goes elsewhere.
here=$(realpath "$(dirname "$0")")
# shellcheck disable=SC2034 # of who sources this: ajv, as for the OSCAL export
node_dir=$here/../oscal
work=$(mktemp -d) || exit 1
pid='' pids=''
# shellcheck disable=SC2086 # a list of words
trap 'cd /; [ -z "$pids" ] || kill $pids 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
n=0 failed=0

ok() {	# STATUS NAME
	n=$((n + 1))
	[ "$1" = 0 ] && { echo "ok $n - $2"; return; }
	echo "not ok $n - $2"
	[ -s err ] && sed 's/^/# /' err | head -8
	failed=1
}
ajv() { [ -d "$node_dir/node_modules/ajv" ] || npm --prefix "$node_dir" ci --silent >&2 || echo "# npm could not install ajv"; }

# start_program PROGRAM ARGUMENTS...: sets $pid and $port; with LIMIT set, of that many file descriptors
start_program() {
	(${LIMIT:+ulimit -n "$LIMIT"}; exec "$1" serve --listen 127.0.0.1:0 "${@:2}" 2>err >out) &
	pid=$!
	pids="$pids $pid"
	port=
	for _ in $(seq 200); do
		port=$(sed -nE 's,.*http://[^/]*:([0-9]+)/ shows.*,\1,p' err)
		[ -n "$port" ] && grep -q 'sandbox' err && return 0
		kill -0 "$pid" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}
start() { start_program "$rm" "$@"; }
stop() { kill -TERM "$pid" && wait "$pid"; }
get() { curl -s -m 60 "http://127.0.0.1:$port$1"; }

# asked SCRIPT ARGUMENTS...: what a script of ours asks, as checks of this test
asked() {
	node "$here/$1" "${@:2}" >node.out 2>&1
	rc=$?
	while IFS= read -r line; do
		case $line in
		"ok - "*) n=$((n + 1)); echo "ok $n - ${line#ok - }" ;;
		"not ok - "*) n=$((n + 1)); failed=1; echo "not ok $n - ${line#not ok - }" ;;
		"#"*) echo "$line" ;;
		*) echo "# $line" ;;
		esac
	done <node.out
	[ $rc = 0 ] && grep -q '^ok' node.out
	ok $? "every question had its answer"
}
