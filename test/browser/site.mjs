// The site of `routemark serve` in a real browser: node site.mjs BASE WORST HOSTILE LOG VKEY MARKED [FOLDER]. Speaks TAP.
//
// Every page, without scripts, at 1280 and 390 pixels, light and dark: no sideways scroll, no message on the console, no
// request but for the page, its style and its badge; and nothing that axe-core finds. Searching, choosing and comparing
// by keyboard alone. The page of a log entry with its script, too: what was changed does not verify.
import { readFileSync } from 'node:fs';
import { proofs } from './proof.mjs';
import { scripts } from './script.mjs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [base, worst, hostile, log, vkey, marked, folder] = process.argv.slice(2);
const bad = worst.split(',')[0];
let n = 0, failed = 0;

function ok(good, title, details = []) {
	if (!good)
		failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - site: ${title}`);
	if (!good)
		for (const d of details)
			console.log(`# ${String(d).replaceAll('\n', '\n# ').slice(0, 600)}`);
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	    '--disable-component-update', '--host-resolver-rules=MAP away.test 127.0.0.1', '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

async function looks(page, path, where, scheme, told, asks) {
	const seen = await page.evaluate(() => {
		const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]);
		return {
			wide: document.documentElement.scrollWidth - innerWidth,
			out: [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll,.skip,pre,.defs') &&
			    e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 160)),
			dark: getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)',
			jumps: levels.filter((l, i) => i > 0 && l > levels[i - 1] + 1).length,
			h1: levels.filter(l => l === 1).length,
			cut: [...document.querySelectorAll('svg[role=img] text,.chain text')].filter(t => {
				const b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal;
				return b.x < 0 || b.x + b.width > v.width || b.y < 0 || b.y + b.height > v.height;
			}).map(t => t.outerHTML),
			small: [...document.querySelectorAll('svg[role=img] text,.chain text')].filter(t =>
			    parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a < 9).length,
			taken: document.title === 'taken' || document.querySelectorAll('main script, main img:not(.badge)').length,
		};
	});
	ok(seen.wide <= 0 && seen.out.length === 0, `${where}: no sideways scroll`, [seen.wide, ...seen.out]);
	ok(seen.dark === (scheme === 'dark'), `${where}: is ${scheme}`);
	ok(seen.jumps === 0 && seen.h1 === 1, `${where}: one h1, and headings in order`, [JSON.stringify(seen)]);
	ok(seen.small === 0 && seen.cut.length === 0, `${where}: no text in a drawing is cut off, or under 9 pixels`, [seen.small, ...seen.cut]);
	ok(!seen.taken, `${where}: no name became a part of the page`);
	const said = path === '/nosuch' ? told.filter(t => !/status of 404/.test(t)) : told;
	ok(said.length === 0, `${where}: nothing on the console`, said);
	const strange = asks.filter(u => u !== base + path && !/\/style-[0-9a-f]{16}\.css$|\/badge\/\d+\.svg$|\/mark\/\d+\.svg\?pack=[a-z0-9-]+$|^data:,$/.test(u));
	ok(strange.length === 0, `${where}: no request but for the page, its style and its badge`, strange);
}

async function visit(path) {
	for (const width of [1280, 390])
		for (const colorScheme of ['light', 'dark']) {
			const where = `${path.slice(0, 48)} at ${width}, ${colorScheme}`;
			const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: false });
			const page = await context.newPage();
			const told = [], asks = [];
			page.on('request', q => asks.push(q.url()));
			page.on('console', m => told.push(`${m.type()}: ${m.text()}`));
			page.on('pageerror', e => told.push(e));
			await page.goto(base + path);
			await looks(page, path, where, colorScheme, told, asks);
			if (folder)
				await page.screenshot({ path: `${folder}/${path.replace(/[^a-z0-9]+/gi, '_').slice(0, 40)}-${width}-${colorScheme}.png`,
				    fullPage: true });
			await context.close();
		}
	// what axe-core looks at does not change with the width but for contrast: both schemes, once each
	for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']]) {
		const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
		const page = await context.newPage();
		await page.goto(base + path);
		await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
		await page.evaluate(axe);
		const r = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
		ok(r.violations.length === 0, `${path.slice(0, 48)} at ${width}, ${colorScheme}: axe-core finds nothing`, r.violations.map(v =>
		    `${v.impact} ${v.id}: ${v.help}: ${v.nodes.length} of ${v.nodes.slice(0, 2).map(x => x.html + ' ' + x.failureSummary)}`));
		await context.close();
	}
}

