#include "addr/asn.h"

enum err
asn_parse(struct span s, uint32_t *out)
{
	struct span high;
	uint32_t h, l;

	if (s.len > 2 && (s.p[0] | 0x20) == 'a' && (s.p[1] | 0x20) == 's') {
		s.p += 2;
		s.len -= 2;
	}
	if (!span_cut(&s, '.', &high))
		return ERR_SYNTAX;
	if (s.p == NULL)
		return span_u32(high, UINT32_MAX, out);
	TRY(span_u32(high, UINT16_MAX, &h));	/* RFC 5396 asdot */
	TRY(span_u32(s, UINT16_MAX, &l));
	*out = h << 16 | l;
	return OK;
}

const char *
asn_bogon(uint32_t asn)
{
	static const struct {
		uint32_t lo, hi;
		const char *rfc;
	} bogons[] = {
	    {0, 0, "RFC 7607"},
	    {AS_TRANS, AS_TRANS, "RFC 6793"},
	    {64496, 64511, "RFC 5398"},
	    {64512, 65534, "RFC 6996"},
	    {65535, 65535, "RFC 7300"},
	    {65536, 65551, "RFC 5398"},
	    {65552, 131071, "IANA AS numbers registry: reserved"},
	    {4200000000u, 4294967294u, "RFC 6996"},
	    {4294967295u, 4294967295u, "RFC 7300"},
	};
	size_t i;

	for (i = 0; i < sizeof(bogons) / sizeof(bogons[0]); i++)
		if (asn >= bogons[i].lo && asn <= bogons[i].hi)
			return bogons[i].rfc;
	return NULL;
}
