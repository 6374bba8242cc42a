/*
 * VRPs as CSV lines. A header names the columns (rpki-client, Routinator, RIPE's archive);
 * without one they are ASN, prefix, maxLength and, where the first line has True or False
 * there, whether the ROA was valid: what was not is no VRP. Text after a last line feed is a
 * line cut short: 24 may have been meant where 2 stands.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "decode/vrp_int.h"

#include <stdlib.h>

enum column { COL_ASN, COL_PREFIX, COL_MAX, COL_TA, COL_VALID, COL_N };

#define ABSENT SIZE_MAX

struct layout {
	size_t at[COL_N];	/* field number of each, or ABSENT */
};

struct line {
	struct vrp_entry e;
	struct span field[CSV_FIELDS_MAX];
	size_t n;
};

struct csv {
	struct line line;
	struct layout layout;
	bool learnt;		/* layout is known */
	char *scratch;		/* owned: quoted fields without their quotes */
	size_t cap;
};

static enum err
split(struct span text, char *scratch, struct line *l)
{
	enum err e;

	l->n = 0;
	while (l->n < CSV_FIELDS_MAX && span_csv(&text, ',', scratch, &l->field[l->n], &e)) {
		scratch += l->field[l->n].len;
		l->field[l->n] = span_trim(l->field[l->n]);
		l->n++;
	}
	if (e != OK)
		return e;
	return text.p == NULL ? OK : ERR_LIMIT;
}

static size_t
find(const struct line *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (span_is_nocase(l->field[i], name))
			return i;
	return ABSENT;
}

static bool
is_flag(struct span s)
{
	return span_is_nocase(s, "true") || span_is_nocase(s, "false");
}

/* Learn the columns from the first line; true when it was a header. */
static bool
learn(const struct line *l, struct layout *c)
{
	static const char *const name[COL_N] = {"ASN", "IP Prefix", "Max Length", "Trust Anchor",
	    "Valid"};
	size_t i;

	if (find(l, "ASN") != ABSENT) {
		for (i = 0; i < COL_N; i++)
			c->at[i] = find(l, name[i]);
		if (c->at[COL_PREFIX] == ABSENT)
			c->at[COL_PREFIX] = find(l, "Prefix");
		return true;
	}
	*c = (struct layout){{0, 1, 2, ABSENT, ABSENT}};
	if (l->n > 3)
		c->at[is_flag(l->field[3]) ? COL_VALID : COL_TA] = 3;
	return false;
}

static struct span
column(const struct line *l, const struct layout *c, enum column col)
{
	return c->at[col] < l->n ? l->field[c->at[col]] : (struct span){NULL, 0};
}

static bool
skip(struct vrp_dec *v, const struct line *l, enum err e, const char *field)
{
	diag_add(v->d, DIAG_SKIP_RECORD, e, l->e.record, l->e.offset, field, NULL);
	return true;
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

/* False when nothing more may be read. */
static bool
read_line(struct vrp_dec *v, struct line *l, const struct layout *c)
{
	struct vrp_entry *e = &l->e;
	struct span valid = column(l, c, COL_VALID), max = column(l, c, COL_MAX);
	enum err err;

	v->entries++;
	if (c->at[COL_VALID] != ABSENT && !span_is_nocase(valid, "true"))
		return skip(v, l, is_flag(valid) ? ERR_CONTRADICT : ERR_SYNTAX, "vrp.valid");
	err = asn_parse(column(l, c, COL_ASN), &e->vrp.asn);
	if (err != OK)
		return skip(v, l, err, "vrp.asn");
	err = read_prefix(v, e, column(l, c, COL_PREFIX));
	if (err != OK)
		return skip(v, l, err, "vrp.prefix");
	/* RIPE's archive leaves the field empty when the ROA has none */
	e->has_max = max.len > 0;
	if (e->has_max) {
		err = span_u32(max, UINT32_MAX, &e->max_len);
		if (err != OK)
			return skip(v, l, err, "vrp.maxLength");
	}
	e->vrp.ta = vrp_keep_ta(v, column(l, c, COL_TA), e->record, e->offset);
	return vrp_emit(v, e);
}

/* One line of text. False when nothing more may be read. */
static bool
take(struct vrp_dec *v, struct csv *c, struct span text)
{
	struct line *l = &c->line;
	enum err e;

	c->scratch = grow(c->scratch, &c->cap, text.len, 1);
	e = split(text, c->scratch, l);
	if (e != OK)
		return skip(v, l, e, "vrp.line");
	if (c->learnt)
		return read_line(v, l, &c->layout);
	c->learnt = true;
	if (!learn(l, &c->layout))
		return read_line(v, l, &c->layout);
	if (c->layout.at[COL_PREFIX] != ABSENT)
		return true;
	diag_add(v->d, DIAG_STOP_SOURCE, ERR_SYNTAX, l->e.record, l->e.offset, "vrp.header", NULL);
	return false;
}

void
vrp_csv(struct vrp_dec *v)
{
	struct csv *c = xcalloc(1, sizeof(*c));
	struct vrp_entry *e = &c->line.e;
	struct span text;
	uint64_t n = 0, start = 0;
	enum err err;
	bool on = true;

	for (; on && feed_line(v->f, &text, &err); start = feed_offset(v->f)) {
		*e = (struct vrp_entry){.record = ++n, .offset = start, .vrp.ta = SPAN("")};
		if (err != OK) {
			diag_add(v->d, DIAG_SKIP_RECORD, err, n, start, "vrp.line",
			    "limit LINE_MAX_BYTES");
		} else if (feed_offset(v->f) - start == text.len) {
			diag_add(v->d, DIAG_STOP_SOURCE, ERR_SHORT, n, start, "vrp.line", NULL);
			on = false;
		} else if (span_trim(text).len > 0) {
			on = take(v, c, text);
		}
	}
	if (on && feed_err(v->f) != OK)
		diag_add(v->d, DIAG_STOP_SOURCE, feed_err(v->f), n, start, "vrp.line", NULL);
	free(c->scratch);
	free(c);
}
