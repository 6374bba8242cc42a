// chain: the rules that no schema holds: everything that points somewhere points at what is there, in the right
// document; ids are ids of one thing; times are in order; no verdict is claimed that was not given.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { checkShape, model } from './shape.mjs';

const NS = 'urn:routemark:oscal';

// All folders below dir that hold files.
export function folders(dir) {
  const entries = fs.readdirSync(dir, { withFileTypes: true });
  const below = entries.filter(e => e.isDirectory()).flatMap(e => folders(path.join(dir, e.name)));
  return entries.some(e => e.isFile()) ? [dir, ...below] : below;
}

// A chain is a map from file name to { text, doc }.
export const load = dir => new Map(fs.readdirSync(dir).sort().map(name => {
  const text = fs.readFileSync(path.join(dir, name));
  let doc;
  try { doc = JSON.parse(text); } catch { doc = undefined; }
  return [name, { text, doc }];
}));

const list = v => (Array.isArray(v) ? v : []);
const prop = (o, name) => list(o?.props).find(p => p.name === name && p.ns === NS)?.value;

function walk(v, at, visit) {
  if (v === null || typeof v !== 'object') return;
  visit(v, at);
  for (const [k, e] of Object.entries(v)) walk(e, Array.isArray(v) ? `${at}[${k}]` : `${at}.${k}`, visit);
}

const canonical = v => (Array.isArray(v) ? `[${v.map(canonical)}]` : v !== null && typeof v === 'object'
  ? `{${Object.keys(v).sort().map(k => `${JSON.stringify(k)}:${canonical(v[k])}`)}}` : JSON.stringify(v));

// --- the documents and how they import each other ---

function documents(chain, bad) {
  const by = {}, catalogs = [];
  for (const [name, { doc }] of chain) {
    if (doc === undefined) { bad(name, '', 'is no JSON'); continue; }
    checkShape(doc, (at, what) => bad(name, at, what));
    const m = model(doc);
    if (m in by && m !== 'catalog') bad(name, m, `is a second one beside ${by[m].name}`);
    const d = { name, root: doc[m] };
    if (m === 'catalog') catalogs.push(d);
    by[m] ??= d;
  }
  for (const m of ['catalog', 'profile', 'system-security-plan', 'assessment-plan', 'assessment-results'])
    if (!(m in by)) bad('.', m, 'is missing: tools want all five together');
  return { by, catalogs };
}

function imports(by, catalogs, bad) {
  const want = (from, at, href, to) => {
    if (href !== by[to].name) bad(by[from].name, at, `leads to "${href}", and the ${to} is ${by[to].name}`);
  };
  const imported = list(by.profile.root.imports).map(e => e.href), { name } = by.profile;
  for (const h of imported)
    if (!catalogs.some(c => c.name === h)) bad(name, 'imports', `leads to "${h}", no catalogue here`);
  for (const c of catalogs) if (!imported.includes(c.name)) bad(name, 'imports', `leads not to ${c.name}`);
  const ssp = by['system-security-plan'].root;
  want('system-security-plan', 'import-profile.href', ssp['import-profile']?.href, 'profile');
  want('assessment-plan', 'import-ssp.href', by['assessment-plan'].root['import-ssp']?.href, 'system-security-plan');
  want('assessment-results', 'import-ap.href', by['assessment-results'].root['import-ap']?.href, 'assessment-plan');
}

// --- controls ---

// Control id to its control, of those that the profile selects, with the age that it gives them. Ids in a catalogue
// are ids of one thing; two catalogues may use one, as long as the profile does not select both.
function controls(by, catalogs, bad) {
  const all = new Set(), params = new Set(), from = new Map(), { profile } = by;
  for (const { name, root } of catalogs) {
    const mine = new Map(), taken = { params: new Set(), parts: new Set() };
    const once = (set, id, at) => { if (set.has(id)) bad(name, at, `id "${id}" is taken`); };
    for (const c of list(root.groups).flatMap(g => list(g.controls))) {
      once(mine, c.id, 'control');
      mine.set(c.id, c);
      all.add(c.id);
      for (const p of list(c.params)) { once(taken.params, p.id, `control ${c.id}`); taken.params.add(p.id); params.add(p.id); }
      for (const p of list(c.parts)) if (p.id) { once(taken.parts, p.id, `control ${c.id}`); taken.parts.add(p.id); }
    }
    from.set(name, mine);
  }
  const selected = new Map(), statements = new Set();
  for (const i of list(profile.root.imports)) {
    if (('include-all' in i) === ('include-controls' in i))
      bad(profile.name, 'imports', 'includes neither all nor some');
    const there = from.get(i.href) ?? new Map();
    for (const id of 'include-all' in i ? there.keys() : list(i['include-controls']).flatMap(s => list(s['with-ids']))) {
      if (!there.has(id)) bad(profile.name, 'imports', `control "${id}" is not in the catalogue`);
      else if (selected.has(id)) bad(profile.name, 'imports', `control "${id}" is named twice`);
      selected.set(id, there.get(id));
      const s = statementOf(there.get(id));
      if (s && statements.has(s)) bad(profile.name, 'imports', `statement "${s}" is of two controls`);
      statements.add(s);
    }
  }
  ageOf.clear();
  for (const [id, c] of selected) ageOf.set(id, Number(prop(c, 'age-max-days') ?? 0));
  for (const a of list(profile.root.modify?.alters))
    for (const p of list(a.adds).flatMap(x => list(x.props)))
      if (p.name === 'age-max-days') ageOf.set(a['control-id'], Number(p.value));
  for (const a of list(profile.root.modify?.alters))
    if (!all.has(a['control-id']))
      bad(profile.name, 'modify.alters', `control "${a['control-id']}" is not in the catalogue`);
  for (const s of list(profile.root.modify?.['set-parameters']))
    if (!params.has(s['param-id'])) bad(profile.name, 'modify', `parameter "${s['param-id']}" is not in the catalogue`);
  return selected;
}

