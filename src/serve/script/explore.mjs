// explore: the small lines of a pack's table, one of them drawn large, the others behind it.
import { shareModel } from './model.mjs';
import { Plot } from './plot.mjs';

const numbers = text => text.split(' ').map(Number);
let ids = 0;

// "M8 Contact registered": without whether it is required.
function nameOf(th) {
	const copy = th.cloneNode(true);
	copy.querySelectorAll('.req').forEach(e => e.remove());
	return copy.textContent.replace(/\s+/g, ' ').trim();
}

// What the table has: {at, months, controls}.
function read(table) {
	const controls = Array.from(table.querySelectorAll('td.spark[data-pass]'), td => ({
		name: nameOf(td.parentElement.querySelector('th')),
		pass: numbers(td.dataset.pass), judged: numbers(td.dataset.judged) }));
	const at = numbers(table.dataset.at), months = table.dataset.months.split(' ');
	return { at, months, controls: controls.filter(c => c.pass.length === at.length && c.judged.length === at.length) };
}

function choice(controls) {
	const field = document.createElement('p'), label = document.createElement('label'), select = document.createElement('select');
	field.className = 'field';
	label.textContent = 'Over the months';
	label.htmlFor = select.id = `over-${++ids}`;
	select.append(...controls.map((c, i) => new Option(c.name, i)));
	field.append(label, select);
	return { field, select };
}

function draw(uPlot, table) {
	const { at, months, controls } = read(table);
	if (at.length < 2 || controls.length === 0)
		return;
	const host = document.createElement('div'), figure = document.createElement('figure'), { field, select } = choice(controls);
	const note = document.createElement('figcaption');
	host.className = 'plot';
	figure.className = 'explore';
	note.textContent = 'Networks that pass, of those judged, with the 95 % interval; the other controls of the pack behind. ' +
	    'Nothing is drawn over a month that is not there.';
	figure.append(field, host, note);
	table.after(figure);
	try {
		const plot = new Plot(uPlot, host, '', 260), show = () => {
			plot.label(`${controls[select.value].name}: share of networks that pass, over ${at.length} months`);
			plot.show(shareModel(at, months, controls, Number(select.value)));
		};
		select.addEventListener('change', show);
		show();
	} catch (e) {
		figure.remove();
		throw e;
	}
}

export function explore(uPlot, tables) {
	tables.forEach(t => draw(uPlot, t));
}
