// trend: each line that the server drew, drawn again by uPlot when it comes into sight. The server's stays for paper, and
// when anything goes wrong.
import { trendModel } from './model.mjs';
import { Plot } from './plot.mjs';

function draw(uPlot, figure) {
	const model = trendModel(figure.dataset), svg = figure.querySelector('svg');
	if (model === null || svg === null)
		return;
	const host = document.createElement('div');
	host.className = 'plot';
	figure.insertBefore(host, svg);
	try {
		new Plot(uPlot, host, svg.querySelector('title')?.textContent ?? 'Months', 190).show(model);
		figure.classList.add('plotted');
	} catch (e) {
		host.remove();
		throw e;
	}
}

export function trends(uPlot, figures) {
	const seen = new IntersectionObserver(entries => entries.filter(e => e.isIntersecting).forEach(e => {
		seen.unobserve(e.target);
		draw(uPlot, e.target);
	}), { rootMargin: '400px' });
	figures.forEach(f => seen.observe(f));
}
