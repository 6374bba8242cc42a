// proof: holds an entry of the log against the log's own checkpoint and tiles, in the reader's browser. Nothing that the
// server says of the proof is believed: the leaf, the way to the root and the signature are computed here, with WebCrypto.
//
// The first part computes and knows of no page (test/e2e/proof.mjs runs it); the second one is the page of /log/N.
//
// Trees: RFC 9162 section 2.1. Files: c2sp.org/tlog-tiles. Checkpoints: c2sp.org/tlog-checkpoint, c2sp.org/signed-note.
const WIDTH = 256, HASH = 32, ED25519 = 1;

// What was read contradicts itself: it does not verify. Any other error means that nothing is known.
export class Wrong extends Error {}
// This browser lacks what is needed.
export class Unable extends Error {}

const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const utf8 = text => new TextEncoder().encode(text);

function joined(...parts) {
	const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
	let at = 0;
	for (const p of parts) {
		out.set(p, at);
		at += p.length;
	}
	return out;
}

async function sha256(...parts) {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}

// Strictly: padded, and one text only for the same bytes.
function base64(text) {
	if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
		return null;
	const raw = atob(text);
	return btoa(raw) === text ? Uint8Array.from(raw, c => c.charCodeAt(0)) : null;
}

// --- the tree ---

export const leafHash = entry => sha256([0], entry);
export const nodeHash = (left, right) => sha256([1], left, right);

// RFC 9162 section 2.1.3.2: the root that this path leads to.
export async function pathRoot(leaf, index, size, path) {
	let fn = index, sn = size - 1, r = leaf;
	for (const p of path) {
		if (sn === 0)
			throw new Wrong('the proof is too long');
		if (fn % 2 === 1 || fn === sn) {
			r = await nodeHash(p, r);
			while (fn % 2 === 0 && fn !== 0) {
				fn /= 2;
				sn = Math.floor(sn / 2);
			}
		} else {
			r = await nodeHash(r, p);
		}
		fn = Math.floor(fn / 2);
		sn = Math.floor(sn / 2);
	}
	if (sn !== 0)
		throw new Wrong('the proof is too short');
	return r;
}

// The largest power of two below n, which is more than one.
function split(n) {
	let k = 1;
	while (k * 2 < n)
		k *= 2;
	return k;
}

// How many hashes or entries a tile has in a tree of that size. Powers of two divide exactly.
const tileWidth = (size, level, index) => Math.max(0, Math.min(WIDTH, Math.floor(size / WIDTH ** level) - index * WIDTH));

export function tilePath(level, index, width) {
	let name = String(index % 1000).padStart(3, '0');
	for (let n = Math.floor(index / 1000); n > 0; n = Math.floor(n / 1000))
		name = `x${String(n % 1000).padStart(3, '0')}/${name}`;
	return `tile/${level}/${name}${width < WIDTH ? `.p/${width}` : ''}`;
}

// The bytes of a tile, and of the full one that took the place of a partial one.
async function tileRead(read, level, index, width) {
	const bytes = await read(tilePath(level, index, width)) ?? (width < WIDTH ? await read(tilePath(level, index, WIDTH)) : null);
	if (bytes === null)
		throw new Error(`the log has no ${tilePath(level, index, width)}`);
	return bytes;
}

// A tree of that size out of the tiles that read gives: a path below the log to its bytes; null: there is none.
export class Tree {
	constructor(read, size) {
		this.read = read;
		this.size = size;
		this.kept = new Map();
	}

	async tile(level, index) {
		const width = tileWidth(this.size, level, index), name = tilePath(level, index, width);
		if (!this.kept.has(name)) {
			const bytes = await tileRead(this.read, level, index, width);
			if (bytes.length !== width * HASH && bytes.length !== WIDTH * HASH)
				throw new Wrong(`${name} has ${bytes.length} bytes, not ${width * HASH}`);
			this.kept.set(name, bytes);
		}
		return this.kept.get(name);
	}

	// Over the entries [index << level, (index + 1) << level).
	async hash(level, index) {
		const n = 2 ** (level % 8), first = index * n;
		const bytes = await this.tile(Math.floor(level / 8), Math.floor(first / WIDTH));
		let row = [];
		for (let i = 0, at = first % WIDTH * HASH; i < n; i++, at += HASH)
			row.push(bytes.subarray(at, at + HASH));
		while (row.length > 1) {
			const above = [];
			for (let i = 0; i < row.length; i += 2)
				above.push(await nodeHash(row[i], row[i + 1]));
			row = above;
		}
		return row[0];
	}

	// Over n entries from first on, which is a multiple of the smallest power of two that is no less than n.
	async range(first, n) {
		const k = split(n);
		if (n === 1 || 2 * k === n)
			return this.hash(Math.log2(n), first / n);
		return nodeHash(await this.range(first, k), await this.range(first + k, n - k));
	}

