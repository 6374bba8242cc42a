/*
 * oddity: writes the folder of evidence of a small world in which nobody does wrong, from its description:
 *	oddity WORLDS DIR [NAME] [--plain] [--burst] [--without KIND,...] [--only KIND,...]
 *	oddity WORLDS --list
 * Without NAME all worlds in one. --plain leaves out what is odd; --burst has it come and go within the window, instead
 * of come and stay. KINDs: vrps aspas irr relations orgs peeringdb registry before (the table before the window).
 *
 * A description is lines of words; see worlds.txt. "#" begins a comment. Blocks begin with "oddity NUMBER NAME"; what
 * stands before the first is in every world. AS numbers from 21 on are the block's own (21 is 1000000 + 1000 * NUMBER + 21;
 * a line before the first block that names one stands in each), those below everybody's; "=N" is the number itself. "0.0/24" is 19.NUMBER.0.0/24, ":1::/48" is
 * 2a05:NUMBER:1::/48 (hexadecimal); a whole prefix is itself.
 *	provider A B	A is the provider of B		peers A B
 *	org ID A...	one organisation by as2org	pdborg ID A...	by PeeringDB
 *	vrp PREFIX LEN A	irr PREFIX A	third PREFIX A	aspa A PROVIDER...
 *	free PREFIX	the registries have it as available	unlisted PREFIX	they do not have it
 *	route PREFIX PATH	in the tables before and after
 *	odd PREFIX PATH		announced in the window
 * PATH: AS numbers, nearest the collector first; before it stands each session's AS, unless "@A,..." names the sessions
 * that have it. "{A,A}" is a set, "(A" ... a confederation sequence of one. "otc=A", "blackhole" (RFC 7999).
 */
#include "addr/prefix.h"
#include "base/wr.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LINES = 4096, WORDS = 40, SESSIONS = 10, FIRST_SESSION = 11, COLLECTOR = 999999, SHARED = 21 };
#define BEGIN 1935360000u	/* 2031-05-01 */
#define END 1938038400u		/* 2031-06-01 */
#define ON (BEGIN + 10 * 86400u + 60)
#define OFF (ON + 7200u)

struct line { char *word[WORDS]; int n; unsigned block; };
struct world {
	struct line line[LINES];
	int n;
	const char *dir, *name;
	bool plain, burst;
	char without[256];
};
static struct world world;

