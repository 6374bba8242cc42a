// What a site says beside its archive: node docket.mjs PORT OPENAPI NODE_MODULES GOOD SUSPENDED STRANGERS DISPUTED PROPOSAL.
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { failures, ok } from './ok.mjs';

const [port, openapi, modules, good, suspended, strangers, disputed, proposal] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}`;

const get = async (path, headers = {}, method = 'GET') => {
	const r = await fetch(base + path, { headers, method });
	const raw = Buffer.from(await r.arrayBuffer());
	return { status: r.status, headers: r.headers, raw, text: raw.toString(), json: () => JSON.parse(raw.toString()) };
};

// --- pages ---
for (const path of [`/network/${good}`, `/network/${suspended}`, `/network/${strangers}`, `/network/${disputed}`, `/mark/${good}`,
    `/mark/${suspended}`, `/mark/${strangers}`, `/mark/AS${disputed}`, '/mark/4294967295']) {
	const r = await get(path);
	const open = [];
	let well = r.text.startsWith('<!doctype html>');
	for (const m of [...r.text.matchAll(/<(\/?)([a-z0-9]+)[^>]*?>/g)].filter(m => !/^(meta|link|input|img|br|rect|line|circle|path)$/.test(m[2])))
		if (m[1] === '')
			m[0].endsWith('/>') || open.push(m[2]);
		else
			well &&= open.pop() === m[2];
	ok(r.status === 200 && well && open.length === 0, `${path}: a page whose tags match`, [r.status, open]);
	const bare = r.text.replace(/<script type="module" src="\/script\/[0-9a-f]{16}\/main\.mjs"><\/script>\n/, '');
	ok(!/<script|\son\w+=|\sstyle=|javascript:/i.test(bare), `${path}: no script but ours, no style of its own`);
	const ids = [...r.text.matchAll(/\sid="([^"]*)"/g)].map(m => m[1]);
	ok(new Set(ids).size === ids.length, `${path}: each id once`, ids.filter((x, i) => ids.indexOf(x) !== i));
	for (const [, to] of r.text.matchAll(/href="(\/(?:log|mark|network|api\/v1\/bundles)\/[^"]*)"/g))
		if ((await get(to, {}, 'HEAD')).status !== 200)
			ok(false, `${path}: leads to ${to}`);
}
const page = (await get(`/network/${disputed}`)).text;
ok(page.includes('&lt;/dl&gt;&lt;script&gt;alert(2)'), 'a hostile reason of a dispute is shown, as text');
const m5 = page.slice(page.indexOf('>M5'), page.indexOf('>M5') + 3000);
ok(/Disputed\./.test(m5) && /accepted until 2031-12-31/.test(m5) && /net\.example\+[0-9a-f]{8} \(the network&#39;s key\)|the network's key/.test(m5) &&
    /jane\.example\+[0-9a-f]{8} \(the issuer/.test(m5), 'it stands beside its verdict, with who decided', m5.slice(0, 900));
ok(/manrs-plus-proposal\/P-RPKI-1 \(proposal\)/.test(page), 'a dispute on a proposal says so');
const one = (await get(`/mark/${suspended}`)).text;
ok(one.includes('SUSPENDED') && one.includes('=cmd&lt;/p&gt;&lt;script&gt;alert(1)'), 'a suspension, and its hostile reason as text');
ok((await get(`/mark/${good}`)).text.includes('✓ VALID'), 'a valid mark says so in words');
ok(/Nobody whose word counts here/.test((await get(`/mark/${strangers}`)).text) && /1 entry issues a mark by a key that is not known/.test((await get(`/mark/${strangers}`)).text),
    'a stranger\'s mark counts for nothing, and is counted');
const svg = await get(`/mark/${good}.svg`);
ok(svg.headers.get('content-type') === 'image/svg+xml' && svg.text.includes('VALID') && svg.text.includes(`AS${good}`) &&
    svg.headers.get('cross-origin-resource-policy') === 'cross-origin', 'the badge of a mark');
for (const path of [`/mark/${proposal}`, `/mark/${proposal}.svg`, `/network/${proposal}`])
	ok(/manrs-plus-proposal \d[\d.]* ?(<[^>]*>)*\(proposal\)/.test((await get(path)).text), `${path}: says that it is by a proposal`);
ok(/Not in force\.[^.]*a proposal of whoever wrote this pack/.test((await get(`/mark/${proposal}`)).text), 'and that no scheme has it in force');
ok((await get('/api/v1/bundles?format=csv')).text.match(/manrs-plus-proposal [0-9.]+ \(proposal\)/) !== null &&
    (await get(`/api/v1/marks?asns=${proposal}&format=csv`)).text.includes(',proposal,'), 'so does the CSV');
ok((await get(`/mark/${suspended}.svg`)).text.includes('SUSPENDED'), 'and of one that is suspended');
for (const n of [...page.matchAll(/href="\/log\/(\d+)"/g)].map(m => m[1]).slice(0, 5))
	ok((await get(`/log/${n}`)).text.includes('id="proof"'), `entry ${n} has a page with its proof`);

// --- addresses ---
const bundles = (await get('/api/v1/bundles')).json();
const digest = bundles.bundles[0].sha256;
for (const [path, status] of [['/mark/', 404], ['/mark/x', 404], ['/mark/4294967296', 404], ['/mark/1/2', 404], [`/mark/${good}?x=1`, 400],
    [`/mark/${strangers}.svg`, 404], [`/mark/${good}.svg?pack=imc22`, 404], ['/mark/.svg', 404], ['/api/v1/disputes?state=x', 400], ['/api/v1/disputes?asns=x', 400],
    ['/api/v1/disputes?limit=1001', 400], ['/api/v1/marks?at=yesterday', 400], ['/api/v1/marks?x=1', 400], ['/api/v1/marks?format=xml', 400],
    ['/api/v1/bundles?asns=4294967296', 400], ['/api/v1/bundles/', 404], ['/api/v1/bundles/two.tar', 404], ['/api/v1/bundles/a%3Cb%3E.tar', 404],
    ['/api/v1/bundles/%2e%2e%2fetc%2fpasswd', 400], [`/api/v1/bundles/${digest.toUpperCase()}`, 404], [`/api/v1/bundles/${digest.slice(0, 63)}`, 404],
    [`/api/v1/bundles/${digest}0`, 404], [`/api/v1/bundles/${'0'.repeat(64)}`, 404], [`/api/v1/bundles/${digest}?x=1`, 400], [`/api/v1/bundles/${digest}/x`, 404]]) {
	const r = await get(path);
	ok(r.status === status && (!path.startsWith('/api') || r.json().status === status) && r.headers.get('cache-control') === 'no-store',
	    `${path.slice(0, 60)}: ${status}`, [r.status, r.text.slice(0, 200)]);
}

// --- the API against its description, and against itself ---
const doc = JSON.parse(readFileSync(openapi, 'utf8'));
let validate = null;
if (existsSync(join(modules, 'ajv'))) {
	const Ajv = createRequire(join(modules, 'x.js'))('ajv/dist/2020').default;
	const ajv = new Ajv({ allErrors: true, strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ } });
	ajv.addSchema({ $id: 'openapi', ...doc });
	validate = (name, value) => {
		const f = ajv.getSchema(`openapi#/components/schemas/${name}`);
		return [f(value), f.errors];
	};
} else {
	console.log('# npm could not install ajv: the answers are not held against the description');
}
async function described(path, template) {
	const r = await get(path);
	const name = doc.paths[template].get.responses[200].content['application/json'].schema.$ref.split('/').pop();
	ok(r.status === 200 && r.headers.get('content-type') === 'application/json' && r.headers.get('access-control-allow-origin') === '*',
	    `${path}: JSON for anybody`, [r.status, r.text.slice(0, 200)]);
	if (validate !== null) {
		const [is, errors] = validate(name, r.json());
		ok(is, `${path}: as the description says (${name})`, errors);
	}
	if (template !== '/api/v1/networks/{asn}') {
		const c = await get(`${path}${path.includes('?') ? '&' : '?'}format=csv`);
		const rows = c.text.trimEnd().split('\n');
		const width = row => row.replace(/"([^"]|"")*"/g, '').split(',').length;
		ok(c.status === 200 && c.headers.get('content-type').startsWith('text/csv') && rows.length > 1 &&
		    rows.every(x => width(x) === width(rows[0])), `${path}: CSV of ${rows.length} rows of the same width`, rows.slice(0, 2));
		ok(rows.every(x => !/(^|,)"?[=+@]/.test(x)), `${path}: no formula`, rows);
	}
	return r.json();
}
const disputes = await described('/api/v1/disputes', '/api/v1/disputes');
const marks = await described('/api/v1/marks', '/api/v1/marks');
await described('/api/v1/bundles', '/api/v1/bundles');
await described('/api/v1/bundles?limit=1&offset=1', '/api/v1/bundles');
await described(`/api/v1/disputes?state=accepted&asns=${disputed}`, '/api/v1/disputes');
for (const asn of [good, suspended, strangers, disputed]) {
	const one = await described(`/api/v1/networks/${asn}`, '/api/v1/networks/{asn}');
	ok(JSON.stringify(one.disputes) === JSON.stringify(disputes.disputes.filter(d => d.asn === +asn)), `AS${asn}: its disputes are those of the list`);
	const of = marks.networks.find(x => x.asn === +asn);
	ok(of === undefined ? one.marks.marks.length === 0 : JSON.stringify(one.marks) === JSON.stringify(of), `AS${asn}: so are its marks`);
	ok(JSON.stringify(one.bundles) === JSON.stringify(bundles.bundles.filter(b => b.ases.includes(+asn))), `AS${asn}: and its bundles`);
	ok(one.bundles.every(b => one.reports.some(r => r.sha256 === b.report_sha256 && r.bundle === b.sha256)) &&
	    one.marks.marks.every(m => one.reports.some(r => r.sha256 === m.report_sha256 && r.marked && r.log_entries.some(e => e.kind === 'digest'))) &&
	    one.disputes.every(d => one.reports.some(r => r.sha256 === d.report_sha256 && r.disputed)), `AS${asn}: each names a report that is listed`, one.reports);
}
ok(disputes.total === 3 && disputes.disputes.every(d => d.id.length === 64) && disputes.ledger.issuers.length === 2 && disputes.ledger.networks.length === 1,
    'the list says whose word counts', disputes.ledger);
ok(disputes.disputes.every(d => Number.isInteger(d.log_index)), 'each that was logged has its entry', disputes.disputes);
for (const d of disputes.disputes)
	ok((await get(`/log/${d.log_index}`)).text.includes(d.id), `entry ${d.log_index} is on it`);
for (const m of marks.networks.flatMap(x => x.marks))
	ok((await get(`/log/${m.index}`)).text.includes(m.sha256), `entry ${m.index} issues the mark`);
const states = Object.fromEntries(marks.networks.map(x => [x.asn, x.marks.map(m => m.state).join()]));
ok(states[good] === 'valid' && states[suspended] === 'suspended' && states[strangers] === '' && marks.networks.find(x => x.asn === +strangers).strangers === 1,
    'valid, suspended, a stranger\'s', states);
const at = async when => (await get(`/api/v1/marks?asns=${good}&at=${when}`)).json().networks[0].marks[0];
const held = await at('2031-05-20');
ok(held.state === 'valid' && (await at(held.valid_to)).state === 'valid' && (await at('2031-05-19')).state === 'not yet' && (await at('2040-01-01')).state === 'lapsed',
    'asked of other moments, it is not yet, valid to its end, lapsed', held);
let all = [], next = '/api/v1/marks?limit=1';
while (next !== null) {
	const p = (await get(next)).json();
	all = all.concat(p.networks);
	({ next } = p);
}
ok(JSON.stringify(all) === JSON.stringify(marks.networks) && all.length === 4, 'page by page they are the same');
ok((await get('/api/v1/disputes?limit=2&offset=1')).json().disputes.length === 2, 'a page of disputes');
if (validate !== null)
	ok(!validate('Marks', { ...marks, extra: 1 })[0] && !validate('Disputes', { ...disputes, total: '3' })[0] &&
	    !validate('Bundles', { ...bundles, refused: -1 })[0], 'the description refuses what is otherwise');

// --- bundles ---
ok(bundles.total === 2 && bundles.refused === 8 && bundles.complete, 'those that are whole, and how many are not', bundles);
for (const b of bundles.bundles) {
	const r = await get(b.href);
	ok(r.status === 200 && createHash('sha256').update(r.raw).digest('hex') === b.sha256 && r.raw.length === b.size, `${b.href.slice(0, 32)}: the file of that digest`);
	ok(r.headers.get('content-type') === 'application/x-tar' && r.headers.get('cache-control').includes('immutable') &&
	    r.headers.get('content-disposition') === `attachment; filename="routemark-${b.sha256.slice(0, 16)}.tar"` && r.headers.get('access-control-allow-origin') === '*',
	    'its heads', [...r.headers]);
	const again = await get(b.href, { 'if-none-match': r.headers.get('etag') });
	ok(again.status === 304 && again.raw.length === 0, 'and it is not sent twice', again.status);
	const head = await get(b.href, {}, 'HEAD');
	ok(head.status === 200 && head.raw.length === 0 && +head.headers.get('content-length') === b.size, 'HEAD');
}
const many = await Promise.all(Array.from({ length: 40 }, () => get(bundles.bundles[0].href)));
ok(many.every(r => r.status === 200 && r.raw.length === bundles.bundles[0].size), 'forty at once');
ok(/^routemark_bundles_taken 0$/m.test((await get('/metrics')).text), 'and none is counted as being taken after that');
process.exit(failures() > 0 ? 1 : 0);
