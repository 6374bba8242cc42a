// main: what this page has use for. Everything the page says is there without it; whatever fails here leaves it as it was.
import { tables } from './table.mjs';

async function plots() {
	const figures = document.querySelectorAll('figure.trend[data-at]'), packs = document.querySelectorAll('.run-of[data-at]');
	const line = document.querySelector('figure.line[data-bars]');
	if (line !== null)
		(await import('./zoom.mjs')).zoom(line);
	if (figures.length + packs.length === 0)
		return;
	const [{ default: uPlot }, { trends }, { explore }] = await Promise.all([import('./uplot.mjs'), import('./trend.mjs'),
	    import('./explore.mjs')]);
	trends(uPlot, figures);
	explore(uPlot, packs);
}

tables(document);
const found = document.getElementById('found');
if (found !== null)
	import('./search.mjs').then(({ search }) => search(found, () => tables(found)), () => {});
// without uPlot, or when it does not come, the server's drawings are the plots
plots().catch(() => {});
