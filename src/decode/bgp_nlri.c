/*
 * bgp_nlri: lists of prefixes (RFC 4271 4.3, RFC 4760 5), with path identifiers where the
 * context says that the session had ADD-PATH (RFC 7911 3).
 */
#include "decode/bgp_impl.h"

enum err
bgp_nlri_check(struct bgp_win w, unsigned family, bool addpath, const char *field, struct rd *fail)
{
	struct rd r = bgp_win_rd(w);
	unsigned max = family_bits(family);

	while (rd_left(&r) > 0) {
		unsigned len;

		if (addpath)
			(void)rd_u32(&r, field);
		len = rd_u8(&r, field);
		if (r.err == OK && len > max)
			rd_fail(&r, ERR_RANGE, field, 1);
		(void)rd_bytes(&r, (len + 7) / 8, field);
	}
	*fail = r;
	return r.err;
}

enum err
bgp_nlri_each(struct bgp_win w, unsigned family, bool addpath, uint64_t record, struct diags *d,
    void (*fn)(void *arg, const struct prefix *, uint32_t path_id), void *arg)
{
	struct rd r = bgp_win_rd(w);

	while (rd_left(&r) > 0) {
		uint32_t path_id = addpath ? rd_u32(&r, "nlri.path_id") : 0;
		bool host_bits;
		struct prefix p = prefix_read(&r, family, &host_bits, "nlri.prefix_len");

		if (r.err != OK) {
			diag_add(d, DIAG_SKIP_RECORD, r.err, record, r.fail_off, r.field,
			    "RFC 7606 5.3");
			return r.err;
		}
		if (host_bits)
			diag_add(d, DIAG_NOTE, ERR_CONTRADICT, record, r.base + r.pos,
			    "nlri.prefix", "RFC 4271 4.3");
		fn(arg, &p, path_id);
	}
	return OK;
}
