#include "report/summary.h"
#include "base/arena.h"
#include "base/json_w.h"
#include "report/layout.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

void
summary_init(struct summary *s, const struct pack *packs, size_t n_packs)
{
	size_t i, n = 0;

	for (i = 0; i < n_packs; i++)
		n += packs[i].n;
	*s = (struct summary){.packs = packs, .n_packs = n_packs, .n = xcalloc(n, sizeof(*s->n))};
}

void
summary_release(struct summary *s)
{
	free(s->n);
	*s = (struct summary){0};
}

void
summary_add(struct summary *s, const struct as_result *r)
{
	size_t p, i, at = 0;
	bool unseen = false;

	assert(r->n_packs == s->n_packs);
	for (p = 0; p < r->n_packs; p++)
		for (i = 0; i < r->packs[p].n; i++) {
			const struct judgement *j = &r->packs[p].judgements[i];

			s->n[at++][j->verdict]++;
			unseen |= !r->seen && j->control->required && j->verdict == VERDICT_NOT_APPLICABLE &&
			    j->decides != NULL;
		}
	s->n_ases++;
	s->n_unseen += unseen;
}

uint64_t
summary_required(const struct summary *s, enum verdict v)
{
	size_t p, i, at = 0;
	uint64_t n = 0;

	for (p = 0; p < s->n_packs; p++)
		for (i = 0; i < s->packs[p].n; i++, at++)
			n += s->packs[p].controls[i].required ? s->n[at][v] : 0;
	return n;
}

static uint64_t
judged(const uint64_t n[static VERDICT_N])
{
	return n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
}

/* "89.55" of ppm, without a float. */
static void
add_percent(struct str *s, uint64_t ppm)
{
	str_addf(s, "%" PRIu64 ".%02" PRIu64, ppm / 10000, ppm / 100 % 100);
}

static void
control_line(struct str *out, const struct control *c, const uint64_t n[static VERDICT_N],
    struct text_style style)
{
	struct str s = {0};
	uint64_t of = judged(n);
	uint32_t lo, hi;

	str_addf(&s, "  %-9s %s %7" PRIu64 " %6" PRIu64 " %6" PRIu64 " %8" PRIu64 " %6" PRIu64 "  ", c->id,
	    c->required ? "*" : " ", n[VERDICT_PASS], n[VERDICT_WARN], n[VERDICT_FAIL],
	    n[VERDICT_NO_DATA], n[VERDICT_NOT_APPLICABLE]);
	if (of == 0) {
		str_adds(&s, "none could be judged");
	} else if (c->also_needs != NULL) {
		/* only a failure shows in this evidence: a share of passes would mean nothing */
		str_adds(&s, "a pass needs more evidence");
	} else {
		wilson_ppm(n[VERDICT_PASS], of, &lo, &hi);
		add_percent(&s, n[VERDICT_PASS] * 1000000 / of);
		str_addf(&s, " %% of %" PRIu64 " (", of);
		add_percent(&s, lo);
		str_addc(&s, '-');
		add_percent(&s, hi);
		str_addc(&s, ')');
	}
	lay_text(out, style, INK_PLAIN, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

void
summary_text(struct str *out, const struct summary *s, struct text_style style)
{
	struct str t = {0};
	size_t p, i, at = 0;

	str_addf(&t, "Summary of %" PRIu64 " ASes", s->n_ases);
	lay_text(out, style, INK_BOLD, t.p);
	str_addc(out, '\n');
	for (p = 0; p < s->n_packs; p++) {
		str_clear(&t);
		str_addf(&t, "%s %s%s", s->packs[p].id, s->packs[p].version, pack_label(&s->packs[p]));
		str_addc(out, '\n');
		lay_text(out, style, INK_BOLD, t.p);
		str_addc(out, '\n');
		if (s->packs[p].proposal && s->packs[p].remarks != NULL)
			lay_labelled(out, style, 2, 2, "", s->packs[p].remarks);
		lay_text(out, style, INK_DIM,
		    "  CONTROL        PASS   WARN   FAIL  NO DATA   N.A.  PASS OF THOSE JUDGED (95 %)");
		str_addc(out, '\n');
		for (i = 0; i < s->packs[p].n; i++, at++)
			control_line(out, &s->packs[p].controls[i], s->n[at], style);
	}
	str_release(&t);
}

static void
control_json(struct json_w *w, const struct control *c, const uint64_t n[static VERDICT_N])
{
	json_obj(w);
	json_ku64(w, "fail", n[VERDICT_FAIL]);
	json_kstrz(w, "id", c->id);
	json_ku64(w, "no_data", n[VERDICT_NO_DATA]);
	json_ku64(w, "not_applicable", n[VERDICT_NOT_APPLICABLE]);
	json_ku64(w, "pass", n[VERDICT_PASS]);
	json_ku64(w, "warn", n[VERDICT_WARN]);
	json_obj_end(w);
}

void
summary_json(struct json_w *w, const struct summary *s)
{
	size_t p, i, at = 0;

	json_obj(w);
	json_ku64(w, "ases", s->n_ases);
	json_key(w, "packs");
	json_arr(w);
	for (p = 0; p < s->n_packs; p++) {
		json_obj(w);
		json_key(w, "controls");
		json_arr(w);
		for (i = 0; i < s->packs[p].n; i++, at++)
			control_json(w, &s->packs[p].controls[i], s->n[at]);
		json_arr_end(w);
		json_kstrz(w, "id", s->packs[p].id);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_obj_end(w);
}
