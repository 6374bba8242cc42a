// shape: the form of OSCAL 1.1.2 documents as far as routemark writes them, in a notation of our own: closed
// objects, '!' is required, '[]' an array that is not empty. It is narrower than NIST's schema on purpose: what we
// do not write is no part of it.

const token = /^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const time = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const isDay = v => new Date(`${v.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(v.slice(0, 10));

const text = v => typeof v === 'string' && v.trim() !== '';
const line = v => typeof v === 'string' && /^\S(.*\S)?$/u.test(v);
const one = (...words) => v => words.includes(v);
const leaves = {
  text: [text, 'a text that is not empty'],
  line: [line, 'one line, not empty, without white space at its ends'],
  token: [v => typeof v === 'string' && token.test(v), 'a token'],
  uuid: [v => typeof v === 'string' && uuid.test(v), 'a UUID of version 5'],
  time: [v => typeof v === 'string' && time.test(v) && isDay(v), 'a time with its zone'],
  uri: [v => typeof v === 'string' && /^[a-zA-Z][a-zA-Z0-9+.-]+:\S+$/.test(v), 'a URI'],
  href: [v => line(v) && !/\s/.test(v), 'a URI reference'],
  yes: [v => v === true, 'true'],
  empty: [v => JSON.stringify(v) === '{}', 'an empty object'],
  version: [one('1.1.2'), '1.1.2'],
  method: [one('EXAMINE', 'INTERVIEW', 'TEST'), 'EXAMINE, INTERVIEW or TEST'],
  state: [one('satisfied', 'not-satisfied'), 'satisfied or not-satisfied'],
  reason: [one('pass', 'fail', 'other'), 'pass, fail or other'],
  system: [one('operational', 'other'), 'operational or other'],
  target: [one('statement-id'), 'statement-id'],
  tool: [one('tool'), 'tool'],
  component: [one('component'), 'component'],
  kind: [one('this-system', 'software'), 'this-system or software'],
  action: [one('action'), 'action'],
  open: [one('open'), 'open'],
  advice: [one('recommendation'), 'recommendation'],
  sha: [one('SHA-256'), 'SHA-256'],
  hex: [v => typeof v === 'string' && /^[0-9a-f]{64}$/.test(v), '64 hexadecimal digits'],
};

const shapes = {
  prop: { name: 'token!', ns: 'uri!', value: 'line!', class: 'token', uuid: 'uuid', remarks: 'text' },
  link: { href: 'href!', rel: 'token', text: 'text' },
  role: { id: 'token!', title: 'text!' },
  metadata: { title: 'text!', 'last-modified': 'time!', version: 'line!', 'oscal-version': 'version!', props: 'prop[]',
    remarks: 'text', roles: 'role[]' },
  hash: { algorithm: 'sha!', value: 'hex!' },
  rlink: { href: 'href!', 'media-type': 'line', hashes: 'hash[]' },
  resource: { uuid: 'uuid!', title: 'text!', description: 'text', props: 'prop[]', rlinks: 'rlink[]!',
    remarks: 'text' },
  matter: { resources: 'resource[]!' },
  status: { state: 'system!', remarks: 'text' },

  catalog: { uuid: 'uuid!', metadata: 'metadata!', groups: 'group[]!', 'back-matter': 'matter' },
  group: { id: 'token', class: 'token', title: 'text!', controls: 'control[]!' },
  control: { id: 'token!', class: 'token', title: 'text!', params: 'param[]', props: 'prop[]', links: 'link[]',
    parts: 'part[]!' },
  param: { id: 'token!', label: 'text', values: 'line[]!', usage: 'text', remarks: 'text' },
  part: { id: 'token', name: 'token!', ns: 'uri', title: 'text', prose: 'text!' },

  profile: { uuid: 'uuid!', metadata: 'metadata!', imports: 'import[]!', merge: 'merge', modify: 'modify' },
  import: { href: 'href!', 'include-all': 'empty', 'include-controls': 'withids[]' },
  withids: { 'with-ids': 'token[]!' },
  merge: { 'as-is': 'yes!' },
  modify: { 'set-parameters': 'setparam[]', alters: 'alter[]' },
  setparam: { 'param-id': 'token!', usage: 'text', values: 'line[]!' },
  alter: { 'control-id': 'token!', adds: 'add[]!' },
  add: { props: 'prop[]!' },

  'system-security-plan': { uuid: 'uuid!', metadata: 'metadata!', 'import-profile': 'importing!',
    'system-characteristics': 'characteristics!', 'system-implementation': 'implementation!',
    'control-implementation': 'requirements!' },
  importing: { href: 'href!' },
  characteristics: { 'system-ids': 'sysid[]!', 'system-name': 'line!', 'system-name-short': 'line!',
    description: 'text!', 'system-information': 'information!', status: 'status!', 'authorization-boundary': 'boundary!' },
  sysid: { 'identifier-type': 'uri!', id: 'line!' },
  information: { 'information-types': 'infotype[]!' },
  infotype: { uuid: 'uuid!', title: 'text!', description: 'text!' },
  boundary: { description: 'text!' },
  implementation: { users: 'user[]!', components: 'component-def[]!' },
  user: { uuid: 'uuid!', title: 'text!', description: 'text', 'role-ids': 'token[]' },
  'component-def': { uuid: 'uuid!', type: 'kind!', title: 'text!', description: 'text!', status: 'status!' },
  requirements: { description: 'text!', 'implemented-requirements': 'requirement[]!' },
  requirement: { uuid: 'uuid!', 'control-id': 'token!', props: 'prop[]', statements: 'statement[]!' },
  statement: { 'statement-id': 'token!', uuid: 'uuid!', 'by-components': 'bycomponent[]!' },
  bycomponent: { 'component-uuid': 'uuid!', uuid: 'uuid!', description: 'text!' },

  'assessment-plan': { uuid: 'uuid!', metadata: 'metadata!', 'import-ssp': 'importing!', 'local-definitions': 'local',
    'reviewed-controls': 'reviewed!', 'assessment-subjects': 'subjects[]!', 'assessment-assets': 'assets!',
    tasks: 'task[]' },
  local: { activities: 'activity[]!' },
  activity: { uuid: 'uuid!', title: 'text!', description: 'text!', props: 'prop[]!', 'related-controls': 'reviewed!' },
  reviewed: { 'control-selections': 'selection[]!' },
  selection: { 'include-controls': 'selected[]!' },
  selected: { 'control-id': 'token!', 'statement-ids': 'token[]' },
  subjects: { type: 'component!', 'include-subjects': 'subject[]!' },
  subject: { 'subject-uuid': 'uuid!', type: 'component!', title: 'text' },
  assets: { components: 'component-def[]!', 'assessment-platforms': 'platform[]!' },
  platform: { uuid: 'uuid!', title: 'text!', 'uses-components': 'uses[]!' },
  uses: { 'component-uuid': 'uuid!' },
  task: { uuid: 'uuid!', type: 'action!', title: 'text!', timing: 'timing!', 'associated-activities': 'assoc[]!' },
  timing: { 'on-date': 'ondate!' },
  ondate: { date: 'time!' },
  assoc: { 'activity-uuid': 'uuid!', subjects: 'subjects[]!' },

  'assessment-results': { uuid: 'uuid!', metadata: 'metadata!', 'import-ap': 'importing!', results: 'result[]!',
    'back-matter': 'matter!' },
  result: { uuid: 'uuid!', title: 'text!', description: 'text!', start: 'time!', end: 'time!', props: 'prop[]',
    'reviewed-controls': 'reviewed!', observations: 'observation[]!', risks: 'risk[]', findings: 'finding[]' },
  observation: { uuid: 'uuid!', title: 'text!', description: 'text!', props: 'prop[]!', methods: 'method[]!',
    types: 'token[]!', origins: 'origin[]!', subjects: 'subject[]!', 'relevant-evidence': 'relevant[]',
    collected: 'time!', expires: 'time', remarks: 'text' },
  relevant: { href: 'href!', description: 'text!' },
  origin: { actors: 'actor[]!' },
  actor: { type: 'tool!', 'actor-uuid': 'uuid!' },
  finding: { uuid: 'uuid!', title: 'text!', description: 'text!', props: 'prop[]!', origins: 'origin[]!',
    target: 'finding-target!', 'implementation-statement-uuid': 'uuid!', 'related-observations': 'obsref[]!',
    'related-risks': 'riskref[]' },
  'finding-target': { type: 'target!', 'target-id': 'token!', status: 'objective!' },
  objective: { state: 'state!', reason: 'reason!', remarks: 'text' },
  obsref: { 'observation-uuid': 'uuid!' },
  riskref: { 'risk-uuid': 'uuid!' },
  risk: { uuid: 'uuid!', title: 'text!', description: 'text!', statement: 'text!', props: 'prop[]!', status: 'open!',
    origins: 'origin[]!', 'related-observations': 'obsref[]!', remediations: 'remedy[]' },
  remedy: { uuid: 'uuid!', lifecycle: 'advice!', title: 'text!', description: 'text!', origins: 'origin[]!' },
};

function value(v, type, path, bad) {
  if (type.endsWith('[]')) {
    if (!Array.isArray(v)) return bad(path, 'is no array');
    if (v.length === 0) bad(path, 'is an empty array: leave the key out');
    v.forEach((e, i) => value(e, type.slice(0, -2), `${path}[${i}]`, bad));
  } else if (leaves[type]) {
    if (!leaves[type][0](v)) bad(path, `is not ${leaves[type][1]}`);
  } else {
    object(v, shapes[type], path, bad);
  }
}

function object(v, shape, path, bad) {
  if (v === null || typeof v !== 'object' || Array.isArray(v)) return bad(path, 'is no object');
  for (const [key, type] of Object.entries(shape))
    if (type.endsWith('!') && !(key in v)) bad(`${path}.${key}`, 'is missing');
  for (const [key, e] of Object.entries(v))
    if (!(key in shape)) bad(`${path}.${key}`, 'is not known here');
    else value(e, shape[key].replace(/!$/, ''), `${path}.${key}`, bad);
}

// The model of a document: the name of its one member; undefined when it has none that we know.
export const model = doc => {
  const keys = Object.keys(doc ?? {}).filter(k => k !== '$schema');
  return keys.length === 1 && ['catalog', 'profile', 'system-security-plan', 'assessment-plan', 'assessment-results']
    .includes(keys[0]) ? keys[0] : undefined;
};

// Say of a document what is not of its form: bad(path, what).
export function checkShape(doc, bad) {
  const m = model(doc);
  if (m === undefined) bad('', 'is no document of a model that we know');
  else object(doc[m], shapes[m], m, bad);
}
