// table: rows of a table found as one types, and sorted by a column. The order is the server's until one asks otherwise, and
// again after the third press. A row of class "stays" is about all others and keeps its place on top.
import { count, plural } from './words.mjs';

const FILTER_FROM = 8, SORT_FROM = 3;	// rows: fewer are seen at once
let ids = 0;

// --- order, which knows no browser ---

// "▲ +1,203.50 points", "66.30 % of 7": a number that stands alone; null: it is no number, as "2031-06" and "10.0.0.0/8".
export function numberOf(text) {
	const m = /^[^\w+-]*([+-]?\d[\d,]*(?:\.\d+)?)(?=$|[\s%])/.exec(text.trim());
	return m === null ? null : Number(m[1].replaceAll(',', ''));
}

const pieces = text => text.toLowerCase().match(/\d+|\D+/g) ?? [];

// Digits by what they count to, the rest letter by letter: AS9 before AS10, 10.2.0.0/16 before 10.10.0.0/16.
export function compareText(a, b) {
	const x = pieces(a), y = pieces(b);
	for (let i = 0; i < Math.min(x.length, y.length); i++) {
		if (x[i] === y[i])
			continue;
		const both = /^\d/.test(x[i]) && /^\d/.test(y[i]);
		const d = both ? Number(x[i]) - Number(y[i]) : 0;
		return d !== 0 ? d : x[i] < y[i] ? -1 : 1;
	}
	return x.length - y.length;
}

// The order of texts: indices. Numbers when each that is there is one; what is empty comes last, either way round.
export function order(texts, down) {
	const numbers = texts.map(numberOf), empty = t => /^[\s-]*$/.test(t);
	const numeric = texts.every((t, i) => empty(t) || numbers[i] !== null);
	return texts.map((t, i) => i).sort((i, k) => {
		if (empty(texts[i]) !== empty(texts[k]))
			return empty(texts[i]) ? 1 : -1;
		const d = numeric ? (numbers[i] ?? 0) - (numbers[k] ?? 0) : compareText(texts[i], texts[k]);
		return d === 0 ? i - k : down ? -d : d;
	});
}

// Whether each word is somewhere in it; accents and case aside.
const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
export function matches(text, asked) {
	const t = fold(text);
	return fold(asked).split(/\s+/).filter(Boolean).every(w => t.includes(w));
}

// --- the table ---

// What a cell says to who reads it: not what an image in it is described as.
function textOf(cell) {
	const copy = cell.cloneNode(true);
	copy.querySelectorAll('svg,[aria-hidden=true]').forEach(e => e.remove());
	copy.querySelectorAll('br').forEach(e => e.replaceWith(' '));
	return copy.textContent.trim().replace(/\s+/g, ' ');
}

// By what it sorts: as the server says, when that is not what it reads as.
const keyOf = cell => cell.dataset.sort ?? textOf(cell);

function sortable(table, body, rows) {
	const heads = Array.from(table.tHead.rows[0].cells), was = rows.slice();
	heads.forEach((th, column) => {
		if (th.textContent === '' || rows.every(r => textOf(r.cells[column] ?? th) === ''))
			return;
		const button = document.createElement('button');
		button.type = 'button';
		button.className = 'sort';
		button.append(...th.childNodes);
		th.append(button);
		button.addEventListener('click', () => {
			const now = th.getAttribute('aria-sort'), next = now === null ? 'ascending' : now === 'ascending' ? 'descending' : null;
			heads.forEach(h => h.removeAttribute('aria-sort'));
			if (next !== null)
				th.setAttribute('aria-sort', next);
			const to = next === null ? was : order(was.map(r => keyOf(r.cells[column])), next === 'descending').map(i => was[i]);
			body.append(...to);
		});
	});
}

function filter(table, rows) {
	const tools = document.createElement('p'), label = document.createElement('label'), input = document.createElement('input');
	const told = document.createElement('span'), texts = rows.map(r => Array.from(r.cells, textOf).join(' '));
	tools.className = 'tools';
	label.textContent = 'Filter these rows';
	label.htmlFor = input.id = `filter-${++ids}`;
	input.type = 'search';
	input.autocomplete = 'off';
	told.setAttribute('role', 'status');
	told.className = 'small';
	tools.append(label, input, told);
	input.addEventListener('input', () => {
		let n = 0;
		rows.forEach((r, i) => {
			r.hidden = !matches(texts[i], input.value);
			n += r.hidden ? 0 : 1;
		});
		told.textContent = input.value.trim() === '' ? '' : `${count(n)} of ${plural(rows.length, 'row', 'rows')} here`;
	});
	(table.closest('.scroll') ?? table).before(tools);
}

export function tables(where) {
	for (const table of where.querySelectorAll('table')) {
		const body = table.tBodies[0], rows = Array.from(body?.rows ?? []).filter(r => !r.classList.contains('stays'));
		if (table.tHead === null || table.dataset.sorts !== undefined || rows.length < SORT_FROM)
			continue;
		table.dataset.sorts = '';
		sortable(table, body, rows);
		if (rows.length >= FILTER_FROM)
			filter(table, rows);
	}
}
