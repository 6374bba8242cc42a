// plot: a model (model.mjs) drawn by uPlot in a host of its own. A pointer or the arrow keys choose a month; what it says is
// below, and is read aloud when keys chose it. Colours are the page's own, and follow it from light to dark.
import { columns, labelled, monthOf, nearest, step } from './model.mjs';

const dark = matchMedia('(prefers-color-scheme: dark)');
const plots = new Set();
let ids = 0;

dark.addEventListener('change', () => plots.forEach(p => p.u.redraw()));

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const LABEL_PX = 72;	// between the middles of two months
const FONT = '12px system-ui, sans-serif';

// A line upright or across, on whole pixels.
function rule(ctx, x1, y1, x2, y2) {
	ctx.beginPath();
	ctx.moveTo(Math.round(x1), Math.round(y1));
	ctx.lineTo(Math.round(x2), Math.round(y2));
	ctx.stroke();
}

// The bars of a control with their words beside, which do not cover each other.
function bars(u, model) {
	const { ctx } = u, dpr = devicePixelRatio, { left, top, width, height } = u.bbox;
	let above = -Infinity;
	ctx.font = FONT.replace('12', String(12 * dpr));
	ctx.textAlign = 'left';
	ctx.textBaseline = 'middle';
	for (const b of [...model.bars].sort((p, q) => q.at - p.at)) {
		const y = u.valToPos(b.at, 'y', true);
		if (y < top - 1 || y > top + height + 1)
			continue;
		ctx.strokeStyle = ctx.fillStyle = colour('--mute');
		ctx.lineWidth = dpr;
		ctx.setLineDash([5 * dpr, 4 * dpr]);
		rule(ctx, left, y, left + width, y);
		ctx.setLineDash([]);
		above = Math.max(y, above + 14 * dpr);
		ctx.fillText(b.word, left + width + 6 * dpr, above);
	}
}

function mark(ctx, p, x, y, r, last) {
	ctx.beginPath();
	if (last) {
		ctx.moveTo(x - 1.5 * r, y);
		ctx.lineTo(x, y - 1.5 * r);
		ctx.lineTo(x + 1.5 * r, y);
		ctx.lineTo(x, y + 1.5 * r);
		ctx.closePath();
	} else {
		ctx.arc(x, y, r, 0, 2 * Math.PI);
	}
	ctx.fillStyle = p.judged ? colour('--mark') : colour('--bg');
	ctx.fill();
	ctx.stroke();
}

// Each month with its interval; "?" where nobody knows.
function points(u, model) {
	const { ctx } = u, dpr = devicePixelRatio, { top, height } = u.bbox, n = model.points.length;
	ctx.save();
	bars(u, model);
	ctx.strokeStyle = colour('--mark');
	ctx.lineWidth = 1.5 * dpr;
	model.points.forEach((p, i) => {
		const x = u.valToPos(p.at, 'x', true);
		if (p.value === null) {
			ctx.fillStyle = colour('--mute');
			ctx.textAlign = 'center';
			ctx.textBaseline = 'bottom';
			ctx.font = FONT.replace('12', String(12 * dpr));
			ctx.fillText('?', x, top + height - 2 * dpr);
			return;
		}
		const inside = v => Math.min(top + height, Math.max(top, u.valToPos(v, 'y', true)));
		if (p.lo !== null) {
			const lo = inside(p.lo), hi = inside(p.hi), cap = 3 * dpr;
			rule(ctx, x, lo, x, hi);
			rule(ctx, x - cap, lo, x + cap, lo);
			rule(ctx, x - cap, hi, x + cap, hi);
		}
		mark(ctx, p, x, inside(p.value), (n > 14 ? 2.5 : 3.5) * dpr, i === n - 1);
	});
	ctx.restore();
}

