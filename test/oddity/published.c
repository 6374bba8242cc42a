/* published: what registries, databases and researchers have of a world. */
#include "oddity.h"

#include <stdlib.h>
#include <string.h>

void
write_rpki(void)
{
	FILE *f = begin("vrps.json");
	const char *comma = "";
	int i, k;

	fprintf(f, "{\"metadata\":{\"buildmachine\":\"x\",\"buildtime\":\"%s-06-01T00:00:00Z\"},\"roas\":[",
	    is_stale("vrps") ? "2029" : "2031");
	for (i = 0; i < world.n; i++) {
		const struct line *l = &world.line[i];

		if (!is(l, "vrp"))
			continue;
		fprintf(f, "%s\n{\"asn\":%u,\"prefix\":\"%s\",\"maxLength\":%s,\"ta\":\"ripe\",\"expires\":1938470400}", comma,
		    asn(l, l->word[3]), prefix(l, l->word[1]), l->word[2]);
		comma = ",";
	}
	fprintf(f, "]");
	comma = "";
	if (has("aspas"))
		fprintf(f, ",\"aspas\":[");
	for (i = 0; i < world.n && has("aspas"); i++) {
		const struct line *l = &world.line[i];

		if (!is(l, "aspa"))
			continue;
		fprintf(f, "%s\n{\"customer_asid\":%u,\"expires\":1938470400,\"providers\":[", comma, asn(l, l->word[1]));
		for (k = 2; k < l->n; k++)
			fprintf(f, "%s%u", k > 2 ? "," : "", asn(l, l->word[k]));
		fprintf(f, "]}");
		comma = ",";
	}
	fprintf(f, has("aspas") ? "]}\n" : "}\n");
	end(f);
}

void
write_irr(const char *name, const char *directive, const char *source)
{
	FILE *f = begin(name);
	int i;

	fprintf(f, "mntner: M\nlast-modified: %s-05-31T00:00:00Z\nsource: %s\n", is_stale("irr") ? "2029" : "2031", source);
	for (i = 0; i < world.n; i++) {
		const struct line *l = &world.line[i];
		const char *p;

		if (!is(l, directive))
			continue;
		p = prefix(l, l->word[1]);
		fprintf(f, "\n%s: %s\norigin: AS%u\nmnt-by: M\nlast-modified: 2028-11-01T00:00:00Z\nsource: %s\n",
		    strchr(p, ':') != NULL ? "route6" : "route", p, asn(l, l->word[2]), source);
	}
	end(f);
}

void
write_relations(void)
{
	FILE *f = begin(dated("relations", "%s.as-rel.txt"));
	int i;

	fprintf(f, "# source:topology|BGP|%s|x|x\n", dated("relations", "%s"));
	for (i = 0; i < world.n; i++) {
		const struct line *l = &world.line[i];
		int k;

		for (k = 2; k < l->n && (is(l, "provider") || is(l, "peers")); k++)
			fprintf(f, "%u|%u|%d\n", asn(l, l->word[1]), asn(l, l->word[k]), is(l, "peers") ? 0 : -1);
	}
	end(f);
}

static bool
is_in_org(uint32_t as)
{
	int i, k;

	for (i = 0; i < world.n; i++)
		for (k = 2; k < world.line[i].n && is(&world.line[i], "org"); k++)
			if (asn(&world.line[i], world.line[i].word[k]) == as)
				return true;
	return false;
}

/* Whoever is in no organisation is one of its own, as in as2org. */
void
write_orgs(void)
{
	FILE *f = begin(dated("orgs", "%s.as-org2info.txt"));
	unsigned block, done = UINT32_MAX, n;
	int i, k;

	fprintf(f, "# format:org_id|changed|org_name|country|source\nZ|20300101|Z|XA|ripencc\n");
	for (i = 0; i < world.n; i++)
		if (is(&world.line[i], "org"))
			fprintf(f, "%s-%u|20300101|%s-%u|XA|ripencc\n", world.line[i].word[1], world.line[i].block,
			    world.line[i].word[1], world.line[i].block);
	fprintf(f, "# format:aut|changed|aut_name|org_id|opaque_id|source\n1|20300101|Z|Z|z|ripencc\n");
	for (i = 0; i < world.n; i++)
		for (k = 2; k < world.line[i].n && is(&world.line[i], "org"); k++)
			fprintf(f, "%u|20300101|N|%s-%u|x|ripencc\n", asn(&world.line[i], world.line[i].word[k]),
			    world.line[i].word[1], world.line[i].block);
	for (i = 0; i < world.n; i++, done = block) {
		block = world.line[i].block;
		for (n = 1; n < 140 && block != done; n++)
			if ((n < SHARED) == (block == 0) && !is_in_org(1000000 + 1000 * block + n))
				fprintf(f, "%u|20300101|N|O%u-%u|x|ripencc\n", 1000000 + 1000 * block + n, block, n);
	}
	end(f);
}