	// PATH(index, D[size]) of RFC 9162 section 2.1.3.1, from the leaf's side to the root's.
	async path(index) {
		const out = [];
		let first = 0, n = this.size;
		while (n > 1) {
			const k = split(n);
			if (index < first + k) {
				out.unshift(await this.range(first + k, n - k));
				n = k;
			} else {
				out.unshift(await this.range(first, k));
				first += k;
				n -= k;
			}
		}
		return out;
	}
}

// The bytes of an entry, out of its bundle: each has its length in front.
export async function entryRead(read, size, index) {
	const tile = Math.floor(index / WIDTH);
	const bytes = await tileRead(read, 'entries', tile, tileWidth(size, 0, tile));
	for (let i = tile * WIDTH, at = 0; at + 2 <= bytes.length; i++) {
		const n = bytes[at] * 256 + bytes[at + 1];
		if (at + 2 + n > bytes.length)
			break;
		if (i === index)
			return bytes.subarray(at + 2, at + 2 + n);
		at += 2 + n;
	}
	throw new Wrong(`the bundle of entry ${index} is cut short`);
}

// --- the checkpoint ---

// {text, origin, size, root, sigs}: its form only.
export function checkpointRead(bytes) {
	let all;
	try {
		all = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new Wrong('the checkpoint is not UTF-8');
	}
	const end = all.lastIndexOf('\n\n');
	const [origin, size, root] = all.slice(0, Math.max(0, end)).split('\n');
	const hash = base64(root ?? '');
	if (end < 0 || !origin || !/^(0|[1-9][0-9]{0,18})$/.test(size) || hash?.length !== HASH || !all.endsWith('\n'))
		throw new Wrong('the checkpoint is not in form');
	if (!Number.isSafeInteger(+size))
		throw new Unable('The log is too large for a browser to count.');
	const sigs = all.slice(end + 2, -1).split('\n').map(line => {
		const [, name, text] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
		const sig = base64(text ?? '');
		if (!name || sig === null || sig.length < 5)
			throw new Wrong('a signature of the checkpoint is not in form');
		return { name, id: sig.subarray(0, 4), bytes: sig.subarray(4) };
	});
	return { text: all.slice(0, end + 1), origin, size: +size, root: hash, sigs };
}

// "name+hex+base64" of signed-note. An error says what is wrong with it.
export async function keyRead(text) {
	const [, name, id, rest] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
	const bytes = base64(rest ?? '');
	if (!name || bytes === null)
		throw new Error('it is not of the form name+id+base64');
	if (bytes[0] !== ED25519 || bytes.length !== HASH + 1)
		throw new Error('it is no Ed25519 key of a log');
	if (hex((await sha256(utf8(`${name}\n`), bytes)).subarray(0, 4)) !== id)
		throw new Error('its id is not that of its name and bytes, so that a part of it was mistyped');
	return { name, id, bytes: bytes.subarray(1) };
}

export async function signatureCheck(checkpoint, key) {
	if (checkpoint.origin !== key.name)
		throw new Wrong(`the checkpoint is of the log ${checkpoint.origin}, and the key is ${key.name}'s`);
	const sigs = checkpoint.sigs.filter(s => s.name === key.name && hex(s.id) === key.id);
	if (sigs.length === 0)
		throw new Wrong('the checkpoint has no signature by this key');
	let public_;
	try {
		public_ = await crypto.subtle.importKey('raw', key.bytes, { name: 'Ed25519' }, false, ['verify']);
	} catch (e) {
		if (e.name === 'NotSupportedError')
			throw new Unable('This browser has no Ed25519.');
		throw new Wrong('the key is no point of Ed25519');
	}
	for (const s of sigs)
		if (!await crypto.subtle.verify('Ed25519', public_, s.bytes, utf8(checkpoint.text)))
			throw new Wrong('the signature of the checkpoint is wrong');
}

// --- a page against all that ---

// As report/html.c shows bytes: "?" for what is not UTF-8, controls, and what turns the direction of writing.
export function shown(bytes) {
	const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	let out = '';
	for (let i = 0, n; i < bytes.length; i += n) {
		n = bytes[i] < 0xc0 ? 1 : bytes[i] < 0xe0 ? 2 : bytes[i] < 0xf0 ? 3 : 4;
		let c = '?';
		try {
			c = strict.decode(bytes.subarray(i, i + n));
		} catch {
			n = 1;
		}
		out += /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(c) ? '?' : c;
	}
	return out;
}

async function step(out, what, f) {
	try {
		out.push({ what, ...await f() });
	} catch (e) {
		out.push({ what, state: e instanceof Wrong ? 'bad' : 'unknown', why: e.message });
	}
	return out.at(-1).state;
}

async function signatureStep(checkpoint, key) {
	if (key.text === '')
		return { state: 'unknown', why: 'no key was given; paste the verifier key of the log, which you have from elsewhere' };
	let k;
	try {
		k = await keyRead(key.text);
	} catch (e) {
		return { state: 'unknown', why: `what was given is no key of a log: ${e.message}` };
	}
	await signatureCheck(checkpoint, k);
	return { state: 'good', why: key.own ? 'by the key that this site itself gives, which proves less than one from elsewhere' :
	    `by ${k.name}, with the key that you gave` };
}

