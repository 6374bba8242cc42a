// What a site answers: node serve.mjs PORT OPENAPI NODE_MODULES. A line "ok - NAME" or "not ok - NAME" each.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { failures, ok } from './ok.mjs';

const [port, openapi, modules] = process.argv.slice(2);

const agent = new http.Agent({ keepAlive: true });
const get = (path, headers = {}, method = 'GET') => new Promise((done, fail) => {
	const q = http.request({ host: '127.0.0.1', port, path, method, headers, agent }, r => {
		const parts = [];
		r.on('data', d => parts.push(d));
		r.on('end', () => {
			const raw = Buffer.concat(parts);
			const text = (r.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
			done({ status: r.statusCode, headers: r.headers, raw, text, json: () => JSON.parse(text) });
		});
	});
	q.on('error', fail);
	q.end();
});

// Bytes as they are; what came back until the end, or until ms passed.
const raw = (bytes, ms = 3000) => new Promise(done => {
	const s = net.connect(port, '127.0.0.1');
	let all = '';
	const end = () => { s.destroy(); done(all); };
	s.on('data', d => { all += d.toString('latin1'); });
	s.on('end', end);
	s.on('error', end);
	s.setTimeout(ms, end);
	s.write(Buffer.from(bytes, 'latin1'));
});

// --- strangers who take their time: begun now, looked at in the end ---
// A byte a second is no silence; a whole request must come all the same.
const dripped = new Promise(done => {
	const s = net.connect(port, '127.0.0.1'), began = Date.now(), text = 'GET /about HTTP/1.1\r\nX: ' + 'a'.repeat(1000);
	let i = 0;
	const t = setInterval(() => s.write(text[i++]), 1000);
	const end = () => { clearInterval(t); s.destroy(); done((Date.now() - began) / 1000); };
	s.on('close', end);
	s.on('error', end);
	s.on('data', () => {});
	setTimeout(end, 40000).unref();
});

// --- pages ---
const months = (await get('/api/v1/months')).json().months;
const networks = (await get('/api/v1/networks?limit=1000')).json().networks;
const hostile = networks.find(n => n.name.includes('<script>'));
const asn = networks[5].asn;
const incidents = (await get('/api/v1/incidents?limit=1000')).json();
const scripted = incidents.incidents.find(i => i.why.includes('<script>'));
const strong = incidents.incidents.find(i => i.class === 'misorigination');
const pages = ['/', '/networks', '/networks?page=2', '/networks?q=lab', `/networks?q=${encodeURIComponent('</title><script>')}`,
    '/networks?q=192.0.2.0/24', '/networks?q=nothing-has-this-name', `/network/${asn}`, `/network/${hostile.asn}`, '/compare',
    `/compare?asns=${asn},${hostile.asn},4200000001`, `/compare?asns=${asn}&pack=manrs-plus-proposal&month=2031-04`, '/log',
    `/compare?asns=${asn},${hostile.asn},4200000001&profile=transit`, '/about', '/incidents', '/incidents?class=leak&confidence=probable',
    `/incidents?asn=AS${strong.culprit}&window=${incidents.window.id}&after=1`, '/incidents?confidence=proven', `/incident/${scripted.id}`, `/incident/${strong.id}`,
    `/incident/${incidents.incidents[0].id}`, `/network/${scripted.culprit}`, '/exposure', '/exposure?month=2031-06&weakest=fail', `/exposure/AS${hostile.asn}`,
    '/control/manrs-netops/M7RPKI', '/control/manrs-plus-proposal/P-RPKI-1', '/changes/manrs-netops/M7RPKI'];
for (const path of pages) {
	const r = await get(path);
	const tags = [...r.text.matchAll(/<(\/?)([a-z0-9]+)[^>]*?>/g)].filter(m => !/^(meta|link|input|img|br|rect|line|circle|path)$/.test(m[2]));
	const open = [];
	let well = r.text.startsWith('<!doctype html>');
	for (const m of tags)
		if (m[1] === '')
			m[0].endsWith('/>') || open.push(m[2]);
		else
			well &&= open.pop() === m[2];
	ok(r.status === 200 && well && open.length === 0, `${path}: a page whose tags match`, [r.status, open]);
	const bare = r.text.replace(/<script type="module" src="\/script\/[0-9a-f]{16}\/main\.mjs"><\/script>\n/, '');
	ok(!/<script|\son\w+=|\sstyle=|javascript:/i.test(bare) && bare.length < r.text.length, `${path}: no script but ours, no style of its own`);
	ok(!/(href|src|action)="(?!\/|#|data:,|https?:\/\/(www\.)?(manrs|docs\.manrs|rfc-editor|www\.rfc|datatracker|doi|dl\.acm|csrc|nvlpubs|docs\.fcc|iana|spoofer|eur-lex|www|catalog|publications|observatory|internethealthreport|stats|asrank|unstats\.un\.org))/.test(r.text) &&
	    !/<(img|link)[^>]*"https?:/.test(r.text), `${path}: asks nothing of another site`, r.text.match(/(href|src)="h[^"]*"/g));
	ok(r.headers['content-security-policy'].startsWith("default-src 'none'; style-src 'self'") &&
	    r.headers['x-content-type-options'] === 'nosniff' && r.headers['referrer-policy'] === 'no-referrer',
	    `${path}: its policy`, r.headers);
	const ids = [...r.text.matchAll(/\sid="([^"]*)"/g)].map(m => m[1]);
	ok(new Set(ids).size === ids.length, `${path}: each id once`, ids.filter((x, i) => ids.indexOf(x) !== i));
	const again = await get(path);
	ok(again.text === r.text && again.headers.etag === r.headers.etag, `${path}: the same bytes again`);
}
ok(hostile !== undefined && (await get(`/network/${hostile.asn}`)).text.includes('&lt;/title&gt;&lt;script&gt;alert(1)'),
    'a hostile name is shown, as text');
for (const path of [`/incident/${scripted.id}`, '/incidents?class=leak'])
	ok((await get(path)).text.includes('=cmd&lt;/td&gt;&lt;/title&gt;&lt;script&gt;alert(1)'), `${path}: a hostile reason is shown, as text`);
const first = (await get('/')).text;
ok(first.length < 100000, `the first page has ${first.length} bytes, less than 100,000`);
ok(first.includes('is a proposal, not a published requirement') && first.includes('(proposal)'), 'a proposal says so');
ok(first.includes('2031-06-01') && /judged for/.test(first), 'the first page says of which moment it is');
ok((await get('/networks?q=AS' + asn)).headers.location === `/network/${asn}`, 'an ASN leads straight to its page');
ok(/<strong>?\d|\d+ network/.test((await get('/networks?q=LAB')).text), 'words of a name find networks');

// --- addresses ---
for (const [path, status] of [['/nosuch', 404], ['/network/', 404], ['/network/abc', 404], ['/network/4294967296', 404],
    ['/network/4294967295', 404], ['/network/1/2', 404], ['/network/-1', 404], ['/control/x/y', 404], ['/control/manrs-netops', 404], ['/changes/x', 404], ['/changes/manrs-netops/x', 404],
    ['/networks?page=0', 404], ['/networks?page=99999', 404], ['/networks?x=1', 400], ['/networks?page=x', 400],
    ['/compare?asns=1,2,3,4,5,6,7,8,9', 400], ['/compare?asns=x', 400], ['/compare?pack=nosuch', 404], ['/compare?month=1999-01', 404], ['/compare?profile=x', 404],
    ['/?utm=1', 400], ['/%', 400], ['/%00', 400], ['/..%2f..%2fetc/passwd', 400], ['/%2e%2e/', 400], ['//', 400], ['/%ff', 400],
    ['/incident/', 404], ['/incident/x', 404], [`/incident/${incidents.window.id}`, 404], [`/incident/${incidents.window.id}-999999`, 404],
    [`/incident/${incidents.window.id}-1/2`, 404], ['/incident/0000000000000000-0', 404], [`/incident/${incidents.window.digest}-0`, 404],
    ['/incidents?class=x', 400], ['/incidents?class=leak,', 400], ['/incidents?confidence=sure', 400], ['/incidents?asn=0', 400], ['/incidents?asn=x', 400],
    ['/exposure/', 404], ['/exposure/x', 404], ['/exposure/4200000001', 404], ['/exposure?month=x', 404], ['/exposure?month=2031-0', 404],
    ['/exposure?asn=x', 400], ['/exposure?weakest=pass', 400], ['/exposure?page=0', 404], ['/exposure?page=99', 404],
    [`/exposure/${hostile.asn}?id=0`, 404], [`/exposure/${hostile.asn}?month=2`, 400], [`/exposure/${hostile.asn}?month=2031-01`, 404],
    [`/exposure/${hostile.asn}?prefix=192.0.2.0%2F24`, 404], ['/api/v1/exposure?weakest=x', 400], ['/api/v1/exposure?limit=1001', 400],
    ['/api/v1/exposure?month=1999-01', 404], ['/api/v1/exposure/x', 404], [`/api/v1/exposure/${hostile.asn}?x=1`, 400],
    ['/incidents?after=-1', 400], ['/incidents?window=x', 404], ['/incidents?window=0000000000000000', 404], ['/incidents?x=1', 400],
    ['/api/v1/incidents?format=xml', 400], ['/api/v1/incidents?limit=1001', 400], ['/api/v1/incidents/x', 404], [`/api/v1/incidents/${strong.id}?x=1`, 400],
    ['/api/v1/', 404], ['/api/v2', 404], ['/api/v1/networks/x', 404], ['/api/v1/networks/4294967295', 404],
    ['/api/v1/scores?asns=1&format=xml', 400], ['/api/v1/compare', 400], ['/api/v1/history', 400],
    ['/api/v1/history?asns=1&as_of=yesterday', 400], ['/api/v1/networks?limit=1001', 400], ['/api/v1/networks?limit=-1', 400],
    ['/?region=atlantis', 400], ['/?size=big', 400], ['/?month=1999-01', 404], ['/networks?country=USA', 400], ['/control/manrs-netops/M7RPKI?region=x', 400],
    ['/api/v1/scores?asns=1&region=asia', 400], ['/api/v1/controls?country=1', 400],
    ['/api/v1/scores?month=2031-04', 400], ['/api/v1/months?x=1', 400], ['/badge/x.svg', 404], ['/badge/1', 404],
    ['/style-0000000000000000.css', 404], ['/networks?q=' + 'a'.repeat(5000), 414],
    ['/networks?' + Array.from({ length: 17 }, (_, i) => `a${i}=1`).join('&'), 414]]) {
	const r = await get(path);
	const type = r.headers['content-type'];
	const shown = path.startsWith('/api') ? type === 'application/problem+json' && r.json().status === status : true;
	ok(r.status === status && shown, `${path.slice(0, 60)}: ${status}`, [r.status, type, r.text.slice(0, 200)]);
	ok(r.headers['cache-control'] === 'no-store' && !r.headers.etag, `${path.slice(0, 60)}: is not kept`);
}

// --- how it is asked ---
const plain = await get('/about'), packed = await get('/about', { 'accept-encoding': 'gzip' });
ok(packed.headers['content-encoding'] === 'gzip' && packed.text === plain.text && packed.raw.length * 2 < plain.raw.length,
    `packed, a page has ${packed.raw.length} bytes of ${plain.raw.length}`);
ok(packed.headers.etag !== plain.headers.etag && packed.headers.vary === 'Accept-Encoding', 'and a tag of its own');
for (const tag of [plain.headers.etag, `"x", W/${plain.headers.etag}`, '*']) {
	const r = await get('/about', { 'if-none-match': tag });
	ok(r.status === 304 && r.raw.length === 0 && r.headers.etag === plain.headers.etag, `If-None-Match: ${tag}: 304`, r.status);
}
ok((await get('/about', { 'if-none-match': '"x"' })).status === 200, 'another tag: the page');
const head = await get('/about', {}, 'HEAD');
ok(head.status === 200 && head.raw.length === 0 && head.headers['content-length'] === plain.headers['content-length'] &&
    head.headers.etag === plain.headers.etag, 'HEAD: the heads of GET, and nothing else', head.headers);
for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'FOO']) {
	const r = await raw(`${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
	ok(/^HTTP\/1\.1 405 /.test(r) && /\r\nAllow: GET, HEAD\r\n/i.test(r), `${method}: 405, and what is allowed`, r.slice(0, 200));
}
ok(/^HTTP\/1\.1 400 /.test(await raw('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello')), 'a GET with a body: 400');
ok(/^HTTP\/1\.1 200 /.test(await raw('GET http://x/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')), 'an absolute address');
const css = first.match(/href="(\/style-[0-9a-f]{16}\.css)"/)[1];
ok((await get(css)).headers['cache-control'].includes('immutable'), 'the style is kept for good');
ok((await get('/healthz')).text.startsWith('ok\n'), '/healthz is well');
const metrics = (await get('/metrics')).text;
ok(metrics.split('\n').every(l => l === '' || /^(# (HELP|TYPE) |[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+$)/.test(l)) &&
    /routemark_answers_total\{route="overview",status="2xx"\} [1-9]/.test(metrics) && /routemark_sandbox\{part="seccomp"\} 1/.test(metrics),
    '/metrics is in the form of Prometheus', metrics);

// --- regions: the parts are the whole, and the pages count what the list has ---
const everyone = [];
for (let next = '/api/v1/networks?limit=1000'; next !== null;) {
	const p = (await get(next)).json();
	everyone.push(...p.networks);
	({ next } = p);
}
const wholeSummary = (await get('/api/v1/scores/summary')).json();
const sumOf = async (query) => (await get('/api/v1/scores/summary?' + query)).json();
const isIn = { unknown: n => n.registration === null, europe: n => /-europe$/.test(n.registration?.region ?? ''), lacnic: n => n.registration?.registry === 'lacnic',
    'south-america': n => n.registration?.region === 'south-america', unmapped: n => n.registration?.region === 'unmapped' };
for (const [region, holds] of Object.entries(isIn)) {
	const want = everyone.filter(holds), s = await sumOf('region=' + region);
	ok(want.length > 0 && s.networks === want.length && s.region === region, `${region}: ${want.length} networks, counted as the list has them`, s.networks);
	const listed = (await get(`/api/v1/networks?limit=1000&region=${region}`)).json();
	ok(JSON.stringify(listed.networks) === JSON.stringify(want) && listed.total === want.length, `${region}: the list, filtered`);
	const text = (await get('/?region=' + region)).text;
	ok(text.includes(`Only <strong>${want.length}</strong> network`) && text.includes('not where the network runs') &&
	    text.includes(`value="${region}" selected`), `${region}: the page says of how many it is, and what registered means`);
}
const parts = [['afrinic', 'apnic', 'arin', 'lacnic', 'ripencc', 'unknown'], ['africa', 'americas', 'asia', 'europe', 'oceania', 'unmapped', 'unknown']];
for (const list of parts) {
	const sums = await Promise.all(list.map(r => sumOf('region=' + r)));
	ok(wholeSummary.controls.every((c, k) => Object.keys(c.verdicts).every(v => sums.reduce((n, s) => n + s.controls[k].verdicts[v], 0) === c.verdicts[v])),
	    `${list.join(', ')}: together all that there are`);
}
const us = await sumOf('country=us'), american = everyone.filter(n => n.registration?.country === 'US');
ok(us.country === 'US' && us.networks === american.length && american.length > 0, `country=us: ${american.length} networks`, us.networks);
const both = await sumOf('country=US&region=europe');
ok(both.networks === 0 && both.controls.every(c => c.pass === null), 'a country outside of the region: nobody, which is no pass');
const sized = wholeSummary.controls.find(c => c.control === 'M7RPKI').sizes.find(x => x.size === '10-99');
ok((await get('/?size=10-99')).text.includes(`${(sized.pass.value_ppm / 10000).toFixed(2).replace(/0$/, '')}`) && sized.pass.den > 0,
    'of one size: the share that the summary has');
ok((await get('/?month=2031-04')).text.includes('Routing security in 2031-04'), 'an earlier month');
const card = (await get(`/network/${american[0].asn}`)).text;
ok(card.includes('registered with ARIN, US') && card.includes('nothing of where the network runs'), 'a network says where its holder is registered');
const table = (await get('/control/manrs-netops/M7RPKI')).text;
ok(table.includes('>Western Europe</a>') && table.includes('?region=unknown'), 'a control has a table by region');

// --- badges ---
for (const [path, word] of [[`/badge/${asn}.svg`, /passes \d+ of \d+ required|nothing required/], ['/badge/4294967295.svg', /not assessed/],
    [`/badge/${asn}.svg?pack=manrs-plus-proposal`, /\(proposal\)/]]) {
	const r = await get(path);
	ok(r.status === 200 && r.headers['content-type'] === 'image/svg+xml' && word.test(r.text) && r.text.includes('2031-06') &&
	    r.headers['cross-origin-resource-policy'] === 'cross-origin', `${path}: says what, and of which month`, r.text);
}

// --- the API against its own description ---
const served = (await get('/api/v1/openapi.json'));
ok(served.text === readFileSync(openapi, 'utf8'), 'the description that is served is the one in the tree');
const doc = served.json();
let validate = null;
if (existsSync(join(modules, 'ajv'))) {
	const require = createRequire(join(modules, 'x.js'));
	const Ajv = require('ajv/dist/2020').default;
	const ajv = new Ajv({ allErrors: true, strict: false });
	ajv.addSchema({ $id: 'openapi', ...doc });
	validate = (name, value) => {
		const f = ajv.getSchema(`openapi#/components/schemas/${name}`);
		return [f(value), f.errors];
	};
} else {
	console.log('# npm could not install ajv: the answers are not held against the description');
}
const used = new Set();
async function described(path, template, params = []) {
	const r = await get(path);
	const op = doc.paths[template].get;
	const name = op.responses[200].content['application/json'].schema.$ref.split('/').pop();
	used.add(template);
	ok(r.status === 200 && r.headers['content-type'] === 'application/json' && r.headers['access-control-allow-origin'] === '*',
	    `${path}: JSON for anybody`, [r.status, r.text.slice(0, 200)]);
	if (validate !== null) {
		const [good, errors] = validate(name, r.json());
		ok(good, `${path}: as the description says (${name})`, errors);
	}
	const sorted = v => Array.isArray(v) ? v.every(sorted) : v === null || typeof v !== 'object' ? typeof v !== 'number' || Number.isInteger(v) :
	    Object.keys(v).every((k, i, all) => i === 0 || all[i - 1] < k) && Object.values(v).every(sorted);
	ok(sorted(r.json()) && r.text.endsWith('\n'), `${path}: canonical`);
	for (const p of op.parameters.filter(p => p.$ref).map(p => p.$ref.split('/').pop()))
		if (p === 'format') {
			const c = await get(`${path}${path.includes('?') ? '&' : '?'}format=csv`);
			const rows = c.text.trimEnd().split('\n');
			const width = row => row.replace(/"([^"]|"")*"/g, '').split(',').length;
			ok(c.status === 200 && c.headers['content-type'].startsWith('text/csv') && rows.length > 1 &&
			    rows.every(x => width(x) === width(rows[0])), `${path}: CSV of ${rows.length} rows of the same width`, rows.slice(0, 2));
			ok(rows.every(x => !/(^|,)[=+@]/.test(x)) && !/[\x00-\x09\x0b-\x1f]/.test(c.text), `${path}: no formula, nothing that steers`);
		}
	return r.json();
}
await described('/api/v1', '/api/v1');
await described('/api/v1/months', '/api/v1/months');
await described('/api/v1/controls?pack=manrs-plus-proposal', '/api/v1/controls');
await described('/api/v1/networks?limit=7&offset=3', '/api/v1/networks');
await described('/api/v1/networks?q=lab', '/api/v1/networks');
const one = await described(`/api/v1/networks/${asn}`, '/api/v1/networks/{asn}');
await described(`/api/v1/networks/AS${hostile.asn}?month=2031-04`, '/api/v1/networks/{asn}');
const scores = await described(`/api/v1/scores?asns=${asn},4294967295,${hostile.asn}`, '/api/v1/scores');
await described('/api/v1/scores?limit=5', '/api/v1/scores');
await described('/api/v1/scores?limit=2&region=asia', '/api/v1/scores');
await described('/api/v1/networks?country=us&limit=3', '/api/v1/networks');
await described('/api/v1/networks?region=unknown', '/api/v1/networks');
await described('/api/v1/controls?region=155', '/api/v1/controls');
await described('/api/v1/scores/summary?country=US&region=arin', '/api/v1/scores/summary');
const summary = await described('/api/v1/scores/summary?pack=manrs-netops', '/api/v1/scores/summary');
await described(`/api/v1/history?asns=${asn},4294967295`, '/api/v1/history');
const compared = await described(`/api/v1/compare?asns=${asn},4294967295,${hostile.asn}`, '/api/v1/compare');
await described('/api/v1/incidents?limit=20', '/api/v1/incidents');
await described(`/api/v1/incidents?class=leak&asn=${scripted.culprit}`, '/api/v1/incidents');
const exposed = await described('/api/v1/exposure?limit=2', '/api/v1/exposure');
const everyExposure = [];
for (let next = '/api/v1/exposure?limit=1'; next !== null;) {
	const p = (await get(next)).json();
	everyExposure.push(...p.exposures);
	next = p.next;
}
ok(everyExposure.length === exposed.total && exposed.total >= 3 && new Set(everyExposure.map(e => e.exposure)).size === exposed.total &&
    JSON.stringify(everyExposure.slice(0, 2)) === JSON.stringify(exposed.exposures), `exposures: page by page the ${exposed.total} there are`);
