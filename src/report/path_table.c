/* path_table: the path drawn with its ramps, an AS a row. A(1) is the origin, as the draft counts. */
#include "report/path_lay.h"

#include <inttypes.h>
#include <stdio.h>

static const char title_1[] =
    "                           RAMPS     ITS ASPA SAYS OF THE AS         RELATION   WHAT IT HEARD, BY";
static const char title_2[] =
    "  A(i)     AS             UP  DOWN   ABOVE IT        BELOW IT        OF HOP UP  UPSTR. / DOWNSTREAM";

static void
cell(struct str *out, const char *text, unsigned width)
{
	unsigned w = lay_width(text);

	str_adds(out, text);
	if (w < width)
		lay_spaces(out, width - w);
}

/* '#': within what is attested; '+': only as far as nothing speaks against it; '.': beyond. */
static char
ramp_mark(uint32_t at, uint32_t min, uint32_t max)
{
	return at <= min ? '#' : at <= max ? '+' : '.';
}

static bool
is_drawn(const struct path_asked *q, const struct path_result *r)
{
	return q->tables.aspas != NULL && !r->view.has_set;
}

static void
ramps_cell(struct str *out, const struct path_asked *q, const struct path_result *r, size_t i, struct text_style style)
{
	uint32_t up = (uint32_t)(r->view.n - i), down = (uint32_t)i + 1;
	bool gap;

	if (!is_drawn(q, r)) {
		cell(out, " -    -", 11);
		return;
	}
	gap = up > r->ramps.max_up && down > r->ramps.max_down;
	lay_ink(out, style, gap ? INK_BAD : INK_PLAIN);
	str_addf(out, " %c    %c    ", ramp_mark(up, r->ramps.min_up, r->ramps.max_up),
	    ramp_mark(down, r->ramps.min_down, r->ramps.max_down));
	lay_ink_end(out, style, gap ? INK_BAD : INK_PLAIN);
}

static void
attested_cell(struct str *out, bool there, uint8_t auth, unsigned width, struct text_style style)
{
	enum ink ink = auth == ASPA_NOT_PROVIDER ? INK_WARN : auth == ASPA_PROVIDER ? INK_GOOD : INK_DIM;

	if (!there) {
		cell(out, "", width);
		return;
	}
	lay_ink(out, style, ink);
	cell(out, aspa_auth_text((enum aspa_auth)auth), width);
	lay_ink_end(out, style, ink);
}

static void
row(struct str *out, const struct path_asked *q, const struct path_result *r, size_t i, struct text_style style)
{
	size_t n = r->view.n;
	char text[32];

	str_adds(out, "  ");
	snprintf(text, sizeof(text), "A(%zu)", n - i);
	cell(out, r->view.has_set ? "" : text, 9);	/* where the origin is, is not known behind a set */
	snprintf(text, sizeof(text), "AS%" PRIu32, r->as[i]);
	cell(out, text, 14);
	str_addc(out, ' ');
	ramps_cell(out, q, r, i, style);
	attested_cell(out, i > 0, i > 0 ? r->hop[i - 1].up : 0, 16, style);
	attested_cell(out, i + 1 < n, i + 1 < n ? r->hop[i].down : 0, 16, style);
	cell(out, i == 0 ? "" : r->view.valley != NULL ? valley_word((enum valley_hop)r->view.valley[i - 1]) : "-", 11);
	if (i + 1 < n && is_drawn(q, r))
		str_addf(out, "%s / %s", aspa_verdict_text((enum aspa_verdict)r->seen[i].up),
		    aspa_verdict_text((enum aspa_verdict)r->seen[i].down));
	while (out->len > 0 && out->p[out->len - 1] == ' ')
		out->p[--out->len] = '\0';
	str_addc(out, '\n');
}

static void
mark(struct str *out, struct text_style style, enum ink ink, const char *text)
{
	lay_spaces(out, 11);
	lay_text(out, style, ink, text);
	str_addc(out, '\n');
}

/* What is found at this AS, below its row. */
static void
marks(struct str *out, const struct path_result *r, size_t i, struct text_style style)
{
	const struct leak *l = &r->leak;
	const struct otc *o = &r->view.otc;
	struct str s = {0};

	if ((o->state == OTC_KEPT || o->state == OTC_BROKEN) && i == o->at)
		mark(out, style, INK_DIM, "^ named by OTC: from here on to peers once, then to customers only");
	if (l->class == LEAK_NONE)
		return;
	if (i >= l->first && i <= l->last) {
		str_addf(&s, l->leaker != 0 ? "^ the leaker (%s, by %s)" : "^ may be the leaker (%s, by %s)",
		    leak_class_word(l->class), path_by_text(l->by));
		mark(out, style, INK_BAD, s.p);
	}
	if (l->acceptor != 0 && i + 1 == l->first)
		mark(out, style, INK_WARN, l->leaker != 0 ? "^ accepted it from the leaker"
		    : "^ accepted it, and is the first that is known to have had to refuse it");
	str_release(&s);
}

void
path_table(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	size_t i;

	lay_text(out, style, INK_DIM, title_1);
	str_addc(out, '\n');
	lay_text(out, style, INK_DIM, title_2);
	str_addc(out, '\n');
	for (i = 0; i < r->view.n; i++) {
		row(out, q, r, i, style);
		marks(out, r, i, style);
	}
	if (r->view.has_set)
		mark(out, style, INK_WARN, "an AS_SET: who stands behind it, and in which order, cannot be told");
	else if (is_drawn(q, r))
		mark(out, style, INK_DIM,
		    "ramps: # attested up to here, + nothing speaks against it up to here, . beyond");
}