function options(model, of, size, chosen) {
	const word = new Map(model.ticks.map(t => [t.at, t.word])), line = { stroke: () => colour('--line'), width: 1 };
	const widest = Math.max(...model.ticks.map(t => t.word.length)), margin = Math.max(0, ...model.bars.map(b => b.word.length));
	const axis = { stroke: () => colour('--mute'), font: FONT, ticks: { show: false } };
	return {
		...size(),
		padding: [10, margin > 0 ? 10 + 7 * margin : 18, 0, 0],
		legend: { show: false },
		cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { show: false },
		    dataIdx: (u, s, i, at) => of.indexOf(nearest(model, at)), bind: { dblclick: () => null, mousedown: () => null, mouseup: () => null } },
		select: { show: false },
		scales: { x: { time: false, range: (u, lo, hi) => [lo - (hi - lo) * 0.03, hi + (hi - lo) * 0.03] },
		    y: { range: () => [model.from, model.to] } },
		axes: [{ ...axis, grid: { show: false }, space: 1, size: 34, gap: 9,
		    splits: u => labelled(model, u.posToVal(LABEL_PX, 'x') - u.posToVal(0, 'x')).map(i => model.points[i].at),
		    values: (u, at) => at.map(x => monthOf(model.points[nearest(model, x)])) },
		{ ...axis, grid: line, splits: () => model.ticks.map(t => t.at), values: (u, at) => at.map(y => word.get(y) ?? ''), size: 14 + 7 * widest }],
		series: [{}, ...model.context.map(() => ({ stroke: () => colour('--mute'), width: 1, points: { show: false } })),
		    { stroke: () => colour('--mark'), width: 2, points: { show: false } }],
		hooks: { draw: [u => points(u, model)], setCursor: [u => chosen(u)] },
	};
}

// {host, show(model)}: the host stands in the page already, and is as wide as its place there. label names it for who does
// not see it.
export class Plot {
	constructor(uPlot, host, label, height) {
		this.uPlot = uPlot;
		this.host = host;
		this.height = height;
		this.at = 0;
		this.paper = document.createElement('div');
		this.paper.className = 'paper';
		this.paper.tabIndex = 0;
		this.paper.setAttribute('role', 'application');
		this.paper.setAttribute('aria-roledescription', 'plot');
		this.said = document.createElement('p');
		this.said.className = 'said';
		this.said.id = `said-${++ids}`;
		this.said.setAttribute('role', 'status');
		this.label(label);
		host.append(this.paper, this.said);
		this.paper.addEventListener('keydown', e => this.key(e));
		this.paper.addEventListener('focus', () => this.choose(this.at, false));
		new ResizeObserver(() => this.u?.setSize(this.size())).observe(host);
		plots.add(this);
	}

	label(text) {
		this.paper.setAttribute('aria-label', `${text}. Arrow keys go from month to month.`);
	}

	size() {
		return { width: Math.max(200, Math.floor(this.host.clientWidth)), height: this.height };
	}

	show(model) {
		const { data, of } = columns(model);
		this.u?.destroy();
		this.model = model;
		this.of = of;
		this.at = model.points.length - 1;
		this.u = new this.uPlot(options(model, of, () => this.size(), u => this.hovered(u)), data, this.paper);
		this.tell(this.at, false);
	}

	// Only keys are read aloud: a pointer would never be done.
	tell(i, aloud) {
		this.at = i;
		this.said.setAttribute('aria-live', aloud ? 'polite' : 'off');
		if (this.said.textContent !== this.model.points[i].said)
			this.said.textContent = this.model.points[i].said;
	}

	hovered(u) {
		const i = u.cursor.left >= 0 && u.cursor.idx !== null && u.cursor.idx !== undefined ? nearest(this.model, u.posToVal(u.cursor.left, 'x')) : null;
		if (i !== null && !this.keyed)
			this.tell(i, false);
	}

	choose(i, aloud) {
		this.keyed = true;
		this.u.setCursor({ left: this.u.valToPos(this.model.points[i].at, 'x'), top: 0 }, false);
		this.keyed = false;
		this.tell(i, aloud);
	}

	key(e) {
		const to = e.ctrlKey || e.altKey || e.metaKey ? null : step(e.key, this.at, this.model.points.length);
		if (to === null)
			return;
		e.preventDefault();
		this.choose(to, true);
	}
}
