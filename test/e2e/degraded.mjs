// Each kind of input, each way to be degraded: node degraded.mjs ROUTEMARK LAB WORK [--figures]. Every control that rests
// on it must have no data, for that reason in words, and every other must stay as it was. TAP; with --figures the table.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [program, lab, work, mode] = process.argv.slice(2);
const DAYS = 200, AT = '2031-06-01', NETWORKS = 8;
let n = 0, failed = 0;

function ok(good, name, why = []) {
	console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
	if (good)
		return;
	failed = 1;
	for (const line of why.slice(0, 6))
		console.log(`# ${line}`);
}

// --- the forms that a lab does not write ---

const read = (dir, file) => readFileSync(join(dir, file));
const shift = (text, days, of) => text.replace(of, (day) => {
	const t = new Date(Date.parse(`${day.slice(0, 4)}-${day.slice(-day.length + 4).replace(/^-?(..)-?(..)$/, '$1-$2')}T00:00:00Z`));
	const moved = new Date(t.getTime() + days * 86400e3).toISOString().slice(0, 10);
	return day.includes('-') ? moved : moved.replaceAll('-', '');
});
const PLAIN = /\b20(?:30|31)(?:-?)(?:0[1-9]|1[0-2])(?:-?)(?:[0-2]\d|3[01])(?=\b|T)/g;

function vrpsAsCsv(dir) {
	const rows = JSON.parse(read(dir, 'vrps.json')).roas.map((r) => `AS${r.asn},${r.prefix},${r.maxLength},${r.ta}`);
	rmSync(join(dir, 'vrps.json'));
	writeFileSync(join(dir, 'vrps-20310601.csv'), `ASN,IP Prefix,Max Length,Trust Anchor\n${rows.join('\n')}\n`);
}

