// The page that holds networks against a buyer's requirements, and `routemark compare` on the evidence itself:
// node profile.mjs PAGE CSV. Prints how many outcomes are the same, and each that differs. What the page does not know,
// as the archive does not keep it, is no difference; it is counted.
import { readFileSync } from 'node:fs';

const [page, csv] = process.argv.slice(2).map(f => readFileSync(f, 'utf8'));
const words = { MEETS: 'meets', SHORT: 'short', 'NOT JUDGED': 'unknown', 'N.A.': 'not-applicable' };
const asns = [...page.match(/<thead>[\s\S]*?<\/thead>/)[0].matchAll(/>AS(\d+)/g)].map(m => m[1]);
const shown = new Map();
for (const [, control, cells] of page.matchAll(/<tr><th scope="row">([A-Z0-9-]+) <span class="title">[\s\S]*?<\/th>([\s\S]*?)<\/tr>/g))
	[...cells.matchAll(/<td>[\s\S]*?<\/span> ([A-Z. ]+)<\/span>/g)].forEach((m, i) => shown.set(`${asns[i]} ${control}`, words[m[1]]));
let same = 0, unknown = 0, differ = 0;
const cut = r => [...r.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(m => m[1]);
const rows = csv.trim().split('\n').map(cut), head = rows.shift();
const at = name => head.indexOf(name);
for (const f of rows) {
	const key = `${f[at('asn')]} ${f[at('control')]}`, want = f[at('outcome')], got = shown.get(key);
	if (got === want)
		same++;
	else if (got === 'unknown')
		unknown++;
	else {
		differ++;
		console.log(`${key}: ${got}, and not ${want}`);
	}
}
console.log(`${same} same, ${unknown} not known, ${differ} differ`);
process.exit(differ === 0 && same > 0 && unknown * 4 < same ? 0 : 1);
