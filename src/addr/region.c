/* region: the regions of UN M49 ("Standard country or area codes for statistical use", United Nations Statistics
 * Division, https://unstats.un.org/unsd/methodology/m49/, as of January 2024), written down for this program: 5 regions,
 * 22 subregions (of Sub-Saharan Africa and Latin America the intermediate ones), 247 countries and areas that have an ISO
 * 3166-1 code. Without a region: AQ (Antarctica: in M49, in no region), TW (not in M49), and EU and AP, which ISO 3166
 * reserves and registries use. */
#include "addr/region.h"

#include <string.h>

#define SERVICE(word, text) {word, text, REGION_SERVICE, 0, NULL}
#define CONTINENT(word, text, code) {word, text, REGION_CONTINENT, code, NULL}
#define SUBREGION(word, text, code, list) {word, text, REGION_SUBREGION, code, list}

const struct region regions[REGION_N] = {
	SERVICE("afrinic", "AFRINIC"),
	SERVICE("apnic", "APNIC"),
	SERVICE("arin", "ARIN"),
	SERVICE("lacnic", "LACNIC"),
	SERVICE("ripencc", "RIPE NCC"),
	CONTINENT("africa", "Africa", 2),
	SUBREGION("eastern-africa", "Eastern Africa", 14,
	    "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW"),
	SUBREGION("middle-africa", "Middle Africa", 17, "AO CD CF CG CM GA GQ ST TD"),
	SUBREGION("northern-africa", "Northern Africa", 15, "DZ EG EH LY MA SD TN"),
	SUBREGION("southern-africa", "Southern Africa", 18, "BW LS NA SZ ZA"),
	SUBREGION("western-africa", "Western Africa", 11, "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
	CONTINENT("americas", "Americas", 19),
	SUBREGION("caribbean", "Caribbean", 29,
	    "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI"),
	SUBREGION("central-america", "Central America", 13, "BZ CR GT HN MX NI PA SV"),
	SUBREGION("northern-america", "Northern America", 21, "BM CA GL PM US"),
	SUBREGION("south-america", "South America", 5, "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
	CONTINENT("asia", "Asia", 142),
	SUBREGION("central-asia", "Central Asia", 143, "KG KZ TJ TM UZ"),
	SUBREGION("eastern-asia", "Eastern Asia", 30, "CN HK JP KP KR MN MO"),
	SUBREGION("south-eastern-asia", "South-eastern Asia", 35, "BN ID KH LA MM MY PH SG TH TL VN"),
	SUBREGION("southern-asia", "Southern Asia", 34, "AF BD BT IN IR LK MV NP PK"),
	SUBREGION("western-asia", "Western Asia", 145, "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE"),
	CONTINENT("europe", "Europe", 150),
	SUBREGION("eastern-europe", "Eastern Europe", 151, "BG BY CZ HU MD PL RO RU SK UA"),
	SUBREGION("northern-europe", "Northern Europe", 154, "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
	SUBREGION("southern-europe", "Southern Europe", 39, "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA"),
	SUBREGION("western-europe", "Western Europe", 155, "AT BE CH DE FR LI LU MC NL"),
	CONTINENT("oceania", "Oceania", 9),
	SUBREGION("australia-and-new-zealand", "Australia and New Zealand", 53, "AU CC CX HM NF NZ"),
	SUBREGION("melanesia", "Melanesia", 54, "FJ NC PG SB VU"),
	SUBREGION("micronesia", "Micronesia", 57, "FM GU KI MH MP NR PW UM"),
	SUBREGION("polynesia", "Polynesia", 61, "AS CK NU PF PN TK TO TV WF WS"),
	{"unmapped", "No UN region", REGION_REST, 0, NULL},
	{"unknown", "Not known", REGION_REST, 0, NULL},
};

enum { UNMAPPED = REGION_N - 2, UNKNOWN = REGION_N - 1 };

/* The index of the subregion that lists the country; UNMAPPED: none does. */
static unsigned
subregion_of(const char *country)
{
	unsigned i;
	const char *p;

	for (i = 0; country[0] != '\0' && i < REGION_N; i++)
		for (p = regions[i].countries; p != NULL && p[0] != '\0'; p += p[2] == ' ' ? 3 : 2)
			if (p[0] == country[0] && p[1] == country[1])
				return i;
	return UNMAPPED;
}

static bool
is_code(struct span s, unsigned code)
{
	uint32_t n;

	return code != 0 && s.len <= 3 && span_u32(s, 999, &n) == OK && n == code;
}

const struct region *
region_find(const char *text)
{
	struct span s = {text, strlen(text)}, code = s;
	unsigned i;

	while (code.len > 1 && code.len <= 3 && code.p[0] == '0') {	/* "005" */
		code.p++;
		code.len--;
	}
	for (i = 0; i < REGION_N; i++)
		if (span_is_nocase(s, regions[i].id) || is_code(code, regions[i].m49))
			return &regions[i];
	return NULL;
}

unsigned
regions_of(const struct place *p, uint8_t out[static 3])
{
	unsigned at, n = 0;

	if (p->service == SERVICE_NONE) {
		out[n++] = UNKNOWN;
		return n;
	}
	out[n++] = (uint8_t)(p->service - SERVICE_AFRINIC);
	at = subregion_of(p->country);
	out[n++] = (uint8_t)at;
	if (at == UNMAPPED)
		return n;
	while (regions[at].kind != REGION_CONTINENT)
		at--;
	out[n++] = (uint8_t)at;
	return n;
}

const struct region *
region_of(const struct place *p)
{
	return &regions[p->service == SERVICE_NONE ? UNKNOWN : subregion_of(p->country)];
}

bool
region_holds(const struct region *r, const struct place *p)
{
	uint8_t in[3];
	unsigned n = regions_of(p, in), i;

	for (i = 0; i < n; i++)
		if (&regions[in[i]] == r)
			return true;
	return false;
}