function relationsOfSerial2(dir) {
	const name = '20310601.as-rel.txt';
	const lines = read(dir, name).toString().replace(/^([^#\n].*)$/gm, '$1|bgp');
	rmSync(join(dir, name));
	writeFileSync(join(dir, '20310601.as-rel2.txt'), lines);
}

// Who announces what, as CAIDA gives it: from the first table.
function originsForTables(dir) {
	const tables = readdirSync(dir).filter((f) => /^(rib|updates)\./.test(f));
	const out = execFileSync(program, ['dump', '-m', join(dir, tables.find((f) => /^rib.*0601/.test(f)))],
		{ maxBuffer: 1 << 28 }).toString();
	const rows = new Set();
	for (const line of out.split('\n')) {
		const f = line.split('|');
		const origin = f[6]?.split(' ').pop();
		if (f.length > 6 && /^\d+$/.test(origin) && !f[5].includes(':') && !f[5].endsWith('/0'))
			rows.add(`${f[5].replace('/', '\t')}\t${origin}`);
	}
	for (const f of tables)
		rmSync(join(dir, f));
	writeFileSync(join(dir, 'routeviews-rv2-20310601-0000.pfx2as'), `${[...rows].join('\n')}\n`);
}

function specialPurpose(dir) {
	// The networks with the most verdicts to lose, and for each control the first that has one.
function chooseNetworks() {
	const { report } = audit(lab, [], ['--all']);
	const said = (as) => as.packs.flatMap((p) => p.controls).filter((c) => /PASS|WARN|FAIL/.test(c.verdict)).length;
	const most = report.results.map((as) => [said(as), as.asn]).sort((a, b) => b[0] - a[0] || a[1] - b[1])
		.slice(0, NETWORKS).map(([, asn]) => asn);
	const first = new Map();
	for (const x of judged(report))
		if (/PASS|WARN|FAIL/.test(x.got.verdict) && !first.has(x.key.split(' ')[1]))
			first.set(x.key.split(' ')[1], Number(x.key.match(/\d+/)[0]));
	return [...new Set([...most, ...first.values()])].map(String);
}

const rows = [];
const chosen = chooseNetworks();
	for (let i = 0; i < 80; i++)
		rows.push(`10.${i}.0.0/16,Private use ${i} (synthetic),[RFC1918],1996-02,N/A,True,True,True,False,False`);
	writeFileSync(join(dir, 'iana-ipv4-special-registry-20310601.csv'), 'Address Block,Name,RFC,Allocation Date,' +
		`Termination Date,Source,Destination,Forwardable,Globally Reachable,Reserved-by-Protocol\n${rows.join('\n')}\n`);
}

// --- the ways ---

function mrtRecords(bytes) {
	const records = [];
	for (let at = 0, len; at < bytes.length; at += len) {
		len = 12 + bytes.readUInt32BE(at + 8);
		records.push(bytes.subarray(at, at + len));
	}
	return records;
}

function mrtShift(bytes, days) {
	const out = Buffer.from(bytes);
	for (const r of mrtRecords(out))
		r.writeUInt32BE(r.readUInt32BE(0) + days * 86400, 0);
	return out;
}

// Of the records all but the first, a peer table maybe, every third.
const third = (list) => list.filter((_, i) => i % 3 === 0);
const isMrt = (file) => file.endsWith('.mrt');

function shrinkJson(text) {
	const doc = JSON.parse(text);
	for (const key of ['roas', 'aspas', 'data', 'hydra:member'])
		if (Array.isArray(doc[key]))
			doc[key] = third(doc[key]);
	if (doc.metadata) {
		Object.assign(doc.metadata, { roas: doc.roas.length, vrps: doc.roas.length, uniquevrps: doc.roas.length,
			aspas: doc.aspas.length, vaps: doc.aspas.length, uniquevaps: doc.aspas.length });
	}
	return JSON.stringify(doc);
}

// Registry statistics say how many lines there are: a shrunken file that hangs together says so, too.
function shrinkDelegated(text) {
	const lines = text.split('\n').filter((l) => l !== '');
	const rows = third(lines.slice(1).filter((l) => !l.endsWith('|summary')));
	const count = (type) => rows.filter((l) => l.split('|')[2] === type).length;
	const head = lines[0].split('|');
	head[3] = rows.length;
	return `${[head.join('|'), ...['asn', 'ipv4', 'ipv6'].map((t) => `${head[1]}|*|${t}|*|${count(t)}|summary`),
		...rows].join('\n')}\n`;
}

function shrink(file, bytes) {
	if (isMrt(file))
		return Buffer.concat(third(mrtRecords(bytes)));
	const text = bytes.toString();
	if (file.endsWith('.json'))
		return shrinkJson(text);
	if (file.startsWith('delegated'))
		return shrinkDelegated(text);
	if (file.startsWith('irr'))
		return `${third(text.split('\n\n')).join('\n\n')}\n`;
	const lines = text.split('\n');
	const kept = lines.filter((l, i) => l !== '' && (l.startsWith('#') || i === 0 || i % 3 === 0));
	return `${kept.join('\n')}\n`;
}

const move = (days) => (dir, file) => {
	const bytes = read(dir, file);
	rmSync(join(dir, file));
	const text = isMrt(file) ? mrtShift(bytes, days) : shift(bytes.toString(), days, PLAIN);
	writeFileSync(join(dir, isMrt(file) ? file.replace(/20310[56]01/, 'moved') : shift(file, days, /20310601/g)), text);
};
const rewrite = (how) => (dir, file) => writeFileSync(join(dir, file), how(file, read(dir, file)));

const FAULTS = {
	'cut short': { do: rewrite((f, b) => b.subarray(0, Math.floor(b.length * 0.6) - 3)), says: /incomplete/ },
	'cut, packed': { do: (dir, file) => {
		const z = gzipSync(read(dir, file));
		rmSync(join(dir, file));
		writeFileSync(join(dir, `${file}.gz`), z.subarray(0, Math.floor(z.length * 0.6)));
	}, says: /incomplete/ },
	stale: { do: move(-DAYS), says: /days old|days apart|days before the window|no table tells what was there when/ },
	'of a later day': { do: move(DAYS),
		says: /days apart|younger than the moment|days after the window|no table tells what was there when/ },
	shrunken: { do: rewrite(shrink), says: /shrank to \d+ from \d+ on 2031-05-31; limit 25 % fewer/, baseline: true },
};

// --- the kinds ---

const KINDS = [
	{ name: 'MRT table', files: /^rib\./, evidence: ['table'] },
	{ name: 'MRT updates', files: /^updates\./, evidence: ['updates'] },
	{ name: 'origins (pfx2as)', files: /pfx2as$/, evidence: ['origins'], form: originsForTables },
	{ name: 'VRPs and ASPAs, JSON', files: /^vrps.*json$/, evidence: ['vrps', 'aspas'] },
	{ name: 'VRPs, CSV', files: /^vrps.*csv$/, evidence: ['vrps'], form: vrpsAsCsv },
	{ name: 'IRR', files: /^irr\./, evidence: ['irr'] },
	{ name: 'AS relationships, serial-1', files: /as-rel/, evidence: ['as-relationships'] },
	{ name: 'AS relationships, serial-2', files: /as-rel/, evidence: ['as-relationships'], form: relationsOfSerial2 },
	{ name: 'AS organisations', files: /as-org2info/, evidence: ['organisations'] },
	{ name: 'PeeringDB org', files: /^peeringdb-org/, evidence: ['organisations'] },
	{ name: 'registry statistics', files: /^delegated/, evidence: ['registry'] },
	{ name: 'special-purpose registry', files: /^iana/, evidence: ['special-purpose'], form: specialPurpose },
	{ name: 'PeeringDB net', files: /^peeringdb-net/, evidence: ['peeringdb-net'] },
	{ name: 'PeeringDB poc', files: /^peeringdb-poc/, evidence: ['peeringdb-poc'] },
	{ name: 'Spoofer sessions', files: /^spoofer/, evidence: ['spoofer'] },
	{ name: 'MANRS participants', files: /^manrs_/, evidence: ['participants'] },
];

// --- what comes of it ---

function audit(dir, asns, more) {
	const r = spawnSync(program, ['audit', '--data', dir, '--at', AT, '--json', ...more, ...asns], { maxBuffer: 1 << 28 });
	if (r.status !== 0)
		return { error: `exit ${r.status}: ${r.stderr}` };
	return { report: JSON.parse(r.stdout), talk: r.stderr.toString() };
}

function* judged(report) {
	const controls = new Map();
	for (const p of report.packs)
		for (const c of p.controls)
			controls.set(`${p.id}/${c.id}`, c);
	for (const as of report.results) {
		const metrics = new Map(as.metrics.map((m) => [m.id, m]));
		for (const p of as.packs)
			for (const c of p.controls)
				yield { key: `AS${as.asn} ${p.id}/${c.id}`, got: c, metrics, control: controls.get(`${p.id}/${c.id}`) };
	}
}

// Numbers that are shown beside the verdict come and go with what they rest on.
const decided = (reason) => reason.replace(/; not judged: .*/, '');

// What a control rests on: the kinds of all numbers that can decide it.
const tests = (x) => x.control.tests.filter((t) => t.comparison !== 'none').map((t) => x.metrics.get(t.metric));
const touches = (metric, evidence) => metric.evidence.some((e) => evidence.includes(e));

// Where no verdict rests on it, only numbers that are shown: those.
function numbers(kind, fault, after, wrong, tally) {
	for (const as of after.results)
		for (const m of as.metrics.filter((m) => touches(m, kind.evidence) && m.state !== 'not-applicable')) {
			tally.none++;
			if (!fault.says.test(m.state === 'no-data' ? m.why : m.apart ?? ''))
				wrong.push(`AS${as.asn} ${m.id}: ${m.state} (${m.why ?? m.apart})`);
		}
	if (tally.none === 0)
		wrong.push('nothing rests on it');
}

function compare(kind, fault, before, after) {
	const was = new Map([...judged(before)].map((x) => [x.key, x]));
	const wrong = [], tally = { none: 0, kept: 0 };
	for (const x of judged(after)) {
		const old = was.get(x.key), all = tests(old);
		if (x.control.whole_organisation || all.length === 0)
			continue;	/* over all others, or not from data */
		const resting = all.filter((m) => touches(m, kind.evidence)).length;
		const say = `${x.key}: ${old.got.verdict} (${old.got.reason}) became ${x.got.verdict} (${x.got.reason})`;
		if (resting === 0) {
			tally.kept++;
			if (x.got.verdict !== old.got.verdict || decided(x.got.reason) !== decided(old.got.reason))
				wrong.push(`rests on other evidence: ${say}`);
		} else if (resting < all.length && x.got.decides !== null && !touches(x.metrics.get(x.got.decides), kind.evidence)) {
			tally.kept++;	/* a number of other evidence decides it */
		} else {
			tally.none++;
			if (x.got.verdict !== 'NO_DATA')
				wrong.push(`has a verdict: ${say}`);
			else if (old.got.verdict !== 'NO_DATA' && !fault.says.test(decided(x.got.reason)))
				wrong.push(`for another reason: ${say}`);
		}
	}
	if (tally.none === 0)
		numbers(kind, fault, after, wrong, tally);
	return { wrong, tally };
}

// The networks with the most verdicts to lose.
function chooseNetworks() {
	const { report } = audit(lab, [], ['--all']);
	const said = (as) => as.packs.flatMap((p) => p.controls).filter((c) => /PASS|WARN|FAIL/.test(c.verdict)).length;
	return report.results.map((as) => [said(as), as.asn]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, NETWORKS)
		.map(([, asn]) => String(asn));
}

const rows = [];
const chosen = chooseNetworks();
for (const kind of KINDS) {
	const base = join(work, 'base'), dir = join(work, 'dir');
	rmSync(base, { recursive: true, force: true });
	cpSync(lab, base, { recursive: true });
	kind.form?.(base);
	const before = audit(base, chosen, []);
	const earlier = join(work, 'earlier.json');
	spawnSync(program, ['audit', '--data', base, '--at', '2031-05-31', '--json', '-o', earlier, chosen[0]]);
	if (before.error) {
		ok(false, `${kind.name}: whole`, [before.error]);
		continue;
	}
	for (const [name, fault] of Object.entries(FAULTS)) {
		rmSync(dir, { recursive: true, force: true });
		cpSync(base, dir, { recursive: true });
		for (const f of readdirSync(dir).filter((f) => kind.files.test(f)))
			fault.do(dir, f);
		const after = audit(dir, chosen, fault.baseline ? ['--baseline', earlier] : []);
		if (after.error) {
			ok(false, `${kind.name}, ${name}`, [after.error]);
			continue;
		}
		const { wrong, tally } = compare(kind, fault, before.report, after.report);
		ok(wrong.length === 0, `${kind.name}, ${name}: ${tally.none} answers have no data, ${tally.kept} are as they were`,
			wrong);
		rows.push([kind.name, name, tally, wrong.length]);
	}
}
if (mode === '--figures') {
	console.log('| input | fault | answers without data, for that reason | as they were | wrong |\n|---|---|---|---|---|');
	for (const [kind, name, tally, wrong] of rows)
		console.log(`| ${kind} | ${name} | ${tally.none} | ${tally.kept} | ${wrong} |`);
}
console.log(`1..${n}`);
process.exit(failed);