// Control id to the greatest age of its evidence, in days; 0: none.
const ageOf = new Map();
const statementOf = control => list(control?.parts).find(p => p.name === 'statement')?.id;

// A list of control-ids names each selected control once, and nothing else; partly: some of them.
function names(file, at, entries, selected, partly, bad) {
  const seen = new Set();
  for (const e of entries) {
    const id = e['control-id'];
    if (!selected.has(id)) bad(file, at, `control "${id}" is not in the profile`);
    if (seen.has(id)) bad(file, at, `control "${id}" is named twice`);
    seen.add(id);
    for (const s of list(e['statement-ids']))
      if (s !== statementOf(selected.get(id))) bad(file, at, `statement "${s}" is not that of control ${id}`);
  }
  if (!partly) for (const id of selected.keys()) if (!seen.has(id)) bad(file, at, `control "${id}" is left out`);
}

const selections = r => list(r?.['control-selections']).flatMap(s => list(s['include-controls']));

function controlReferences(by, selected, bad) {
  const ssp = by['system-security-plan'], plan = by['assessment-plan'], results = by['assessment-results'];
  const reqs = list(ssp.root['control-implementation']?.['implemented-requirements']);
  names(ssp.name, 'implemented-requirements', reqs, selected, false, bad);
  for (const r of reqs)
    for (const s of list(r.statements))
      if (s['statement-id'] !== statementOf(selected.get(r['control-id'])))
        bad(ssp.name, `requirement ${r['control-id']}`, `statement "${s['statement-id']}" is not that of the control`);
  names(plan.name, 'reviewed-controls', selections(plan.root['reviewed-controls']), selected, false, bad);
  for (const a of list(plan.root['local-definitions']?.activities)) {
    names(plan.name, `activity ${a.title}`, selections(a['related-controls']), selected, true, bad);
    if (!list(a.props).some(p => p.name === 'method' && p.ns === 'http://csrc.nist.gov/ns/oscal'))
      bad(plan.name, `activity ${a.title}`, 'has no method');
  }
  for (const r of list(results.root.results))
    names(results.name, 'reviewed-controls', selections(r['reviewed-controls']), selected, false, bad);
}

// --- ids and what points at them ---

// Every uuid of the chain, once: uuid to what it is of ("observations", "components" ...).
function ids(docs, bad) {
  const of = new Map(), texts = new Map();
  for (const { name, root } of docs)
    walk({ root }, '', (o, at) => {
      if (typeof o.uuid !== 'string') return;
      // catalogues may name one source as one resource, as long as it is the same
      const text = at.includes('back-matter.resources') && root.groups ? canonical(o) : undefined;
      if (of.has(o.uuid) && (text === undefined || texts.get(o.uuid) !== text))
        bad(name, at, `uuid ${o.uuid} is that of another, too`);
      texts.set(o.uuid, text);
      of.set(o.uuid, at.replace(/\[\d+\]$/, '').split('.').pop());
    });
  return of;
}

const leads = { 'component-uuid': 'components', 'actor-uuid': 'components', 'subject-uuid': 'components',
  'observation-uuid': 'observations', 'risk-uuid': 'risks', 'activity-uuid': 'activities',
  'implementation-statement-uuid': 'statements' };

