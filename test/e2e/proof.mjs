// What the script of /log/N computes, against what `routemark log prove` wrote: node proof.mjs DIR. Logs lie in DIR/SIZE/log,
// proofs in DIR/SIZE/N.tlog-proof, the verifier key in DIR/log.pub.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { Tree, Wrong, check, checkpointRead, entryRead, keyRead, leafHash, nodeHash, outcome, pathRoot, shown, signatureCheck,
    tilePath } from '../../src/serve/proof.mjs';
import { failures, ok } from './ok.mjs';

const dir = process.argv[2], vkey = readFileSync(`${dir}/log.pub`, 'utf8').trim();

const b64 = bytes => Buffer.from(bytes).toString('base64');
const hex = bytes => Buffer.from(bytes).toString('hex');
const reader = root => path => {
	try {
		return Promise.resolve(new Uint8Array(readFileSync(`${root}/${path}`)));
	} catch {
		return Promise.resolve(null);
	}
};
const wrong = async f => {
	try {
		await f();
		return false;
	} catch (e) {
		return e instanceof Wrong;
	}
};

// --- against the program ---
let compared = 0;
for (const size of readdirSync(dir).filter(n => /^\d+$/.test(n)).map(Number)) {
	const read = reader(`${dir}/${size}/log`), checkpoint = checkpointRead(await read('checkpoint')), differ = [];
	for (const name of readdirSync(`${dir}/${size}`).filter(n => n.endsWith('.tlog-proof'))) {
		const lines = readFileSync(`${dir}/${size}/${name}`, 'utf8').split('\n'), index = parseInt(name, 10);
		const want = lines.slice(3, lines.indexOf('', 3)), entry = await entryRead(read, size, index);
		const path = await new Tree(read, size).path(index);
		const root = await pathRoot(await leafHash(entry), index, size, path);
		compared++;
		if (lines[1] !== `extra ${b64(entry)}` || lines[2] !== `index ${index}` || path.map(b64).join() !== want.join() ||
		    b64(root) !== b64(checkpoint.root))
			differ.push([name, want, path.map(b64)]);
	}
	ok(checkpoint.size === size && differ.length === 0, `a tree of ${size}: proofs as log prove writes them`, differ[0]);
}
ok(compared > 150, `${compared} proofs were compared`);

// --- against a naive tree, and its own refusals ---
const H = (...p) => createHash('sha256').update(Buffer.concat(p.map(x => Buffer.from(x)))).digest();
const naive = leaves => {
	if (leaves.length === 1)
		return leaves[0];
	let k = 1;
	while (k * 2 < leaves.length)
		k *= 2;
	return H([1], naive(leaves.slice(0, k)), naive(leaves.slice(k)));
};
const levels = leaves => {	// tiles of level 0 and 1
	const out = new Map();
	const put = (level, hashes) => {
		for (let i = 0; i * 256 < hashes.length; i++) {
			const some = hashes.slice(i * 256, (i + 1) * 256);
			out.set(tilePath(level, i, some.length), new Uint8Array(Buffer.concat(some)));
		}
	};
	put(0, leaves);
	put(1, Array.from({ length: Math.floor(leaves.length / 256) }, (_, i) => naive(leaves.slice(i * 256, (i + 1) * 256))));
	return out;
};
let seed = 7, trees = 0, bent = 0, bad = [];
const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
for (let size = 1; size <= 1500; size += size < 40 ? 1 : 1 + random(60)) {
	const leaves = Array.from({ length: size }, (_, i) => H([0], `${size} ${i} ${random(1e9)}`)), files = levels(leaves);
	const root = naive(leaves), index = random(size), path = await new Tree(async p => files.get(p) ?? null, size).path(index);
	trees++;
	if (hex(await pathRoot(leaves[index], index, size, path)) !== hex(root))
		bad.push(size);
	// one bit anywhere, one hash more, one hash less, another index: another root, or none
	const one = path.map(h => Uint8Array.from(h)), at = random(Math.max(1, path.length));
	if (path.length > 0) {
		one[at][random(32)] ^= 1 << random(8);
		bent += hex(await pathRoot(leaves[index], index, size, one)) === hex(root) ||
		    !await wrong(() => pathRoot(leaves[index], index, size, path.slice(1))) ? 1 : 0;
		const other = (index + 1) % size;
		bent += await pathRoot(leaves[index], other, size, path).then(r => hex(r) === hex(root), () => false) ? 1 : 0;
	}
	bent += await wrong(() => pathRoot(leaves[index], index, size, [...path, root])) ? 0 : 1;
}
ok(trees > 80 && bad.length === 0, `${trees} random trees: the root of a naive one`, bad);
ok(bent === 0, 'with a bit, a hash or an index changed no proof leads there', bent);
ok(hex(await leafHash([])) === hex(H([0])) && hex(await nodeHash(H('a'), H('b'))) === hex(H([1], H('a'), H('b'))), 'leaves and nodes are told apart');
for (const [level, index, width, want] of [[0, 0, 256, 'tile/0/000'], [0, 1234067, 256, 'tile/0/x001/x234/067'], [1, 999, 3, 'tile/1/999.p/3'],
    ['entries', 1000, 1, 'tile/entries/x001/000.p/1']])
	ok(tilePath(level, index, width) === want, want, tilePath(level, index, width));