static void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
static void
die(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

static void
line_add(const struct line *l, unsigned block)
{
	if (world.n == LINES)
		die("too many lines");
	world.line[world.n] = *l;
	world.line[world.n++].block = block;
}

/* What stands before the first block and names a network of a block's own. */
static bool
is_local(const struct line *l)
{
	bool local = false;
	int k;

	for (k = 1; k < l->n; k++)
		local = local || (strspn(l->word[k], "0123456789") == strlen(l->word[k]) && atoi(l->word[k]) >= SHARED &&
		    strcmp(l->word[0], "vrp") != 0);
	return local;
}

static struct line
line_cut(char *row)
{
	struct line l = {.n = 0};
	char *save, *word;

	row[strcspn(row, "#")] = '\0';
	for (word = strtok_r(row, " \t", &save); word != NULL; word = strtok_r(NULL, " \t", &save))
		if (l.n < WORDS)
			l.word[l.n++] = word;
	return l;
}

static void
read_worlds(const char *path, bool list)
{
	static char text[1 << 20];
	static struct line every[64];
	FILE *f = fopen(path, "r");
	char *row, *save;
	unsigned block = 0;
	int n_every = 0, i;
	bool wanted = true;

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	for (row = strtok_r(text, "\n", &save); row != NULL; row = strtok_r(NULL, "\n", &save)) {
		struct line l = line_cut(row);

		if (l.n == 3 && strcmp(l.word[0], "oddity") == 0) {
			block = (unsigned)atoi(l.word[1]);
			wanted = world.name == NULL || strcmp(world.name, l.word[2]) == 0;
			for (i = 0; i < n_every && wanted; i++)
				line_add(&every[i], block);
			if (list)
				printf("%u %s\n", block, l.word[2]);
		} else if (l.n > 0 && block == 0 && is_local(&l) && n_every < 64) {
			every[n_every++] = l;
		} else if (l.n > 0 && wanted) {
			line_add(&l, block);
			if (list && strcmp(l.word[0], "guilty") == 0)
				printf("%u guilty %d\n", block, 1000000 + 1000 * (int)block + atoi(l.word[1]));
		}
	}
}

static uint32_t
asn(const struct line *l, const char *word)
{
	uint32_t n = (uint32_t)strtoul(word + (*word == '='), NULL, 10);

	if (!isdigit((unsigned char)word[*word == '=']))
		die("%s ... %s: not an AS number", l->word[0], word);
	return *word == '=' ? n : n < SHARED ? 1000000 + n : 1000000 + 1000 * l->block + n;
}

static const char *
prefix(const struct line *l, const char *word)
{
	static char text[4][64];
	static int i;
	char *out = text[i++ % 4];
	int dots = 0;
	const char *p;

	for (p = word; *p != '\0'; p++)
		dots += *p == '.';
	if (word[0] == ':' && word[1] != ':')
		snprintf(out, 64, "2a05:%x%s", l->block, word);
	else if (dots == 1)
		snprintf(out, 64, "19.%u.%s", l->block, word);
	else
		snprintf(out, 64, "%s", word);
	return out;
}

static struct prefix
parse(const struct line *l, const char *word)
{
	struct prefix p;
	bool host_bits;

	if (prefix_parse(span_of(prefix(l, word)), &p, &host_bits) != OK || host_bits)
		die("%s ... %s: not a prefix", l->word[0], word);
	return p;
}

static bool
is(const struct line *l, const char *what)
{
	return strcmp(l->word[0], what) == 0;
}

static bool
has(const char *kind)
{
	return strstr(world.without, kind) == NULL;
}

static FILE *
begin(const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", world.dir, name);
	f = fopen(path, "w");
	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	return f;
}

static void
end(FILE *f)
{
	if (fclose(f) != 0)
		die("cannot write: %s", strerror(errno));
}

/* --- what is published --- */

static void
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

static void
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

static void
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
static void
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

static void
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
static void
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
static void
write_participants(void)
{
	FILE *f = begin("manrs_isps-20310601.csv");

	fprintf(f, "Organization Name,Areas,ASNs,Action 1: Filtering,Action 2: Anti-spoofing,Action 3: Coordination,"
	    "Action 4: Global Validation\nZ,XA,1000009,Yes,Yes,Yes,Yes\n");
	end(f);
}

/* --- what is announced --- */

struct view { uint32_t path[64], n, set[8], n_set, otc, confed; bool has_otc, blackhole, odd; };

/* The route as a session has it; false when it has it not. */
static bool
view_of(const struct line *l, int session, struct view *v)
{
	uint32_t self = 1000000 + FIRST_SESSION + (uint32_t)session;
	bool named = false, mine = false;
	char *save, *w;
	int k;

	*v = (struct view){.path = {self}, .n = 1, .odd = is(l, "odd")};
	for (k = 2; k < l->n; k++) {
		char word[256];

		snprintf(word, sizeof(word), "%s", l->word[k]);
		if (word[0] == '@') {
			named = true;
			for (w = strtok_r(word + 1, ",", &save); w != NULL; w = strtok_r(NULL, ",", &save))
				mine = mine || asn(l, w) == self;
		} else if (word[0] == '{') {
			for (w = strtok_r(word, "{,}", &save); w != NULL; w = strtok_r(NULL, "{,}", &save))
				v->set[v->n_set++] = asn(l, w);
		} else if (word[0] == '(') {
			v->confed = asn(l, word + 1);
		} else if (strncmp(word, "otc=", 4) == 0) {
			v->has_otc = true;
			v->otc = asn(l, word + 4);
		} else if (strcmp(word, "blackhole") == 0) {
			v->blackhole = true;
		} else if (v->n > 1 || asn(l, word) != self) {
			v->path[v->n++] = asn(l, word);
		}
	}
	return !named || mine;
}

static void
put_attr(struct wr *b, unsigned flags, unsigned type, const struct wr *value)
{
	wr_u8(b, (uint8_t)(flags | 0x10));
	wr_u8(b, (uint8_t)type);
	wr_u16(b, (uint16_t)value->len);
	wr_bytes(b, value->p, value->len);
}

static void
put_nlri(struct wr *b, const struct prefix *p)
{
	wr_u8(b, p->len);
	wr_bytes(b, p->addr, (p->len + 7u) / 8);
}

static void
put_path(struct wr *b, const struct view *v)
{
	uint32_t i;

	wr_u8(b, 2);
	wr_u8(b, (uint8_t)v->n);
	for (i = 0; i < v->n; i++)
		wr_u32(b, v->path[i]);
	if (v->confed != 0) {	/* left in by mistake: RFC 5065 section 5 has it removed */
		wr_u8(b, 3);
		wr_u8(b, 1);
		wr_u32(b, v->confed);
	}
	if (v->n_set == 0)
		return;
	wr_u8(b, 1);
	wr_u8(b, (uint8_t)v->n_set);
	for (i = 0; i < v->n_set; i++)
		wr_u32(b, v->set[i]);
}

/* nlri NULL: as in a table. */
static void
put_attrs(struct wr *b, const struct view *v, unsigned family, const struct prefix *nlri)
{
	static const uint8_t hop6[16] = {0x2a, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
	struct wr x = {0};

	wr_u8(&x, 0);
	put_attr(b, 0x40, 1, &x);
	wr_clear(&x);
	put_path(&x, v);
	put_attr(b, 0x40, 2, &x);
	wr_clear(&x);
	if (family == FAMILY_V4) {
		wr_u32(&x, 0x13000001);
		put_attr(b, 0x40, 3, &x);
		wr_clear(&x);
	}
	if (v->blackhole) {
		wr_u32(&x, 0xffff029a);
		put_attr(b, 0xc0, 8, &x);
		wr_clear(&x);
	}
	if (family == FAMILY_V6) {
		if (nlri != NULL) {
			wr_u16(&x, 2);
			wr_u8(&x, 1);
		}
		wr_u8(&x, 16);
		wr_bytes(&x, hop6, 16);
		if (nlri != NULL) {
			wr_u8(&x, 0);
			put_nlri(&x, nlri);
		}
		put_attr(b, 0x80, 14, &x);
		wr_clear(&x);
	}
	if (v->has_otc) {
		wr_u32(&x, v->otc);
		put_attr(b, 0xc0, 35, &x);
	}
	wr_release(&x);
}

static size_t
record(struct wr *b, uint32_t time, unsigned type, unsigned subtype)
{
	wr_u32(b, time);
	wr_u16(b, (uint16_t)type);
	wr_u16(b, (uint16_t)subtype);
	wr_u32(b, 0);
	return b->len;
}

static void
save(const char *name, struct wr *b)
{
	FILE *f = begin(name);

	fwrite(b->p, 1, b->len, f);
	end(f);
	wr_release(b);
}

static bool
is_route(const struct line *l, bool last)
{
	return is(l, "route") || (is(l, "odd") && last && !world.plain && !world.burst);
}

/* Which session has it by which of the lines of one prefix: the last that gives it one, for what is odd replaces. */
static bool
best_of(int first, int session, bool last, struct view *v)
{
	struct prefix p = parse(&world.line[first], world.line[first].word[1]), q;
	bool found = false;
	struct view at;
	int k;

	for (k = first; k < world.n; k++) {
		if (!is_route(&world.line[k], last))
			continue;
		q = parse(&world.line[k], world.line[k].word[1]);
		if (!prefix_eq(&p, &q) || !view_of(&world.line[k], session, &at))
			continue;
		*v = at;
		found = true;
	}
	return found;
}

static void
put_rib(struct wr *b, int first, bool last, uint32_t sequence)
{
	struct prefix p = parse(&world.line[first], world.line[first].word[1]);
	size_t body = record(b, last ? END : BEGIN, 13, p.family == FAMILY_V4 ? 2 : 4), at;
	struct view v;
	int s, n = 0;

	wr_u32(b, sequence);
	put_nlri(b, &p);
	at = b->len;
	wr_u16(b, 0);
	for (s = 0; s < SESSIONS; s++) {
		size_t len;

		if (!best_of(first, s, last, &v))
			continue;
		n++;
		wr_u16(b, (uint16_t)(s + (p.family == FAMILY_V6 ? SESSIONS : 0)));
		wr_u32(b, v.odd ? ON + 1 : BEGIN - 86400 * 30);
		len = b->len;
		wr_u16(b, 0);
		put_attrs(b, &v, p.family, NULL);
		wr_patch16(b, len, b->len - len - 2);
	}
	wr_patch16(b, at, (size_t)n);
	wr_patch32(b, body - 4, b->len - body);
}

static void
put_addr(struct wr *b, int session, bool v6, bool local)
{
	static const uint8_t head[15] = {0x2a, 0x05, 0xff};

	if (v6) {
		wr_bytes(b, head, 15);
		wr_u8(b, (uint8_t)(local ? 200 : session + 1));
	} else {
		wr_u32(b, 0x13ff0000u + (uint32_t)(local ? 200 : session + 1));
	}
}

static void
write_table(bool last)
{
	struct wr b = {0};
	size_t body = record(&b, last ? END : BEGIN, 13, 1);
	uint32_t sequence = 0;
	int i, k;

	wr_u32(&b, 0x13ff00c8);
	wr_u16(&b, 0);
	wr_u16(&b, 2 * SESSIONS);
	for (i = 0; i < 2 * SESSIONS; i++) {
		wr_u8(&b, i < SESSIONS ? 2 : 3);
		put_addr(&b, i % SESSIONS, false, false);
		put_addr(&b, i % SESSIONS, i >= SESSIONS, false);
		wr_u32(&b, 1000000 + FIRST_SESSION + (uint32_t)(i % SESSIONS));
	}
	wr_patch32(&b, body - 4, b.len - body);
	for (i = 0; i < world.n; i++) {
		struct prefix p, q;
		bool seen = false;

		if (!is_route(&world.line[i], last))
			continue;
		p = parse(&world.line[i], world.line[i].word[1]);
		for (k = 0; k < i && !seen; k++)
			if (is_route(&world.line[k], last)) {
				q = parse(&world.line[k], world.line[k].word[1]);
				seen = prefix_eq(&p, &q);
			}
		if (!seen)
			put_rib(&b, i, last, sequence++);
	}
	save(last ? "rib.c0.20310601.0000.mrt" : "rib.c0.20310501.0000.mrt", &b);
}

/* A withdrawal when v is NULL. */
static void
put_update(struct wr *b, uint32_t time, int session, const struct prefix *p, const struct view *v)
{
	bool v6 = p->family == FAMILY_V6;
	size_t body = record(b, time, 16, 4), message, at;
	struct wr x = {0};
	int i;

	wr_u32(b, 1000000 + FIRST_SESSION + (uint32_t)session);
	wr_u32(b, COLLECTOR);
	wr_u16(b, 0);
	wr_u16(b, v6 ? 2 : 1);
	put_addr(b, session, v6, false);
	put_addr(b, session, v6, true);
	message = b->len;
	for (i = 0; i < 16; i++)
		wr_u8(b, 0xff);
	wr_u16(b, 0);
	wr_u8(b, 2);
	at = b->len;
	wr_u16(b, 0);
	if (v == NULL && !v6)
		put_nlri(b, p);
	wr_patch16(b, at, b->len - at - 2);
	at = b->len;
	wr_u16(b, 0);
	if (v != NULL) {
		put_attrs(b, v, p->family, p);
	} else if (v6) {
		wr_u16(&x, 2);
		wr_u8(&x, 1);
		put_nlri(&x, p);
		put_attr(b, 0x80, 15, &x);
		wr_release(&x);
	}
	wr_patch16(b, at, b->len - at - 2);
	if (v != NULL && !v6)
		put_nlri(b, p);
	wr_patch16(b, message + 16, b->len - message);
	wr_patch32(b, body - 4, b->len - body);
}

/* What the session has of the prefix without what is odd. */
static bool
usual_of(const struct prefix *p, int session, struct view *v)
{
	struct view at;
	bool found = false;
	int k;

	for (k = 0; k < world.n; k++) {
		const struct line *l = &world.line[k];
		struct prefix q;

		if (!is(l, "route"))
			continue;
		q = parse(l, l->word[1]);
		if (prefix_eq(p, &q) && view_of(l, session, &at)) {
			*v = at;
			found = true;
		}
	}
	return found;
}

static void
put_odd(struct wr *b, uint32_t t)
{
	struct prefix p;
	struct view v;
	int i, s;

	for (s = 0; s < SESSIONS; s++)
		for (i = 0; i < world.n; i++) {
			const struct line *l = &world.line[i];
			bool there;

			if (!is(l, "odd") || !view_of(l, s, &v))
				continue;
			p = parse(l, l->word[1]);
			there = t == ON || usual_of(&p, s, &v);
			put_update(b, t + 1, s, &p, there ? &v : NULL);
		}
}

/* A message an hour of every session, so that somebody listened; what is odd at its hour, and the end of it. */
static void
write_updates(void)
{
	static char word[4][16] = {"route", "19.200.0.0/24", "1", "9"};
	const struct line beat = {.word = {word[0], word[1], word[2], word[3]}, .n = 4};
	struct prefix p = parse(&beat, "19.200.0.0/24");
	struct wr b = {0};
	struct view v;
	uint32_t t;
	int s;

	for (t = BEGIN + 60; t < END; t += 3600) {
		for (s = 0; s < SESSIONS; s++) {
			view_of(&beat, s, &v);
			put_update(&b, t, s, &p, &v);
		}
		if (!world.plain && (t == ON || (t == OFF && world.burst)))
			put_odd(&b, t);
	}
	save("updates.c0.20310501.0000.mrt", &b);
}

static void
write_all(void)
{
	if (has("vrps"))
		write_rpki();
	if (has("irr")) {
		write_irr("irr.ripe.db", "irr", "RIPE");
		write_irr("irr.radb.db", "third", "RADB");
	}
	if (has("relations"))
		write_relations();
	if (has("orgs"))
		write_orgs();
	if (has("peeringdb"))
		write_peeringdb();
	if (has("registry"))
		write_registry();
	write_participants();
	if (has("before"))
		write_table(false);
	write_table(true);
	write_updates();
}

int
main(int argc, char **argv)
{
	static const char *const kinds[] = {"vrps", "aspas", "irr", "relations", "orgs", "peeringdb", "registry", "before"};
	bool list = argc == 3 && strcmp(argv[2], "--list") == 0;
	size_t k;
	int i;

	if (argc < 3)
		die("usage: oddity WORLDS DIR [NAME] [--plain] [--burst] [--without KINDS] [--only KINDS]");
	for (i = 3; i < argc; i++) {
		if (strcmp(argv[i], "--plain") == 0) {
			world.plain = true;
		} else if (strcmp(argv[i], "--burst") == 0) {
			world.burst = true;
		} else if (strcmp(argv[i], "--without") == 0 && i + 1 < argc) {
			snprintf(world.without, sizeof(world.without), "%s", argv[++i]);
		} else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
			i++;
			for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
				if (strstr(argv[i], kinds[k]) == NULL)
					strcat(strcat(world.without, kinds[k]), ",");
		} else {
			world.name = argv[i];
		}
	}
	world.dir = argv[2];
	read_worlds(argv[1], list);
	if (list)
		return 0;
	if (mkdir(world.dir, 0777) != 0 && errno != EEXIST)
		die("%s: %s", world.dir, strerror(errno));
	write_all();
	return 0;
}
