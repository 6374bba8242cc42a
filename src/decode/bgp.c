/*
 * bgp: the walk over one block of path attributes (RFC 4271 4.3), driven by a table: what each
 * attribute is called, which flags and lengths it may have, and how bad it is when it is bad
 * (RFC 7606). The encoding comes from the context; nothing is ever read a second way.
 */
#include "decode/bgp_impl.h"

#include "addr/asn.h"

#define OPTIONAL 0x80u
#define TRANSITIVE 0x40u
#define EXTENDED_LENGTH 0x10u

enum reaction { DISCARD, WITHDRAW, RESET };

struct attr {
	const char *field;
	const char *rule;
	bgp_attr_fn *decode;
	uint8_t flags;		/* of OPTIONAL and TRANSITIVE */
	uint8_t step;		/* the length is a multiple of this ... */
	uint16_t min, max;	/* ... in these bounds; max 0: any */
	enum reaction bad;
};

#define ANY 0
#define BOTH (OPTIONAL | TRANSITIVE)

static const struct attr attrs[] = {
	[BGP_ORIGIN] = {"origin", "RFC 7606 7.1", bgp_origin, TRANSITIVE, 1, 1, 1, WITHDRAW},
	[BGP_AS_PATH] = {"as_path", "RFC 7606 7.2", bgp_as_path, TRANSITIVE, 1, 0, ANY, WITHDRAW},
	[BGP_NEXT_HOP] = {"next_hop", "RFC 7606 7.3", bgp_next_hop, TRANSITIVE, 1, 4, 4, WITHDRAW},
	[BGP_MED] = {"med", "RFC 7606 7.4", bgp_med, OPTIONAL, 1, 4, 4, WITHDRAW},
	[BGP_LOCAL_PREF] = {"local_pref", "RFC 7606 7.5", bgp_local_pref, TRANSITIVE, 1, 4, 4,
	    WITHDRAW},
	[BGP_ATOMIC_AGGREGATE] = {"atomic_aggregate", "RFC 7606 7.6", bgp_atomic, TRANSITIVE, 1, 0,
	    0, DISCARD},
	[BGP_AGGREGATOR] = {"aggregator", "RFC 7606 7.7", bgp_aggregator, BOTH, 1, 6, 8, DISCARD},
	[BGP_COMMUNITIES] = {"communities", "RFC 7606 7.8", bgp_communities, BOTH, 4, 4, ANY,
	    WITHDRAW},
	[BGP_ORIGINATOR_ID] = {"originator_id", "RFC 7606 7.9", bgp_originator_id, OPTIONAL, 1, 4,
	    4, WITHDRAW},
	[BGP_CLUSTER_LIST] = {"cluster_list", "RFC 7606 7.10", bgp_cluster_list, OPTIONAL, 4, 4,
	    ANY, WITHDRAW},
	[BGP_MP_REACH] = {"mp_reach", "RFC 7606 7.11", bgp_mp_reach, OPTIONAL, 1, 1, ANY, RESET},
	[BGP_MP_UNREACH] = {"mp_unreach", "RFC 7606 7.12", bgp_mp_unreach, OPTIONAL, 1, 3, ANY,
	    RESET},
	[BGP_EXT_COMMUNITIES] = {"ext_communities", "RFC 7606 7.14", bgp_ext_communities, BOTH, 8,
	    8, ANY, WITHDRAW},
	[BGP_AS4_PATH] = {"as4_path", "RFC 6793 6", bgp_as4_path, BOTH, 1, 0, ANY, DISCARD},
	[BGP_AS4_AGGREGATOR] = {"as4_aggregator", "RFC 6793 6", bgp_as4_aggregator, BOTH, 1, 8, 8,
	    DISCARD},
	[BGP_LARGE_COMMUNITIES] = {"large_communities", "RFC 8092 6", bgp_large_communities, BOTH,
	    12, 12, ANY, WITHDRAW},
	[BGP_OTC] = {"otc", "RFC 9234 5", bgp_otc, BOTH, 1, 4, 4, WITHDRAW},
};

static const struct attr *
attr_find(unsigned type)
{
	if (type >= sizeof(attrs) / sizeof(attrs[0]) || attrs[type].decode == NULL)
		return NULL;
	return &attrs[type];
}

const char *
bgp_attr_name(unsigned type)
{
	const struct attr *a = attr_find(type);

	return a != NULL ? a->field : NULL;
}

