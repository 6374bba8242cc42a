// model: what a plot is of, from the attributes that the server writes (src/serve/trend_line.c, page_overview.c). Nothing
// here knows a browser.
import { share, wilson } from './words.mjs';

const words = text => text === undefined || text === '' ? [] : text.split(' ');
const number = text => text === '-' ? null : Number(text);
const pairs = text => (text ?? '').split('|').filter(Boolean).map(p => {
	const cut = p.indexOf('=');
	return { at: Number(p.slice(0, cut)), word: p.slice(cut + 1) };
});

// One line: {points, from, to, ticks, bars}; a point is {at, value, lo, hi, judged, gap, said}, value null when nobody
// knows. null: the attributes do not fit together, and the server's drawing stays.
export function trendModel(d) {
	const at = words(d.at).map(Number), value = words(d.value).map(number), state = words(d.state);
	const lo = words(d.lo).map(number), hi = words(d.hi).map(number), said = (d.said ?? '').split('|');
	const n = at.length, fits = a => a.length === n;
	if (n < 2 || ![value, state, said].every(fits) || ![lo, hi].every(a => a.length === 0 || fits(a)))
		return null;
	if (![...at, Number(d.from), Number(d.to)].every(Number.isFinite) || value.some(Number.isNaN))
		return null;
	const points = at.map((x, i) => ({ at: x, value: value[i], lo: lo[i] ?? null, hi: hi[i] ?? null, said: said[i],
	    judged: state[i][0] === 'j', gap: state[i].endsWith('g') }));
	return { points, from: Number(d.from), to: Number(d.to), ticks: pairs(d.ticks), bars: pairs(d.bars), context: [] };
}

// Of many controls over the same months, one chosen: pass and judged are counts of each month.
export function shareModel(at, months, controls, chosen) {
	const line = c => at.map((x, i) => {
		const den = c.judged[i], num = c.pass[i], [lo, hi] = wilson(num, den);
		return { at: x, value: den > 0 ? Math.floor(num * 1000000 / den) : null, lo: den > 0 ? lo : null, hi: den > 0 ? hi : null,
		    judged: true, gap: i > 0 && !follows(months[i - 1], months[i]), said: `${months[i]}: ${share(num, den)}` };
	});
	const ticks = [0, 250000, 500000, 750000, 1000000].map(t => ({ at: t, word: `${t / 10000} %` }));
	return { points: line(controls[chosen]), from: 0, to: 1000000, ticks, bars: [],
	    context: controls.filter((c, i) => i !== chosen).map(line) };
}

// "2031-06" after "2031-05".
export function follows(before, after) {
	const n = m => Number(m.slice(0, 4)) * 12 + Number(m.slice(5, 7));
	return n(after) - n(before) === 1;
}

// What uPlot draws: columns with a hole where no line is drawn, and of each row its point, or -1 for a hole.
export function columns(model) {
	const x = [], of = [], y = [], rest = model.context.map(() => []);
	model.points.forEach((p, i) => {
		if (p.gap && i > 0) {
			x.push((model.points[i - 1].at + p.at) / 2);
			of.push(-1);
			y.push(null);
			rest.forEach(r => r.push(null));
		}
		x.push(p.at);
		of.push(i);
		y.push(p.value);
		rest.forEach((r, k) => r.push(model.context[k][i].value));
	});
	return { data: [x, ...rest, y], of };
}

// The point whose moment is nearest.
export function nearest(model, at) {
	let best = 0;
	model.points.forEach((p, i) => {
		if (Math.abs(p.at - at) < Math.abs(model.points[best].at - at))
			best = i;
	});
	return best;
}

// Where a key leads from point i; null: it is no key of a plot.
export function step(key, i, n) {
	switch (key) {
	case 'ArrowLeft': return Math.max(0, i - 1);
	case 'ArrowRight': return Math.min(n - 1, i + 1);
	case 'PageUp': return Math.max(0, i - 12);
	case 'PageDown': return Math.min(n - 1, i + 12);
	case 'Home': return 0;
	case 'End': return n - 1;
	default: return null;
	}
}

// Which points have their month written below: the last, the first, and of those between what has room, least apart. Ascending.
export function labelled(model, least) {
	const p = model.points, n = p.length, out = [n - 1];
	for (const i of [0, ...Array.from({ length: Math.max(0, n - 2) }, (_, k) => k + 1)])
		if (out.every(k => Math.abs(p[k].at - p[i].at) >= least))
			out.push(i);
	return out.sort((a, b) => a - b);
}

export const monthOf = point => point.said.slice(0, point.said.indexOf(': '));
