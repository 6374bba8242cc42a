/* archive_hand: assessments made by hand, for the tests of archive/. */
#ifndef ARCHIVE_HAND_H
#define ARCHIVE_HAND_H

#include "archive/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One pack of two controls, one input; month 1 is January 2024. Callers change what they want. */
struct hand_month {
	struct archive_control controls[2];
	struct archive_pack pack;
	struct archive_input input;
	struct archive_head head;
	struct archive_number numbers[2];	/* roa-coverage of control A, a count of control B */
	struct archive_verdict verdicts[2];
	struct archive_row row;
};

static inline void
hand_month(struct hand_month *m, int month, uint64_t covered, uint64_t of, uint64_t bogons)
{
	*m = (struct hand_month){.controls = {{"A", "Routes covered", true}, {"B", "Bogons", false}},
	    .input = {.sha256 = {(uint8_t)month}, .size = 10, .kind = "mrt", .complete = true}};
	m->input.time = utc_from_date(2024, month, 1, 0, 0, 0);
	m->pack = (struct archive_pack){.id = "hand", .version = "1.0.0", .title = "A pack", .status = "published",
	    .controls = m->controls, .n = 2};
	m->head = (struct archive_head){.at = m->input.time, .parameters = "{\"a\":1,\"visibility_min\":5}",
	    .packs = &m->pack, .n_packs = 1, .inputs = &m->input, .n_inputs = 1, .collectors = 1, .vantage_points = 7,
	    .family = {{6, 5, 1000}, {4, 4, 100}}};
	m->numbers[0] = (struct archive_number){.metric = "bogons", .unit = UNIT_COUNT, .evidence = "table",
	    .oldest = m->head.at, .num = bogons, .den = of, .value = (int64_t)bogons};
	m->numbers[1] = (struct archive_number){.metric = "roa-coverage", .unit = UNIT_SHARE, .evidence = "table vrps",
	    .oldest = m->head.at, .num = covered, .den = of, .value = row_value(UNIT_SHARE, covered, of)};
	m->verdicts[0] = (struct archive_verdict){covered == of ? VERDICT_PASS : VERDICT_FAIL, "roa-coverage", NULL};
	m->verdicts[1] = (struct archive_verdict){bogons == 0 ? VERDICT_PASS : VERDICT_FAIL, "bogons", NULL};
	m->row = (struct archive_row){.asn = 64500, .seen = true, .name = "HAND", .org = "Hand Made", .numbers = m->numbers,
	    .n_numbers = 2, .verdicts = m->verdicts, .n_verdicts = 2};
}

/* No VRPs were there. */
static inline void
hand_no_data(struct hand_month *m)
{
	m->numbers[1] = (struct archive_number){.metric = "roa-coverage", .unit = UNIT_SHARE, .state = METRIC_NO_DATA,
	    .why = "no VRP input", .evidence = "table", .oldest = m->head.at};
	m->verdicts[0] = (struct archive_verdict){VERDICT_NO_DATA, "roa-coverage", "no VRP input"};
}

/* One network, or n of them from 64500 on. */
static inline enum err
hand_put_many(struct archive *a, const struct hand_month *m, uint32_t n, enum archive_fate *fate)
{
	uint32_t *asns = xcalloc(n, sizeof(*asns)), i;
	uint8_t basis[SHA256_BYTES];
	struct archive_row row = m->row;
	struct str bytes = {0};
	char name[32];
	enum err e;

	for (i = 0; i < n; i++)
		asns[i] = 64500 + i;
	archive_basis(&m->head, asns, n, basis);
	e = archive_begin(a, &m->head, basis);
	for (i = 0; i < n && e == OK; i++) {
		row.asn = asns[i];
		snprintf(name, sizeof(name), "HAND-%u", i);
		row.name = n > 1 ? name : m->row.name;
		str_clear(&bytes);
		row_write(&bytes, &row);
		e = archive_put(a, str_span(&bytes));
	}
	if (e == OK)
		e = archive_commit(a, fate);
	else
		archive_rollback(a);
	free(asns);
	str_release(&bytes);
	return e;
}

static inline enum err
hand_put(struct archive *a, const struct hand_month *m, enum archive_fate *fate)
{
	return hand_put_many(a, m, 1, fate);
}

static inline void
hand_count(void *arg, const struct archive_entry *e)
{
	(void)e;
	++*(size_t *)arg;
}

static inline size_t
hand_entries(struct archive *a)
{
	size_t n = 0;

	return archive_list(a, hand_count, &n) == OK ? n : SIZE_MAX;
}

static inline void
hand_complaint(void *arg, const char *text)
{
	str_addf(arg, "%s\n", text);
}

/* "" when all is well; owned by the caller's str. */
static inline const char *
hand_check(struct archive *a, struct str *s)
{
	uint64_t n = 0;

	str_clear(s);
	str_adds(s, "");
	if (archive_check(a, hand_complaint, s, &n) != OK)
		str_addf(s, "cannot: %s", archive_why(a));
	return s->p;
}

static inline struct str
hand_file(const char *path)
{
	struct str s = {0};
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	str_adds(&s, "");
	while (f != NULL && (n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add(&s, (struct span){buf, n});
	if (f != NULL)
		fclose(f);
	return s;
}

#endif
