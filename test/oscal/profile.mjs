// profile: node test/oscal/profile.mjs FILE...: each is an OSCAL profile of the shape in shape.mjs. A line for each
// thing that is wrong; exit status 1 when there is one.
import fs from 'node:fs';
import { checkShape, model } from './shape.mjs';

let wrong = 0;
for (const file of process.argv.slice(2)) {
  const doc = JSON.parse(fs.readFileSync(file));
  const bad = (at, what) => { wrong++; console.log(`${file}: ${at} ${what}`); };
  if (model(doc) !== 'profile') bad('', 'is no profile');
  checkShape(doc, bad);
}
console.log(`${process.argv.length - 2} profiles, ${wrong} wrong`);
process.exit(process.argv.length < 3 || wrong > 0 ? 1 : 0);
