// The scripts of pages in a real browser, for site.mjs: plots that can be asked by mouse and keys, tables that sort and filter,
// searching while one types, a time line that zooms; and that a page loses nothing when any of it fails to come.

export async function scripts({ browser, base, bad, worst, incident, folder, axe, ok }) {
	const host = new URL(base).host;

	const check = ok;
	ok = (good, title, details = []) => check(good, title, [JSON.stringify(details)]);

	// f on a page that has its scripts, with whatever the console and the requests say of it.
	async function visit(path, f, { width = 1280, before = async () => {}, says = () => false, ...how } = {}) {
		const context = await browser.newContext({ viewport: { width, height: 900 }, ...how });
		const page = await context.newPage(), told = [], asks = [];
		page.on('console', m => told.push(`${m.type()}: ${m.text()}`));
		page.on('pageerror', e => told.push(e.stack ?? e));
		page.on('request', q => asks.push(q.url()));
		await before(page);
		await page.goto(base + path, { waitUntil: 'networkidle' });
		await f(page, asks);
		const strange = asks.filter(u => u !== 'data:,' && new URL(u).host !== host);
		const said = told.filter(t => !says(t));
		ok(said.length === 0 && strange.length === 0, `${path.slice(0, 48)} at ${width}: nothing on the console, no request elsewhere`, [...said, ...strange]);
		await context.close();
	}
	const fails = t => /Failed to load resource|net::ERR/.test(t);
	const ready = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
	// Down to the end, so that what waits to be seen is drawn.
	const whole = async page => {
		for (const f of await page.locator('figure.trend').all())
			await f.scrollIntoViewIfNeeded();
		await ready(page);
	};
	const said = at => at.locator('.said').textContent();

	async function overview(page) {
		await page.waitForSelector('.explore canvas');
		const packs = await page.locator('.run-of[data-at]').count(), one = page.locator('.explore').last(), table = page.locator('.run-of').last();
		ok(packs > 1 && await page.locator('.explore canvas').count() === packs, 'each pack has a plot of its months');
		const cells = await table.locator('td.share').evaluateAll(c => c.map(td => td.lastChild.textContent.trim()));
		const seen = [];
		for (const i of cells.keys()) {
			await one.locator('select').selectOption(String(i));
			seen.push(await said(one));
		}
		ok(cells.length > 3 && seen.every((s, i) => s === `2031-07: ${cells[i]}`), 'it says of each control what the table says', [cells, seen]);
		const paper = one.locator('.paper');
		await paper.focus();
		await page.keyboard.press('Home');
		const first = await said(one);
		await page.keyboard.press('ArrowRight');
		const second = await said(one);
		await page.keyboard.press('ArrowLeft');
		ok(first.startsWith('2031-01: ') && second.startsWith('2031-03: ') && await said(one) === first, 'keys go from month to month', [first, second]);
		ok(await one.locator('.said').getAttribute('role') === 'status' && await one.locator('.said').getAttribute('aria-live') === 'polite' &&
		    /months\. Arrow keys/.test(await paper.getAttribute('aria-label')), 'which is read aloud, and the plot has a name');
		const sorted = async head => {
			await table.getByRole('button', { name: head }).click();
			return table.locator('td.share').evaluateAll(c => c.map(td => parseFloat(td.lastChild.textContent)));
		};
		const byShare = await sorted('Networks that pass');
		ok(byShare.length === cells.length && byShare.every((x, i) => i === 0 || byShare[i - 1] <= x) && byShare.at(-1) > 99, 'a table sorts by its shares', byShare);
		await table.locator('td.n[data-sort]').evaluateAll(t => t.forEach((td, i) => { td.dataset.sort = String([-9, 100, 20, -10][i] ?? 0); }));
		await sorted('Change');
		const points = await table.locator('td.n[data-sort]').evaluateAll(t => t.map(td => +td.dataset.sort));
		ok(points.length > 3 && points.every((x, i) => i === 0 || points[i - 1] <= x), 'and by points of change, as numbers', points);
		await one.scrollIntoViewIfNeeded();
		const box = await one.locator('.u-over').boundingBox();
		await page.mouse.move(box.x + box.width - 30, box.y + 40);
		ok((await said(one)).startsWith('2031-07: ') && await one.locator('.said').getAttribute('aria-live') === 'off', 'a pointer shows a month, silently', await said(one));
		await page.keyboard.press('Tab');
		ok(await paper.evaluate(p => !p.contains(document.activeElement)), 'a key leads on from a plot');
		ok(await page.evaluate(() => document.getAnimations().length) === 0, 'nothing moves by itself');
	}

	async function trend(page) {
		await whole(page);
		const n = await page.locator('figure.trend[data-at]').count();
		ok(n > 0 && await page.locator('figure.plotted canvas').count() === n, `each of ${n} lines is a plot`);
		ok(await page.locator('figure.plotted > svg').evaluateAll(s => s.every(e => getComputedStyle(e).display === 'none')), 'in place of the server\'s drawing');
		const one = page.locator('figure.plotted').first(), words = (await one.getAttribute('data-said')).split('|');
		await one.locator('.paper').focus();
		const seen = [];
		await page.keyboard.press('Home');
		for (let i = 0; i < words.length; i++) {
			seen.push(await said(one));
			await page.keyboard.press('ArrowRight');
		}
		ok(seen.join('|') === words.join('|'), 'each month says what the server says of it', [seen, words]);
		await page.emulateMedia({ media: 'print' });
		ok(await one.evaluate(f => getComputedStyle(f.querySelector('svg')).display !== 'none' && getComputedStyle(f.querySelector('.plot')).display === 'none'),
		    'on paper the server\'s drawing is back');
		await page.emulateMedia({ media: null });
	}

	async function colours(page) {
		await page.waitForSelector('figure.plotted canvas');
		const ink = () => page.evaluate(() => {
			const c = document.querySelector('figure.plotted canvas'), copy = new OffscreenCanvas(c.width, c.height).getContext('2d', { willReadFrequently: true });
			copy.drawImage(c, 0, 0);
			const d = copy.getImageData(0, 0, c.width, c.height).data;
			let light = 0, dark = 0;
			for (let i = 0; i < d.length; i += 4)
				if (d[i + 3] > 200)
					d[i] + d[i + 1] + d[i + 2] > 740 ? light++ : d[i] + d[i + 1] + d[i + 2] < 90 ? dark++ : 0;
			return { light, dark };
		});
		const day = await ink();
		await page.emulateMedia({ colorScheme: 'dark' });
		await ready(page);
		const night = await ink();
		ok(day.dark > 50 && day.dark > 3 * day.light && night.light > 50 && night.light > 3 * night.dark, 'a plot follows the page into the dark', [day, night]);
		await page.setViewportSize({ width: 390, height: 900 });
		await ready(page);
		ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth &&
		    document.querySelector('figure.plotted canvas').getBoundingClientRect().right <= innerWidth), 'and onto a phone');
	}

	// A page as it is without what did not come.
	async function lost(path, glob, canvas) {
		await visit(path, async page => {
			await page.locator('figure.trend').first().scrollIntoViewIfNeeded();
			await ready(page);
			ok(await page.locator('canvas').count() === canvas && await page.locator('figure.plotted').count() === 0 &&
			    await page.locator('figure.trend > svg').first().isVisible() && await page.locator('.plot:empty').count() === 0,
			    `${path} without ${glob}: the server's drawings stay`);
		}, { before: page => page.route(glob, r => r.abort()), says: fails });
		await visit(path, async page => {
			ok(await page.locator('figure.trend > svg').first().isVisible(), `${path} with ${glob} answered 503: the same`);
		}, { before: page => page.route(glob, r => r.fulfill({ status: 503, body: 'busy' })), says: fails });
	}

	async function table(page) {
		const names = () => page.locator('#found tbody tr:not([hidden]) th').allTextContents();
		const was = await names();
		await page.locator('#found .tools input').fill('edge-24');
		const some = await page.locator('#found tbody tr:not([hidden])').allTextContents();
		ok(some.length > 0 && some.length < was.length && some.every(t => /edge-24/i.test(t)), 'rows are found as one types', some.length);
		ok(await page.locator('#found .tools [role=status]').textContent() === `${some.length} of ${was.length} rows here`, 'and their number is told');
		await page.locator('#found .tools input').fill('');
		const head = page.locator('#found thead th').first(), button = head.locator('button');
		await button.focus();
		await page.keyboard.press('Enter');
		const up = await names(), num = t => Number(t.slice(2));
		ok(await head.getAttribute('aria-sort') === 'ascending' && up.length === was.length && up.every((t, i) => i === 0 || num(up[i - 1]) <= num(t)), 'a column sorts, by key', up.slice(0, 5));
		await page.keyboard.press('Enter');
		ok(await head.getAttribute('aria-sort') === 'descending' && (await names()).join() === [...up].reverse().join(), 'and the other way');
		await page.keyboard.press('Enter');
		ok(await head.getAttribute('aria-sort') === null && (await names()).join() === was.join(), 'and back to how it was');
	}

	async function searching(page) {
		const find = page.locator('#find'), live = page.locator('.live');
		await find.pressSequentially('edge-24', { delay: 20 });
		await page.waitForURL('**/networks?q=edge-24');
		await page.waitForFunction(() => /“edge-24”/.test(document.querySelector('.live').textContent));
		const told = await live.textContent(), rows = await page.locator('#found tbody tr').count();
		ok(told === (await page.locator('#found .lead').textContent()) && told.startsWith(`${rows} networks for`), 'what is typed is asked of the site, and the count told', [told, rows]);
		ok(await page.locator('#found thead button.sort').count() > 0 && await find.evaluate(e => e === document.activeElement), 'the table that came sorts, the focus stays');
		await page.reload({ waitUntil: 'networkidle' });
		ok(await find.inputValue() === 'edge-24' && await page.locator('#found tbody tr').count() === rows, 'the address gives the same again');
		await find.fill(`AS${bad}`);
		await page.waitForFunction(() => /Enter opens/.test(document.querySelector('.live').textContent));
		ok(page.url().endsWith('q=edge-24') && await page.locator('#found tbody tr').count() === rows, 'an ASN leads away only by Enter');
		await find.fill('</title><script>document.title="taken"</script>');
		await page.waitForFunction(() => /taken/.test(document.querySelector('.live').textContent));
		ok(await page.title() !== 'taken' && await page.locator('#found script').count() === 0, 'what is typed, and what is found by it, stays text', [await page.title()]);
		await page.route('**/networks?q=lab', r => r.abort());
		await find.fill('lab');
		await page.waitForFunction(() => /cannot be reached/.test(document.querySelector('.live').textContent));
		ok(true, 'a site that is gone is told');
		await find.fill(`AS${bad}`);
		await page.keyboard.press('Enter');
		await page.waitForURL(`**/network/${bad}`);
		ok(true, 'Enter goes at once');
	}

	async function incidents(page) {
		const all = await page.locator('#found .lead').textContent();
		await page.locator('#class').selectOption('leak');
		await page.waitForURL('**/incidents?*class=leak*');
		await page.waitForFunction(was => document.querySelector('#found .lead').textContent !== was, all);
		const cells = await page.locator('#found table').first().locator('tbody tr td:nth-child(3)').allTextContents();
		ok(cells.length > 0 && cells.every(c => c === 'route leak'), 'a choice shows its incidents at once', cells);
		await page.locator('#asn').fill('AS99999999999');
		await page.waitForFunction(() => document.querySelector('.live').textContent.length > 60 || /ASN|number/.test(document.querySelector('.live').textContent));
		ok(page.url().includes('class=leak') && !page.url().includes('99999') && cells.length === await page.locator('#found table').first().locator('tbody tr').count(),
		    'what is no ASN is told, and what was shown stays', await page.locator('.live').textContent());
	}

	async function zoom(page) {
		const line = page.locator('figure.line .scroll'), told = page.locator('.tools [role=status]').first();
		const widths = () => page.locator('figure.line .scroll rect').evaluateAll(r => r.map(e => e.style.display === 'none' ? null : [+e.getAttribute('x'), +e.getAttribute('x') + +e.getAttribute('width')]));
		const was = await widths();
		ok(await told.textContent() === 'All of it is shown.' && was.every(Boolean), 'a time line is whole at first');
		await page.getByRole('button', { name: 'Zoom in' }).click();
		await page.getByRole('button', { name: 'Zoom in' }).click();
		const near = (await widths()).filter(Boolean);
		ok(/^Shown: 2031-/.test(await told.textContent()) && near.every(([a, b]) => a >= 132 && b <= 702) && JSON.stringify(near) !== JSON.stringify(was), 'a part fills the line, and says which', await told.textContent());
		await line.focus();
		const before = await told.textContent();
		await page.keyboard.press('ArrowRight');
		ok(await told.textContent() !== before, 'keys move it');
		await page.keyboard.press('0');
		const again = await widths();
		ok(await told.textContent() === 'All of it is shown.' && again.every((r, i) => Math.abs(r[0] - was[i][0]) <= 1 && Math.abs(r[1] - was[i][1]) <= 2), 'and show all of it again, as the server drew it', [was[0], again[0]]);
	}

	async function compared(page) {
		const table = page.locator('.side table').first();
		await table.locator('thead button.sort').nth(1).click();
		ok(/^Required controls passed/.test(await table.locator('tbody tr').first().locator('th').textContent()), 'the row that sums up stays on top');
		await page.locator('.tools input').first().fill('P-RPKI');
		ok(await table.locator('tbody tr:not([hidden])').count() === 4, 'with what is filtered below', await table.locator('tbody tr:not([hidden])').count());
	}

	await visit('/', overview);
	await visit('/control/manrs-netops/M7RPKI', trend);
	await visit(`/network/${bad}`, trend);
	await visit(`/network/${bad}`, colours);
	await lost(`/network/${bad}`, '**/uplot.mjs', 0);
	await lost(`/network/${bad}`, '**/main.mjs', 0);
	await lost(`/network/${bad}`, '**/model.mjs', 0);
	await visit('/networks', table);
	await visit('/networks', searching, { says: fails });
	await visit('/incidents', incidents, { says: fails });
	await visit(`/incident/${incident}`, zoom);
	await visit(`/compare?asns=${worst}&pack=manrs-plus-proposal`, compared);

	// how it looks, and what axe-core finds, with all that scripts add
	for (const path of ['/', `/network/${bad}`, '/control/manrs-plus-proposal/P-ROV-1', '/networks', '/incidents', `/incident/${incident}`,
	    `/compare?asns=${worst}&pack=manrs-plus-proposal`, '/about'])
		for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark'], ...(folder ? [[1280, 'dark'], [390, 'light']] : [])])
			await visit(path, async page => {
				const where = `${path.slice(0, 48)} at ${width}, ${colorScheme}, with scripts`;
				await whole(page);
				ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: no sideways scroll`);
				if ((width === 1280) === (colorScheme === 'light')) {
					await page.evaluate(axe);
					const r = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
					ok(r.violations.length === 0, `${where}: axe-core finds nothing`, r.violations.map(v => `${v.impact} ${v.id}: ${v.help}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`));
				}
				if (folder) {
					await page.evaluate(() => scrollTo(0, 0));
					await page.screenshot({ path: `${folder}/script-${path.replace(/[^a-z0-9]+/gi, '_').slice(0, 40)}-${width}-${colorScheme}.png`, fullPage: true });
				}
			}, { width, colorScheme, bypassCSP: (width === 1280) === (colorScheme === 'light') });
}
