// What the scripts of pages compute, under node: node script.mjs, TAP without numbers; node script.mjs SITE: their words against
// the numbers of the site's API and the words of its pages, one line.
import { columns, follows, labelled, monthOf, nearest, shareModel, step, trendModel } from '../../src/serve/script/model.mjs';
import { addressOf, outcome } from '../../src/serve/script/search.mjs';
import { compareText, matches, numberOf, order } from '../../src/serve/script/table.mjs';
import { count, percent, share, wilson } from '../../src/serve/script/words.mjs';
import { at, between, keyed, moment, moved, placed, zoomed } from '../../src/serve/script/zoom.mjs';
import { failures, ok } from './ok.mjs';

const is = (got, want, name) => ok(JSON.stringify(got) === JSON.stringify(want), name, { got, want });

// --- against a site: each share of each control, month and pack ---
async function against(site) {
	const json = async p => (await fetch(site + p)).json();
	let n = 0, bad = [];
	for (const pack of ['manrs-netops', 'manrs-plus-proposal', 'imc22'])
		for (const month of ['2031-03', '2031-04', '2031-05', '2031-06']) {
			const s = await json(`/api/v1/scores/summary?pack=${pack}&month=${month}`);
			for (const c of s.controls)
				for (const x of [c, ...c.sizes].filter(y => y.pass)) {
					n++;
					const { num, den, lo_ppm, hi_ppm, value_ppm: value } = x.pass;
					if (JSON.stringify(wilson(num, den)) !== JSON.stringify([lo_ppm, hi_ppm]) || Math.floor(num * 1e6 / den) !== value)
						bad.push([pack, month, c.control, x.pass, wilson(num, den)]);
				}
		}
	// the words of the overview beside its counts
	const html = await (await fetch(`${site}/`)).text();
	let said = 0;
	for (const row of html.split('<tr>').slice(1)) {
		const pass = /data-pass="([^"]*)"/.exec(row)?.[1].split(' ').map(Number), judged = /data-judged="([^"]*)"/.exec(row)?.[1].split(' ').map(Number);
		const words = /<\/svg>\s*([^<]*)<\/td>/.exec(row)?.[1];
		if (pass === undefined)
			continue;
		said++;
		if (share(pass.at(-1), judged.at(-1)) !== words)
			bad.push([share(pass.at(-1), judged.at(-1)), words]);
	}
	console.error(JSON.stringify(bad.slice(0, 3)));
	console.log(`the words of scripts are the site's: ${n} shares, ${said} lines of the first page`);
	process.exit(bad.length > 0 || n < 40 || said < 10 ? 1 : 0);
}
if (process.argv[2])
	await against(process.argv[2]);

// --- words ---
is([0, 7, 999, 1000, 80000, 1234567].map(count), ['0', '7', '999', '1,000', '80,000', '1,234,567'], 'counts have commas');
is([0, 1, 49, 66666, 666666, 999999, 1000000].map(percent), ['0.00', '0.01', '0.01', '6.67', '66.67', '99.99', '100.00'],
    'a little is not nothing, almost all is not all');
is(share(0, 0), 'none could be judged', 'of nobody there is no share');
is(share(14, 28), '50.00 % of 28 (95 % interval 32.63-67.37)', 'a share has its population and interval');
ok(wilson(0, 5)[0] === 0 && wilson(5, 5)[1] === 1000000 && wilson(0, 0)[1] === 1000000, 'an interval ends at nothing and at all');

// --- the model ---
const attrs = { at: '100 200 400', value: '5 - 7', state: 'j ? hg', said: '2031-01: a|2031-02: no data|2031-04: c', from: '0', to: '10',
    ticks: '0=0|5=5|10=10', bars: '8=pass 8' };
const m = trendModel(attrs);
is(m.points.map(p => [p.value, p.judged, p.gap]), [[5, true, false], [null, false, false], [7, false, true]], 'points have value, standing and gaps');
is([m.ticks[1], m.bars[0], monthOf(m.points[2])], [{ at: 5, word: '5' }, { at: 8, word: 'pass 8' }, '2031-04'], 'ticks, bars and months have their words');
is(columns(m), { data: [[100, 200, 300, 400], [5, null, null, 7]], of: [0, 1, -1, 2] }, 'a gap is a hole that no line crosses');
for (const [name, change] of Object.entries({ 'a month too few': { at: '100 200' }, 'a value too many': { value: '5 - 7 8' }, 'no words': { said: '' },
    'no number': { value: '5 x 7' }, 'no scale': { from: undefined }, 'one month': { at: '100', value: '1', state: 'j', said: 'x: y' } }))
	is(trendModel({ ...attrs, ...change }), null, `${name}: nothing to draw`);
const s = shareModel([1, 2, 3], ['2031-01', '2031-02', '2031-04'], [{ pass: [1, 0, 3], judged: [2, 0, 4] }, { pass: [1, 1, 1], judged: [1, 2, 4] }], 0);
is(s.points.map(p => [p.value, p.gap, p.said.slice(0, 30)]), [[500000, false, '2031-01: 50.00 % of 2 (95 % int'.slice(0, 30)],
    [null, false, '2031-02: none could be judged'], [750000, true, '2031-04: 75.00 % of 4 (95 % in']], 'the chosen control in words');
