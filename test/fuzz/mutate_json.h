/*
 * mutate_json: JSON stays JSON: a value is put in another's place, twice, or away with its comma, or becomes one of those that
 * readers stumble over; a text is changed within its quotes. MUTATE_JSON(N) in a target, where N leading bytes choose something.
 */
#ifndef FUZZ_MUTATE_JSON_H
#define FUZZ_MUTATE_JSON_H

#include "mutate.h"

#ifndef FUZZ_MUTATE
#define MUTATE_JSON(skip)
#else
#define MUTATE_JSON(skip)                                                                              \
	size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)          \
	{                                                                                              \
		return mutate_json(data, size, max, skip, &seed);                                      \
	}

#define MUTATE_VALUES 512

struct mutate_value { size_t at, len; };

/* Where values, keys among them, begin and end: a scan by brackets and quotes, which must not be right for what is no JSON. */
static inline size_t
mutate_values(const uint8_t *p, size_t len, struct mutate_value *v)
{
	size_t open[64], n = 0, depth = 0, i = 0, from;

	while (i < len && n < MUTATE_VALUES) {
		from = i;
		if (p[i] == '"') {
			for (i++; i < len && p[i] != '"'; i++)
				i += p[i] == '\\';
			i++;
			if (i <= len)
				v[n++] = (struct mutate_value){from, i - from};
		} else if (p[i] == '{' || p[i] == '[') {
			if (depth < 64)
				open[depth++] = i;
			i++;
		} else if (p[i] == '}' || p[i] == ']') {
			i++;
			if (depth > 0) {
				depth--;
				v[n++] = (struct mutate_value){open[depth], i - open[depth]};
			}
		} else if (p[i] == ',' || p[i] == ':' || p[i] <= ' ') {
			i++;
		} else {
			while (i < len && strchr(",:]}[{\" \t\r\n", p[i]) == NULL)
				i++;
			v[n++] = (struct mutate_value){from, i - from + (i == from)};
			i += i == from;
		}
	}
	return n;
}

static const char *const mutate_odd[] = {"0", "-1", "1e999", "4294967295", "4294967296", "9223372036854775807",
    "18446744073709551616", "0.1", "true", "null", "\"\"", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"", "\"AS0\"", "\"AS4294967296\"",
    "\"0.0.0.0/0\"", "\"::/0\"", "\"10.0.0.1/8\"", "\"9999-12-31T23:59:60Z\"", "\"\xc0\x80\"", "01", "-"};

/* Within the quotes of a text, or any bytes of what is none. */
static inline size_t
mutate_within(uint8_t *p, size_t size, size_t max, struct mutate_value v)
{
	size_t head = v.len >= 2 && p[v.at] == '"', n = v.len - 2 * head, new;
	uint8_t *copy = malloc(n + 65);

	if (copy == NULL)
		abort();
	memcpy(copy, p + v.at + head, n);
	new = LLVMFuzzerMutate(copy, n, n + 64);
	size = mutate_splice(p, size, max, v.at + head, n, copy, new);
	free(copy);
	return size;
}

static inline size_t
mutate_json(uint8_t *p, size_t size, size_t max, size_t skip, unsigned *seed)
{
	static struct mutate_value values[MUTATE_VALUES];
	size_t n = size > skip ? mutate_values(p + skip, size - skip, values) : 0, i;
	struct mutate_value v, w;
	const char *odd;
	uint8_t *copy;

	if (n == 0 || mutate_rnd(seed, 5) == 0)
		return LLVMFuzzerMutate(p, size, max);
	for (i = 0; i < n; i++)
		values[i].at += skip;
	v = values[mutate_rnd(seed, (uint32_t)n)];
	w = values[mutate_rnd(seed, (uint32_t)n)];
	switch (mutate_rnd(seed, 5)) {
	case 0:			/* something odd */
		odd = mutate_odd[mutate_rnd(seed, sizeof(mutate_odd) / sizeof(*mutate_odd))];
		return mutate_splice(p, size, max, v.at, v.len, (const uint8_t *)odd, strlen(odd));
	case 1:			/* away, with a comma or colon behind it */
		i = v.at + v.len < size && (p[v.at + v.len] == ',' || p[v.at + v.len] == ':');
		return mutate_splice(p, size, max, v.at, v.len + i, NULL, 0);
	case 2:
		return mutate_within(p, size, max, v);
	default:		/* another value: in its place, or before it */
		copy = malloc(w.len + 1);
		if (copy == NULL)
			abort();
		memcpy(copy, p + w.at, w.len);
		copy[w.len] = ',';
		i = mutate_rnd(seed, 2);
		size = i ? mutate_splice(p, size, max, v.at, v.len, copy, w.len) : mutate_splice(p, size, max, v.at, 0, copy, w.len + 1);
		free(copy);
		return size;
	}
}

#endif
#endif
