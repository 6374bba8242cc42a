// search: asks the site while one types, and puts what it found where the page has it. The address goes along, so that it can
// be shared. Without this the form asks when it is sent.
const WAIT_MS = 250;

// "/networks?q=x y": of a form's fields what is not empty.
export function addressOf(action, fields) {
	const p = new URLSearchParams();
	for (const [k, v] of fields)
		if (String(v).trim() !== '')
			p.append(k, String(v).trim());
	const text = p.toString();
	return text === '' ? action : `${action}?${text}`;
}

// What to do with an answer: 'show' it, 'lead' to a page of its own, or 'tell' what is wrong with the question.
export function outcome(status, type) {
	if (type === 'opaqueredirect')
		return 'lead';
	return status === 200 ? 'show' : 'tell';
}

async function ask(address, signal) {
	const r = await fetch(address, { signal, redirect: 'manual', credentials: 'omit' });
	const what = outcome(r.status, r.type);
	return { what, page: what === 'lead' ? null : new DOMParser().parseFromString(await r.text(), 'text/html') };
}

function shown(found, page, address, told, after) {
	const now = page.getElementById('found');
	if (now === null)
		return;
	found.replaceChildren(...Array.from(now.childNodes, n => document.importNode(n, true)));
	document.title = page.title;
	history.replaceState(null, '', address);
	told.textContent = found.querySelector('.lead')?.textContent ?? '';
	after();
}

export function search(found, after) {
	const form = document.querySelector(`form.${found.dataset.form}`), told = document.createElement('p');
	let timer = 0, going = null;
	if (form === null)
		return;
	told.setAttribute('role', 'status');
	told.className = 'note live';
	found.before(told);
	for (const [k, v] of new URLSearchParams(location.search))
		if (form.elements[k]?.type === 'search' && form.elements[k].value === '')
			form.elements[k].value = v;
	const run = async () => {
		const address = addressOf(form.getAttribute('action'), new FormData(form));
		going?.abort();
		const mine = going = new AbortController();
		try {
			const { what, page } = await ask(address, mine.signal);
			if (mine.signal.aborted)
				return;
			if (what === 'show')
				shown(found, page, address, told, after);
			else
				told.textContent = what === 'lead' ? 'That is one network: Enter opens its page.' :
				    page.querySelector('main .lead')?.textContent ?? 'The site has no answer to that.';
		} catch (e) {
			if (e.name !== 'AbortError')
				told.textContent = 'The site cannot be reached: what is shown is the answer from before.';
		}
	};
	const soon = wait => {
		clearTimeout(timer);
		timer = setTimeout(run, wait);
	};
	form.addEventListener('input', e => soon(e.target.tagName === 'SELECT' ? 0 : WAIT_MS));
	// an Enter that comes before the wait is over sends the form as ever
	form.addEventListener('submit', () => {
		clearTimeout(timer);
		going?.abort();
	});
}
