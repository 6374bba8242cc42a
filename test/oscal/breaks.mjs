// breaks: a good chain broken in one place at a time. Each break has the file it is in, what it does, a word of
// what our check must say, and whether NIST's schema sees it, too (true), or cannot (false: the rule is ours, or it
// needs a second document).
const results = c => c['assessment-results'].results[0];
const plan = c => c['assessment-plan'];
const ssp = c => c['system-security-plan'];
const obs = c => results(c).observations[0];
const finding = c => results(c).findings[0];
const failed = c => results(c).findings.find(f => f.target.status.state === 'not-satisfied');
// a control that files cannot judge: no evidence, one observation
const unjudged = c => results(c).observations.find(o => o.types[0] === 'no-data' &&
  o.props.find(p => p.name === 'evidence-time').value === 'none');
const dated = c => results(c).observations.find(o => o.expires);
const other = '00000000-0000-5000-8000-000000000000';
const setProp = (o, name, value) => { o.props.find(p => p.name === name).value = value; };

const AR = 'assessment-results.json', AP = 'assessment-plan.json', SSP = 'ssp.json';
const CATALOG = /\.catalog\.json$/, PROFILE = /\.profile\.json$/;

export const breaks = [
  // form
  ['an empty array', AR, c => { results(c).risks = []; }, 'empty array', true],
  ['a key that is not known', AR, c => { obs(c).number = 'x'; }, 'not known', true],
  ['a document without a title', SSP, c => { delete ssp(c).metadata.title; }, 'title: is missing', true],
  ['a random uuid of version 1', AR, c => { obs(c).uuid = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'; }, 'UUID', true],
  ['a uuid of version 4: not made of a name', AR,
    c => { obs(c).uuid = 'a0000000-0000-4000-8000-000000000000'; }, 'UUID',
    false],
  ['a time without a zone', AR, c => { obs(c).collected = '2031-06-01T00:00:00'; }, 'zone', true],
  ['a day that no month has', AR, c => { obs(c).collected = '2031-06-31T00:00:00Z'; }, 'zone', true],
  ['a state of our own', AR, c => { finding(c).target.status.state = 'mostly'; }, 'satisfied or', true],
  ['a token that starts with a digit', CATALOG, c => { c.catalog.groups[0].controls[0].id = '1a'; }, 'token', true],
  ['a token with brackets', AR, c => { finding(c).target['target-id'] = 'AC-1(a)'; }, 'token', true],
  ['a value that ends in a space', AR, c => { obs(c).props[0].value += ' '; }, 'one line', true],
  ['a value of two lines', AR, c => { obs(c).props[0].value = 'a\nb'; }, 'one line', true],
  ['no methods', AR, c => { delete obs(c).methods; }, 'methods: is missing', true],
  ['another version of OSCAL', SSP, c => { ssp(c).metadata['oscal-version'] = '1.0.4'; }, '1.1.2', false],
  ['a digest that is too short', AR,
    c => { c['assessment-results']['back-matter'].resources[0].rlinks[0].hashes[0].value =
    'abc'; }, '64 hexadecimal', false],
  // the chain
  ['an import of a file that is not there', AR, c => { c['assessment-results']['import-ap'].href = 'plan.json'; },
    'leads to', false],
  ['a plan that imports a profile', AP, c => { plan(c)['import-ssp'].href = 'x.profile.json'; }, 'leads to', false],
  ['a plan of the system without a profile', SSP, c => { ssp(c)['import-profile'].href = 'catalog.json'; }, 'leads to',
    false],
  ['a profile that imports itself', PROFILE,
    c => { c.profile.imports[0].href = 'manrs-netops.profile.json'; }, 'leads to',
    false],
  ['a catalogue that nobody imports', PROFILE, c => { c.profile.imports[0].href = 'x.json'; }, 'leads not to', false],
  ['a document that is missing', AP, undefined, 'assessment-plan: is missing', false],
  // controls
  ['a profile of a control that is not in the catalogue', PROFILE,
    c => { c.profile.imports[0]['include-controls'][0]['with-ids'][0] = 'NO-1'; }, 'not in the catalogue', false],
  ['an alter of a control that is not in the catalogue', PROFILE,
    c => { c.profile.modify.alters[0]['control-id'] = 'NO-1'; }, 'not in the catalogue', false],
  ['a parameter that is not in the catalogue', PROFILE,
    c => { c.profile.modify['set-parameters'] = [{ 'param-id': 'NO-1.pass', values: ['1'] }]; }, 'not in the catalogue',
    false],
  ['two controls of one id', CATALOG,
    c => { c.catalog.groups[0].controls[1].id = c.catalog.groups[0].controls[0].id; }, 'is taken', false],
  ['two parts of one id', CATALOG,
    c => { c.catalog.groups[0].controls[1].parts[0].id = c.catalog.groups[0].controls[0].parts[0].id; },
    'is taken', false],
  ['a requirement that is left out', SSP, c => { ssp(c)['control-implementation']['implemented-requirements'].pop(); },
    'left out', false],
  ['a statement of another control', SSP,
    c => { ssp(c)['control-implementation']['implemented-requirements'][0].statements[0]['statement-id'] = 'x_smt'; },
    'not that of the control', false],
  ['a review of a control that nobody asked for', AR,
    c => { results(c)['reviewed-controls']['control-selections'][0]['include-controls'][0]['control-id'] = 'NO-1'; },
    'not in the profile', false],
  ['an activity without a method', AP, c => { plan(c)['local-definitions'].activities[0].props.shift(); }, 'no method',
    false],
  ['a target that is no statement', AR, c => { finding(c).target['target-id'] = 'M3_rem'; }, 'no statement', false],
  // pointers
  ['an observation that is not there', AR, c => { finding(c)['related-observations'][0]['observation-uuid'] = other; },
    'not one of the observations', false],
  ['a finding as an observation', AR,
    c => { finding(c)['related-observations'][0]['observation-uuid'] = finding(c).uuid; },
    'not one of the observations', false],
  ['an observation of another control', AR, c => { finding(c)['related-observations'][0]['observation-uuid'] =
    results(c).observations.find(o => o.props[0].value !== obs(c).props[0].value && o.types[0] === 'no-data').uuid; },
    'another control', false],
  ['a risk that is not there', AR, c => { failed(c)['related-risks'][0]['risk-uuid'] = other; }, 'not one of the risks',
    false],
  ['a subject that is not there', AR,
    c => { obs(c).subjects[0]['subject-uuid'] = other; }, 'no component of the system',
    false],
  ['an actor that is not there', AR, c => { obs(c).origins[0].actors[0]['actor-uuid'] = other; }, 'no tool', false],
  ['the network as the tool', AR,
    c => { obs(c).origins[0].actors[0]['actor-uuid'] = obs(c).subjects[0]['subject-uuid']; }, 'no tool', false],
  ['a statement that is not there', AR, c => { finding(c)['implementation-statement-uuid'] = other; },
    'not one of the statements', false],
  ['an activity that is not there', AP,
    c => { plan(c).tasks[0]['associated-activities'][0]['activity-uuid'] = other; },
    'not one of the activities', false],
  ['a component that is not there', SSP, c => { ssp(c)['control-implementation']['implemented-requirements'][0]
    .statements[0]['by-components'][0]['component-uuid'] = other; }, 'not one of the components', false],
  ['evidence that is not there', AR,
    c => { dated(c)['relevant-evidence'][0].href = `#${other}`; }, 'no resource', false],
  ['a reference that is not there', CATALOG, c => { c.catalog.groups[0].controls[0].links[0].href = `#${other}`; },
    'no resource', false],
  ['a role that is not there', SSP, c => { ssp(c)['system-implementation'].users[0]['role-ids'][0] = 'boss'; },
    'not in the metadata', false],
  ['one uuid of two things', AR, c => { results(c).observations[1].uuid = obs(c).uuid; }, 'of another, too', false],
  ['one uuid in two documents', SSP, c => { ssp(c).uuid = ssp(c)['system-implementation'].components[0].uuid; },
    'of another, too', false],
  ['a prop that is given twice', AR, c => { obs(c).props.push(obs(c).props[0]); }, 'given twice', false],
  // digests
  ['the digest of another catalogue', AR,
    c => { c['assessment-results']['back-matter'].resources[0].rlinks[0].hashes[0].value = 'a'.repeat(64); },
    'digest of', false],
  ['a name that is not of its digest', AR, c => { c['assessment-results']['back-matter'].resources[2].rlinks[0].href =
    `ni:///sha-256;${'A'.repeat(43)}`; }, 'is not', false],
  // results
  ['an end before the start', AR, c => { results(c).start = '2099-01-01T00:00:00Z'; }, 'is after', false],
  ['evidence that expired before it was collected', AR, c => { dated(c).expires = '1999-01-01T00:00:00Z'; }, 'is after',
    false],
  ['evidence that never expires', AR, c => { delete dated(c).expires; }, 'not after', false],
  ['evidence that is good for a year', AR,
    c => { dated(c).expires = dated(c).expires.replace(/^\d{4}/, y => Number(y) + 1); },
    'not after', false],
  ['evidence that is newer than it is', AR, c => { setProp(dated(c), 'evidence-time', '2031-05-31T00:00:00Z'); },
    'its evidence is of', false],
  ['a time without evidence', AR, c => { unjudged(c).collected = '2031-05-31T00:00:00Z'; }, 'a time without', false],
  ['no data as a finding that is satisfied', AR, c => {
    const f = structuredClone(finding(c)), id = unjudged(c).props.find(p => p.name === 'control-id').value;
    f.uuid = 'b0000000-0000-5000-8000-000000000000';
    f.target['target-id'] = `${id}_smt`;
    f['related-observations'] = [{ 'observation-uuid': unjudged(c).uuid }];
    results(c).findings.push(f);
  }, 'is NO_DATA', false],
  ['a failure as satisfied', AR, c => { failed(c).target.status.state = 'satisfied'; }, 'is not-satisfied', false],
  ['a failure that passes', AR, c => { failed(c).target.status.reason = 'pass'; }, 'wrong reason', false],
  ['a failure without a risk', AR, c => { delete failed(c)['related-risks']; }, 'go together', false],
  ['a verdict that the observation does not have', AR, c => { setProp(finding(c), 'verdict', 'WARN'); }, 'WARN', false],
  ['a failure that nobody is told', AR, c => { results(c).findings.splice(results(c).findings.indexOf(failed(c)), 1); },
    'has none', false],
  ['a control that nobody looked at', AR, c => { results(c).observations = results(c).observations
    .filter(o => o.types[0] !== 'no-data' || o !== unjudged(c)); }, 'has none', false],
  ['a wrong count', AR, c => { setProp(results(c), 'count-no-data', '0'); }, 'count-no-data', false],
  ['a proposal that hides it', AR,
    c => { c['assessment-results'].metadata.title = 'Results, as of 2031-06-01, evidence of 2031-05-01';
    c['assessment-results'].metadata.remarks = 'Fine.'; }, 'proposal', false],
  ['a title without its date', AR, c => { c['assessment-results'].metadata.title = 'Results (proposal)'; }, 'no date',
    false],
  ['a title without that of the evidence', AR,
    c => { c['assessment-results'].metadata.title = 'Results (proposal), as of 2031-06-01'; }, 'no date', false],
];