for (const word of ['fail', 'no-data']) {
	const some = (await get(`/api/v1/exposure?weakest=${word}&limit=1000`)).json();
	const want = everyExposure.filter(e => e.weakest?.verdict === { fail: 'FAIL', 'no-data': 'NO_DATA' }[word]);
	ok(JSON.stringify(some.exposures) === JSON.stringify(want) && some.total === want.length, `exposures: ${want.length} whose weakest link is ${word}`);
}
for (const e of everyExposure) {
	const whole = await described(`/api/v1/exposure/${e.origin}?id=${e.exposure.slice(0, 16)}`, '/api/v1/exposure/{asn}');
	ok(JSON.stringify(whole.exposure) === JSON.stringify(e), `exposure of ${e.asked}: the list and the whole say the same`);
	const net = x => whole.found.origin.depends_on.filter(x).length;
	const text = (await get(`/exposure/AS${e.origin}?id=${e.exposure.slice(0, 16)}`)).text;
	const svg = text.slice(text.indexOf('<svg role="group"'), text.indexOf('</svg>', text.indexOf('<svg role="group"')));
	const drawn = new Set(['ipv4', 'ipv6'].flatMap(f => (whole.found.origin[f]?.seen?.tree ?? []).map(n => n.asn))
	    .concat(whole.found.origin.depends_on.map(n => n.asn)));
	ok([...drawn].every(a => svg.includes(`>AS${a}</text>`)) && (svg.match(/<rect class="box/g) ?? []).length === drawn.size,
	    `exposure of ${e.asked}: each of ${drawn.size} networks is a box`);
	ok((svg.match(/<rect class="weak"/g) ?? []).length === (e.weakest === null ? 0 : 1) && e.networks === net(() => true),
	    `exposure of ${e.asked}: the weakest link is framed when there is one`);
	const table = text.slice(text.indexOf('The same as a table'), text.indexOf('Incidents that followed'));
	ok([...drawn].every(a => a === e.origin || table.includes(`AS${a}<`)), `exposure of ${e.asked}: the table has them all`);
	ok(text.match(/<h1>(.*)<\/h1>/)[1].includes(`AS${e.origin}`) && text.includes(whole.found.origin.paths_to.slice(0, 10)) && !/<script(?! type="module" src="\/script\/)/.test(text),
	    `exposure of ${e.asked}: whose, and of when`);
}
let gapped = 0, turned = 0;
for (const i of [strong, scripted, incidents.incidents[0]]) {
	const whole = await described(`/api/v1/incidents/${i.id}`, '/api/v1/incidents/{id}');
	ok(Object.keys(i).every(k => JSON.stringify(i[k]) === JSON.stringify(whole.incident[k])), `${i.id}: the list and the incident say the same`);
	const text = (await get(`/incident/${i.id}`)).text;
	const vps = new Set(whole.incident.by_accomplice.flatMap(b => b.seen.map(s => s.vantage_point)));
	const seen = whole.incident.by_accomplice.flatMap(b => b.seen), segments = seen.reduce((n, s) => n + 1 + (s.turns?.length ?? 0), 0);
	ok(vps.size === i.vantage_points && (text.match(/<text class="t" text-anchor="end" x="124"/g) ?? []).length === vps.size,
	    `${i.id}: a row of the time line for each of ${vps.size} vantage points`);
	ok((text.match(/<rect class="zone (y[0-5]|open)" x="\d+" y="\d+" width="\d+" height="15"/g) ?? []).length === segments &&
	    (text.match(/<rect class="zone mark"/g) ?? []).length === whole.incident.spans.length,
	    `${i.id}: ${segments} bars of ${seen.length} sightings, and ${whole.incident.spans.length} of enough at once`);
	turned += segments - seen.length;
	ok((text.match(/<br>then (not known|\d+) from [-0-9: ]{19}/g) ?? []).length === segments - seen.length, `${i.id}: each turn is in the table`);
	const sure = { proven: '', strong: '', probable: 'probable ', possible: 'possible ' }[i.confidence];
	const role = i.class === 'leak' ? `${sure}leaker` : i.class === 'misorigination' ? `${sure}false origin` : null;
	const rows = [...text.matchAll(/<td class="way">(.*?)<\/td>/g)].map(m => m[1]);
	ok(whole.incident.paths.length > 0 && rows.length === whole.incident.paths.length && rows.every((r, k) =>
	    JSON.stringify([...r.matchAll(/AS(\d+)/g)].map(m => +m[1])) === JSON.stringify(whole.incident.paths[k])), `${i.id}: its ${rows.length} paths, AS by AS`);
	ok(rows.every(r => r.includes(`<strong class="culprit">\u25b2 AS${i.culprit} <span>`)) && (role === null || rows.every(r => r.includes(`<span>${role}</span>`))),
	    `${i.id}: in each whose doing it was, by words and shape`);
	ok(/<ol class="steps">/.test(text) && (i.confidence === null ? text.includes('It is not graded') : text.includes(`graded <strong>${i.confidence}</strong>`)),
	    `${i.id}: how sure it is, step by step`);
	const margin = Math.floor((i.ended_us - i.began_us) / 10) + 1e6, us = t => Date.parse(t) * 1000;
	const shows = [Math.max(i.began_us - margin, us(whole.window.from)), Math.min(i.ended_us + margin, us(whole.window.to))];
	const hatched = [...vps].flatMap(v => whole.collectors[whole.vantage_points[v].collector].gaps)
	    .filter(g => us(g.to) > shows[0] && us(g.from) < shows[1]).length;
	gapped += hatched;
	ok((text.match(/<rect class="zone pf"/g) ?? []).length === hatched && text.includes('2031-05-09 12:00 to 2031-05-09 18:00'),
	    `${i.id}: ${hatched} hatched rows where nobody listened`);
	const heading = text.match(/<h1>(.*)<\/h1>/)[1];
	ok(heading.includes(whole.window.from.slice(0, 10)) && heading.includes(whole.window.to.slice(0, 10)) && heading.includes(i.prefix) &&
	    heading.includes(`AS${i.culprit}`), `${i.id}: its heading says whose, what, and of when`, heading);
	ok(whole.incident.by_accomplice.every(b => b.accomplice === null || text.includes(`AS${b.accomplice}`)), `${i.id}: who accepted it`);
}
ok(gapped > 0 && turned > 0, 'a gap is drawn, and a turn to another path');
const only = async query => {
	let all = [], next = `/api/v1/incidents?limit=3&${query}`, total;
	while (next !== null) {
		const p = (await get(next)).json();
		all = all.concat(p.incidents);
		({ next, total } = p);
	}
	return { all, total };
};
for (const [query, keep] of [['', () => true], ['class=leak', i => i.class === 'leak'], ['class=leak,bogon-asn', i => /^(leak|bogon-asn)$/.test(i.class)],
    ['confidence=strong', i => i.confidence === 'strong'], ['confidence=proven', i => i.confidence === 'proven'],
    ['class=leak&confidence=probable', i => i.class === 'leak' && i.confidence === 'probable'],
    [`window=${incidents.window.digest}`, () => true]]) {
	const { all, total } = await only(query), want = incidents.incidents.filter(keep);
	ok(JSON.stringify(all) === JSON.stringify(want) && total === want.length, `incidents?${query}: page by page the ${want.length} there are`,
	    [all.length, total, want.length]);
}
const wholes = [];
for (const i of incidents.incidents)
	wholes.push((await get(`/api/v1/incidents/${i.id}`)).json().incident);
for (const who of new Set(wholes.flatMap(i => [i.culprit, ...i.by_accomplice.map(b => b.accomplice)]).filter(Boolean)))
	for (const sure of ['', 'strong', 'probable']) {
		const { all, total } = await only(`asn=${who}${sure && '&confidence=' + sure}`);
		const want = wholes.filter(i => (i.culprit === who || i.by_accomplice.some(b => b.accomplice === who)) && (!sure || i.confidence === sure));
		if (JSON.stringify(all.map(i => i.id)) !== JSON.stringify(want.map(i => i.id)) || total !== want.length)
			ok(false, `AS${who} ${sure}: what it did or accepted`, [all.length, total, want.length]);
	}
ok(wholes.length > 20, `of each network what it did or accepted, ${wholes.length} incidents`);
// what lies beside the archive is asked for by docket.mjs
const beside = /^\/api\/v1\/(disputes|marks|bundles)/;
ok(Object.keys(doc.paths).every(p => beside.test(p) || used.has(p)), 'every path of the description was asked for', [...used]);
if (validate !== null)
	ok(!validate('Summary', { ...summary, extra: 1 })[0] && !validate('Network', { ...one, asn: '1' })[0], 'the description refuses what is otherwise');

// --- and against each other ---
const all = (await get('/api/v1/scores?limit=1000')).json();
ok(all.scores.length === months.at(-1).networks && all.total === all.scores.length && all.next === null, 'all networks in one answer');
let paged = [], at = '/api/v1/scores?limit=70';
while (at !== null) {
	const p = (await get(at)).json();
	paged = paged.concat(p.scores);
	at = p.next;
}
ok(JSON.stringify(paged) === JSON.stringify(all.scores), 'page by page they are the same');
for (const c of summary.controls) {
	const n = { PASS: 0, WARN: 0, FAIL: 0, NO_DATA: 0, NOT_APPLICABLE: 0 };
	for (const s of all.scores)
		n[s.controls.find(x => x.control === c.control).verdict]++;
	ok(JSON.stringify(Object.entries(n).sort()) === JSON.stringify(Object.entries(c.verdicts).sort()) &&
	    (c.pass === null ? n.PASS + n.WARN + n.FAIL === 0 : c.pass.num === n.PASS && c.pass.den === n.PASS + n.WARN + n.FAIL),
	    `${c.control}: what the summary counts is what the networks have`, [n, c]);
	ok(Object.keys(n).every(v => c.sizes.reduce((sum, s) => sum + s.verdicts[v], 0) === n[v]), `${c.control}: sizes add up`);
}
const mine = scores.scores.find(s => s.asn === asn);
const pack = one.packs.find(p => p.pack.id === scores.pack.id);
ok(JSON.stringify(mine.controls) === JSON.stringify(pack.controls), 'scores and the network say the same');
ok(compared.controls.every((c, i) => JSON.stringify(c.verdicts[compared.networks.findIndex(n => n.asn === asn)]) ===
    JSON.stringify(mine.controls[i])) && compared.controls.every(c => c.verdicts.includes(null)), 'so does the comparison');
ok(scores.scores.some(s => !s.assessed && s.controls.length === 0), 'who was not assessed passes nothing');

// --- strangers ---
const alive = async name => ok((await get('/healthz')).status === 200, `still well after ${name}`);
for (const [name, bytes] of [['noise', '\x00\x01\xff\xfe'.repeat(5000)], ['a request without end', `GET / HTTP/1.1\r\nX: ${'a'.repeat(40000)}`],
    ['a thousand heads', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5000)}\r\n`], ['a long target', `GET /${'a'.repeat(60000)} HTTP/1.1\r\n\r\n`],
    ['no version', 'GET /\r\n\r\n'], ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['chunks', 'GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
 ['only line feeds', '\n'.repeat(10000)],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + 'x'.repeat(500)]]) {
	const r = await raw(bytes, 500);
	ok(!/^HTTP\/1\.[01] 200/.test(r) || name === 'no version', `${name}: no page for it`, r.slice(0, 80));
	await alive(name);
}
const cut = await raw('GET /\x00/../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
ok(/^HTTP\/1\.1 4/.test(cut) || (cut.includes('Routing security in') && !cut.includes('root:')), 'a null ends the target, or it is refused',
    cut.slice(0, 200));
const split = 'GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const slowly = await new Promise(done => {
	const s = net.connect(port, '127.0.0.1');
	let all = '', i = 0;
	s.setNoDelay(true);
	s.on('data', d => { all += d; });
	s.on('close', () => done(all));
	const t = setInterval(() => i < split.length ? s.write(split[i++]) : clearInterval(t), 5);
});
ok(slowly.startsWith('HTTP/1.1 200') && slowly.includes('</html>'), 'a request that comes byte by byte has its answer');
const pipelined = await raw('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20) + 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
ok(pipelined.split('HTTP/1.1 200').length === 22, 'twenty-one requests at once have as many answers', pipelined.length);
const WANT = 10000;
const idle = await new Promise(done => {
	const all = [];
	let open = 0, failed = 0;
	const more = () => {
		if (open + failed >= WANT)
			return done({ all, open, failed });
		const s = net.connect(port, '127.0.0.1', () => { open++; more(); });
		s.on('error', () => { failed++; more(); });
		all.push(s);
	};
	for (let i = 0; i < 100; i++)
		more();
});
const busy = Date.now(), while_idle = await get('/about');
ok(while_idle.status === 200, `${idle.open} connections that say nothing (${idle.failed} could not be made): a page takes ${Date.now() - busy} ms`);
ok(idle.open >= WANT || idle.failed > 0, 'as many as there can be');
idle.all.forEach(s => s.destroy());
await alive('ten thousand idle ones');
const took = await dripped;
ok(took > 10 && took < 25, `who sends a byte a second is cut after ${Math.round(took)} seconds`, took);
ok(/routemark_connections_cut_total [1-9]/.test((await get('/metrics')).text), 'and counted');
agent.destroy();
process.exit(failures() > 0 ? 1 : 0);