is(columns(s).data, [[1, 2, 2.5, 3], [1000000, 500000, null, 250000], [500000, null, null, 750000]], 'the others behind it');
ok(follows('2030-12', '2031-01') && !follows('2031-01', '2031-03') && !follows('2031-01', '2031-01'), 'a month follows another');
is([-5, 149, 151, 290, 301, 999].map(x => nearest(m, x)), [0, 0, 1, 1, 2, 2], 'the nearest month, never a hole');
const years = { points: Array.from({ length: 24 }, (_, i) => ({ at: i * 30 })) };
for (const least of [1, 30, 31, 100, 689, 690, 5000]) {
	const l = labelled(years, least);
	ok(l.at(-1) === 23 && l.every((x, i) => i === 0 || x > l[i - 1] && (x - l[i - 1]) * 30 >= least) && (least > 690 || l[0] === 0),
	    `labels ${least} apart do not meet`, l);
}
is([['ArrowLeft', 0], ['ArrowLeft', 5], ['ArrowRight', 23], ['ArrowRight', 5], ['Home', 9], ['End', 9], ['PageUp', 5], ['PageDown', 5], ['x', 5], ['Tab', 5]]
    .map(([k, i]) => step(k, i, 24)), [0, 4, 23, 6, 0, 23, 0, 17, null, null], 'keys go from month to month and stay within');

// --- tables ---
is(['66.30 % of 7', '1,203', '▲ +1.20since', '▲ +1.20 since', '▼ -0.40', '= no change', '2031-06', '10.0.0.0/8', 'AS12', '', '0', '3 of 5'].map(numberOf),
    [66.3, 1203, null, 1.2, -0.4, null, null, null, null, null, 0, 3], 'numbers are told from dates, prefixes and ASNs');
is(['AS10', 'AS9', 'as100'].sort(compareText), ['AS9', 'AS10', 'as100'], 'AS9 comes before AS10');
is(['10.10.0.0/16', '10.2.0.0/16', '9.0.0.0/8'].sort(compareText), ['9.0.0.0/8', '10.2.0.0/16', '10.10.0.0/16'], 'prefixes by their numbers');
is(order(['10', '', '9', '-', '1,000'], false), [2, 0, 4, 1, 3], 'numbers by size, what is empty last');
is(order(['10', '', '9', '-', '1,000'], true), [4, 0, 2, 1, 3], 'also downwards');
is(order(['b', 'a', 'b', 'a'], true), [0, 2, 1, 3], 'what is equal stays as it was');
for (let i = 0; i < 200; i++) {		// an order is one: of any three texts
	const r = k => ['AS', '', 'x', '1', '10', '2', '-', 'é'][(i * 7 + k * 13 + (i >> k)) % 8] + (i * k % 11);
	const [a, b, c] = [r(1), r(2), r(3)];
	if (compareText(a, b) <= 0 && compareText(b, c) <= 0 && compareText(a, c) > 0 || Math.sign(compareText(a, b)) !== -Math.sign(compareText(b, a)))
		ok(false, 'texts are ordered', [a, b, c]);
}
is([['LAB-EDGE-20 Lab Online', 'lab 20'], ['Orange Espagne', 'ESPAGNE orange'], ['Télé2', 'tele2'], ['abc', 'abd'], ['abc', '  ']].map(([t, q]) => matches(t, q)),
    [true, true, true, false, true], 'each word anywhere, case and accents aside');

// --- searching ---
is(addressOf('/networks', [['q', ' a&b=ü ']]), '/networks?q=a%26b%3D%C3%BC', 'what is typed cannot become another argument');
is([addressOf('/incidents', [['class', ''], ['asn', ' ']]), addressOf('/incidents', [['class', 'leak'], ['asn', 'AS1']])],
    ['/incidents', '/incidents?class=leak&asn=AS1'], 'what is empty is not asked for');
is([outcome(200, 'basic'), outcome(0, 'opaqueredirect'), outcome(400, 'basic'), outcome(503, 'basic')], ['show', 'lead', 'tell', 'tell'], 'answers');

// --- zooming ---
const all = { from: 0, to: 100e6 };
is(zoomed(all, 0.5, 100e6), { from: 25e6, to: 75e6 }, 'half of it, around the middle');
is(zoomed({ from: 0, to: 50e6 }, 4, 100e6), all, 'never more than all');
is(zoomed({ from: 10e6, to: 11e6 }, 0.5, 100e6), { from: 10e6, to: 11e6 }, 'never less than a second');
is([moved({ from: 60e6, to: 90e6 }, 1, 100e6), moved({ from: 10e6, to: 40e6 }, -1, 100e6)], [{ from: 70e6, to: 100e6 }, { from: 0, to: 30e6 }], 'no move beyond the ends');
is([between(9e6, 3e6, 100e6), between(99.9e6, 100e6, 100e6)], [{ from: 3e6, to: 9e6 }, { from: 99e6, to: 100e6 }], 'from one place to another, either way');
is([['+', 50e6], ['-', 100e6], ['0', 100e6]].map(([k, w]) => keyed(k, { from: 0, to: 100e6 }, 100e6).to - keyed(k, { from: 0, to: 100e6 }, 100e6).from === w),
    [true, true, true], 'keys');
is(keyed('a', all, 100e6), null, 'other keys do nothing');
is(placed({ from: 40e6, to: 60e6 }, { from: 50e6, to: 100e6 }, 100, 200), { x: 100, width: 20 }, 'a bar is cut at the edge');
is([placed({ from: 0, to: 10 }, { from: 10, to: 20 }, 0, 100), placed({ from: 20, to: 30 }, { from: 10, to: 20 }, 0, 100)], [null, null], 'what is outside is not drawn');
is(placed({ from: 15, to: 15 }, { from: 10, to: 20 }, 0, 100), { x: 50, width: 2 }, 'a moment is seen');
is(at(75, { from: 50, to: 100 }, 0, 10), 5, 'a place on the line');
is([moment(1937563455123456, 60e6), moment(1937563455123456, 5e6)], ['2031-05-26 12:04:15', '2031-05-26 12:04:15.1'], 'a moment in words');
process.exit(failures() > 0 ? 1 : 0);
