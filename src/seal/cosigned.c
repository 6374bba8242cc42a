#include "seal/cosigned.h"
#include "base/limits.h"
#include "seal/line.h"
#include "seal/submission.h"

#define HEAD "cosigned "

void
cosigned_write(struct str *out, const struct cosigned *c)
{
	size_t i;

	str_adds(out, c->forked ? HEAD "1\n" : HEAD "0\n");
	for (i = 0; i < c->n; i++) {
		str_addf(out, "%u ", c->lines[i].witness);
		str_add(out, c->lines[i].line);
		str_addc(out, '\n');
	}
	str_addc(out, '\n');
	str_add(out, c->text);
}

enum err
cosigned_read(struct span bytes, struct arena *a, struct cosigned *out)
{
	struct cosigned c = {.lines = arena_array(a, POLICY_NAMES_MAX, sizeof(*c.lines))};
	struct span rest = bytes, line, index;
	struct cosigned_line l;

	if (!line_next(&rest, &line) || (!span_is(line, HEAD "0") && !span_is(line, HEAD "1")))
		return ERR_SYNTAX;
	c.forked = span_is(line, HEAD "1");
	while (line_next(&rest, &line) && line.len > 0) {
		if (c.n == POLICY_NAMES_MAX || !span_cut(&line, ' ', &index) ||
		    span_u32(index, POLICY_NAMES_MAX - 1, &l.witness) != OK ||
		    (c.n > 0 && l.witness <= c.lines[c.n - 1].witness))
			return ERR_SYNTAX;
		l.line = line;
		if (l.line.p == NULL || l.line.len == 0)
			return ERR_SYNTAX;
		c.lines[c.n++] = l;
	}
	if (line.len > 0 || !note_text_good(rest))
		return ERR_SYNTAX;
	c.text = rest;
	*out = c;
	return OK;
}

bool
cosigned_good(const struct cosigned *c, const struct cosigned_line *l, const struct key_pub *witness, struct arena *a)
{
	const struct note n = {.text = c->text};
	const char *why = NULL;
	struct str body = {0};
	struct span line;
	uint64_t time = 0;
	bool good;

	str_add(&body, l->line);
	str_addc(&body, '\n');
	good = submission_answer(str_span(&body), &n, witness, a, &line, &time, &why) == OK && span_eq(line, l->line);
	str_release(&body);
	return good;
}
