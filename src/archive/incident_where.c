/* incident_where: incidents by where their prefix lies. The key is the first address in hexadecimal digits, whose order is
 * that of addresses: what covers a prefix is asked for length by length, what lies in it is one range. */
#include "archive/incidents.h"
#include "archive/sql.h"

#include <string.h>

#define HEX (2 * 16 + 1)

static const char *
hex_of(const struct prefix *p, char out[static HEX])
{
	size_t i, n = family_bits(p->family) / 8;

	for (i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[p->addr[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[p->addr[i] & 15];
	}
	out[2 * n] = '\0';
	return out;
}

static int64_t
family_number(const struct prefix *p)
{
	return p->family == FAMILY_V4 ? 4 : 6;
}

/* --- keeping --- */

enum err
where_put(struct archive *a, int64_t timeline, int64_t ord, const struct prefix *p)
{
	char hex[HEX];

	return sql_run(a, sql_bind(a, SQL_WHERE_ADD, "itiii", family_number(p), hex_of(p, hex), (int64_t)p->len, timeline, ord));
}

enum err
where_fill(struct archive *a)
{
	struct prefix p;
	bool host_bits;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WHERE_ROWS, "");

	while (e == OK && sql_row(a, s, &e)) {
		arena_reset(a->row);
		if (prefix_parse(span_of(sql_word(s, 2, a->row)), &p, &host_bits) != OK)
			e = archive_fail(a, ERR_CORRUPT, "an incident has a prefix that cannot be");
		else
			e = where_put(a, sql_i64(s, 0), sql_i64(s, 1), &p);
	}
	sql_done(s);
	return e;
}

enum err
where_check(struct archive *a, int64_t timeline, int64_t ord, const struct prefix *p, bool *there)
{
	char hex[HEX];
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WHERE_THERE, "itiii", family_number(p), hex_of(p, hex), (int64_t)p->len, timeline, ord);

	*there = sql_row(a, s, &e) && sql_i64(s, 0) == 1;
	sql_done(s);
	return e;
}

/* --- asking --- */

struct hits {
	struct archive_prefix_hit *all;	/* from an arena, room for max */
	size_t n, max;
	bool more;
};

static bool
hit_same(const struct archive_prefix_hit *x, const struct archive_prefix_hit *y)
{
	return prefix_eq(&x->prefix, &y->prefix) && x->origin == y->origin && x->culprit == y->culprit;
}

/* Incidents of one prefix come one after the other. */
static void
hit_add(struct hits *h, const struct archive_prefix_hit *x)
{
	size_t i;

	for (i = h->n; i-- > 0 && prefix_eq(&h->all[i].prefix, &x->prefix);)
		if (hit_same(&h->all[i], x)) {
			h->all[i].incidents++;
			h->all[i].window = x->window;
			h->all[i].ord = x->ord;
			return;
		}
	if (h->n < h->max)
		h->all[h->n++] = *x;
	else
		h->more = true;
}

/* limit: rows; that there may be more is said when so many came. */
static enum err
hits_read(struct archive *a, stmt *s, enum archive_match match, int64_t limit, struct hits *h)
{
	struct archive_prefix_hit x;
	bool host_bits;
	int64_t n = 0;
	enum err e = OK;

	while (sql_row(a, s, &e)) {
		arena_reset(a->row);
		x = (struct archive_prefix_hit){.match = match, .incidents = 1,
		    .origin = sql_null(s, 1) ? ORIGIN_NONE : (uint32_t)sql_i64(s, 1), .culprit = (uint32_t)sql_i64(s, 2),
		    .window = sql_i64(s, 3), .ord = (uint64_t)sql_i64(s, 4)};
		if (prefix_parse(span_of(sql_word(s, 0, a->row)), &x.prefix, &host_bits) != OK) {
			e = archive_fail(a, ERR_CORRUPT, "an incident has a prefix that cannot be");
			break;
		}
		hit_add(h, &x);
		n++;
	}
	sql_done(s);
	h->more |= n == limit;
	return e;
}

enum err
archive_prefix_find(struct archive *a, const struct prefix *p, size_t max, struct arena *arena,
    struct archive_prefix_hit **out, size_t *n, bool *more)
{
	struct hits h = {.all = arena_array(arena, max + 1, sizeof(*h.all)), .max = max};
	const int64_t rows = 4 * (int64_t)max;
	struct prefix outer = *p, last = *p;
	char from[HEX], to[HEX];
	unsigned bit;
	int len;

	for (len = p->len; len >= 0; len--) {
		outer.len = (uint8_t)len;
		(void)prefix_mask(&outer);
		TRY(hits_read(a, sql_bind(a, SQL_WHERE_IS, "itii", family_number(p), hex_of(&outer, from), (int64_t)len, rows),
		    len == p->len ? MATCH_IS : MATCH_COVERS, rows, &h));
	}
	for (bit = p->len; bit < family_bits(p->family); bit++)
		last.addr[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
	TRY(hits_read(a, sql_bind(a, SQL_WHERE_IN, "itiit", family_number(p), hex_of(p, from), (int64_t)p->len, rows,
	    hex_of(&last, to)), MATCH_WITHIN, rows, &h));
	*out = h.all;
	*n = h.n;
	*more = h.more;
	return OK;
}
