/*
 * dump_routing: what says who may originate and who does: VRPs and ASPAs, origin tables, IRR objects.
 */
#include "cmd/dump.h"

#include "decode/origins.h"
#include "decode/rpsl.h"
#include "decode/vrp.h"

static enum err
vrp(void *arg, const struct vrp *v)
{
	struct out *o = arg;

	out_s(o, "vrp ");
	out_prefix(o, &v->prefix);
	dump_number(o, " max=", v->max_len);
	dump_number(o, " as=", v->asn);
	dump_word(o, " ta=", v->ta);
	return dump_end(o);
}

static enum err
aspa(void *arg, const struct aspa *a)
{
	struct out *o = arg;

	dump_number(o, "aspa as=", a->customer);
	dump_list(o, " providers=", a->provider, a->n);
	return dump_end(o);
}

enum err
dump_vrp(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	const struct vrp_sink sink = {vrp, aspa, o};
	struct vrp_stats stats;

	return vrp_decode(f, kind, &sink, d, &stats);
}

static enum err
origin(void *arg, const struct origin_route *r)
{
	struct out *o = arg;

	out_s(o, "origin ");
	out_prefix(o, &r->prefix);
	if (r->n_set > 0) {
		dump_list(o, " as={", r->set, r->n_set);
		out_s(o, "}");
	} else {
		dump_number(o, " as=", r->origin);
	}
	if (r->n_peers > 0)
		dump_number(o, " peers=", r->n_peers);
	return dump_end(o);
}

enum err
dump_origins(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	uint64_t n;

	return origins_decode(f, kind, origin, o, d, &n);
}

/* Class and key, then what tells two objects of one key apart. */
static enum err
object(void *arg, const struct rpsl_object *x)
{
	struct out *o = arg;

	out_text(o, x->n_attr > 0 ? x->attr[0].name : SPAN("?"));
	dump_word(o, " ", x->key);
	if (x->class == RPSL_ROUTE)
		dump_number(o, " as=", x->asn);
	dump_word(o, " source=", x->source);
	dump_time(o, " modified=", x->modified);
	dump_number(o, " attributes=", x->n_attr);
	return dump_end(o);
}

enum err
dump_rpsl(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	uint64_t n;

	(void)kind;
	return rpsl_decode(f, object, o, d, &n);
}
