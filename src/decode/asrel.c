#include "decode/csv.h"
#include "decode/lines.h"
#include "decode/relations.h"

#define RULE "CAIDA AS relationships: AS|AS|-1, 0 or 1[|source]"

/* "# source:topology|BGP|20220501|ripe|rrc00": the newest such date is the time of the file. */
static void
read_comment(struct span s, struct asrel_stats *st)
{
	struct span f[4];
	struct utc t;

	if (!span_starts(s, "# source:") || csv_plain(s, '|', f, 4) < 3)
		return;
	if (f[2].len == 8 && utc_parse(f[2], &t) == OK && (!utc_known(st->time) || t.s > st->time.s))
		st->time = t;
}

static enum err
read_link(struct span s, size_t *columns, struct asrel *r, const char **field)
{
	struct span f[4];
	size_t n = csv_plain(s, '|', f, 4);

	*field = "asrel.line";
	if (n < 3 || n > 4 || (*columns != 0 && n != *columns))
		return ERR_SYNTAX;
	*field = "asrel.as";
	TRY(span_u32(f[0], UINT32_MAX, &r->a));
	TRY(span_u32(f[1], UINT32_MAX, &r->b));
	if (r->a == 0 || r->b == 0)
		return ERR_RANGE;
	if (r->a == r->b)
		return ERR_CONTRADICT;
	*field = "asrel.relationship";
	if (span_is(f[2], "-1"))
		r->kind = ASREL_P2C;
	else if (span_is(f[2], "0"))
		r->kind = ASREL_P2P;
	else if (span_is(f[2], "1"))
		r->kind = ASREL_S2S;
	else
		return span_is(f[2], "2") ? ERR_UNKNOWN : ERR_SYNTAX;
	*columns = n;
	return OK;
}

enum err
asrel_decode(struct feed *f, enum err (*fn)(void *arg, const struct asrel *), void *arg,
    struct diags *d, struct asrel_stats *st)
{
	struct lines l = lines_of(f, d, "asrel.line", RULE);
	size_t columns = 0;	/* of the first good line: serial-1 and serial-2 do not mix */
	const char *field;
	struct asrel r;
	enum err e;

	*st = (struct asrel_stats){.time = UTC_NONE};
	while (lines_next(&l)) {
		if (span_blank(l.text))
			continue;
		if (l.text.p[0] == '#') {
			read_comment(l.text, st);
			continue;
		}
		e = read_link(l.text, &columns, &r, &field);
		if (e == ERR_UNKNOWN) {
			/* the form of before 2012: 2 is sibling, and -1 means the reverse */
			lines_stop(&l, e, field);
			break;
		}
		if (e != OK) {
			lines_bad(&l, e, field);
			continue;
		}
		st->links++;
		TRY(fn(arg, &r));
	}
	return lines_end(&l);
}
