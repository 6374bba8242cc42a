#include "addr/place.h"

#include <string.h>

static const char *const words[SERVICE_N] = {"", "afrinic", "apnic", "arin", "lacnic", "ripencc"};
static const char *const names[SERVICE_N] = {"", "AFRINIC", "APNIC", "ARIN", "LACNIC", "RIPE NCC"};

const char *
service_word(enum service_region s)
{
	return words[s];
}

const char *
service_name(enum service_region s)
{
	return names[s];
}

bool
service_read(struct span s, enum service_region *out)
{
	unsigned i;

	for (i = SERVICE_AFRINIC; i < SERVICE_N; i++)
		if (span_is_nocase(s, words[i])) {
			*out = (enum service_region)i;
			return true;
		}
	return false;
}

bool
country_read(struct span s, char out[static 3])
{
	unsigned i;

	out[0] = '\0';
	if (s.len != 2 || span_is_nocase(s, "ZZ"))
		return false;
	for (i = 0; i < 2; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z')))
			return false;
	out[0] = (char)(s.p[0] & ~0x20);
	out[1] = (char)(s.p[1] & ~0x20);
	out[2] = '\0';
	return true;
}

bool
place_same(const struct place *a, const struct place *b)
{
	return a->service == b->service && strcmp(a->country, b->country) == 0;
}