function pointers(by, catalogs, bad) {
  const docs = new Set([...Object.values(by), ...catalogs]), of = ids(docs, bad);
  for (const { name, root } of docs) {
    const roles = new Set(list(root.metadata?.roles).map(r => r.id));
    const resources = new Set(list(root['back-matter']?.resources).map(r => r.uuid));
    walk(root, '', (o, at) => {
      for (const [key, kind] of Object.entries(leads))
        if (key in o && of.get(o[key]) !== kind) bad(name, at, `${key} ${o[key]} is not one of the ${kind}`);
      if (typeof o.href === 'string' && o.href[0] === '#' && !resources.has(o.href.slice(1)))
        bad(name, at, `href ${o.href} is no resource of the back-matter`);
      for (const id of list(o['role-ids'])) if (!roles.has(id)) bad(name, at, `role "${id}" is not in the metadata`);
      const props = list(o.props).map(p => JSON.stringify([p.name, p.ns, p.class, p.group, p.value]));
      if (new Set(props).size !== props.length) bad(name, at, 'a prop is given twice');
    });
  }
}

// The subject of everything is the AS, and what speaks is our tool.
function roles(by, bad) {
  const ssp = by['system-security-plan'], plan = by['assessment-plan'];
  const system = list(ssp.root['system-implementation']?.components);
  const tools = list(plan.root['assessment-assets']?.components).map(c => c.uuid);
  if (system.filter(c => c.type === 'this-system').length !== 1) bad(ssp.name, 'components', 'has not one this-system');
  for (const d of [plan, by['assessment-results']])
    walk(d.root, '', (o, at) => {
      if ('subject-uuid' in o && !system.some(c => c.uuid === o['subject-uuid']))
        bad(d.name, at, 'the subject is no component of the system');
      if ('actor-uuid' in o && !tools.includes(o['actor-uuid'])) bad(d.name, at, 'the actor is no tool of the plan');
    });
}

// --- digests ---

function digests(chain, by, bad) {
  const { name, root } = by['assessment-results'];
  for (const r of list(root['back-matter']?.resources))
    for (const l of list(r.rlinks)) {
      const hash = list(l.hashes)[0]?.value ?? '', at = `back-matter ${r.title}`;
      if (l.href?.startsWith('ni:///sha-256;')) {
        if (Buffer.from(l.href.slice(14), 'base64url').toString('hex') !== hash)
          bad(name, at, `${l.href} is not ${hash}`);
      } else if (!chain.has(l.href)) {
        bad(name, at, `${l.href} is not beside it`);
      } else if (chain.get(l.href).text !== undefined &&
          crypto.createHash('sha256').update(chain.get(l.href).text).digest('hex') !== hash) {
        bad(name, at, `the digest of ${l.href} is another`);
      }
    }
}

// --- results ---

function times(by, bad) {
  const { name, root } = by['assessment-results'];
  const order = (at, a, b) => { if (Date.parse(a) > Date.parse(b)) bad(name, at, `${a} is after ${b}`); };
  for (const r of list(root.results)) {
    order('result', r.start, r.end);
    order('metadata', r.end, root.metadata?.['last-modified']);
    for (const o of list(r.observations)) if (o.expires) order(`observation ${o.title}`, o.collected, o.expires);
  }
}

// Each control was observed; it has a finding exactly when it was judged; what is not satisfied is a risk.
function verdicts(by, selected, bad) {
  const { name, root } = by['assessment-results'];
  for (const r of list(root.results)) {
    const verdict = new Map(), found = new Map(), stated = new Map();
    for (const o of list(r.observations)) {
      const id = prop(o, 'control-id'), v = prop(o, 'verdict');
      if (!selected.has(id)) bad(name, `observation ${o.title}`, `control "${id}" is not in the profile`);
      if (verdict.has(id) && verdict.get(id) !== v) bad(name, `observation ${o.title}`, 'says another verdict');
      verdict.set(id, v);
    }
    for (const [id, c] of selected) stated.set(statementOf(c), id);
    for (const f of list(r.findings)) {
      const id = stated.get(f.target?.['target-id']), v = prop(f, 'verdict'), at = `finding ${f.title}`;
      const state = v === 'PASS' ? 'satisfied' : 'not-satisfied';
      if (id === undefined) bad(name, at, `target "${f.target?.['target-id']}" is no statement of the profile`);
      if (found.has(id)) bad(name, at, 'is a second one of its control');
      found.set(id, v);
      if (!['PASS', 'WARN', 'FAIL'].includes(v)) bad(name, at, `${v} is no finding`);
      if (f.target?.status?.state !== state) bad(name, at, `${v} is ${state}`);
      if (f.target?.status?.reason !== { PASS: 'pass', WARN: 'other', FAIL: 'fail' }[v])
        bad(name, at, 'has a wrong reason');
      if (('related-risks' in f) !== (state === 'not-satisfied')) bad(name, at, 'not satisfied and a risk go together');
      for (const o of list(f['related-observations'])) {
        const obs = list(r.observations).find(x => x.uuid === o['observation-uuid']);
        if (obs && prop(obs, 'control-id') !== id) bad(name, at, 'rests on an observation of another control');
      }
    }
    for (const id of selected.keys()) {
      const v = verdict.get(id), judged = ['PASS', 'WARN', 'FAIL'].includes(v);
      if (v === undefined) bad(name, 'observations', `control ${id} has none`);
      else if (judged !== found.has(id)) bad(name, 'findings', `control ${id} is ${v}${judged ? ' and has none' : ''}`);
      else if (judged && found.get(id) !== v) bad(name, 'findings', `control ${id} is ${v}, not ${found.get(id)}`);
    }
    for (const v of ['PASS', 'WARN', 'FAIL', 'NO_DATA', 'NOT_APPLICABLE']) {
      const n = [...verdict.values()].filter(x => x === v).length, count = `count-${v.toLowerCase().replace('_', '-')}`;
      if (prop(r, count) !== String(n))
        bad(name, 'result', `${count} is ${prop(r, count)}, and ${n} controls are ${v}`);
    }
  }
}

