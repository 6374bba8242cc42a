#include "addr/aspath.h"

enum { SET = 1, SEQUENCE = 2, CONFED_SEQUENCE = 3, CONFED_SET = 4 };

/* The segment at word i: its type, count and first ASN; the next segment's index. */
static uint32_t
segment(struct aspath p, uint32_t i, uint32_t *type, uint32_t *count, const uint32_t **asn)
{
	*type = p.w[i] >> 16;
	*count = p.w[i] & 0xffff;
	*asn = p.w + i + 1;
	return i + 1 + *count;
}

uint32_t
aspath_origin(struct aspath p)
{
	uint32_t i = 0, type = 0, count = 0, origin = ORIGIN_NONE;
	const uint32_t *asn;

	while (i < p.n) {
		i = segment(p, i, &type, &count, &asn);
		if (count > 0)
			origin = type == SEQUENCE ? asn[count - 1] : ORIGIN_NONE;
	}
	return origin;
}

bool
aspath_has_set(struct aspath p)
{
	uint32_t i = 0, type, count;
	const uint32_t *asn;

	while (i < p.n) {
		i = segment(p, i, &type, &count, &asn);
		if (type == SET || type == CONFED_SET)
			return true;
	}
	return false;
}

size_t
aspath_hops(struct aspath p, uint32_t *hops, size_t cap, bool *set)
{
	uint32_t i = 0, k, type, count, last = 0;
	const uint32_t *asn;
	size_t n = 0;

	*set = false;
	while (i < p.n) {
		i = segment(p, i, &type, &count, &asn);
		if (type == CONFED_SEQUENCE)
			continue;	/* inside one AS as seen from outside (RFC 5065) */
		if (type != SEQUENCE) {
			*set = true;
			return n;
		}
		for (k = 0; k < count; k++) {
			if (n > 0 && asn[k] == last)
				continue;
			last = asn[k];
			if (n < cap)
				hops[n] = last;
			n++;
		}
	}
	return n;
}

size_t
aspath_last_set(struct aspath p, const uint32_t **member)
{
	uint32_t i = 0, type, count;
	const uint32_t *asn;
	size_t n = 0;

	*member = NULL;
	while (i < p.n) {
		i = segment(p, i, &type, &count, &asn);
		if (count == 0)
			continue;
		n = type == SET || type == CONFED_SET ? count : 0;
		*member = n > 0 ? asn : NULL;
	}
	return n;
}

void
aspath_format(struct aspath p, struct str *out)
{
	/* indexed by segment type: unused, set, sequence, confed sequence, confed set */
	static const char open[] = " { ([", close[] = " } )]";
	uint32_t i = 0, k, type, count;
	const uint32_t *asn;

	while (i < p.n) {
		bool list;

		if (i > 0)
			str_addc(out, ' ');
		i = segment(p, i, &type, &count, &asn);
		list = type == SET || type == CONFED_SET;
		if (type != SEQUENCE)
			str_addc(out, open[type]);
		for (k = 0; k < count; k++) {
			if (k > 0)
				str_addc(out, list ? ',' : ' ');
			str_addu(out, asn[k]);
		}
		if (type != SEQUENCE)
			str_addc(out, close[type]);
	}
}
