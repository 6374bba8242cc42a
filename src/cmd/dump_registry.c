/*
 * dump_registry: who is whose provider, who belongs to whom, what is allocated to whom, what is set
 * apart.
 */
#include "cmd/dump.h"

#include "decode/registry.h"
#include "decode/relations.h"

static enum err
link_line(void *arg, const struct asrel *r)
{
	static const char *const kinds[] = {
	    [ASREL_P2C] = " provider-customer", [ASREL_P2P] = " peers", [ASREL_S2S] = " siblings"};
	struct out *o = arg;

	dump_number(o, "link ", r->a);
	dump_number(o, " ", r->b);
	out_s(o, kinds[r->kind]);
	return dump_end(o);
}

enum err
dump_asrel(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	struct asrel_stats stats;

	(void)kind;
	return asrel_decode(f, link_line, o, d, &stats);
}

static enum err
org(void *arg, const struct asorg_org *x)
{
	struct out *o = arg;

	out_s(o, "organisation");
	dump_word(o, " ", x->id);
	dump_quoted(o, " name=", x->name);
	dump_word(o, " country=", x->country);
	dump_word(o, " source=", x->source);
	return dump_end(o);
}

static enum err
as(void *arg, const struct asorg_as *x)
{
	struct out *o = arg;

	dump_number(o, "as ", x->asn);
	dump_quoted(o, " name=", x->name);
	dump_word(o, " organisation=", x->org_id);
	dump_word(o, " source=", x->source);
	return dump_end(o);
}

enum err
dump_asorg(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	const struct asorg_sink sink = {org, as, o};
	struct asorg_stats stats;

	(void)kind;
	return asorg_decode(f, &sink, d, &stats);
}

static void
put_resource(struct out *o, const struct delegated *x)
{
	switch (x->what) {
	case DELEGATED_ASN:
		dump_number(o, "asn ", x->asn_first);
		dump_number(o, " n=", x->asn_count);
		break;
	case DELEGATED_V4:
		dump_address(o, "ipv4 ", &x->first);
		dump_number(o, " n=", x->count);
		break;
	case DELEGATED_V6:
		out_s(o, "ipv6 ");
		out_prefix(o, &x->prefix);
		break;
	}
}

static enum err
delegated(void *arg, const struct delegated *x)
{
	static const char *const status[] = {
	    [REG_ALLOCATED] = " allocated", [REG_ASSIGNED] = " assigned",
	    [REG_AVAILABLE] = " available", [REG_RESERVED] = " reserved"};
	struct out *o = arg;

	put_resource(o, x);
	out_s(o, status[x->status]);
	dump_word(o, " registry=", x->registry);
	dump_word(o, " country=", x->country);
	dump_time(o, " date=", x->date);
	dump_word(o, " holder=", x->opaque_id);
	return dump_end(o);
}

enum err
dump_delegated(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	struct delegated_stats stats;

	(void)kind;
	return delegated_decode(f, delegated, o, d, &stats);
}

static enum err
special(void *arg, const struct iana_special *x)
{
	struct out *o = arg;

	out_s(o, "special ");
	out_prefix(o, &x->prefix);
	dump_quoted(o, " name=", x->name);
	dump_quoted(o, " rfc=", x->rfc);
	out_s(o, x->reachable ? " reachable" : " not-reachable");
	out_s(o, x->terminated ? " terminated" : "");
	return dump_end(o);
}

enum err
dump_special(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	(void)kind;
	return iana_special_decode(f, special, o, d);
}
