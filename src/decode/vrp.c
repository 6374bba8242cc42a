#include "decode/vrp_int.h"

#include <assert.h>

bool
vrp_emit(struct vrp_dec *v, struct vrp_entry *e)
{
	struct vrp *r = &e->vrp;

	if (e->host_bits) {
		diag_add(v->d, DIAG_SKIP_RECORD, ERR_RANGE, e->record, e->offset, "vrp.prefix",
		    "RFC 9582 4.3.2");
		return true;
	}
	if (e->has_max && (e->max_len < r->prefix.len ||
	    e->max_len > family_bits(r->prefix.family))) {
		diag_add(v->d, DIAG_SKIP_RECORD, ERR_RANGE, e->record, e->offset, "vrp.maxLength",
		    "RFC 9582 4.3.2");
		return true;
	}
	if (v->st->vrps == VRPS_MAX) {
		diag_add(v->d, DIAG_STOP_SOURCE, ERR_LIMIT, e->record, e->offset, "vrp",
		    "limit VRPS_MAX");
		return false;
	}
	r->max_len = e->has_max ? (uint8_t)e->max_len : r->prefix.len;
	v->st->vrps++;
	if (v->sink->vrp != NULL)
		v->stop = v->sink->vrp(v->sink->arg, r);
	return v->stop == OK;
}

struct span
vrp_keep_ta(struct vrp_dec *v, struct span ta, uint64_t record, uint64_t offset)
{
	if (ta.len > sizeof(v->ta)) {
		diag_add(v->d, DIAG_SKIP_FIELD, ERR_LIMIT, record, offset, "vrp.ta",
		    "limit VRP_TA_MAX");
		return SPAN("");
	}
	memcpy(v->ta, ta.p, ta.len);
	return (struct span){v->ta, ta.len};
}

enum err
vrp_decode(struct feed *f, enum input_kind kind, const struct vrp_sink *sink, struct diags *d,
    struct vrp_stats *stats)
{
	struct vrp_dec v = {.f = f, .sink = sink, .d = d, .st = stats};

	assert(kind == KIND_VRP_JSON || kind == KIND_VRP_CSV);
	*stats = (struct vrp_stats){.time = UTC_NONE};
	if (kind == KIND_VRP_JSON)
		vrp_json(&v);
	else
		vrp_csv(&v);
	return v.stop != OK ? v.stop : feed_fault(f);
}
