/*
 * VRPs as CSV lines. A header names the columns (rpki-client, Routinator, RIPE's archive);
 * without one they are ASN, prefix, maxLength and, where the first line has True or False
 * there, whether the ROA was valid: what was not is no VRP. Text after a last line feed is a
 * line cut short: 24 may have been meant where 2 stands.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "decode/csv.h"
#include "decode/vrp_int.h"

#include <stdlib.h>

enum column { COL_ASN, COL_PREFIX, COL_MAX, COL_TA, COL_VALID, COL_N };

struct rows {
	struct lines l;
	struct span f[CSV_FIELDS_MAX];	/* the line's fields */
	size_t n;
	size_t at[COL_N];		/* field number of each column, or SIZE_MAX */
	bool learnt;			/* at is known */
	char *scratch;			/* owned: quoted fields without their quotes */
	size_t cap;
};

static size_t
find(const struct rows *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (span_is_nocase(span_trim(c->f[i]), name))
			return i;
	return SIZE_MAX;
}

static struct span
column(const struct rows *c, enum column col)
{
	return c->at[col] < c->n ? span_trim(c->f[c->at[col]]) : SPAN("");
}

static bool
is_flag(struct span s)
{
	return span_is_nocase(s, "true") || span_is_nocase(s, "false");
}

/* Learn the columns from the first line; true when it was a header. */
static bool
learn(struct rows *c)
{
	static const char *const name[COL_N] = {"ASN", "IP Prefix", "Max Length", "Trust Anchor",
	    "Valid"};
	size_t i;

	c->learnt = true;
	for (i = 0; i < COL_N; i++)
		c->at[i] = find(c, name[i]);
	if (c->at[COL_ASN] != SIZE_MAX)
		return true;
	c->at[COL_ASN] = 0;
	c->at[COL_PREFIX] = 1;
	c->at[COL_MAX] = 2;
	if (c->n > 3)
		c->at[is_flag(span_trim(c->f[3])) ? COL_VALID : COL_TA] = 3;
	return false;
}

/* Lists that come out of a data base (PostgreSQL's inet) write a host without its length. */
static enum err
read_prefix(struct vrp_dec *v, struct vrp_entry *e, struct span s)
{
	struct addr a;

	if (s.len == 0 || memchr(s.p, '/', s.len) != NULL)
		return prefix_parse(s, &e->vrp.prefix, &e->host_bits);
	TRY(addr_parse(s, &a));
	e->vrp.prefix = (struct prefix){.family = a.family, .len = (uint8_t)family_bits(a.family)};
	memcpy(e->vrp.prefix.addr, a.b, sizeof(a.b));
	diag_add(v->d, DIAG_NOTE, ERR_SYNTAX, e->record, e->offset, "vrp.prefix.length", NULL);
	return OK;
}

/* The fields of a line; the one that is wrong is named. */
static enum err
read_row(struct vrp_dec *v, struct rows *c, struct vrp_entry *e, const char **field)
{
	struct span valid = column(c, COL_VALID), max = column(c, COL_MAX);

	*field = "vrp.valid";
	if (c->at[COL_VALID] != SIZE_MAX && !span_is_nocase(valid, "true"))
		return is_flag(valid) ? ERR_CONTRADICT : ERR_SYNTAX;
	*field = "vrp.asn";
	TRY(asn_parse(column(c, COL_ASN), &e->vrp.asn));
	*field = "vrp.prefix";
	TRY(read_prefix(v, e, column(c, COL_PREFIX)));
	/* RIPE's archive leaves the field empty when the ROA has none */
	*field = "vrp.maxLength";
	e->has_max = max.len > 0;
	if (e->has_max)
		TRY(span_u32(max, UINT32_MAX, &e->max_len));
	e->vrp.ta = vrp_keep_ta(v, column(c, COL_TA), e->record, e->offset);
	return OK;
}

/* One line. False when nothing more may be read. */
static bool
take(struct vrp_dec *v, struct rows *c)
{
	struct lines *l = &c->l;
	struct vrp_entry e = {.record = l->n, .offset = l->offset};
	const char *field;
	enum err err;

	if (l->open) {
		lines_stop(l, ERR_SHORT, l->field);
		return false;
	}
	c->scratch = grow(c->scratch, &c->cap, l->text.len, 1);
	c->n = csv_split(l->text, c->scratch, c->f, CSV_FIELDS_MAX);
	if (c->n == 0) {
		lines_bad(l, ERR_SYNTAX, l->field);
		return true;
	}
	if (!c->learnt && learn(c)) {
		if (c->at[COL_PREFIX] == SIZE_MAX)
			lines_stop(l, ERR_SYNTAX, "vrp.header");
		return c->at[COL_PREFIX] != SIZE_MAX;
	}
	err = read_row(v, c, &e, &field);
	if (err == OK)
		return vrp_emit(v, &e);
	lines_bad(l, err, field);
	return true;
}

void
vrp_csv(struct vrp_dec *v)
{
	struct rows *c = xcalloc(1, sizeof(*c));

	c->l = lines_of(v->f, v->d, "vrp.line", NULL);
	while (lines_next_data(&c->l) && take(v, c))
		;
	free(c->scratch);
	free(c);
}
