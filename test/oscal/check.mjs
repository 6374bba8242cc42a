// check: node test/oscal/check.mjs DIR...: hold every chain below DIR against shape.mjs and chain.mjs. A line for
// each thing that is wrong; exit status 1 when there is one, or no chain.
import { check, folders, load } from './chain.mjs';

let wrong = 0, n = 0;
for (const dir of process.argv.slice(2).flatMap(folders)) {
  n++;
  for (const line of check(load(dir))) { wrong++; console.log(`${dir}/${line}`); }
}
console.log(`${n} chains, ${wrong} wrong`);
process.exit(n === 0 || wrong > 0 ? 1 : 0);
