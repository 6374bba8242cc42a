/*
 * write_rpki: VRPs and ASPAs as rpki-client's JSON export has them.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/write.h"

#include <stdlib.h>

static const char *
anchor(enum lab_rir rir)
{
	return rir == RIR_RIPE ? "ripe" : lab_rir_word[rir];
}

static void
put_roas(struct outs *o, const struct lab *w)
{
	char text[PREFIX_TEXT];
	size_t i;

	str_adds(&o->text, "\t\"roas\": [\n");
	for (i = 0; i < w->n_vrps; i++) {
		const struct lab_vrp *v = &w->vrps[i];

		str_adds(&o->text, "\t\t{ \"asn\": ");
		str_addu(&o->text, v->asn);
		str_adds(&o->text, ", \"prefix\": \"");
		str_adds(&o->text, prefix_format(&v->prefix, text));
		str_adds(&o->text, "\", \"maxLength\": ");
		str_addu(&o->text, v->max_len);
		str_adds(&o->text, ", \"ta\": \"");
		str_adds(&o->text, anchor(v->rir));
		str_adds(&o->text, "\", \"expires\": ");
		str_addu(&o->text, (uint64_t)LAB_AT.s + 5 * LAB_DAY);
		str_adds(&o->text, i + 1 < w->n_vrps ? " },\n" : " }\n");
		out_flow(o);
	}
	str_adds(&o->text, "\t],\n\n\t\"bgpsec_keys\": [\n\n\t],\n\n");
}

static int
asn_cmp(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* Its providers, ascending; those in the clique, who have none, say so with AS0. */
static void
put_aspa(struct outs *o, const struct lab *w, uint32_t as, bool first)
{
	const struct lab_adj *adj = &w->providers;
	uint32_t n = adj_count(adj, as), i, *asn = xcalloc(n + 1u, sizeof(*asn));

	for (i = 0; i < n; i++)
		asn[i] = w->ases[adj->to[adj->first[as] + i]].asn;
	qsort(asn, n, sizeof(*asn), asn_cmp);
	str_addf(&o->text, "%s\t\t{ \"customer_asid\": %u, \"expires\": %lld, \"providers\": [",
	    first ? "" : ",\n", w->ases[as].asn, (long long)LAB_AT.s + 5 * LAB_DAY);
	for (i = 0; i < (n == 0 ? 1 : n); i++)
		str_addf(&o->text, "%s %u", i > 0 ? "," : "", asn[i]);
	str_adds(&o->text, " ] }");
	free(asn);
	out_flow(o);
}

struct by_asn { uint32_t asn, as; };

static uint32_t
customers_with_aspa(const struct lab *w, struct by_asn *out)
{
	uint32_t i, n = 0;

	for (i = 0; i < w->n_routed; i++)
		if (w->ases[i].aspa && !w->ases[i].unallocated)
			out[n++] = (struct by_asn){w->ases[i].asn, i};
	qsort(out, n, sizeof(*out), asn_cmp);	/* the ASN is the first member */
	return n;
}

void
write_rpki(struct outs *o, const struct lab *w, struct lab_sum *sum)
{
	struct by_asn *with = xcalloc(w->n_routed, sizeof(*with));
	uint32_t n = customers_with_aspa(w, with), i;

	out_begin(o, "vrps.json");
	str_addf(&o->text, "{\n\t\"metadata\": {\n\t\t\"buildmachine\": \"lab.example\",\n"
	    "\t\t\"buildtime\": \"2031-06-01T00:00:00Z\",\n\t\t\"elapsedtime\": 1,\n"
	    "\t\t\"roas\": %zu,\n\t\t\"failedroas\": 0,\n\t\t\"invalidroas\": 0,\n\t\t\"aspas\": %u,\n"
	    "\t\t\"failedaspas\": 0,\n\t\t\"invalidaspas\": 0,\n\t\t\"tals\": 5,\n"
	    "\t\t\"vrps\": %zu,\n\t\t\"uniquevrps\": %zu,\n\t\t\"vaps\": %u,\n\t\t\"uniquevaps\": %u\n"
	    "\t},\n\n", w->n_vrps, n, w->n_vrps, w->n_vrps, n, n);
	put_roas(o, w);
	str_adds(&o->text, "\t\"aspas\": [\n");
	for (i = 0; i < n; i++)
		put_aspa(o, w, with[i].as, i == 0);
	str_adds(&o->text, "\n\t]\n}\n");
	out_end(o);
	sum->vrps = w->n_vrps;
	sum->aspas = n;
	free(with);
}
