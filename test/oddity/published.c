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

	fprintf(f, "{\"metadata\":{\"buildmachine\":\"x\",\"buildtime\":\"2031-06-01T00:00:00Z\"},\"roas\":[");
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

	fprintf(f, "mntner: M\nlast-modified: 2031-05-31T00:00:00Z\nsource: %s\n", source);
	for (i = 0; i < world.n; i++) {
		const struct line *l = &world.line[i];
		const char *p;

		if (!is(l, directive))
			continue;
		p = prefix(l, l->word[1]);
		fprintf(f, "\n%s: %s\norigin: AS%u\nmnt-by: M\nlast-modified: 2030-11-01T00:00:00Z\nsource: %s\n",
		    strchr(p, ':') != NULL ? "route6" : "route", p, asn(l, l->word[2]), source);
	}
	end(f);
}

void
write_relations(void)
{
	FILE *f = begin("20310601.as-rel.txt");
	int i;

	fprintf(f, "# source:topology|BGP|20310601|x|x\n");
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
	FILE *f = begin("20310601.as-org2info.txt");
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
	FILE *net = begin("peeringdb-net-20310601.json"), *org = begin("peeringdb-org-20310601.json");
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

/* Of 19.0.0.0/8 what the blocks use, as /24s, 2a05::/16 and the AS numbers are given out, but for what is not. */
void
write_registry(void)
{
	FILE *f = begin("delegated-ripencc-extended-20310601"), *rows;
	char *text = NULL;
	size_t size = 0;
	unsigned block = 0, i, n = 0;
	int k;

	rows = open_memstream(&text, &size);
	for (k = 0; k <= world.n; k++) {
		unsigned now = k < world.n ? world.line[k].block : 200;

		for (i = 0; i < 256 && now != block; i++) {
			const char *state = state_of(now, i);

			if (state == NULL)
				continue;
			n++;
			if (*state == 'a' && state[1] == 'l')
				fprintf(rows, "ripencc|XA|ipv4|19.%u.%u.0|256|20300101|allocated|x\n", now, i);
			else
				fprintf(rows, "ripencc||ipv4|19.%u.%u.0|256||available|\n", now, i);
		}
		block = now;
	}
	fclose(rows);
	fprintf(f, "2|ripencc|20310601|%u|20300101|20310601|+0000\nripencc|*|asn|*|1|summary\nripencc|*|ipv4|*|%u|summary\n"
	    "ripencc|*|ipv6|*|1|summary\nripencc|XA|asn|999000|201000|20300101|allocated|x\n%s"
	    "ripencc|XA|ipv6|2a05::|%u|20300101|allocated|x\n", n + 2, n, text, 16);
	free(text);
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
