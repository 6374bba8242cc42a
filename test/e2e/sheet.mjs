// sheet: node test/e2e/sheet.mjs FILE: a sheet of require text --csv, read as RFC 4180 says. "COLUMNS|..." in the first
// line, then a line for each row: question, ASN, required, least evidence; exit status 1 when a row is not as wide as
// the head, a field that the provider fills in is not empty, or a field would be a formula.
import fs from 'node:fs';

export function csv(text) {
  const rows = [[]];
  let field = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { field += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') { rows.at(-1).push(field); field = ''; }
    else if (!quoted && c === '\n') { rows.at(-1).push(field); field = ''; rows.push([]); }
    else field += c;
  }
  if (quoted || rows.pop().length > 0) throw new Error('the last row has no end');
  return rows;
}

const [head, ...rows] = csv(fs.readFileSync(process.argv[2], 'utf8'));
const at = name => head.indexOf(name);
let bad = 0;
console.log(head.join('|'));
for (const r of rows) {
  const blank = ['Provider answer', 'Implementation description', 'Evidence', 'Attested by', 'Attested on',
    'Valid until'];
  if (r.length !== head.length || blank.some(n => r[at(n)] !== '') || r.some(f => /^[=+\-@\t\r]/.test(f))) bad = 1;
  if (r[at('Question ID')] !== r[at('Control ID')]) bad = 1;
  if (!r[at('How it will be checked')].includes('attested evidence')) bad = 1;
  console.log([at('Question ID'), at('ASN'), at('Required'), at('Least evidence')].map(i => r[i]).join(' '));
}
process.exit(bad);
