// The page of a log entry and its script in a real browser, for site.mjs: a good log verifies, whatever is changed does not,
// and what cannot be checked says why.
import { readFileSync, writeFileSync } from 'node:fs';

export async function proofs({ browser, base, log, vkey, folder, axe, ok }) {
	const tile = 'tile/0/000', bundle = 'tile/entries/000';

	// The outcome in words, and whatever went wrong on the way.
	async function visit(path, { before = async () => {}, context: how = {}, from = base, act = async () => {} } = {}) {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...how });
		const page = await context.newPage(), told = [], asks = [];
		page.on('console', m => told.push(`${m.type()}: ${m.text()}`));
		page.on('pageerror', e => told.push(e));
		page.on('request', q => asks.push(q.url()));
		await before(page);
		await page.goto(from + path);
		await page.waitForSelector('#outcome[data-state]');
		await act(page);
		const seen = await page.evaluate(() => ({
			word: document.querySelector('#outcome strong').textContent, text: document.querySelector('#outcome').textContent,
			role: document.querySelector('#outcome').getAttribute('role'),
			steps: [...document.querySelectorAll('#steps li')].map(l => [l.dataset.state, l.textContent]),
		}));
		return { ...seen, told, asks, page, close: () => context.close() };
	}
	async function holds(name, word, path, how, more = () => true) {
		const s = await visit(path, how);
		ok(s.word.slice(2) === word && '\u2713\u2715?'.indexOf(s.word[0]) === ['Verified', 'Does not verify', 'Not verified'].indexOf(word) && s.role === 'status' && more(s), `${name}: ${word}`, [s.text, ...s.steps.map(String), ...s.told]);
		await s.close();
	}
	// A file of the log on the disk is another while f runs.
	async function changed(file, change, f) {
		const was = readFileSync(`${log}/${file}`);
		writeFileSync(`${log}/${file}`, change(Buffer.from(was)));
		try {
			await f();
		} finally {
			writeFileSync(`${log}/${file}`, was);
		}
	}
	const flip = at => b => { b[at] ^= 1; return b; };
	const good = s => s.steps.length === 5 && s.steps.every(x => x[0] === 'good') && s.told.length === 0;

	for (const i of [0, 77, 255, 256, 299])
		await holds(`entry ${i}`, 'Verified', `/log/${i}`, {}, good);
	await holds('its requests', 'Verified', '/log/77', {}, s => s.asks.every(u => u === 'data:,' || u.startsWith(`${base}/`)) &&
	    s.asks.some(u => u.endsWith('/log/checkpoint')));
	await holds('the key of the site', 'Verified', '/log/77', {}, s => /this site itself gives, which proves less/.test(s.text + s.steps));

	// on the server's disk
	await changed(tile, flip(78 * 32), () => holds('a tile with a bit changed', 'Does not verify', '/log/77'));
	await changed(tile, b => b.subarray(32), () => holds('a tile that is short', 'Does not verify', '/log/77'));
	const entries = readFileSync(`${log}/${bundle}`);
	await changed(bundle, flip(entries.indexOf('"entry":78,') + 9), () => holds('an entry with a bit changed', 'Does not verify', '/log/77'));
	const note = readFileSync(`${log}/checkpoint`).toString(), lines = note.split('\n');
	const with_line = (i, f) => () => Buffer.from(lines.map((l, k) => k === i ? f(l) : l).join('\n'));
	await changed('checkpoint', with_line(2, r => (r[0] === 'A' ? 'B' : 'A') + r.slice(1)), () =>
	    holds('a checkpoint with another root', 'Does not verify', '/log/77'));
	await changed('checkpoint', with_line(4, s => s.slice(0, -8) + (s.at(-8) === 'A' ? 'B' : 'A') + s.slice(-7)), () =>
	    holds('a checkpoint with a bit of its signature changed', 'Does not verify', '/log/77',
		{}, s => s.steps.slice(0, 4).every(x => x[0] === 'good') && s.steps[4][0] === 'bad'));
	// on the way
	const route = (glob, f) => ({ before: page => page.route(glob, async r => {
		const was = await r.fetch();
		await r.fulfill({ response: was, body: f(await was.body()) });
	}) });
	await holds('a tile changed on the way', 'Does not verify', '/log/77', route(`**/${tile}`, flip(5)));
	await holds('an entry changed on the way', 'Does not verify', '/log/77', route(`**/${bundle}`, flip(entries.indexOf('"entry":78,') + 9)));
	await holds('a checkpoint changed on the way', 'Does not verify', '/log/77', route('**/log/checkpoint', flip(3)));
	await holds('a page that shows another entry', 'Does not verify', '/log/77', route('**/log/77', b => b.toString().replace('&quot;:78', '&quot;:79')));
	await holds('a page that shows another proof', 'Does not verify', '/log/77', route('**/log/77', b =>
	    b.toString().replace(/data-hash>./, m => m.slice(0, -1) + (m.at(-1) === '0' ? '1' : '0'))));
	await holds('a tile that cannot be had', 'Not verified', '/log/77', { before: page => page.route(`**/${tile}*`, r => r.fulfill({ status: 503 })) });

	// keys
	const give = key => ({ act: async page => {
		await page.evaluate(() => delete document.querySelector('#outcome').dataset.state);
		await page.fill('#vkey', key);
		await page.press('#vkey', 'Enter');
		await page.waitForSelector('#outcome[data-state]');
	} });
	await holds('a key that is given', 'Verified', '/log/77', { ...route('**/log/77', b => b.toString().replace(/value="[^"]*"/, 'value=""')), ...give(vkey) },
	    s => /the key that you gave/.test(s.steps.at(-1)[1]));
	await holds('no key', 'Not verified', '/log/77', give(''), s => /no key was given/.test(s.steps.at(-1)[1]));
	await holds('half a key', 'Not verified', '/log/77', give(vkey.slice(0, -6)), s => /no key of a log/.test(s.steps.at(-1)[1]));
	await holds('another key by that name', 'Does not verify', '/log/77',
	    give('example.net/log+b245b5ee+AS1xFkK3JrBEAWJ8qfusMvXIUw+xkDzE2wIlhxeSGkiB'), s => /no signature by this key/.test(s.steps.at(-1)[1]));

	// browsers that cannot
	await holds('a browser without Ed25519', 'Not verified', '/log/77', { before: page => page.addInitScript(() => {
		const real = SubtleCrypto.prototype.importKey;
		SubtleCrypto.prototype.importKey = function (f, k, a, ...rest) {
			return (a.name ?? a) === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real.call(this, f, k, a, ...rest);
		};
	}) }, s => /has no Ed25519/.test(s.steps.at(-1)[1]) && s.steps.slice(0, 4).every(x => x[0] === 'good'));
	await holds('over plain HTTP from away', 'Not verified', '/log/77', { from: base.replace('127.0.0.1', 'away.test') },
	    s => /came over plain HTTP/.test(s.text) && s.steps.length === 0);

	// how it looks, with its script
	for (const width of [1280, 390])
		for (const colorScheme of ['light', 'dark'])
			for (const [name, how] of [['verified', {}], ['wrong', route(`**/${tile}`, flip(5))]]) {
				const s = await visit('/log/77', { ...how, context: { viewport: { width, height: 900 }, colorScheme, bypassCSP: true } });
				const where = `/log/77 ${name} at ${width}, ${colorScheme}`;
				ok(await s.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: no sideways scroll`);
				await s.page.evaluate(axe);
				const r = await s.page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
				ok(r.violations.length === 0, `${where}: axe-core finds nothing`, r.violations.map(v => `${v.id}: ${v.help}: ${v.nodes[0].html}`));
				if (folder)
					await s.page.screenshot({ path: `${folder}/proof-${name}-${width}-${colorScheme}.png`, fullPage: true });
				await s.close();
			}
}