// page: {text, leaf, size, root, path} in words of the page; leaf null: it has no proof. Steps, each {what, state, why}.
export async function check(read, index, page, key) {
	const out = [];
	let checkpoint, leaf, path;
	const first = await step(out, 'The checkpoint can be read', async () => {
		const bytes = await read('checkpoint');
		if (bytes === null)
			throw new Error('the log has none');
		checkpoint = checkpointRead(bytes);
		if (index >= checkpoint.size)
			throw new Wrong(`it is of ${checkpoint.size} entries, and does not reach entry ${index}`);
		return { state: 'good', why: `${checkpoint.origin}, ${checkpoint.size} entries` };
	});
	if (first !== 'good')
		return out;
	await step(out, 'The entry shown is the one in the log', async () => {
		const entry = await entryRead(read, checkpoint.size, index);
		leaf = await leafHash(entry);
		if (shown(entry) !== page.text)
			throw new Wrong('the page shows another');
		return { state: 'good', why: `its leaf hash is ${hex(leaf)}` };
	});
	await step(out, 'Its proof leads to the root of the checkpoint', async () => {
		path = await new Tree(read, checkpoint.size).path(index);
		if (leaf === undefined)
			throw new Error('there is no entry to begin with');
		if (!same(await pathRoot(leaf, index, checkpoint.size, path), checkpoint.root))
			throw new Wrong('it leads to another: the entry, a tile or the checkpoint was changed');
		return { state: 'good', why: `over ${path.length} ${path.length === 1 ? 'hash' : 'hashes'} from the tiles` };
	});
	await step(out, 'The proof shown is this one', async () => {
		if (page.leaf === null)
			throw new Error('the page has none');
		if (page.size !== checkpoint.size)
			throw new Error(`it is of ${page.size} entries, and the log has another checkpoint since: load the page again`);
		if (path === undefined || leaf === undefined)
			throw new Error('there is none to compare');
		if (page.leaf !== hex(leaf) || page.root !== hex(checkpoint.root) || page.path.join() !== path.map(hex).join())
			throw new Wrong('the page shows another');
		return { state: 'good', why: 'hash by hash' };
	});
	await step(out, 'The checkpoint is signed', () => signatureStep(checkpoint, key));
	return out;
}

export function outcome(steps) {
	if (steps.some(s => s.state === 'bad'))
		return { state: 'bad', word: 'Does not verify', text: 'Something here was changed or damaged, or the key is of another log.' };
	if (steps.every(s => s.state === 'good'))
		return { state: 'good', word: 'Verified', text: 'This entry is in the log that the checkpoint speaks of, and the key signed that checkpoint.' };
	return { state: 'unknown', word: 'Not verified', text: 'Nothing contradicts, but not all of it could be checked.' };
}

// --- the page ---

const el = id => document.getElementById(id);

async function fetched(path) {
	const r = await fetch(`/log/${path}`, { cache: 'no-store', credentials: 'omit', redirect: 'error' });
	if (!r.ok && r.status !== 404)
		throw new Error(`/log/${path}: the site answers ${r.status}`);
	return r.ok ? new Uint8Array(await r.arrayBuffer()) : null;
}

const SIGNS = { good: ['vp', '\u2713 YES'], bad: ['vf', '\u2715 NO'], unknown: ['vd', '? NOT KNOWN'] };

function sign(state, word) {
	const b = document.createElement('strong');
	b.className = `v ${SIGNS[state][0]}`;
	b.textContent = word;
	return b;
}

function tell(result, steps) {
	el('outcome').replaceChildren(sign(result.state, `${SIGNS[result.state][1][0]} ${result.word}`), ` ${result.text}`);
	el('outcome').dataset.state = result.state;
	el('steps').replaceChildren(...steps.map(s => {
		const li = document.createElement('li');
		li.append(sign(s.state, SIGNS[s.state][1]), ` ${s.what}: ${s.why}.`);
		li.dataset.state = s.state;
		return li;
	}));
}

async function run() {
	const d = el('proof').dataset, leaf = el('leaf');
	if (globalThis.crypto?.subtle === undefined) {
		tell({ state: 'unknown', word: 'Not verified', text: 'This browser computes nothing for a page that came over plain HTTP: ' +
		    'ask for it by HTTPS, or from the machine itself as localhost.' }, []);
		return;
	}
	const page = { text: el('entry').textContent, size: +d.size, root: el('root').textContent, leaf: leaf && leaf.textContent,
	    path: Array.from(document.querySelectorAll('#path [data-hash]'), e => e.textContent) };
	const text = el('vkey').value.trim();
	const steps = await check(fetched, +d.index, page, { text, own: text === el('vkey').defaultValue });
	tell(outcome(steps), steps);
}

if (typeof document !== 'undefined' && el('proof') !== null) {
	el('check').hidden = false;
	el('key').addEventListener('submit', e => {
		e.preventDefault();
		run();
	});
	run();
}
