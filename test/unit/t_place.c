/* addr/place, addr/region: the words of registries, the regions of M49, and every country of the real files. */
#include "addr/region.h"
#include "decode/registry.h"
#include "feed_file.h"
#include "tap.h"

/* Codes that files of registries have and M49 puts in no region: see addr/region.c. */
static const char *const nowhere[] = {"AP", "AQ", "EU", "TW"};

static struct place
at(const char *country)
{
	struct place p = {.service = SERVICE_RIPE};

	snprintf(p.country, sizeof(p.country), "%s", country);
	return p;
}

static void
words(void)
{
	enum service_region s = SERVICE_NONE;
	char cc[3];

	ok(service_read(span_of("RIPENCC"), &s) && s == SERVICE_RIPE, "a registry in capitals");
	is_str(service_name(s), "RIPE NCC", "and its name");
	is_str(service_word(SERVICE_AFRINIC), "afrinic", "the word of another");
	ok(!service_read(span_of("iana"), &s) && !service_read(span_of(""), &s) && s == SERVICE_RIPE, "iana is none, nor is nothing");
	ok(country_read(span_of("nl"), cc) && strcmp(cc, "NL") == 0, "a country in small letters");
	ok(!country_read(span_of("ZZ"), cc) && cc[0] == '\0' && !country_read(span_of("*"), cc) && !country_read(span_of("N1"), cc) &&
	    !country_read(span_of("NLD"), cc) && !country_read(span_of(""), cc), "ZZ, a star, a digit, three letters and nothing are none");
}

/* Each code once, ascending; the counts of the standard. */
static void
table(void)
{
	bool seen[26][26] = {{false}}, twice = false, ascending = true, form = true;
	unsigned i, countries = 0, kinds[4] = {0};
	const char *p;

	for (i = 0; i < REGION_N; i++) {
		kinds[regions[i].kind]++;
		for (p = regions[i].countries; p != NULL && *p != '\0'; p += p[2] == ' ' ? 3 : 2) {
			bool *b = &seen[p[0] - 'A'][p[1] - 'A'];

			twice |= *b;
			*b = true;
			countries++;
			form &= p[2] == ' ' || p[2] == '\0';
			ascending &= p[2] == '\0' || strncmp(p, p + 3, 2) < 0;
		}
		form &= (regions[i].countries != NULL) == (regions[i].kind == REGION_SUBREGION);
		form &= region_find(regions[i].id) == &regions[i];
	}
	ok(countries == 247 && !twice && ascending && form, "%u countries, each once, in order", countries);
	ok(kinds[REGION_SERVICE] == 5 && kinds[REGION_CONTINENT] == 5 && kinds[REGION_SUBREGION] == 22 && kinds[REGION_REST] == 2,
	    "5 registries, 5 continents, 22 subregions and the rest");
}

static void
is_in(const char *country, const char *subregion, const char *continent)
{
	struct place p = at(country);
	uint8_t in[3];

	is_str(region_of(&p)->id, subregion, "%s is in %s", country, subregion);
	ok(region_holds(region_find(continent), &p) && region_holds(region_find("ripencc"), &p) &&
	    !region_holds(region_find("apnic"), &p) && !region_holds(region_find("unknown"), &p) && regions_of(&p, in) == 3,
	    "%s is in %s, too, and in its registry's region", country, continent);
}

static void
membership(void)
{
	struct place none = {0}, bare = at(""), eu = at("EU");
	uint8_t in[3];
	size_t i;

	is_in("NL", "western-europe", "europe");
	is_in("KE", "eastern-africa", "africa");
	is_in("BR", "south-america", "americas");
	is_in("SG", "south-eastern-asia", "asia");
	is_in("NZ", "australia-and-new-zealand", "oceania");
	is_in("AE", "western-asia", "asia");
	ok(region_find("155") == region_find("Western-Europe") && region_find("005") == region_find("south-america") &&
	    region_find("5") == region_find("005"), "by code and by name");
	ok(region_find("0") == NULL && region_find("") == NULL && region_find("999") == NULL && region_find("Atlantis") == NULL,
	    "what is no region");
	is_str(region_of(&none)->id, "unknown", "nobody says where");
	ok(regions_of(&none, in) == 1 && !region_holds(region_find("unmapped"), &none), "is in that region alone");
	is_str(region_of(&bare)->id, "unmapped", "no country given");
	is_str(region_of(&eu)->id, "unmapped", "a code that is no country");
	ok(regions_of(&eu, in) == 2 && region_holds(region_find("ripencc"), &eu), "has its registry, still");
	for (i = 0; i < sizeof(nowhere) / sizeof(*nowhere); i++) {
		struct place p = at(nowhere[i]);

		is_str(region_of(&p)->id, "unmapped", "%s is listed as in no region", nowhere[i]);
	}
}

struct seen { uint64_t n, unmapped; char strange[64]; };

static enum err
each(void *arg, const struct delegated *d)
{
	struct seen *s = arg;
	struct place p = {.service = SERVICE_RIPE};
	size_t i;

	if (!country_read(d->country, p.country))
		return OK;
	s->n++;
	if (strcmp(region_of(&p)->id, "unmapped") != 0)
		return OK;
	s->unmapped++;
	for (i = 0; i < sizeof(nowhere) / sizeof(*nowhere); i++)
		if (strcmp(nowhere[i], p.country) == 0)
			return OK;
	snprintf(s->strange, sizeof(s->strange), "%s", p.country);
	return OK;
}

static void
real(const char *dir, const char *name)
{
	struct delegated_stats stats;
	static struct feed_file f;
	struct diags d = {0};
	struct seen s = {0};

	if (!feed_file_open(&f, dir, name)) {
		skip("a real file: it is not there");
		return;
	}
	ok(delegated_decode(&f.feed, each, &s, &d, &stats) == OK && s.n > 1000, "%s: %llu records with a country", name,
	    (unsigned long long)s.n);
	is_str(s.strange, "", "each is in a region, or listed as in none (%llu records)", (unsigned long long)s.unmapped);
	feed_file_close(&f);
	diags_release(&d);
}

int
main(void)
{
	const char *shared = shared_data();
	char dir[4096];

	words();
	table();
	membership();
	snprintf(dir, sizeof(dir), "%s/registry", shared != NULL ? shared : "nowhere");
	real(dir, "delegated-afrinic-extended-20240219.bz2");
	real(dir, "delegated-ripencc-extended-20130418.gz");
	return tap_done();
}
