/*
 * write_relations: AS relationships (CAIDA serial-1) and AS organisations (as2org text).
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/write.h"

#include <stdlib.h>

struct row { uint32_t a, b; bool peer; };

static int
row_cmp(const void *x, const void *y)
{
	const struct row *p = x, *q = y;

	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return (p->b > q->b) - (p->b < q->b);
}

static void
put_links(struct outs *o, const struct lab *w)
{
	struct row *rows = xcalloc(w->n_links, sizeof(*rows));
	size_t i, n = 0;

	for (i = 0; i < w->n_links; i++) {
		const struct lab_link *l = &w->links[i];
		uint32_t a = w->ases[l->a].asn, b = w->ases[l->b].asn;

		if (asn_bogon(a) != NULL || asn_bogon(b) != NULL)
			continue;	/* inference leaves them out */
		rows[n++] = (struct row){l->peer && a > b ? b : a, l->peer && a > b ? a : b, l->peer};
	}
	qsort(rows, n, sizeof(*rows), row_cmp);
	for (i = 0; i < n; i++) {
		str_addu(&o->text, rows[i].a);
		str_addc(&o->text, '|');
		str_addu(&o->text, rows[i].b);
		str_adds(&o->text, rows[i].peer ? "|0\n" : "|-1\n");
		out_flow(o);
	}
	free(rows);
}

static void
put_organisations(struct outs *o, const struct lab *w)
{
	char name[LAB_NAME];
	uint32_t i;

	str_adds(&o->text, "# name: AS Org\n# date: 20310601\n# synthetic, written by routemark lab\n"
	    "# format:org_id|changed|org_name|country|source\n");
	for (i = 0; i < w->n_ases; i++) {
		if (w->ases[i].org != i || asn_bogon(w->ases[i].asn) != NULL)
			continue;
		str_addf(&o->text, "LAB-%u|20300101|%s|XA|%s\n", i, lab_org_name(w, i, name),
		    lab_rir_word[w->ases[i].rir]);
		out_flow(o);
	}
	str_adds(&o->text, "# format:aut|changed|aut_name|org_id|opaque_id|source\n");
	for (i = 0; i < w->n_ases; i++) {
		if (asn_bogon(w->ases[i].asn) != NULL)
			continue;
		str_addf(&o->text, "%u|20300101|%s|LAB-%u|lab%u|%s\n", w->ases[i].asn,
		    lab_as_name(w, i, name), w->ases[i].org, w->ases[i].org,
		    lab_rir_word[w->ases[i].rir]);
		out_flow(o);
	}
}

void
write_relations(struct outs *o, const struct lab *w)
{
	uint32_t i;

	out_begin(o, "20310601.as-rel.txt");
	str_adds(&o->text, "# inferred clique:");
	for (i = 0; i < w->first_of[TIER_TRANSIT]; i++)
		str_addf(&o->text, " %u", w->ases[i].asn);
	str_adds(&o->text, "\n# source:topology|BGP|20310601|lab|lab0\n");
	put_links(o, w);
	out_end(o);
	out_begin(o, "20310601.as-org2info.txt");
	put_organisations(o, w);
	out_end(o);
}
