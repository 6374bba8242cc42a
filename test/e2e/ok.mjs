// ok: a check of the scripts of these tests: a line "ok - NAME" or "not ok - NAME", and what was there instead.
let failed = 0;

export function ok(good, name, why = '') {
	console.log(`${good ? 'ok' : 'not ok'} - ${name}`);
	if (!good) {
		failed++;
		console.log(`# ${JSON.stringify(why)?.slice(0, 600)}`);
	}
}

// How many were not.
export const failures = () => failed;
