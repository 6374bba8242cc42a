#!/bin/bash
# script: the scripts of the site's pages: each is JavaScript, their arithmetic holds (script.mjs, under node), the site gives
# what is in the tree under a name that changes with it, the first page is small with all that it asks for, and a program
# that was built without uPlot says so. In a browser they are looked at by tools/check-site.
rm=$(realpath "${ROUTEMARK:?the program to test}")
root=$(realpath "$(dirname "$0")/../..")
# shellcheck source=site.sh
. "$(dirname "$0")/site.sh"
head_of() { curl -s -m 20 -o /dev/null -D - "http://127.0.0.1:$port$1" | tr -d '\r'; }

# --- the files ---
for f in "$root"/src/serve/*.mjs "$root"/src/serve/script/*.mjs; do
	node --check "$f" 2>err
	ok $? "${f#"$root"/} is JavaScript"
done
! grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?://' "$root"/src/serve/script/*.mjs >err
ok $? "none makes markup or code of text, or names another site"
! grep -rnE '"resolved"|https?://' "$root"/src/serve/npm "$root"/test/browser/package-lock.json >err
ok $? "no lock file names a registry"
asked script.mjs

# --- the site ---
"$rm" lab lab >/dev/null || exit 1
for at in 2031-03-01 2031-04-01 2031-05-01 2031-06-01; do
	"$rm" audit --all --data lab --at $at --summary --archive months.rma >/dev/null 2>&1
done
start --archive months.rma
ok $? "a site over four months"
get / >first
main=$(grep -oE '/script/[0-9a-f]{16}/main\.mjs' first)
folder=${main%main.mjs}
bad=
for f in "$root"/src/serve/script/*.mjs; do
	get "$folder${f##*/}" | cmp -s - "$f" || bad="$bad ${f##*/}"
done
[ -n "$main" ] && [ -z "$bad" ]
ok $? "the scripts of the tree${bad:+, but not$bad}"
head_of "$main" >heads
grep -q '^Content-Type: text/javascript; charset=utf-8$' heads && grep -q '^Cache-Control: public, max-age=31536000, immutable$' heads
ok $? "are kept for good"
for wrong in "${folder%?/}0/main.mjs" "${folder}none.mjs" "${folder}" "/script/main.mjs" "${folder}../main.mjs" "${folder}main.mjs/x"; do
	case $wrong in "$main") continue ;; esac
	head_of "$wrong" | grep -qE '^HTTP/1\.1 40[04] '
	ok $? "$wrong is nothing"
done
get "${folder}uplot.mjs" >uplot.mjs
head -n 3 uplot.mjs | grep -q 'The MIT License' && grep -q 'Copyright (c) .* Leon Sorokin' uplot.mjs && grep -q '^export default uPlot;$' uplot.mjs &&
	node --check uplot.mjs
ok $? "uPlot is a module with its licence in front"
get /about >about
grep -q 'The MIT License (MIT)' about && grep -q 'THE SOFTWARE IS PROVIDED &quot;AS IS&quot;' about
ok $? "whose text is on the page that says what the site is made of"

# what a browser asks for on the first page: the page, its style, all modules
bytes=0
for p in / "$(grep -oE '/style-[0-9a-f]{16}\.css' first)" $(for f in "$root"/src/serve/script/{main,words,model,plot,trend,explore,table}.mjs; do echo "$folder${f##*/}"; done) "${folder}uplot.mjs"; do
	bytes=$((bytes + $(curl -s -m 20 -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port$p" | wc -c)))
done
[ $bytes -gt 20000 ] && [ $bytes -lt 100000 ]
ok $? "the first page with all that it asks for: $bytes bytes"

# the words of scripts are those of the server
node "$root/test/e2e/script.mjs" "http://127.0.0.1:$port" >told 2>err
ok $? "$(tail -n 1 told)"
stop

# --- without uPlot ---
start_program "$rm-plain" --archive months.rma
ok $? "a program without uPlot serves"
get /about | grep -q 'It was built without uPlot: plots are as the server draws them\.' && ! get /about | grep -q 'Leon Sorokin'
ok $? "and says so"
main=$(get / | grep -oE '/script/[0-9a-f]{16}/main\.mjs')
head_of "${main%main.mjs}uplot.mjs" | grep -q '^HTTP/1\.1 404 ' && head_of "$main" | grep -q '^HTTP/1\.1 200 ' && [ "${main%main.mjs}" != "$folder" ]
ok $? "and has its other scripts, under another name"
asn=$(get '/api/v1/networks?limit=1' | grep -o '"asn":[0-9]*' | cut -d: -f2)
get "/network/$asn" | grep -q '<figure class="trend".*<svg'
ok $? "and draws trends itself"
stop
echo "1..$n"
exit $failed
