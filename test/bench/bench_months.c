/* bench_months: an archive that is as large as that of an Internet, of made-up verdicts by the built-in packs:
 * bench_months FILE NETWORKS MONTHS. For tools/bench-serve; judging so many months would take an hour. */
#include "addr/region.h"
#include "archive/archive.h"
#include "rule/rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct made {
	struct arena *a;
	struct pack packs[8];
	struct archive_pack *of;
	size_t n;
	struct archive_input input;
	uint64_t seed;
};

static uint64_t
draw(struct made *m, uint64_t below)
{
	m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
	return (m->seed >> 33) % below;
}

static void
packs_make(struct made *m)
{
	const char *const *names = pack_names(), *why = NULL;
	struct archive_control *c;
	size_t i, k;

	m->of = arena_array(m->a, 8, sizeof(*m->of));
	for (i = 0; names[i] != NULL; i++) {
		struct pack *p = &m->packs[m->n];

		if (strcmp(names[i], "manrs-ixp") == 0 || pack_load(names[i], m->a, p, &why) != OK)
			continue;
		c = arena_array(m->a, p->n, sizeof(*c));
		for (k = 0; k < p->n; k++)
			c[k] = (struct archive_control){p->controls[k].id, p->controls[k].title, p->controls[k].required};
		m->of[m->n] = (struct archive_pack){.id = p->id, .version = p->version, .title = p->title, .status = p->status,
		    .has_profile = p->has_profile, .controls = c, .n = p->n};
		memcpy(m->of[m->n].sha256, p->sha256, SHA256_BYTES);
		memcpy(m->of[m->n++].profile_sha256, p->profile_sha256, SHA256_BYTES);
	}
}

static int
by_word(const void *x, const void *y)
{
	const struct archive_number *a = x, *b = y;

	return strcmp(a->metric, b->metric);
}

/* Metrics that controls judge by, each with a number. */
static size_t
numbers_make(struct made *m, struct archive_number *out, struct utc at)
{
	uint64_t routes = 1 + draw(m, 9) * draw(m, 9) * draw(m, 9);
	size_t n = 0, id;

	for (id = 0; id < M_M1_SCORE; id++) {
		enum metric_unit u = metric_unit((enum metric_id)id);
		uint64_t num = u == UNIT_BOOL ? draw(m, 2) : u == UNIT_COUNT ? draw(m, 20) == 0 : draw(m, routes + 1);

		out[n++] = (struct archive_number){.metric = metric_word((enum metric_id)id), .unit = u, .evidence = "table vrps",
		    .oldest = at, .num = num, .den = routes, .value = row_value(u, num, routes)};
	}
	qsort(out, n, sizeof(*out), by_word);
	return n;
}

static void
verdicts_make(struct made *m, struct archive_verdict *out)
{
	size_t i, k, n = 0;

	for (i = 0; i < m->n; i++)
		for (k = 0; k < m->packs[i].n; k++) {
			const struct control *c = &m->packs[i].controls[k];
			bool number = c->n_tests > 0 && c->tests[0].judged && c->tests[0].metric < M_M1_SCORE;

			out[n++] = number && draw(m, 10) > 0 ?
			    (struct archive_verdict){(enum verdict)draw(m, 3), metric_word(c->tests[0].metric), NULL} :
			    (struct archive_verdict){VERDICT_NO_DATA, NULL, "not observable"};
		}
}

/* Every country that there is, few of them with many networks; one in fifty is not known. */
static struct place
place_at(uint32_t i)
{
	uint32_t h = i * 2654435761u, which = (h >> 8) % 247 * ((h >> 20) % 247) / 247, k;
	struct place p = {.service = (uint8_t)(i % 50 == 0 ? SERVICE_NONE : 1 + which % 5)};
	const char *c;

	for (k = 0; p.service != SERVICE_NONE && k < REGION_N; k++)
		for (c = regions[k].countries; c != NULL && *c != '\0'; c += c[2] == ' ' ? 3 : 2)
			if (which-- == 0)
				memcpy(p.country, c, 2);
	return p;
}

static bool
month_put(struct made *m, struct archive *a, uint32_t networks, int month)
{
	struct archive_number numbers[METRIC_N];
	struct archive_verdict verdicts[256];
	struct archive_head head = {.at = utc_from_date(2024 + month / 12, month % 12 + 1, 1, 0, 0, 0), .parameters = "{}",
	    .packs = m->of, .n_packs = m->n, .inputs = &m->input, .n_inputs = 1, .collectors = 20, .vantage_points = 400,
	    .family = {{200, 5, 1000000}, {150, 5, 200000}}};
	uint32_t *asns = xcalloc(networks, sizeof(*asns)), i;
	uint8_t basis[SHA256_BYTES];
	enum archive_fate fate;
	struct str bytes = {0};
	char name[32], org[48];
	struct archive_row r;
	enum err e;

	for (i = 0; i < networks; i++)
		asns[i] = 1 + i * 5;
	m->input.sha256[0] = (uint8_t)month;
	m->input.time = head.at;
	archive_basis(&head, asns, networks, basis);
	e = archive_begin(a, &head, basis);
	for (i = 0; i < networks && e == OK; i++) {
		snprintf(name, sizeof(name), "BENCH-%u", i);
		snprintf(org, sizeof(org), "Bench Networks %u Ltd.", i / 3);
		r = (struct archive_row){.asn = asns[i], .seen = true, .name = name, .org = org, .numbers = numbers,
		    .verdicts = verdicts};
		r.place = place_at(i);
		r.n_numbers = numbers_make(m, numbers, head.at);
		verdicts_make(m, verdicts);
		r.n_verdicts = head_controls(&head);
		str_clear(&bytes);
		row_write(&bytes, &r);
		e = archive_put(a, str_span(&bytes));
	}
	if (e == OK)
		e = archive_commit(a, &fate);
	if (e != OK)
		fprintf(stderr, "month %d: %s\n", month, archive_why(a));
	free(asns);
	str_release(&bytes);
	return e == OK;
}

int
main(int argc, char **argv)
{
	struct made m = {.a = arena_new(), .input = {.size = 10, .kind = "mrt", .complete = true}, .seed = 1};
	struct archive *a = NULL;
	struct str why = {0};
	int month;
	bool good;

	if (argc != 4)
		return 64;
	packs_make(&m);
	good = archive_open(&a, argv[1], ARCHIVE_WRITE, &why) == OK;
	if (!good)
		fprintf(stderr, "%s: %s\n", argv[1], why.p);
	for (month = 0; good && month < atoi(argv[3]); month++)
		good = month_put(&m, a, (uint32_t)atoi(argv[2]), month);
	archive_close(a);
	arena_free(m.a);
	str_release(&why);
	return good ? 0 : 2;
}
