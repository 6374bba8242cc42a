/* mark_badge: the badge of a mark as it stands, for show. */
#include "cmd/mark.h"
#include "cmd/note.h"
#include "cmd/product.h"

bool
mark_entry_fits(const struct mark_sheet *s, const struct mark_found *m)
{
	struct str own = {0}, logged = {0};
	struct mark_line line;
	bool same;

	mark_line_of(&line, s->m, s->f->a);
	mark_line_write(&own, &line);
	mark_line_write(&logged, &m->line);
	same = span_eq(str_span(&own), str_span(&logged)) && strcmp(s->m->at, m->issued.status.at) == 0;
	str_release(&own);
	str_release(&logged);
	return same;
}

static const char *
badge_line(const struct mark_sheet *s, const struct mark_found *m, enum mark_state state)
{
	const char *to = mark_moment(m->line.valid_to, s->f->a);

	if (m->decides != NULL && m->standing == mark_state_answer(state))
		return arena_printf(s->f->a, "%s: entry %llu of the log", status_name(m->decides->status.word),
		    (unsigned long long)m->decides->index);
	if (state == MARK_EARLY)
		return arena_printf(s->f->a, "from %s", mark_moment(m->issued.status.at, s->f->a));
	return arena_printf(s->f->a, state == MARK_LAPSED ? "lapsed after %s" : "valid to %s", to);
}

bool
mark_badge_write(const struct mark_sheet *s)
{
	static const enum badge_look looks[MARK_STATES] = {BADGE_STANDS, BADGE_EARLY, BADGE_LAPSED, BADGE_SUSPENDED,
	    BADGE_DISPUTED};
	const struct mark_found *m = NULL;
	struct product product = {0};
	struct str out = {0};
	enum mark_state state;
	struct badge b;
	size_t i;
	bool good;

	if (s->o->badge == NULL)
		return true;
	for (i = 0; i < s->f->n; i++) {
		if (s->f->found[i].superseded)
			continue;
		if (m != NULL) {
			note("mark", "--badge: there are marks by several packs: say which (--pack)");
			return false;
		}
		m = &s->f->found[i];
	}
	if (m == NULL || s->trouble != NULL || (s->m != NULL && !mark_entry_fits(s, m))) {
		note("mark", "--badge: there is no mark to draw");
		return false;
	}
	state = mark_state_at(m, s->at);
	b = (struct badge){looks[state], s->f->asn, s->m != NULL ? s->m->name : "",
	    arena_printf(s->f->a, "%s %.*s", m->line.pack, (int)strcspn(m->line.version, " "), m->line.version),
	    m->line.version + strcspn(m->line.version, " "), badge_line(s, m, state),
	    s->m != NULL ? s->m->address : NULL, m->sha256};
	badge_svg(&out, &b, false);
	good = product_open(&product, s->o->badge, "mark") && product_write(&product, str_span(&out)) &&
	    product_commit(&product);
	product_abandon(&product);
	str_release(&out);
	return good;
}