static bool
length_fits(const struct attr *a, size_t len)
{
	/* ATOMIC_AGGREGATE is the one attribute that must be empty */
	if (a->decode == bgp_atomic)
		return len == 0;
	return len >= a->min && (a->max == ANY || len <= a->max) && len % a->step == 0;
}

static NODISCARD enum err
attr_decode(struct bgp_job *job, const struct attr *a, unsigned type, unsigned flags,
    struct rd *w, struct bgp_attrs *out)
{
	const char *rule = a->rule;

	if (bgp_has(out, type)) {
		/* RFC 7606 3 (g): the first one counts; two MP attributes cannot be told apart */
		rd_fail(w, ERR_CONTRADICT, a->field, 0);
		rule = "RFC 7606 3 (g)";
		if (a->bad != RESET) {
			diag_add(job->d, DIAG_SKIP_FIELD, w->err, job->record, w->fail_off,
			    w->field, rule);
			return OK;
		}
	} else if ((flags & BOTH) != a->flags && job->ctx == BGP_IN_UPDATE) {
		rd_fail(w, ERR_CONTRADICT, a->field, 0);
		rule = "RFC 7606 3 (c)";
	} else if (!length_fits(a, w->len)) {
		rd_fail(w, ERR_RANGE, a->field, 0);
	} else {
		a->decode(job, w, out);
	}
	if (__builtin_expect(w->err == OK, 1)) {
		out->have |= (uint64_t)1 << type;
		/* a table's flags are its writer's, no peer sent them: odd, but the value holds */
		if ((flags & BOTH) != a->flags)
			diag_add(job->d, DIAG_NOTE, ERR_CONTRADICT, job->record, w->base,
			    "attr.flags", "RFC 4271 4.3");
		return OK;
	}
	if (w->err == ERR_LIMIT)	/* path_check alone says so */
		rule = "limit AS_PATH_HOPS_MAX";
	diag_add(job->d, a->bad == DISCARD ? DIAG_SKIP_FIELD : DIAG_SKIP_RECORD, w->err,
	    job->record, w->fail_off, w->field, rule);
	out->malformed = out->malformed || a->bad != DISCARD;
	return a->bad == RESET ? w->err : OK;
}

/* What can only be judged when all attributes were seen. */
static void
finish(const struct bgp_job *job, struct bgp_attrs *out)
{
	/* MP_REACH of a route in another family leaves NEXT_HOP to the IPv4 ones */
	if (!out->has_next_hop && out->has_mp_next_hop)
		out->next_hop = out->mp_next_hop;
	if (!bgp_has(out, BGP_AS4_AGGREGATOR) || !bgp_has(out, BGP_AGGREGATOR))
		return;
	if (out->aggregator_as == AS_TRANS) {
		out->aggregator_as = job->as4_aggregator;
		out->aggregator_addr = job->as4_aggregator_addr;
	} else {
		/* RFC 6793 4.2.3: an old speaker aggregated anew, what AS4_* say is stale */
		out->as4_path = (struct bgp_win){0};
		out->have &= ~((uint64_t)1 << BGP_AS4_PATH | (uint64_t)1 << BGP_AS4_AGGREGATOR);
	}
}

enum err
bgp_attrs_decode(struct rd *r, enum bgp_context ctx, unsigned as_size, uint64_t record,
    struct diags *d, struct bgp_attrs *out)
{
	struct bgp_job job = {.ctx = ctx, .as_size = as_size, .record = record, .d = d};

	*out = (struct bgp_attrs){.as_size = (uint8_t)as_size};
	out->block = bgp_win_of(r);
	while (rd_left(r) > 0) {
		unsigned flags = rd_u8(r, "attr.flags");
		unsigned type = rd_u8(r, "attr.type");
		size_t len = (flags & EXTENDED_LENGTH) != 0 ? rd_u16(r, "attr.length") :
		    rd_u8(r, "attr.length");
		struct rd w = rd_sub(r, len, "attr.value");
		const struct attr *a = attr_find(type);

		if (w.err != OK)
			break;
		if (a != NULL)
			TRY(attr_decode(&job, a, type, flags, &w, out));
		else if ((flags & OPTIONAL) == 0)
			diag_add(d, DIAG_NOTE, ERR_UNKNOWN, record, w.base, "attr.type",
			    "RFC 4271 6.3");
	}
	if (r->err != OK) {
		out->malformed = true;
		diag_add(d, DIAG_SKIP_RECORD, r->err, record, r->fail_off, r->field, "RFC 7606 4");
		return r->err;
	}
	finish(&job, out);
	return OK;
}
