// Holds a bill of materials against SPDX 2.3 (clauses 6, 7, 11: what is mandatory, and of which form) and against the
// binary that it is of: node sbom.mjs SBOM BINARY
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';

const [path, binary] = process.argv.slice(2);
const doc = JSON.parse(readFileSync(path, 'utf8'));
const wrong = [];
const hold = (good, what) => good || wrong.push(what);

hold(doc.spdxVersion === 'SPDX-2.3', '6.1 version');
hold(doc.dataLicense === 'CC0-1.0', '6.2 data license');
hold(doc.SPDXID === 'SPDXRef-DOCUMENT', '6.3 identifier');
hold(doc.name?.length > 0, '6.4 name');
hold(/^[a-z][a-z0-9+.-]*:[^#\s]+$/i.test(doc.documentNamespace), '6.5 namespace');
hold(doc.creationInfo?.creators?.every(c => /^(Person|Organization|Tool): ./.test(c)) && doc.creationInfo.creators.length, '6.8 creator');
hold(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(doc.creationInfo?.created), '6.9 created');
const ids = new Set(['SPDXRef-DOCUMENT']);
for (const p of doc.packages) {
	hold(p.name?.length > 0, `7.1 name of ${p.SPDXID}`);
	hold(/^SPDXRef-[A-Za-z0-9.-]+$/.test(p.SPDXID) && !ids.has(p.SPDXID), `7.2 identifier of ${p.name}`);
	ids.add(p.SPDXID);
	hold(p.versionInfo?.length > 0, `7.3 version of ${p.name}`);
	hold(p.downloadLocation?.length > 0, `7.7 download location of ${p.name}`);
	hold(p.filesAnalyzed === false && !p.packageVerificationCode, `7.8 files of ${p.name}`);
	for (const key of ['licenseConcluded', 'licenseDeclared', 'copyrightText'])
		hold(p[key]?.length > 0, `${key} of ${p.name}`);
	for (const r of p.externalRefs ?? [])
		hold(r.referenceType === 'purl' && /^pkg:(deb\/debian|npm)\/[^@\s]+@[^@\s?]+(\?arch=\w+)?$/.test(r.referenceLocator), `7.21 purl of ${p.name}`);
}
const types = new Set(['DESCRIBES', 'DYNAMIC_LINK', 'STATIC_LINK', 'BUILD_TOOL_OF', 'CONTAINS']);
for (const r of doc.relationships) {
	hold(ids.has(r.spdxElementId) && ids.has(r.relatedSpdxElement), `11.1 ends of ${JSON.stringify(r)}`);
	hold(types.has(r.relationshipType), `11.1 type of ${JSON.stringify(r)}`);
}
hold(doc.relationships.filter(r => r.relationshipType === 'DESCRIBES').length === 1, '11.1 the document describes one package');

const self = doc.packages.find(p => p.SPDXID === 'SPDXRef-routemark');
const digest = createHash('sha256').update(readFileSync(binary)).digest('hex');
hold(self?.checksums?.[0]?.checksumValue === digest, 'the digest of the binary');
// the loader's own list, without libc's parts: a package owns each, and each package is there
const needed = execFileSync('readelf', ['-dW', binary], { encoding: 'utf8' }).match(/(?<=NEEDED.*\[)[^\]]+/g) ?? [];
const direct = doc.relationships.filter(r => r.spdxElementId === 'SPDXRef-routemark' && r.relationshipType === 'DYNAMIC_LINK');
const packages = new Set(needed.filter(n => !/^(libm|ld-linux.*)\.so/.test(n)));
hold(direct.length >= packages.size, `${packages.size} libraries are linked, ${direct.length} are told`);
// whatever is in the document is reached from the binary, or built it
const reached = new Set(['SPDXRef-routemark']);
for (let before = 0; before !== reached.size;) {
	before = reached.size;
	for (const r of doc.relationships)
		if (reached.has(r.spdxElementId) && r.relationshipType.endsWith('LINK') || r.relationshipType === 'CONTAINS' && reached.has(r.spdxElementId))
			reached.add(r.relatedSpdxElement);
		else if (r.relationshipType === 'BUILD_TOOL_OF' && reached.has(r.relatedSpdxElement))
			reached.add(r.spdxElementId);
}
for (const p of doc.packages)
	hold(reached.has(p.SPDXID), `${p.name} hangs on nothing`);
if (wrong.length) {
	console.error(wrong.join('\n'));
	process.exit(1);
}
