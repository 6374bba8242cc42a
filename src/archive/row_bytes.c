/* row_bytes: one row as bytes, and strictly back: who reads them may be another process than who wrote them. */
#include "archive/row.h"
#include "archive/wire.h"
#include "base/limits.h"

#include <assert.h>
#include <string.h>

static void
number_write(struct str *out, const struct archive_number *n)
{
	wire_text(out, n->metric);
	str_addc(out, (char)n->unit);
	str_addc(out, (char)n->state);
	wire_text(out, n->why);
	wire_text(out, n->evidence);
	wire_u64(out, (uint64_t)n->oldest.s);
	wire_u64(out, n->num);
	wire_u64(out, n->den);
	wire_u64(out, (uint64_t)n->value);
}

/* A row without a place has the bytes, and so the digest, that it had before places were kept. */
enum { ROW_CDN = 1, ROW_PLACED = 2 };

void
row_write(struct str *out, const struct archive_row *r)
{
	bool placed = r->place.service != SERVICE_NONE;
	size_t from = out->len, i;
	uint64_t len;

	wire_u64(out, 0);
	wire_u64(out, r->asn);
	str_addc(out, r->seen ? 1 : 0);
	str_addc(out, (char)((r->cdn ? ROW_CDN : 0) | (placed ? ROW_PLACED : 0)));
	wire_text(out, r->name);
	wire_text(out, r->org);
	if (placed) {
		str_addc(out, (char)r->place.service);
		wire_text(out, r->place.country);
	}
	wire_u64(out, r->n_numbers);
	for (i = 0; i < r->n_numbers; i++) {
		assert(i == 0 || strcmp(r->numbers[i - 1].metric, r->numbers[i].metric) < 0);
		number_write(out, &r->numbers[i]);
	}
	wire_u64(out, r->n_verdicts);
	for (i = 0; i < r->n_verdicts; i++) {
		str_addc(out, (char)r->verdicts[i].verdict);
		wire_text(out, r->verdicts[i].decides);
		wire_text(out, r->verdicts[i].reason);
	}
	len = out->len - from - 8;
	for (i = 0; i < 8; i++)
		out->p[from + i] = (char)(len >> (56 - 8 * i) & 0xff);
}

/* --- and back --- */

static void
number_read(struct rd *r, struct archive_number *n)
{
	n->metric = wire_word(r, "row.number.metric");
	n->unit = (enum metric_unit)wire_enum(r, UNIT_BOOL + 1, "row.number.unit");
	n->state = (enum metric_state)wire_enum(r, METRIC_NOT_APPLICABLE + 1, "row.number.state");
	n->why = wire_text_or_null(r, "row.number.why");
	n->evidence = wire_word(r, "row.number.evidence");
	n->oldest = wire_time(r, "row.number.oldest");
	n->num = wire_max(r, INT64_MAX, "row.number.num");
	n->den = wire_max(r, INT64_MAX, "row.number.den");
	n->value = (int64_t)wire_max(r, INT64_MAX, "row.number.value");
	if ((n->state == METRIC_OK) != (n->why == NULL))
		rd_fail(r, ERR_CONTRADICT, "row.number.why", 0);
	if (n->state != METRIC_OK && (n->num != 0 || n->den != 0 || n->value != 0))
		rd_fail(r, ERR_CONTRADICT, "row.number.num, den, value", 0);
}

static void
numbers_read(struct rd *r, struct arena *a, struct archive_row *out)
{
	struct archive_number *n;
	size_t i;

	out->n_numbers = wire_max(r, ARCHIVE_METRICS_MAX, "row.numbers");
	out->numbers = n = arena_array(a, out->n_numbers + 1, sizeof(*n));
	for (i = 0; i < out->n_numbers && r->err == OK; i++) {
		number_read(r, &n[i]);
		if (r->err == OK && i > 0 && strcmp(n[i - 1].metric, n[i].metric) >= 0)
			rd_fail(r, ERR_CONTRADICT, "row.number.metric", 0);
	}
}

/* No data is never a pass. */
static void
verdict_read(struct rd *r, const struct archive_row *row, struct archive_verdict *v)
{
	const struct archive_number *n;

	v->verdict = (enum verdict)wire_enum(r, VERDICT_N, "row.verdict");
	v->decides = wire_text_or_null(r, "row.verdict.decides");
	v->reason = wire_text_or_null(r, "row.verdict.reason");
	if (r->err != OK)
		return;
	n = v->decides != NULL ? row_number(row, v->decides) : NULL;
	if (v->decides != NULL && n == NULL)
		rd_fail(r, ERR_CONTRADICT, "row.verdict.decides", 0);
	else if (n != NULL && n->state != METRIC_OK && v->verdict <= VERDICT_FAIL)
		rd_fail(r, ERR_CONTRADICT, "row.verdict", 0);
	else if ((v->reason != NULL) != row_reason_needed(v->verdict, n))
		rd_fail(r, ERR_CONTRADICT, "row.verdict.reason", 0);
}

static void
verdicts_read(struct rd *r, struct arena *a, struct archive_row *out)
{
	struct archive_verdict *v;
	size_t i;

	out->n_verdicts = wire_max(r, UINT32_MAX, "row.verdicts");
	out->n_verdicts = rd_count(r, (uint32_t)out->n_verdicts, 3, "row.verdicts");
	out->verdicts = v = arena_array(a, out->n_verdicts + 1, sizeof(*v));
	for (i = 0; i < out->n_verdicts && r->err == OK; i++)
		verdict_read(r, out, &v[i]);
}

static void
place_read(struct rd *r, struct place *p)
{
	const char *country;

	p->service = (uint8_t)wire_enum(r, SERVICE_N, "row.place");
	if (p->service == SERVICE_NONE)
		rd_fail(r, ERR_RANGE, "row.place", 1);
	country = wire_word(r, "row.place.country");
	if (country[0] != '\0' && (!country_read(span_of(country), p->country) || strcmp(country, p->country) != 0))
		rd_fail(r, ERR_SYNTAX, "row.place.country", 0);
}

enum err
row_read(struct span bytes, struct arena *a, struct archive_row *out, const char **field)
{
	struct rd r = rd_init(bytes.p, bytes.len, 0);
	uint64_t len = rd_u64(&r, "row");
	unsigned flags;

	*out = (struct archive_row){.name = "", .org = ""};
	if (len != rd_left(&r))
		rd_fail(&r, ERR_SHORT, "row", 8);
	out->asn = (uint32_t)wire_max(&r, UINT32_MAX, "row.asn");
	out->seen = wire_bool(&r, "row.seen");
	flags = wire_enum(&r, ROW_CDN + ROW_PLACED + 1, "row.flags");
	out->cdn = (flags & ROW_CDN) != 0;
	out->name = wire_word(&r, "row.name");
	out->org = wire_word(&r, "row.org");
	if ((flags & ROW_PLACED) != 0)
		place_read(&r, &out->place);
	numbers_read(&r, a, out);
	verdicts_read(&r, a, out);
	if (rd_done(&r, "row") != OK)
		*field = r.field;
	return r.err;
}

bool
row_cut(struct span *rows, struct span *row)
{
	struct rd r = rd_init(rows->p, rows->len, 0);
	uint64_t len;

	if (rows->len == 0)
		return false;
	len = rd_u64(&r, "row") + 8;
	assert(len <= rows->len);
	*row = (struct span){rows->p, len};
	*rows = (struct span){rows->p + len, rows->len - len};
	return true;
}
