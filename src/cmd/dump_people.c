/*
 * dump_people: who answers for a network, who tests it, who takes part.
 */
#include "cmd/dump.h"

#include "decode/people.h"

static enum err
net(void *arg, const struct pdb_net *x)
{
	struct out *o = arg;

	dump_number(o, "net ", x->id);
	dump_number(o, " as=", x->asn);
	dump_number(o, " org=", x->org_id);
	dump_quoted(o, " name=", x->name);
	dump_quoted(o, " irr_as_set=", x->irr_as_set);
	dump_time(o, " updated=", x->updated);
	return dump_end(o);
}

static enum err
org(void *arg, const struct pdb_org *x)
{
	struct out *o = arg;

	dump_number(o, "org ", x->id);
	dump_quoted(o, " name=", x->name);
	return dump_end(o);
}

static enum err
poc(void *arg, const struct pdb_poc *x)
{
	struct out *o = arg;

	dump_number(o, "poc ", x->id);
	dump_number(o, " net=", x->net_id);
	dump_quoted(o, " role=", x->role);
	dump_quoted(o, " visible=", x->visible);
	out_s(o, x->email ? " email" : "");
	out_s(o, x->phone ? " phone" : "");
	dump_time(o, " updated=", x->updated);
	return dump_end(o);
}

enum err
dump_pdb(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	const struct pdb_sink sink = {net, org, poc, o};
	uint64_t n;

	return pdb_decode(f, kind, &sink, d, &n);
}

static enum err
session(void *arg, const struct spoofer_test *x)
{
	static const char *const results[] = {
	    [SPOOF_NONE] = "none", [SPOOF_RECEIVED] = "received", [SPOOF_BLOCKED] = "blocked",
	    [SPOOF_REWRITTEN] = "rewritten", [SPOOF_UNKNOWN] = "unknown"};
	struct out *o = arg;

	dump_number(o, "session ", x->session);
	dump_time(o, " time=", x->time);
	dump_number(o, " as=", x->asn);
	out_s(o, " client=");
	out_prefix(o, &x->client);
	out_s(o, x->nat ? " nat" : "");
	out_s(o, " routed=");
	out_s(o, results[x->routed]);
	out_s(o, " private=");
	out_s(o, results[x->priv]);
	return dump_end(o);
}

enum err
dump_spoofer(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	uint64_t n;

	return spoofer_decode(f, kind, session, o, d, &n);
}

static enum err
participant(void *arg, const struct manrs_participant *x)
{
	struct out *o = arg;

	out_s(o, x->program == MANRS_NETOPS ? "participant netops" : "participant cdn");
	dump_quoted(o, " name=", x->org);
	dump_list(o, " as=", x->asn, x->n);
	return dump_end(o);
}

enum err
dump_manrs(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	uint64_t n;

	(void)kind;
	return manrs_decode(f, participant, o, d, &n);
}
