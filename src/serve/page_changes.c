/* page_changes: which networks were given another verdict by a control than in the month before. */
#include "report/layout.h"
#include "serve/page.h"

#include <inttypes.h>
#include <stdlib.h>

#define SHOWN 200	/* of one kind: a page that is read; the API has all */

struct given { uint32_t asn; enum verdict v; };
struct givens { struct given *item; size_t n, cap; };	/* owned */

struct change { uint32_t asn; enum verdict before, now; };
struct changes {
	struct change *item;	/* owned */
	size_t n, cap;
	uint64_t new_here, gone, same;	/* networks */
};

static void
given_each(void *arg, uint32_t asn, enum verdict v)
{
	struct givens *g = arg;

	g->item = grow(g->item, &g->cap, g->n + 1, sizeof(*g->item));
	g->item[g->n++] = (struct given){asn, v};
}

/* Both ascending by ASN. */
static void
join(const struct givens *before, const struct givens *now, struct changes *out)
{
	size_t i = 0, k = 0;

	while (i < before->n || k < now->n) {
		if (k == now->n || (i < before->n && before->item[i].asn < now->item[k].asn)) {
			out->gone++;
			i++;
		} else if (i == before->n || now->item[k].asn < before->item[i].asn) {
			out->new_here++;
			k++;
		} else {
			if (before->item[i].v != now->item[k].v) {
				out->item = grow(out->item, &out->cap, out->n + 1, sizeof(*out->item));
				out->item[out->n++] = (struct change){now->item[k].asn, before->item[i].v, now->item[k].v};
			} else {
				out->same++;
			}
			i++;
			k++;
		}
	}
}

static bool
judged(enum verdict v)
{
	return v == VERDICT_PASS || v == VERDICT_WARN || v == VERDICT_FAIL;
}

/* PASS, WARN, FAIL are in this order; what could not be judged is neither better nor worse. */
static unsigned
kind_of(const struct change *c)
{
	if (!judged(c->before) || !judged(c->now))
		return 2;
	return c->now > c->before ? 0 : 1;
}

static void
row(struct ask *q, const struct change *c)
{
	const struct shown_name *name = shown_name(q->view, c->asn);
	struct str *out = &q->r->body;

	str_adds(out, "<tr><th scope=\"row\" class=\"id\">");
	page_asn(out, c->asn);
	str_adds(out, "</th><td class=\"why\">");
	html_text(out, name == NULL ? "" : *name->name != '\0' ? name->name : name->org);
	str_adds(out, "</td><td>");
	html_verdict(out, c->before);
	str_adds(out, "</td><td>");
	html_verdict(out, c->now);
	str_adds(out, "</td></tr>\n");
}

static void
list(struct ask *q, const struct changes *all, unsigned kind, const char *title, const char *const *heads)
{
	struct str *out = &q->r->body, caption = {0};
	size_t i, n = 0, shown = 0;

	for (i = 0; i < all->n; i++)
		n += kind_of(&all->item[i]) == kind;
	str_addf(&caption, "%s: ", title);
	lay_count(&caption, n);
	str_adds(&caption, n == 1 ? " network" : " networks");
	html_el(out, "h2", NULL, caption.p);
	if (n > 0) {
		if (n > SHOWN)
			str_addf(&caption, ", the first %d", SHOWN);
		html_table(out, caption.p, heads, 4);
		for (i = 0; i < all->n && shown < SHOWN; i++)
			if (kind_of(&all->item[i]) == kind) {
				row(q, &all->item[i]);
				shown++;
			}
		html_table_end(out);
	}
	str_release(&caption);
}

static void
told(struct ask *q, const struct shown_series *s, size_t month, size_t k, const struct changes *all)
{
	const struct archive_pack *p = shown_pack(s, month);
	const char *heads[] = {"Network", "Name", NULL, NULL};
	struct str *out = &q->r->body;
	char *before = arena_alloc(q->a, 8), *now = arena_alloc(q->a, 8);

	shown_month_text(s->month[month - 1]->head.at, before);
	shown_month_text(s->month[month]->head.at, now);
	heads[2] = before;
	heads[3] = now;
	str_adds(out, "<p class=\"kicker\"><a href=\"/control/");
	html_text(out, p->id);
	str_addc(out, '/');
	html_text(out, p->controls[k].id);
	str_adds(out, "\">");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, history_label(p->status));
	str_adds(out, "</a></p>\n<h1>");
	html_text(out, p->controls[k].id);
	str_adds(out, ": what changed</h1>\n<p class=\"lead\">");
	html_text(out, p->controls[k].title);
	str_addf(out, ", from %s to %s: ", before, now);
	lay_count(out, all->same);
	str_adds(out, " networks as before.</p>\n");
	page_proposal(out, p);
	if (memcmp(p->sha256, shown_pack(s, month - 1)->sha256, SHA256_BYTES) != 0)
		str_adds(out, "<p class=\"notice\"><strong>Not strictly comparable.</strong> Another version of the pack judged the month "
		    "before.</p>\n");
	list(q, all, 0, "Worse", heads);
	list(q, all, 1, "Better", heads);
	list(q, all, 2, "Other changes", heads);
	str_adds(out, "<p class=\"note\">");
	lay_count(out, all->new_here);
	str_adds(out, " networks are new in this month, ");
	lay_count(out, all->gone);
	str_adds(out, " are in it no more; they are no change.</p>\n");
}

void
page_changes(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct givens before = {0}, now = {0};
	struct changes all = {0};
	const struct shown_series *s;
	size_t month = 0, k = 0, old;
	enum err e;

	if (!ask_only(q, keys))
		return;
	s = page_which(q, &month, &k);
	for (old = 0; s != NULL && month > 0 && old < shown_pack(s, month - 1)->n &&
	    strcmp(shown_pack(s, month - 1)->controls[old].id, shown_pack(s, month)->controls[k].id) != 0; old++)
		;
	if (s == NULL || month == 0 || old == shown_pack(s, month - 1)->n) {
		ask_problem(q, 404, "Nothing to compare", "The archive has no two months of \"%s\".", q->rest);
		return;
	}
	e = archive_control_verdicts(q->archive, s->month[month - 1], s->first[month - 1] + old, given_each, &before);
	if (e == OK)
		e = archive_control_verdicts(q->archive, s->month[month], s->first[month] + k, given_each, &now);
	if (e == OK) {
		join(&before, &now, &all);
		page_begin(q, arena_printf(q->a, "%s: what changed", shown_pack(s, month)->controls[k].id), NULL);
		told(q, s, month, k, &all);
		page_end(q);
	} else {
		ask_broken(q, e);
	}
	free(before.item);
	free(now.item);
	free(all.item);
}