void
write_peeringdb(void)
{
	static const char stamp[] = "\"created\": \"2030-01-01T00:00:00Z\", \"updated\": \"2031-05-10T00:00:00Z\", "
	    "\"status\": \"ok\"";
	FILE *net = begin(dated("peeringdb", "peeringdb-net-%s.json")), *org = begin(dated("peeringdb", "peeringdb-org-%s.json"));
	int i, k, id = 1, orgs = 1;

	fprintf(net, "{\"data\": [{\"id\": 1, \"org_id\": 1, \"name\": \"Z\", \"aka\": \"\", \"asn\": 1, "
	    "\"irr_as_set\": \"\", \"info_type\": \"NSP\", %s}", stamp);
	fprintf(org, "{\"data\": [{\"id\": 1, \"name\": \"Z\", \"aka\": \"\", \"address1\": \"\", %s}", stamp);
	for (i = 0; i < world.n; i++) {
		const struct line *l = &world.line[i];

		if (!is(l, "pdborg"))
			continue;
		fprintf(org, ",\n{\"id\": %d, \"name\": \"%s-%u\", \"aka\": \"\", "
		    "\"address1\": \"\", %s}", ++orgs, l->word[1], l->block, stamp);
		for (k = 2; k < l->n; k++)
			fprintf(net, ",\n{\"id\": %d, \"org_id\": %d, \"name\": \"N%u\", \"aka\": \"\", \"asn\": %u, "
			    "\"irr_as_set\": \"\", \"info_type\": \"NSP\", %s}", ++id, orgs, asn(l, l->word[k]), asn(l, l->word[k]), stamp);
	}
	fprintf(net, "]}\n");
	fprintf(org, "]}\n");
	end(net);
	end(org);
}

/* How the /24 that begins at 19.block.third is listed: NULL when it is not. */
static const char *
state_of(unsigned block, unsigned third)
{
	struct prefix at = {.family = FAMILY_V4, .len = 24, .addr = {19, (uint8_t)block, (uint8_t)third}}, p;
	int k;

	for (k = 0; k < world.n; k++) {
		const struct line *l = &world.line[k];

		if (!is(l, "free") && !is(l, "unlisted"))
			continue;
		p = parse(l, l->word[1]);
		if (prefix_covers(&p, &at))
			return is(l, "free") ? "available" : NULL;
	}
	return "allocated";
}

/* Whose is it: the id of a "holder" line that names it, else one of its own. */
static void
put_id(FILE *f, unsigned block, uint32_t as, const struct prefix *at, const char *own)
{
	int i, k;

	if (!has("holders"))
		return;
	for (i = 0; i < world.n; i++)
		for (k = 2; k < world.line[i].n && is(&world.line[i], "holder"); k++) {
			const struct line *l = &world.line[i];
			bool space = strpbrk(l->word[k], "./:") != NULL;
			struct prefix p = space ? parse(l, l->word[k]) : (struct prefix){0};

			if (at != NULL ? space && prefix_covers(&p, at) : !space && asn(l, l->word[k]) == as) {
				fprintf(f, "|%s-%u", l->word[1], l->block);
				return;
			}
		}
	fprintf(f, "|%s-%u-%u", own, block, as);
}

/* Those of a world each for itself, what is between them, and what no world has, in one. */
static unsigned
put_asns(FILE *f)
{
	bool used[201] = {false};
	unsigned block, i, n = 0;

	for (i = 0; i < (unsigned)world.n; i++)
		used[world.line[i].block] = true;
	for (block = 0; block <= 200; block++) {
		uint32_t first = 1000000 + 1000 * block, alone = used[block] ? 140 : 0;

		for (i = 0; i < alone; i++) {
			fprintf(f, "ripencc|XA|asn|%u|1|20300101|allocated", first + i);
			put_id(f, block, first + i, NULL, "a");
			fputc('\n', f);
		}
		fprintf(f, "ripencc|XA|asn|%u|%u|20300101|allocated%s\n", first + alone, 1000 - alone, has("holders") ? "|x" : "");
		n += alone + 1;
	}
	fprintf(f, "ripencc|XA|asn|999000|1000|20300101|allocated%s\n", has("holders") ? "|x" : "");
	return n + 1;
}

/* Of 19.0.0.0/8 what the blocks use, as /24s, 2a05::/16 and the AS numbers are given out, but for what is not. */
void
write_registry(void)
{
	FILE *f = begin(dated("registry", "delegated-ripencc-extended-%s")), *rows;
	char *text = NULL, *asns = NULL;
	size_t size = 0, asns_size = 0;
	unsigned block = 0, i, n = 0, n_asns;
	int k;

	rows = open_memstream(&asns, &asns_size);
	n_asns = put_asns(rows);
	fclose(rows);
	rows = open_memstream(&text, &size);
	for (k = 0; k <= world.n; k++) {
		unsigned now = k < world.n ? world.line[k].block : 200;

		for (i = 0; i < 256 && now != block; i++) {
			struct prefix at = {.family = FAMILY_V4, .len = 24, .addr = {19, (uint8_t)now, (uint8_t)i}};
			const char *state = state_of(now, i);

			if (state == NULL)
				continue;
			n++;
			fprintf(rows, "ripencc|%s|ipv4|19.%u.%u.0|256|%s|%s", *state == 'a' && state[1] == 'l' ? "XA" : "", now, i,
			    *state == 'a' && state[1] == 'l' ? "20300101" : "", state);
			if (state[1] == 'l')
				put_id(rows, now, 0, &at, "p");
			fputc('\n', rows);
		}
		block = now;
	}
	fclose(rows);
	fprintf(f, "2|ripencc|%s|%u|20300101|%s|+0000\nripencc|*|asn|*|%u|summary\nripencc|*|ipv4|*|%u|summary\n"
	    "ripencc|*|ipv6|*|1|summary\n%s%sripencc|XA|ipv6|2a05::|%u|20300101|allocated%s\n", dated("registry", "%s"),
	    n + n_asns + 1, dated("registry", "%s"), n_asns, n, asns, text, 16, has("holders") ? "|v6" : "");
	free(text);
	free(asns);
	end(f);
}

/* One network takes part: the study leaves the routes of participants out, so somebody has to. */
void
write_participants(void)
{
	FILE *f = begin("manrs_isps-20310601.csv");

	fprintf(f, "Organization Name,Areas,ASNs,Action 1: Filtering,Action 2: Anti-spoofing,Action 3: Coordination,"
	    "Action 4: Global Validation\nZ,XA,1000009,Yes,Yes,Yes,Yes\n");
	end(f);
}