// What binds nobody says so in every document: in its title, and in a sentence.
const binding = { published: [/./, /./], proposal: [/\(proposal\)/, /by a proposal/],
  proposed: [/\(proposed, not in force\)/, /public body proposed; it is not in force/] };

function labels(by, catalogs, bad) {
  const status = catalogs.map(c => prop(c.root.metadata, 'status')), several = catalogs.length > 1;
  for (const m of ['system-security-plan', 'assessment-plan', 'assessment-results']) {
    const { name, root } = by[m], { title, remarks } = root.metadata ?? {};
    for (const c of several ? catalogs : []) {	// what a buyer requires names each pack that binds nobody
      const id = prop(c.root.metadata, 'pack-id'), s = prop(c.root.metadata, 'status'), said = remarks ?? '';
      if (s !== 'published' && (!/\(with controls of a proposal\)/.test(title) ||
          !said.split(`${id} `).slice(1).some(x => binding[s][0].test(x.slice(0, 40)))))
        bad(name, 'metadata', `hides that ${id} is a ${s} one`);
    }
    for (const s of several ? [] : status)
      if (!binding[s][0].test(title) || !binding[s][1].test(remarks))
        bad(name, 'metadata', `hides that it is a ${s} one`);
    if (!/as of \d{4}-\d\d-\d\d, evidence (of \d{4}-|without)/.test(root.metadata?.title))
      bad(name, 'metadata', 'its title has no date');
  }
}

// A number may be held against anybody as long as its control says, from the time of its evidence.
function ages(by, bad) {
  const { name, root } = by['assessment-results'];
  for (const o of list(root.results).flatMap(r => list(r.observations))) {
    const days = ageOf.get(prop(o, 'control-id')) ?? 0;
    const time = prop(o, 'evidence-time');
    const dated = time !== 'none' && time !== 'unknown', at = `observation ${o.title}`;
    if (dated && o.collected !== time) bad(name, at, `its evidence is of ${time}, not of ${o.collected}`);
    if (!dated && o.collected !== root.metadata?.['last-modified']) bad(name, at, 'has a time without evidence');
    if (list(o.types).includes('attested')) {	// to when an answer is given, is told by who gave it
      if (prop(o, 'evidence-class') !== 'attested' || !list(o.methods).includes('INTERVIEW'))
        bad(name, at, 'an answer is attested, by interview');
      continue;
    }
    const until = dated && days > 0 ? Date.parse(time) + days * 86400000 : undefined;
    if ((o.expires && Date.parse(o.expires)) !== until) bad(name, at, `expires ${o.expires}, not after ${days} days`);
  }
}

function canonicals(chain, by, bad) {
  for (const m of ['system-security-plan', 'assessment-plan', 'assessment-results']) {
    const { text, doc } = chain.get(by[m].name);
    if (text !== undefined && text.toString() !== `${canonical(doc)}\n`) bad(by[m].name, '', 'is not canonical JSON');
  }
}

// What is wrong with a chain, a line each.
export function check(chain) {
  const wrong = [], bad = (file, at, what) => wrong.push(`${file}: ${at}: ${what}`);
  const { by, catalogs } = documents(chain, bad);
  if (Object.keys(by).filter(m => m !== 'undefined').length < 5) return wrong;
  imports(by, catalogs, bad);
  const selected = controls(by, catalogs, bad);
  controlReferences(by, selected, bad);
  pointers(by, catalogs, bad);
  roles(by, bad);
  digests(chain, by, bad);
  times(by, bad);
  verdicts(by, selected, bad);
  ages(by, bad);
  labels(by, catalogs, bad);
  canonicals(chain, by, bad);
  return wrong;
}
