#!/bin/sh
# Attacks on memory and time, a small one of each: tools/attacks says what must hold. `make attacks ATTACKS=--all` makes
# them as large as they get.
here=$(cd "$(dirname "$0")/../.." && pwd)
[ -x "${FORGE:-$here/build/release/test/forge}" ] || { echo "1..0 # SKIP test/forge is not built: make attacks"; exit 0; }
exec "$here/tools/attacks"
