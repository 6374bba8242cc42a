// words: numbers as the server writes them (src/rule/say.c, src/metric/wilson.c), so that a plot and the page around it say
// the same.

const Z2 = 3.841458820694124;	// the square of the normal quantile of 97.5 %

export function count(n) {
	return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

// Of millionths, with two places; what is not nothing is not shown as nothing, nor what is not all as all.
export function percent(ppm) {
	let hundredths = Math.floor((ppm + 50) / 100);
	if (hundredths === 0 && ppm > 0)
		hundredths = 1;
	if (hundredths === 10000 && ppm < 1000000)
		hundredths = 9999;
	return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

// Wilson's interval, 95 %, in millionths: [lo, hi].
export function wilson(num, den) {
	if (den === 0)
		return [0, 1000000];
	const centre = num + Z2 / 2, whole = den + Z2, spread = Math.sqrt(Z2 * num * (den - num) / den + Z2 * Z2 / 4);
	const ppm = x => Math.floor(x * 1000000 / whole + 0.5);
	return [num > 0 ? ppm(centre - spread) : 0, num < den ? ppm(centre + spread) : 1000000];
}

export function share(num, den) {
	if (den === 0)
		return 'none could be judged';
	const [lo, hi] = wilson(num, den);
	return `${percent(Math.floor(num * 1000000 / den))} % of ${count(den)} (95 % interval ${percent(lo)}-${percent(hi)})`;
}

export function plural(n, one, many) {
	return `${count(n)} ${n === 1 ? one : many}`;
}
