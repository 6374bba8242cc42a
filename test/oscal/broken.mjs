// broken: node test/oscal/broken.mjs DIR: a good chain in DIR, broken in one place at a time (breaks.mjs): our check
// must refuse each for the reason named. With ROUTEMARK_OSCAL_SCHEMA: NIST's schema refuses those that it can see,
// and no others, so that we know which rules only our check holds. Prints TAP.
import fs from 'node:fs';
import { breaks } from './breaks.mjs';
import { check, load } from './chain.mjs';
import { validator } from './schema.mjs';

const dir = process.argv[2], good = load(dir), valid = await validator();
let n = 0, failed = 0;
const ok = (yes, what) => { n++; failed += !yes; console.log(`${yes ? 'ok' : 'not ok'} ${n} - ${what}`); };

// A copy where the broken document has no bytes: they would tell it by its digest or its form alone.
function brokenCopy(where, how) {
  const is = k => (typeof where === 'string' ? k === where : where.test(k));
  const copy = new Map(good), name = [...copy.keys()].find(is);
  if (how === undefined) {
    copy.delete(name);
  } else {
    copy.set(name, { doc: structuredClone(good.get(name).doc) });
    how(copy.get(name).doc);
  }
  return [copy, name];
}

ok(check(good).length === 0, `${dir.split('/').pop()}: the chain is good before it is broken`);
ok(check(brokenCopy('ssp.json', () => {})[0]).length === 0, 'and so is a copy of it');
for (const [what, where, how, say, seen] of breaks) {
  const [copy, name] = brokenCopy(where, how), wrong = check(copy);
  ok(wrong.some(l => l.includes(say)), `refused: ${what}`);
  if (!wrong.some(l => l.includes(say)))
    console.log(`# wanted "${say}", got: ${wrong.slice(0, 3).join(' | ') || 'nothing'}`);
  if (valid && how !== undefined)
    ok((valid(copy.get(name).doc).length > 0) === seen, `NIST's schema ${seen ? 'sees' : 'does not see'} ${what}`);
}
if (!valid) console.log(`ok ${++n} # SKIP NIST's schema is not here: ROUTEMARK_OSCAL_SCHEMA names none`);

// Bytes: one changed byte of a pack is another digest; another order of keys is another form.
const bytes = new Map(good), pack = [...bytes.keys()].find(k => k.endsWith('.catalog.json'));
bytes.set(pack, { ...good.get(pack), text: Buffer.concat([good.get(pack).text, Buffer.from('\n')]) });
ok(check(bytes).some(l => l.includes('digest of')), 'refused: a catalogue with one byte more');
const form = new Map(good);
form.set('ssp.json', { ...good.get('ssp.json'), text: Buffer.from(JSON.stringify(good.get('ssp.json').doc, null, 1)) });
ok(check(form).some(l => l.includes('canonical')), 'refused: a plan that is not canonical JSON');
const text = new Map(good);
text.set('ssp.json', { text: Buffer.from('{'), doc: undefined });
ok(check(text).some(l => l.includes('no JSON')), 'refused: a plan that is no JSON');
ok(fs.existsSync(dir), 'the chain itself is as it was');
console.log(`1..${n}`);
process.exit(failed > 0 ? 1 : 0);