// Without a mouse and without scripts.
async function keyboard() {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(base + '/');
	await page.keyboard.press('Tab');
	ok(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first key leads past the navigation');
	await page.focus('#find');
	await page.keyboard.type(`AS${bad}`);
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/network/${bad}`);
	ok((await page.textContent('h1')).includes(`AS${bad}`), 'an ASN typed leads to its page');
	await page.focus('#find');
	await page.keyboard.type('averyvery');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/networks?q=averyvery');
	ok((await page.textContent('.lead')).includes('averyvery'), 'a word of a name finds networks');
	await page.goto(`${base}/compare`);
	await page.focus('#asns');
	await page.keyboard.type(worst);
	await page.keyboard.press('Tab');
	await page.keyboard.type('manrs-plus');
	await page.focus('form.pick button');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/compare?asns=*');
	ok(page.url().includes('pack=manrs-plus-proposal') && (await page.locator('.side table thead th').count()) === worst.split(',').length + 1,
	    'networks are chosen and compared, and the address says which', [page.url()]);
	await page.focus('summary').catch(() => {});
	await context.close();
}

// The policy stops what a name might bring, had it not been escaped.
async function closed() {
	const context = await browser.newContext();
	const page = await context.newPage();
	const asks = [];
	await page.route('**/about', async route => {
		const r = await route.fetch();
		const body = (await r.text()).replace('<main id="main">', '$&<script>document.documentElement.dataset.acted = 1</script>' +
		    '<img src="https://spy.example/x.png" alt="spy"><style>h1{color:red}</style><p id="styled" style="color:red">x</p>');
		await route.fulfill({ response: r, body });
	});
	page.on('response', r => asks.push(r.url()));
	await page.goto(base + '/about');
	const acted = await page.evaluate(() => [document.documentElement.dataset.acted,
	    getComputedStyle(document.querySelector('h1')).color === 'rgb(255, 0, 0)',
	    getComputedStyle(document.querySelector('#styled')).color === 'rgb(255, 0, 0)']);
	ok(!acted.some(Boolean) && !asks.some(a => a.includes('spy')), 'the policy stops a script, a style and an image', [acted, asks]);
	await context.close();
}

const incidents = await (await fetch(`${base}/api/v1/incidents?limit=1000`)).json();
const first = c => incidents.incidents.find(i => i.class === c);
const exposed = (await (await fetch(`${base}/api/v1/exposure?limit=1000`)).json()).exposures;
const paths = ['/exposure', ...exposed.map(e => `/exposure/AS${e.origin}?id=${e.exposure.slice(0, 16)}`), '/incidents', `/incidents?asn=${first('leak').culprit}&class=leak`, '/incidents?confidence=proven',
    ...['leak', 'misorigination', 'bogon-prefix'].map(c => `/incident/${first(c).id}`), '/', '/networks', '/networks?q=averyvery', '/networks?q=nobody', `/network/${bad}`, `/network/${hostile}`, '/compare',
    `/compare?asns=${worst},${hostile}&pack=manrs-plus-proposal`, `/compare?asns=${worst},${hostile}&profile=transit`, '/control/manrs-netops/M7RPKI', '/changes/manrs-plus-proposal/P-IRR-1', '/log', '/log/77', '/about', '/nosuch',
    ...marked.split(' ').map(m => `/mark/${m}`), '/mark/4294967295', `/network/${marked.split(' ')[1]}`];
const jobs = [...paths.map(p => () => visit(p)), keyboard, closed];
await Promise.all([0, 1].map(async () => {
	for (let job; (job = jobs.shift()) !== undefined;)
		await job().catch(e => ok(false, 'a visit ends', [e.stack ?? e]));
}));
await Promise.all([
	proofs({ browser, base, log, vkey, folder, axe, ok }).catch(e => ok(false, 'the proofs end', [e.stack ?? e])),
	scripts({ browser, base, bad, worst, incident: first('leak').id, folder, axe, ok }).catch(e => ok(false, 'the scripts end', [e.stack ?? e])),
]);
console.log(`1..${n}`);
await browser.close();
process.exit(failed > 0 ? 1 : 0);
