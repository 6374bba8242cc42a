#include "base/arena.h"
#include "decode/csv.h"
#include "decode/registry.h"

#include <stdlib.h>

#define RULE "IANA special-purpose address registry, RFC 6890 2.2"

struct iana {
	struct csv csv;
	size_t block, name, rfc, end, reachable;	/* columns */
};

/* "False [1]": without the footnote. */
static struct span
without_note(struct span s)
{
	struct span head = s;

	span_cut(&s, '[', &head);
	return span_trim(head);
}

/* White space of every kind, line breaks too, becomes one space; to has room for all of s. */
static struct span
one_line(struct span s, char *to)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++) {
		bool space = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r';

		if (!space)
			to[n++] = s.p[i];
		else if (n > 0 && to[n - 1] != ' ')
			to[n++] = ' ';
	}
	return (struct span){to, n > 0 && to[n - 1] == ' ' ? n - 1 : n};
}

static bool
read_header(struct iana *g, struct lines l)
{
	if (!csv_header(&g->csv, l))
		return false;
	g->block = csv_column(&g->csv, "Address Block");
	g->name = csv_column(&g->csv, "Name");
	g->rfc = csv_column(&g->csv, "RFC");
	g->end = csv_column(&g->csv, "Termination Date");
	g->reachable = csv_column(&g->csv, "Globally Reachable");
	if (g->block != SIZE_MAX && g->name != SIZE_MAX && g->rfc != SIZE_MAX &&
	    g->end != SIZE_MAX && g->reachable != SIZE_MAX)
		return true;
	lines_stop(&g->csv.l, ERR_UNKNOWN, "iana.header");
	return false;
}

/* A row may name several blocks: "192.0.0.170/32, 192.0.0.171/32". All are checked before the
 * first is handed out. */
static enum err
read_blocks(struct iana *g, struct iana_special *r,
    enum err (*fn)(void *arg, const struct iana_special *), void *arg)
{
	struct span rest, piece;
	bool host_bits;
	enum err e;
	int emit;

	for (emit = 0; emit < 2; emit++) {
		rest = g->csv.f[g->block];
		while (span_cut(&rest, ',', &piece)) {
			e = prefix_parse(without_note(piece), &r->prefix, &host_bits);
			if (e != OK || host_bits) {
				lines_bad(&g->csv.l, e != OK ? e : ERR_RANGE, "iana.block");
				return OK;
			}
			if (emit)
				TRY(fn(arg, r));
		}
	}
	return OK;
}

static enum err
read_row(struct iana *g, char *text, enum err (*fn)(void *arg, const struct iana_special *),
    void *arg)
{
	const struct span *f = g->csv.f;
	struct span reachable = without_note(f[g->reachable]), end = without_note(f[g->end]);
	struct iana_special r = {0};

	r.name = one_line(f[g->name], text);
	r.rfc = one_line(f[g->rfc], text + r.name.len);
	r.reachable = span_is_nocase(reachable, "True");
	r.terminated = end.len > 0 && !span_is_nocase(end, "N/A");
	if (!r.reachable && !span_is_nocase(reachable, "False") &&
	    !span_is_nocase(reachable, "N/A") && reachable.len > 0) {
		lines_bad(&g->csv.l, ERR_SYNTAX, "iana.reachable");
		return OK;
	}
	return read_blocks(g, &r, fn, arg);
}

enum err
iana_special_decode(struct feed *f, enum err (*fn)(void *arg, const struct iana_special *),
    void *arg, struct diags *d)
{
	struct iana g;
	char *text = NULL;
	size_t cap = 0;
	enum err e = OK;

	if (read_header(&g, lines_of(f, d, "iana.line", RULE)))
		while (e == OK && csv_next(&g.csv)) {
			text = grow(text, &cap, g.csv.f[g.name].len + g.csv.f[g.rfc].len + 1, 1);
			e = read_row(&g, text, fn, arg);
		}
	free(text);
	csv_release(&g.csv);
	return e != OK ? e : lines_end(&g.csv.l);
}