// --- keys and signatures ---
const read = reader(`${dir}/300/log`), bytes = await read('checkpoint'), checkpoint = checkpointRead(bytes), key = await keyRead(vkey);
ok(await signatureCheck(checkpoint, key) === undefined, 'the signature of the log verifies');
for (const [name, from, to] of [['another size', '\n300\n', '\n301\n'], ['another origin', 'example.net/log\n', 'example.net/lag\n'],
    ['one more line', '\n\n', '\nx\n\n'], ['no signature by the name', ' example.net/log ', ' example.org/log ']])
	ok(await wrong(async () => signatureCheck(checkpointRead(Buffer.from(Buffer.from(bytes).toString().replace(from, to))), key)),
	    `a checkpoint with ${name} is refused`);
let slipped = 0;
for (let i = 0; i < bytes.length; i++) {
	const c = Uint8Array.from(bytes);
	c[i] ^= 1;
	slipped += await wrong(async () => signatureCheck(checkpointRead(c), key)) ? 0 : 1;
}
ok(slipped === 0, `a bit changed in any of the ${bytes.length} bytes of the checkpoint is noticed`, slipped);
for (const text of ['', 'x', vkey.slice(0, -4), vkey.replace('+', '-'), vkey.replace('example', 'exemple'), vkey.replace(/.$/, 'A')])
	ok(await keyRead(text).then(() => false, () => true), `no key: ${text.slice(0, 20)}...`);

// one key, and what it signs in the name of another log
const pair = generateKeyPairSync('ed25519'), raw = Buffer.concat([Buffer.from([1]), pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
const id = H(Buffer.from('a.test\n'), raw).subarray(0, 4), mine = await keyRead(`a.test+${hex(id)}+${b64(raw)}`);
const signed = origin => {
	const text = `${origin}\n5\n${b64(H('x'))}\n`;
	return checkpointRead(Buffer.from(`${text}\n\u2014 a.test ${b64(Buffer.concat([id, sign(null, Buffer.from(text), pair.privateKey)]))}\n`));
};
ok(await signatureCheck(signed('a.test'), mine) === undefined && await wrong(() => signatureCheck(signed('b.test'), mine)),
    'a good signature under the origin of another log is refused');

// --- what a page shows ---
for (const [b, want] of [[[0x61, 0x0a, 0x7f, 0xc2, 0x85, 0x62], 'a???b'], [[0xe2, 0x80, 0xae, 0xc3, 0xa9], '?\u00e9'], [[0xff, 0xc3, 0x28, 0xe2, 0x82], '??(??'],
    [[0xf0, 0x9f, 0x98, 0x80], '\u{1f600}'], [[0xc0, 0x80, 0xed, 0xa0, 0x80], '?????']])
	ok(shown(Uint8Array.from(b)) === want, `bytes ${hex(b)} are shown as the page shows them`, shown(Uint8Array.from(b)));

// --- as a whole: what is changed is told ---
const entry = await entryRead(read, 300, 77), path = await new Tree(read, 300).path(77);
const page = { text: shown(entry), size: 300, root: hex(checkpoint.root), leaf: hex(await leafHash(entry)), path: path.map(hex) };
const told = async (r, p = page, k = { text: vkey, own: false }) => outcome(await check(r, 77, p, k)).word;
const change = (match, f) => async p => p.includes(match) ? f(Uint8Array.from(await read(p))) : read(p);
const flip = at => b => { b[at] ^= 4; return b; };
ok(await told(read) === 'Verified', 'a good log verifies', await check(read, 77, page, { text: vkey }));
ok(await told(read, page, { text: '' }) === 'Not verified', 'without a key it is not verified');
const other = vkey.replace('example.net/log', 'example.net/other');
ok(await told(read, page, { text: other }) === 'Not verified', 'nor with what is no key');
for (const [name, r] of [['tile', change('tile/0/000', flip(78 * 32))], ['tile above', change('tile/0/001', flip(5))], ['tile that is short', change('tile/0/000', b => b.subarray(32))],
    ['entry', change('tile/entries/000', flip(entry.byteOffset + 3))], ['bundle that is cut', change('tile/entries/000', b => b.subarray(0, 90))], ['checkpoint', change('checkpoint', flip(30))]])
	ok(await told(r) === 'Does not verify', `a ${name} that was changed`, await check(r, 77, page, { text: vkey }));
ok(await told(change('tile/0/000', flip(5)), { ...page, leaf: null }) === 'Does not verify', 'a tile that was changed, and a page without a proof');
for (const [name, p] of [['entry', { ...page, text: `${page.text} ` }], ['leaf', { ...page, leaf: page.root }], ['root', { ...page, root: page.leaf }],
    ['path', { ...page, path: page.path.slice(1) }]])
	ok(await told(read, p) === 'Does not verify', `another ${name} on the page`);
ok(await told(async p => p.includes('tile/0/') ? null : read(p)) === 'Not verified', 'a tile that is not there proves nothing either way');
process.exit(failures() > 0 ? 1 : 0);
