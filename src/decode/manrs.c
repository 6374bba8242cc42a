#include "addr/asn.h"
#include "base/arena.h"
#include "decode/csv.h"
#include "decode/people.h"

#include <stdlib.h>
#include <string.h>

#define RULE "MANRS participants list: Organization Name, ASNs, Action 1 to 4 (NetOps) or 6 (CDN)"

struct manrs {
	struct csv csv;
	size_t org, asns;		/* columns */
	uint32_t *asn;			/* owned; those of the row at hand */
	size_t n, cap;
	struct manrs_participant out;
};

static bool
has_column_of(const struct csv *c, const char *start)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (span_starts(span_trim(c->f[i]), start))
			return true;
	return false;
}

static bool
read_header(struct manrs *m, struct lines l)
{
	if (!csv_header(&m->csv, l))
		return false;
	m->org = csv_column(&m->csv, "Organization Name");
	m->asns = csv_column(&m->csv, "ASNs");
	/* only the CDN and cloud programme has an Action 5 */
	m->out.program = has_column_of(&m->csv, "Action 5") ? MANRS_CDN : MANRS_NETOPS;
	if (m->org != SIZE_MAX && m->asns != SIZE_MAX && has_column_of(&m->csv, "Action 1"))
		return true;
	lines_stop(&m->csv.l, ERR_UNKNOWN, "manrs.header");
	return false;
}

/* "8075;8074", "AS1, AS2": each good ASN is used, a bad one is not. */
static void
read_asns(struct manrs *m, struct span s)
{
	size_t i = 0, from;

	m->n = 0;
	while (i < s.len) {
		struct span piece;
		uint32_t asn;
		enum err e;

		for (from = i; i < s.len && memchr(";, \t\n", s.p[i], 5) == NULL; i++)
			;
		piece = (struct span){s.p + from, i - from};
		i++;
		if (piece.len == 0)
			continue;
		e = asn_parse(piece, &asn);
		if (e != OK) {
			diag_add(m->csv.l.d, DIAG_SKIP_FIELD, e, m->csv.l.n, m->csv.l.offset,
			    "manrs.asn", RULE);
			continue;
		}
		m->asn = grow(m->asn, &m->cap, m->n + 1, sizeof(*m->asn));
		m->asn[m->n++] = asn;
	}
}

static enum err
read_row(struct manrs *m, enum err (*fn)(void *arg, const struct manrs_participant *), void *arg,
    uint64_t *n_participants)
{
	m->out.org = span_trim(m->csv.f[m->org]);
	if (m->out.org.len == 0) {
		lines_bad(&m->csv.l, ERR_SYNTAX, "manrs.org");
		return OK;
	}
	read_asns(m, m->csv.f[m->asns]);
	if (m->n == 0)
		diag_add(m->csv.l.d, DIAG_NOTE, ERR_SYNTAX, m->csv.l.n, m->csv.l.offset, "manrs.asns",
		    RULE);
	m->out.asn = m->asn;
	m->out.n = m->n;
	++*n_participants;
	return fn(arg, &m->out);
}

enum err
manrs_decode(struct feed *f, enum err (*fn)(void *arg, const struct manrs_participant *),
    void *arg, struct diags *d, uint64_t *n_participants)
{
	struct manrs m = {0};
	enum err e = OK;

	*n_participants = 0;
	if (read_header(&m, lines_of(f, d, "manrs.line", RULE)))
		while (e == OK && csv_next(&m.csv))
			e = read_row(&m, fn, arg, n_participants);
	free(m.asn);
	csv_release(&m.csv);
	return e != OK ? e : lines_end(&m.csv.l);
}
