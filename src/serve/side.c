#include "serve/side.h"

static bool
net_make(struct ask *q, const struct side *s, struct side_net *n)
{
	struct history_cell *cells = arena_array(q->a, s->pack->n + 1, sizeof(*cells));
	enum err e = archive_network(q->archive, s->series->month[s->month], n->asn, q->a, &n->row, &n->there);
	size_t k;

	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	for (k = 0; n->there && k < s->pack->n; k++)
		history_cell_make(&n->row, s->series->first[s->month] + k, &cells[k]);
	n->cells = cells;
	return true;
}

bool
side_make(struct ask *q, uint32_t max, struct side *out)
{
	uint32_t *asns;
	size_t i;

	*out = (struct side){0};
	if (!ask_series(q, &out->series, &out->month) || !ask_asns(q, "asns", max, &asns, &out->n))
		return false;
	out->pack = shown_pack(out->series, out->month);
	out->nets = arena_array(q->a, out->n + 1, sizeof(*out->nets));
	for (i = 0; i < out->n; i++) {
		out->nets[i].asn = asns[i];
		if (!net_make(q, out, &out->nets[i]))
			return false;
	}
	return true;
}
