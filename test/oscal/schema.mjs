// schema: NIST's JSON schema for OSCAL 1.1.2 (oscal_complete_schema.json of its release) through ajv. The schema is
// no part of this repository and no package that we know of carries it: ROUTEMARK_OSCAL_SCHEMA says where it is.
// node test/oscal/schema.mjs DIR...: validate every file below; exit status 1 when one is not valid.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { folders, load } from './chain.mjs';

const ID = 'http://csrc.nist.gov/ns/oscal/1.0/1.1.2/oscal-complete-schema.json';

// doc to a list of errors; undefined when there is no schema here.
export async function validator() {
  const file = process.env.ROUTEMARK_OSCAL_SCHEMA;
  if (!file) return undefined;
  const schema = JSON.parse(fs.readFileSync(file));
  if (schema.$id !== ID) throw new Error(`${file} is "${schema.$id}", not ${ID}`);
  const { default: Ajv } = await import('ajv'), { default: formats } = await import('ajv-formats');
  // its own keywords ($comment, ids in ids) are not those of strict mode; its rules all count
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  const valid = ajv.compile(schema);
  return doc => (valid(doc) ? [] : valid.errors.map(e => `${e.instancePath}: ${e.message}`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const valid = await validator();
  let n = 0, bad = 0;
  for (const dir of process.argv.slice(2).flatMap(folders))
    for (const [name, { doc }] of load(dir)) {
      n++;
      for (const e of valid(doc)) { bad++; console.log(`${path.join(dir, name)}${e}`); }
    }
  console.log(`${n} documents, ${bad} errors`);
  process.exit(n === 0 || bad > 0 ? 1 : 0);
}
