#include "report/text_sheet.h"
#include "base/arena.h"

#include <stdlib.h>

static void
left(struct str *out, struct text_style style, enum ink ink, const char *text, unsigned width)
{
	unsigned w = lay_width(text);

	lay_text(out, style, ink, text);
	lay_spaces(out, w < width ? width - w : 1);
}

static void
title(struct str *out, const struct pack *p, struct text_style style)
{
	str_addc(out, '\n');
	left(out, style, INK_BOLD, p->id, 0);
	lay_text(out, style, INK_PLAIN, p->version);
	lay_text(out, style, INK_BOLD, pack_label(p));
	str_adds(out, "  ");
	lay_text(out, style, INK_PLAIN, p->title);
	str_addc(out, '\n');
	if (p->proposal && p->remarks != NULL) {
		lay_spaces(out, 2);
		lay_wrapped(out, style, 2, 2, p->remarks);
		str_addc(out, '\n');
	}
	lay_text(out, style, INK_DIM, "  CONTROL     VERDICT    NUMBER       OF  WHY");
	str_addc(out, '\n');
}

static void
number(struct sheet_row *r, const struct control *c, size_t test, struct text_style style)
{
	struct metric m = {.id = c->tests[test].metric, .den = 1};
	struct judgement j = {.control = c, .because = BECAUSE_NUMBER, .decides = &m, .test = &c->tests[test]};
	unsigned cdn, more;

	for (cdn = 0; cdn < 2; cdn++)
		for (m.num = 0; m.num < 2; m.num++)
			for (more = 0; more < (c->also_needs != NULL ? 2u : 1u); more++) {
				j.is_cdn = cdn > 0;
				j.wants_more = more > 0;
				text_why(&r->number[test][cdn][m.num][more], &j, style);
			}
}

static void
row(struct sheet_row *r, const struct control *c, struct text_style style)
{
	const struct judgement cannot = {.control = c, .verdict = VERDICT_NO_DATA, .because = BECAUSE_CANNOT};
	unsigned v;
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		if (c->tests[i].judged)
			number(r, c, i, style);
	for (v = 0; v < VERDICT_N; v++) {
		str_adds(&r->left[v], "  ");
		left(&r->left[v], style, INK_PLAIN, c->id, 10);
		str_adds(&r->left[v], c->required ? "* " : "  ");
		left(&r->left[v], style, verdict_ink((enum verdict)v), verdict_label((enum verdict)v), 8);
	}
	if (c->cannot == NULL)
		return;
	str_add(&r->cannot, str_span(&r->left[VERDICT_NO_DATA]));
	text_number(&r->cannot, NULL);
	text_why(&r->cannot, &cannot, style);
}

struct text_sheet *
text_sheet_new(const struct assessment *head, struct text_style style)
{
	struct text_sheet *s = xcalloc(1, sizeof(*s));
	size_t i, k;

	s->head = head;
	s->style = style;
	dated_text(head, s->dated);
	s->packs = xcalloc(head->n_packs, sizeof(*s->packs));
	for (i = 0; i < head->n_packs; i++) {
		const struct pack *p = &head->packs[i];

		title(&s->packs[i].title, p, style);
		s->packs[i].rows = xcalloc(p->n, sizeof(*s->packs[i].rows));
		for (k = 0; k < p->n; k++)
			row(&s->packs[i].rows[k], &p->controls[k], style);
	}
	return s;
}

static void
row_release(struct sheet_row *r)
{
	struct str *number = &r->number[0][0][0][0];
	size_t i;

	for (i = 0; i < VERDICT_N; i++)
		str_release(&r->left[i]);
	for (i = 0; i < sizeof(r->number) / sizeof(*number); i++)
		str_release(&number[i]);
	str_release(&r->cannot);
}

void
text_sheet_free(struct text_sheet *s)
{
	size_t i, k;

	if (s == NULL)
		return;
	for (i = 0; i < s->head->n_packs; i++) {
		for (k = 0; k < s->head->packs[i].n; k++)
			row_release(&s->packs[i].rows[k]);
		str_release(&s->packs[i].title);
		free(s->packs[i].rows);
	}
	free(s->packs);
	free(s);
}
