// What strangers try, and what others get meanwhile: node serve-abuse.mjs PORT ASN. A line "ok - NAME" or "not ok - NAME" each.
// Answers are looked at, not times: this machine may be busy.
import http from 'node:http';
import net from 'node:net';
import { gunzipSync } from 'node:zlib';
import { failures, ok } from './ok.mjs';

const [port, asn] = process.argv.slice(2);

const agent = new http.Agent({ keepAlive: true });
const get = (path, headers = {}, method = 'GET') => new Promise((done, fail) => {
	const q = http.request({ host: '127.0.0.1', port, path, method, headers, agent }, r => {
		const parts = [];
		r.on('data', d => parts.push(d));
		r.on('end', () => done({ status: r.statusCode, headers: r.headers, names: r.rawHeaders.filter((_, i) => i % 2 === 0), raw: Buffer.concat(parts) }));
	});
	q.on('error', fail);
	q.end();
});

// Bytes as they are; what came back until the end, or until nothing more came for ms.
const raw = (bytes, ms = 4000) => new Promise(done => {
	const s = net.connect(port, '127.0.0.1');
	let all = '';
	const end = closed => { s.destroy(); done({ all, closed }); };
	s.on('data', d => { all += d.toString('latin1'); });
	s.on('end', () => end(true));
	s.on('error', () => end(true));
	s.setTimeout(ms, () => end(false));
	s.write(Buffer.from(bytes, 'latin1'));
});
// libmicrohttpd 0.9.75 sends the head of an error of its own twice, the second in place of the body's beginning: one answer.
const statuses = text => [...text.replace(/^(HTTP\/1\.1 400 [^]*?\r\n\r\n)\1/, '$1').matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(m => Number(m[1]));
let others = 0;
const alive = async name => {
	const r = await get(`/about`), made = await get(`/networks?q=${others++}-others`);
	ok(r.status === 200 && made.status === 200, `others are answered, with kept and with new pages: ${name}`, [r.status, made.status]);
};

// --- begun now, held while all else is asked ---
const open = () => new Promise(done => { const s = net.connect(port, '127.0.0.1', () => done(s)); s.on('error', () => {}); });
const dripping = [], gone = [];
for (let i = 0; i < 60; i++) {		// a head that never ends, a byte now and then
	const s = await open(), text = `GET /about HTTP/1.1\r\nHost: x\r\nX-${i}: ${'a'.repeat(2000)}`;
	let at = 0;
	const t = setInterval(() => s.writable && s.write(text[at++]), 300);
	gone.push(new Promise(done => s.on('close', () => { clearInterval(t); done(); })));
	s.on('data', () => {});
	dripping.push(s);
}
const ASKED = 40, unread = [];
for (let i = 0; i < 30; i++) {		// megabytes are asked for, and none is taken
	const s = await open();
	s.pause();
	s.write('GET /api/v1/scores?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(ASKED));
	unread.push(s);
}
await alive('60 that drip a request, 30 that take no answer');

// --- how a request comes ---
const about = 'GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
for (const cut of [1, 3, 14, 20, about.indexOf('\r\n') + 1, about.length - 3, about.length - 1]) {
	const s = await open();
	let all = '';
	const done = new Promise(r => s.on('close', r));
	s.on('data', d => { all += d; });
	s.setNoDelay(true);
	s.write(about.slice(0, cut));
	await new Promise(r => setTimeout(r, 30));
	s.write(about.slice(cut));
	await done;
	ok(statuses(all)[0] === 200 && all.endsWith('</html>\n'), `in two pieces, cut after ${cut} bytes: the page`, all.slice(0, 60));
}
const many = Array.from({ length: 60 }, (_, i) => [['/about', 200], ['/nosuch', 404], ['/networks?x=1', 400], [`/networks?q=p${i}`, 200], ['/healthz', 200]][i % 5]);
const piped = await raw(many.map(([p]) => `GET ${p} HTTP/1.1\r\nHost: x\r\n\r\n`).join('') + about);
ok(JSON.stringify(statuses(piped.all)) === JSON.stringify([...many.map(m => m[1]), 200]), 'sixty-one at once, kept, made and wrong: as many answers, in their order',
    statuses(piped.all));
for (const [name, text, want, closes] of [
    ['HTTP/1.0', 'GET /about HTTP/1.0\r\n\r\n', [200], true],
    ['HTTP/1.0 that wants to stay', 'GET /about HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /about HTTP/1.0\r\n\r\n', [200, 200], true],
    ['HTTP/1.1 without a host', 'GET /about HTTP/1.1\r\nConnection: close\r\n\r\n', [400], true],
    ['two hosts', 'GET /about HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n' + about, [400], true],
    ['one host twice', 'GET /about HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n' + about, [400], true],
    ['two lengths', 'GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 47\r\n\r\n' + about, [400], true],
    ['one length twice', 'GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n' + about, [400], true],
    ['a length and chunks', 'GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' + about, [400], true],
    ['chunks', 'GET /about HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n', [400], true],
    ['a length that is none', 'GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', [400], true],
    ['a length without end', `GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: ${'9'.repeat(40)}\r\n\r\n`, [], true],
    ['an absolute address', 'GET http://other.example/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [200], true],
    ['one without a path', 'GET http://x?utm=/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [400], true],
    ['one of another scheme', 'GET ftp://x/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', [400], true],
    ['a proxy', 'CONNECT example.net:443 HTTP/1.1\r\nHost: example.net\r\n\r\n', [405], true],
    ['a body', 'GET /about HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello' + about, [400], true],
    ['POST', 'POST /about HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello' + about, [405], true],
    ['OPTIONS of all', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', [405], true],
    ['TRACE', 'TRACE /about HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n\r\n', [405], true],
    ['HTTP/2 as it begins', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [], true],
    ['a wish for another protocol', 'GET /about HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n', [200], true],
    ['a part', 'GET /about HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n', [200], true],
    ['parts that cannot be', 'GET /about HTTP/1.1\r\nHost: x\r\nRange: bytes=9-0,-5,x\r\nConnection: close\r\n\r\n', [200], true],
    ['17 KB of one head', `GET /about HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17000)}\r\n\r\n`, [431], true],
    ['2,000 heads', `GET /about HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(2000)}\r\n`, [431], true],
    ['a target of 5,000 bytes', `GET /networks?q=${'a'.repeat(5000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, [414], true],
    ['a NUL in a head', 'GET /about HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\nConnection: close\r\n\r\n', [200], true]]) {
	const r = await raw(text), got = statuses(r.all);
	const right = want.length === 0 ? !got.includes(200) : JSON.stringify(got) === JSON.stringify(want);
	ok(right && r.closed === closes, `${name}: ${want.length > 0 ? want.join(', ') : 'no page'}, and the connection is closed`, [got, r.closed, r.all.slice(0, 120)]);
	ok(!r.all.includes('secret'), `${name}: nothing is echoed`);
}
for (const [path, want] of [['/%00', 400], ['/about%00', 400], ['/about%0d%0aX-Injected:%201', 400], ['/networks?q=%0d%0aX:%201', 400], ['/%2561bout', 404], ['/network%2f1', [404, 200]],
    ['/%c0%af', 400], ['/%u0041', 400], ['/about/', 404], ['/about//', 400], ['/./about', 400], ['/about?', 200], ['/about?&&', 200], ['/about?q', 400],
    ['/networks?q=%F0%9F%98%80', 200], ['/networks?q=%ED%A0%80', 400], [`/networks?q=${'%41'.repeat(1300)}`, 200], [`/networks?q=${encodeURIComponent('%'.repeat(900))}`, 200],
    ['/networks?q=' + 'a+'.repeat(1900), 200], [`/compare?asns=${'1,'.repeat(2000)}`, [200, 400]], [`/api/v1/scores?asns=${Array.from({ length: 201 }, (_, i) => i + 1)}`, 400],
    ['/networks?q=0.0.0.0/0', 200], ['/networks?q=::/0', 200], ['/networks?q=1.2.3.4/99', 200], ['/networks?q=999.1.1.1', 200], [`/networks?q=AS${'9'.repeat(50)}`, 200]]) {
	const r = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), got = statuses(r.all);
	ok(got.length === 1 && [want].flat().includes(got[0]) && !/\r\nX(-Injected)?: /.test(r.all.slice(0, r.all.indexOf('\r\n\r\n') + 2)), `${path.slice(0, 60)}: ${want}`, [got, r.all.slice(0, 200)]);
}
await alive('after all of these');

// --- what may be kept, by whom ---
const same = (a, b) => JSON.stringify([a.names.filter(n => n !== 'Date'), { ...a.headers, date: 0, 'set-cookie': 0 }]) === JSON.stringify([b.names.filter(n => n !== 'Date'), { ...b.headers, date: 0, 'set-cookie': 0 }]);
for (const path of ['/', '/about', '/networks', `/network/${asn}`, '/log', '/log/0', '/log/checkpoint', '/incidents', '/changes/manrs-netops/M3C', `/badge/${asn}.svg`, '/robots.txt', '/api/v1', '/api/v1/months',
    '/api/v1/scores?limit=3', '/api/v1/scores?limit=3&format=csv', '/api/v1/openapi.json', '/nosuch', '/networks?x=1'])
	for (const coding of ['gzip', 'identity', 'gzip;q=0.2, identity;q=0.8', 'gzip;q=0']) {
		const g = await get(path, { 'accept-encoding': coding }), h = await get(path, { 'accept-encoding': coding }, 'HEAD');
		const packed = g.headers['content-encoding'] === 'gzip';
		ok(h.status === g.status && h.raw.length === 0 && same(g, h), `HEAD ${path}, ${coding}: the heads of GET`, [g.headers, h.headers]);
		ok(packed === (coding === 'gzip' && packed) && g.headers.vary === 'Accept-Encoding' && !g.headers['accept-ranges'] &&
		    Number(g.headers['content-length']) === g.raw.length && (!packed || gunzipSync(g.raw).length > g.raw.length), `${path}, ${coding}: its length, and that it varies`, g.headers);
		if (g.status !== 200 || !g.headers.etag)
			continue;
		for (const [sent, want] of [[g.headers.etag, 304], [`W/${g.headers.etag}`, 304], [`"a", "b",${g.headers.etag}`, 304], ['*', 304], ['"a"', 200], [`${g.headers.etag.slice(0, -1)}x"`, 200]]) {
			const r = await get(path, { 'accept-encoding': coding, 'if-none-match': sent });
			ok(r.status === want && (want === 200 || (r.raw.length === 0 && r.headers.etag === g.headers.etag && r.headers.vary === g.headers.vary &&
			    r.headers['cache-control'] === g.headers['cache-control'] && !r.headers['content-encoding'])), `${path}, ${coding}, If-None-Match ${sent === '*' || sent.startsWith('"a"') ? sent : '...'}: ${want}`, [r.status, r.headers]);
		}
		if (!g.headers.etag.includes('-gz') && !(await get(path, { 'accept-encoding': 'gzip' })).headers.etag.includes('-gz'))
			continue;	// too small to be packed: there is one form
		const other = await get(path, { 'accept-encoding': packed ? 'identity' : 'gzip', 'if-none-match': g.headers.etag });
		ok(other.headers['content-encoding'] === undefined === packed && (other.status === 200 || other.headers.etag === g.headers.etag), `${path}: a tag of the other form is not taken for this one`, [other.status, other.headers]);
	}
const tag = (await get('/about')).headers.etag;
ok(statuses((await raw(`GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: "a"\r\nIf-None-Match: ${tag}\r\n\r\n`)).all)[0] === 304, 'a list of tags on two lines is one list');
ok(/content-encoding: gzip/i.test((await raw('GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: br\r\nAccept-Encoding: gzip\r\n\r\n')).all), 'and of codings');

// --- /metrics, read as Prometheus reads it (text format 0.0.4) ---
await get('/log/0');
const text = (await get('/metrics')).raw.toString(), types = new Map(), helps = new Set(), samples = [], faults = [];
for (const line of text.split('\n')) {
	const meta = line.match(/^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/), s = line.match(/^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/);
	if (meta && meta[1] === 'HELP')
		helps.has(meta[2]) ? faults.push(`two HELPs of ${meta[2]}`) : helps.add(meta[2]);
	else if (meta)
		types.has(meta[2]) || !/^(counter|gauge|histogram|summary|untyped)$/.test(meta[3]) ? faults.push(line) : types.set(meta[2], meta[3]);
	else if (s) {
		const labels = {}, rest = (s[2] ?? '').replace(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/g, (_, k, v) => { labels[k] = v; return ''; });
		const base = types.has(s[1]) ? s[1] : s[1].replace(/_(bucket|sum|count)$/, '');
		rest === '' && types.has(base) && helps.has(base) && /^\+?[0-9.]+$|^\+Inf$/.test(s[3]) ? samples.push({ name: s[1], base, labels, value: Number(s[3]) }) : faults.push(line);
	} else if (line !== '')
		faults.push(line);
}
ok(faults.length === 0 && samples.length > 20 && text.endsWith('\n'), `/metrics: ${samples.length} samples, each with its type and help before it`, faults);
ok(new Set(samples.map(s => s.name + JSON.stringify(s.labels))).size === samples.length, '/metrics: each series once');
ok([...types].every(([name, type]) => (type === 'counter') === name.endsWith('_total')), '/metrics: counters and nothing else end in _total', [...types]);
const buckets = samples.filter(s => s.name === 'routemark_answer_seconds_bucket'), value = name => samples.find(s => s.name === name).value;
ok(types.get('routemark_answer_seconds') === 'histogram' && buckets.length > 8 && buckets.every((b, i) => i === 0 || (b.value >= buckets[i - 1].value &&
    Number(b.labels.le.replace('+Inf', 'Infinity')) > Number(buckets[i - 1].labels.le))) && buckets.at(-1).labels.le === '+Inf' &&
    buckets.at(-1).value === value('routemark_answer_seconds_count') && value('routemark_answer_seconds_sum') > 0 && buckets.some(b => Number(b.labels.le) === 0.05),
    '/metrics: the histogram ascends to all, and has a bucket at 50 ms', buckets);
const answers = samples.filter(s => s.name === 'routemark_answers_total').reduce((n, s) => n + s.value, 0);
ok(answers === value('routemark_answer_seconds_count'), '/metrics: as many answers as were timed', [answers]);
const route = r => samples.filter(s => s.labels.route === r).reduce((n, s) => n + s.value, 0);
ok(route('log-entry') > 0 && route('log-file') > 0 && route('log') > 0, '/metrics: entries, files and the page of the log are counted apart', [route('log-entry'), route('log-file')]);

// --- the end of those that were held ---
let taken = '';
const slow = unread[0];
slow.on('data', d => { taken += d.toString('latin1'); });
slow.resume();
for (let i = 0; i < 300 && (taken.match(/"total":/g) ?? []).length < ASKED; i++)
	await new Promise(r => setTimeout(r, 100));
ok(statuses(taken).length === ASKED && statuses(taken).every(s => s === 200) && (taken.match(/"total":/g) ?? []).length === ASKED,
    `who takes ${ASKED} answers late has all of them whole`, [statuses(taken).length]);
unread.forEach(s => s.destroy());
await Promise.all(gone);
ok(true, 'all who drip are cut');
await alive('in the end');
agent.destroy();
process.exit(failures() > 0 ? 1 : 0);
