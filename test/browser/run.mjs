// The pages in a real browser: node run.mjs FOLDER, which holds *.html. Speaks TAP.
//
// Every page, at 1280 and 390 pixels, light and dark: nothing that axe-core finds, no sideways scroll, no
// message on the console, no request but for the page itself, no script needed. Printed, the verdict is on the
// first sheet and what is folded is there.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = process.argv[2];
const WORKERS = 3;	// pages at a time: a browser waits more than it works
let n = 0, failed = 0;

// Pages are looked at side by side; what is found is told page by page.
function tell(good, title, details = []) {
	if (!good)
		failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - browser: ${title}`);
	if (!good)
		for (const d of details)
			console.log(`# ${String(d).replaceAll('\n', '\n# ').slice(0, 600)}`);
}

async function together(jobs) {
	const found = jobs.map(() => []);
	let next = 0;
	await Promise.all(Array.from({ length: WORKERS }, async () => {
		while (next < jobs.length) {
			const i = next++;
			await jobs[i]((...one) => found[i].push(one)).catch(e => found[i].push([false, `job ${i} ends`, [e]]));
		}
	}));
	found.flat().forEach(one => tell(...one));
}

function pages(dir, under = '') {
	return readdirSync(join(dir, under)).sort().flatMap(f => statSync(join(dir, under, f)).isDirectory()
	    ? pages(dir, `${under}${f}/`) : f.endsWith('.html') ? [under + f] : []);
}

// Serves the folder and remembers what it was asked for. /act/PAGE is the page with a script, an image and a
// style in it that a name might have brought: its policy must stop them.
const asked = [];
const act = '<script>document.documentElement.dataset.acted = 1</script><img src="/spy.png" alt="spy">' +
    '<style>.v{border-radius:7px}</style><p style="color:red" id="styled" onclick="1">x</p>';
const server = createServer((req, res) => {
	const path = decodeURIComponent(new URL(req.url, 'http://localhost').pathname);
	asked.push(path);
	try {
		const body = readFileSync(join(root, path.replace(/^\/act\//, '/')), 'utf8');
		res.writeHead(200, {'content-type': 'text/html; charset=utf-8'});
		res.end(path.startsWith('/act/') ? body.replace('<main id="main">', `$&${act}`) : body);
	} catch {
		res.writeHead(404).end();
	}
});
await new Promise(r => server.listen(0, '127.0.0.1', r));
const base = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	    '--disable-component-update', '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

async function open(path, options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const told = [], asks = [];
	page.on('request', q => asks.push(q.url()));
	page.on('console', m => told.push(`${m.type()}: ${m.text()}`));
	page.on('pageerror', e => told.push(e));
	await page.goto(base + path);
	return { context, page, told, asks };
}

// What can be seen without scripts.
async function looks(ok, path, width, colorScheme, where) {
	const { context, page, told, asks } = await open(path, { viewport: { width, height: 900 }, colorScheme,
	    javaScriptEnabled: false });
	const seen = await page.evaluate(() => {
		const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]);
		return {
			wide: document.documentElement.scrollWidth - innerWidth,
			out: [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && !e.closest('.skip') &&
			    e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120)),
			styled: getComputedStyle(document.querySelector('.v, .lead')).fontWeight !== '' &&
			    getComputedStyle(document.querySelector('.skip')).position === 'absolute',
			dark: getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)',
			jumps: levels.filter((l, i) => i > 0 && l > levels[i - 1] + 1).length,
			h1: levels.filter(l => l === 1).length,
			cut: [...document.querySelectorAll('svg[role=img] text')].filter(t => {
				const b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal;
				return b.x < 0 || b.x + b.width > v.width || b.y < 0 || b.y + b.height > v.height;
			}).map(t => t.outerHTML),
			small: [...document.querySelectorAll('svg[role=img] text')].filter(t =>
			    parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a < 9).length,
		};
	});
	ok(seen.wide <= 0 && seen.out.length === 0, `${where}: no sideways scroll`, [seen.wide, ...seen.out]);
	ok(seen.styled && seen.dark === (colorScheme === 'dark'), `${where}: its own style is let in, and is ${colorScheme}`);
	ok(seen.jumps === 0 && seen.h1 === 1, `${where}: one h1, and headings in order`, [JSON.stringify(seen)]);
	ok(seen.small === 0, `${where}: no text in a drawing is under 9 pixels`, [seen.small]);
	ok(seen.cut.length === 0, `${where}: no text in a drawing is cut off`, seen.cut);
	ok(told.length === 0, `${where}: nothing on the console`, told);
	ok(asks.length === 1, `${where}: no request but for the page`, asks);
	await context.close();
}

async function axed(ok, path, width, colorScheme, where) {
	const { context, page } = await open(path, { viewport: { width, height: 900 }, colorScheme });
	await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
	await page.evaluate(axe);
	const r = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
	ok(r.violations.length === 0, `${where}: axe-core finds nothing`, r.violations.map(v =>
	    `${v.impact} ${v.id}: ${v.help}: ${v.nodes.length} of ${v.nodes.slice(0, 2).map(x => x.html)}`));
	await context.close();
}

async function printed(ok, path) {
	const { context, page } = await open(path, { colorScheme: 'dark' });
	const pdf = join(root, path.replaceAll('/', '-') + '.pdf');
	const folded = await page.evaluate(() => document.querySelector('details dd')?.textContent.slice(0, 24));
	await page.pdf({ path: pdf, preferCSSPageSize: true });
	const text = (...args) => execFileSync('pdftotext', [...args, pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
	const first = text('-f', '1', '-l', '1');
	const lead = (await page.textContent('.lead')).slice(0, 60);
	ok(first.includes(lead), `${path}: printed, the verdict is on the first sheet`, [lead, first]);
	ok(folded === undefined || text().includes(folded), `${path}: printed, what is folded is there`, [folded]);
	await context.close();
}

async function keyboard(ok, path) {
	const { context, page } = await open(path, { javaScriptEnabled: false });
	await page.keyboard.press('Tab');
	ok(await page.evaluate(() => document.activeElement.className) === 'skip', `${path}: the first key leads past the heading`);
	await page.focus('summary');
	await page.keyboard.press('Enter');
	ok(await page.evaluate(() => document.querySelector('details').open), `${path}: a key unfolds, without a script`);
	await context.close();
}

async function closed(ok, path) {
	const { context, page, asks } = await open(`act/${path}`);
	const acted = await page.evaluate(() => [document.documentElement.dataset.acted,
	    getComputedStyle(document.querySelector('.v')).borderRadius === '7px',
	    getComputedStyle(document.querySelector('#styled')).color === 'rgb(255, 0, 0)']);
	ok(!acted.some(Boolean) && !asked.includes('/spy.png'), `${path}: its policy stops a script, a style and an image`,
	    [acted, asks]);
	await context.close();
}

const all = pages(root);
const one = all.find(p => !p.includes('/'));
tell(all.length >= 5, `${all.length} pages to look at`);
await together([...all.map(path => async ok => {
	for (const width of [1280, 390])
		for (const scheme of ['light', 'dark']) {
			const where = `${path} at ${width}, ${scheme}`;
			await looks(ok, path, width, scheme, where);
			await axed(ok, path, width, scheme, where);
		}
	await printed(ok, path);
}), ok => keyboard(ok, one), ok => closed(ok, one)]);
const strange = asked.filter(a => !all.includes(a.replace(/^\/(act\/)?/, '')));
tell(strange.length === 0, 'the server was asked for nothing but the pages', strange);
console.log(`1..${n}`);
await browser.close();
server.close();
process.exit(failed > 0 ? 1 : 0);
