// zoom: a part of an incident's time line, drawn larger. The bars' moments are in the figure's attributes, to the microsecond:
// a part is drawn from those, not from what was rounded to be drawn whole.

const LEAST = 1e6;	// microseconds: nothing shorter fills the line

// --- arithmetic ---

// A part of [0, whole] that is by times as wide, around its place `around`; all of it when that is wider.
export function zoomed(part, by, whole, around = (part.from + part.to) / 2) {
	const width = Math.min(whole, Math.max(LEAST, (part.to - part.from) * by));
	const share = (around - part.from) / (part.to - part.from);
	const from = Math.min(whole - width, Math.max(0, around - share * width));
	return { from, to: from + width };
}

// From one place to another, whichever comes first.
export function between(a, b, whole) {
	const width = Math.max(LEAST, Math.abs(b - a)), from = Math.min(whole - width, Math.min(a, b));
	return { from, to: from + width };
}

export function moved(part, by, whole) {
	const width = part.to - part.from, from = Math.min(whole - width, Math.max(0, part.from + by * width));
	return { from, to: from + width };
}

// Where a bar is drawn: {x, width}, or null when it lies outside. A moment is seen, too.
export function placed(bar, part, left, right) {
	if (bar.to <= part.from || bar.from >= part.to)
		return bar.from === bar.to && bar.from >= part.from && bar.from < part.to ? { x: at(bar.from, part, left, right), width: 2 } : null;
	const x = at(Math.max(bar.from, part.from), part, left, right), till = at(Math.min(bar.to, part.to), part, left, right);
	return { x, width: Math.max(2, till - x) };
}

export function at(us, part, left, right) {
	return left + (us - part.from) / (part.to - part.from) * (right - left);
}

// "2031-05-09 12:00:01", to a tenth of a second when that matters.
export function moment(us, width) {
	const t = new Date(us / 1000).toISOString();
	return `${t.slice(0, 10)} ${t.slice(11, width < 20e6 ? 21 : 19)}`;
}

export function keyed(key, part, whole) {
	switch (key) {
	case '+': case '=': return zoomed(part, 0.5, whole);
	case '-': return zoomed(part, 2, whole);
	case 'ArrowLeft': return moved(part, -0.25, whole);
	case 'ArrowRight': return moved(part, 0.25, whole);
	case '0': return { from: 0, to: whole };
	default: return null;
	}
}

// --- the page ---

const LEFT = 132, RIGHT = 700;	// as src/serve/incident_draw.c

class Line {
	constructor(figure) {
		const d = figure.dataset, nums = d.bars === '' ? [] : d.bars.split(' ').map(Number);
		this.svg = figure.querySelector('svg');
		this.box = figure.querySelector('.scroll');
		this.rects = Array.from(this.svg.querySelectorAll('rect'));
		this.bars = this.rects.map((r, i) => ({ from: nums[2 * i], to: nums[2 * i + 1] }));
		this.start = Number(d.from);
		this.whole = Number(d.width);
		this.lines = Array.from(this.svg.querySelectorAll('line.grid'));
		this.words = Array.from(this.svg.querySelectorAll('text.t[text-anchor=middle]'));
		this.part = { from: 0, to: this.whole };
		this.fits = nums.length === 2 * this.rects.length && nums.every(Number.isFinite) && this.whole > 0 &&
		    this.lines.length === this.words.length;
	}

	show(part) {
		this.part = part;
		const width = part.to - part.from, n = this.words.length - 1;
		this.rects.forEach((r, i) => {
			const p = placed(this.bars[i], part, LEFT, RIGHT);
			r.style.display = p === null ? 'none' : '';
			if (p !== null) {
				r.setAttribute('x', p.x);
				r.setAttribute('width', p.width);
			}
			this.label(r.nextElementSibling, p);
		});
		this.words.forEach((t, i) => {
			const when = moment(this.start + part.from + width * i / n, width);
			t.textContent = width > 3 * 86400e6 ? when.slice(0, 10) : when.slice(5);
		});
		this.told.textContent = width === this.whole ? 'All of it is shown.' :
		    `Shown: ${moment(this.start + part.from, width)} to ${moment(this.start + part.to, width)} UTC.`;
		this.all.disabled = this.out.disabled = width === this.whole;
		this.into.disabled = width <= LEAST;
		this.before.disabled = part.from <= 0;
		this.after.disabled = part.to >= this.whole;
	}

	// The number of the path, behind its bar, where there is room for it (src/serve/incident_draw.c).
	label(text, p) {
		if (text === null || !text.matches('text.lt'))
			return;
		text.style.display = p === null || p.width < text.textContent.length * 7 + 4 ? 'none' : '';
		if (p !== null)
			text.setAttribute('x', p.x + p.width / 2);
	}

	button(text, label, f) {
		const b = document.createElement('button');
		b.type = 'button';
		b.textContent = text;
		b.setAttribute('aria-label', label);
		b.addEventListener('click', () => this.show(f()));
		this.bar.append(b);
		return b;
	}

	tools(figure) {
		this.bar = document.createElement('p');
		this.bar.className = 'tools';
		this.into = this.button('+', 'Zoom in', () => zoomed(this.part, 0.5, this.whole));
		this.out = this.button('\u2212', 'Zoom out', () => zoomed(this.part, 2, this.whole));
		this.before = this.button('\u25c0', 'Earlier', () => moved(this.part, -0.5, this.whole));
		this.after = this.button('\u25b6', 'Later', () => moved(this.part, 0.5, this.whole));
		this.all = this.button('All', 'Show all of it', () => ({ from: 0, to: this.whole }));
		this.told = document.createElement('span');
		this.told.setAttribute('role', 'status');
		this.told.className = 'small';
		this.bar.append(this.told);
		figure.before(this.bar);
	}

	// A part that is drawn over with the mouse; fingers scroll.
	drag() {
		const place = e => Math.min(this.part.to, Math.max(this.part.from, this.part.from + (this.part.to - this.part.from) *
		    ((e.clientX - this.svg.getBoundingClientRect().left) * 760 / this.svg.getBoundingClientRect().width - LEFT) / (RIGHT - LEFT)));
		let from = null;
		this.svg.addEventListener('pointerdown', e => {
			from = e.pointerType === 'mouse' && e.button === 0 ? place(e) : null;
			if (from !== null)
				e.preventDefault();
		});
		addEventListener('pointerup', e => {
			const to = from !== null ? place(e) : null;
			if (to !== null && Math.abs(to - from) > (this.part.to - this.part.from) / 50)
				this.show(between(from, to, this.whole));
			from = null;
		});
	}
}

export function zoom(figure) {
	const line = new Line(figure);
	if (!line.fits)
		return;
	line.tools(figure);
	line.drag();
	line.box.setAttribute('aria-label', 'Time line. Plus and minus zoom, arrow keys move, 0 shows all.');
	line.box.addEventListener('keydown', e => {
		const part = e.ctrlKey || e.altKey || e.metaKey ? null : keyed(e.key, line.part, line.whole);
		if (part === null)
			return;
		e.preventDefault();
		line.show(part);
	});
	line.show(line.part);
}
