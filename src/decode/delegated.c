#include "decode/csv.h"
#include "decode/lines.h"
#include "decode/registry.h"

#include <string.h>

#define RULE_VERSION "RIR statistics exchange format 3.1 (version line)"
#define RULE_SUMMARY "RIR statistics exchange format 3.2 (summary line)"
#define RULE_RECORD "RIR statistics exchange format 3.3 (record format)"
#define FIELDS_MAX 16u		/* extended records have 8; extensions may follow */

struct delegated_dec {
	struct lines l;
	const char *field;	/* what is wrong with the line at hand */
	uint64_t seen[DELEGATED_V6 + 1];	/* records of each type, good or bad */
	uint64_t summed[DELEGATED_V6 + 1];	/* what the summary lines promise */
	bool has_sum[DELEGATED_V6 + 1];
	struct delegated_stats *st;
};

static bool
type_of(struct span s, int *what)
{
	static const char *const types[] = {"asn", "ipv4", "ipv6"};

	for (*what = DELEGATED_ASN; *what <= DELEGATED_V6; ++*what)
		if (span_is(s, types[*what]))
			return true;
	return false;
}

/* version|registry|serial|records|startdate|enddate|UTCoffset */
static bool
read_version(struct delegated_dec *g)
{
	struct delegated_stats *st = g->st;
	struct span f[FIELDS_MAX];

	g->l.rule = RULE_VERSION;
	if (csv_plain(g->l.text, '|', f, FIELDS_MAX) != 7 || !span_starts(f[0], "2") ||
	    f[1].len == 0 || f[1].len > sizeof(st->registry_buf)) {
		lines_stop(&g->l, ERR_SYNTAX, "delegated.version");
		return false;
	}
	if (span_u64(f[3], UINT32_MAX, &st->claimed) != OK) {
		lines_stop(&g->l, ERR_SYNTAX, "delegated.records");
		return false;
	}
	/* the serial is a date or a Unix time with most registries; else the end of the period */
	if (utc_parse(f[2], &st->time) != OK && utc_parse(f[5], &st->time) != OK)
		diag_add(g->l.d, DIAG_SKIP_FIELD, ERR_SYNTAX, g->l.n, g->l.offset,
		    "delegated.serial", RULE_VERSION);
	memcpy(st->registry_buf, f[1].p, f[1].len);
	st->registry = (struct span){st->registry_buf, f[1].len};
	return true;
}

/* registry|*|type|*|count|summary */
static void
read_summary(struct delegated_dec *g, const struct span *f)
{
	uint64_t count;
	int what;

	g->l.rule = RULE_SUMMARY;
	if (!type_of(f[2], &what) || span_u64(f[4], UINT32_MAX, &count) != OK) {
		lines_bad(&g->l, ERR_SYNTAX, "delegated.summary");
		return;
	}
	g->summed[what] += count;
	g->has_sum[what] = true;
}

static bool
read_status(struct span s, enum registry_status *out)
{
	static const char *const words[] = {[REG_ALLOCATED] = "allocated",
	    [REG_ASSIGNED] = "assigned", [REG_AVAILABLE] = "available",
	    [REG_RESERVED] = "reserved"};
	int i;

	for (i = REG_ALLOCATED; i <= REG_RESERVED; i++) {
		if (!span_is_nocase(s, words[i]))
			continue;
		*out = (enum registry_status)i;
		return true;
	}
	return false;
}

static enum err
read_v4(struct delegated_dec *g, struct span start, struct span value, struct delegated *r)
{
	uint64_t first;

	g->field = "delegated.start";
	TRY(addr_parse(start, &r->first));
	if (r->first.family != FAMILY_V4)
		return ERR_SYNTAX;
	g->field = "delegated.value";
	TRY(span_u64(value, 1ull << 32, &r->count));
	first = (uint64_t)r->first.b[0] << 24 | (uint64_t)r->first.b[1] << 16 |
	    (uint64_t)r->first.b[2] << 8 | r->first.b[3];
	return r->count == 0 || first + r->count > 1ull << 32 ? ERR_RANGE : OK;
}

static enum err
read_v6(struct delegated_dec *g, struct span start, struct span value, struct delegated *r)
{
	struct addr a;
	uint32_t len;

	g->field = "delegated.start";
	TRY(addr_parse(start, &a));
	if (a.family != FAMILY_V6)
		return ERR_SYNTAX;
	g->field = "delegated.value";
	TRY(span_u32(value, 128, &len));
	r->prefix = (struct prefix){.family = FAMILY_V6, .len = (uint8_t)len};
	memcpy(r->prefix.addr, a.b, sizeof(a.b));
	return prefix_mask(&r->prefix) ? ERR_RANGE : OK;
}

static enum err
read_asn(struct delegated_dec *g, struct span start, struct span value, struct delegated *r)
{
	g->field = "delegated.start";
	TRY(span_u32(start, UINT32_MAX, &r->asn_first));
	g->field = "delegated.value";
	TRY(span_u32(value, UINT32_MAX, &r->asn_count));
	return r->asn_count == 0 || r->asn_count - 1 > UINT32_MAX - r->asn_first ? ERR_RANGE : OK;
}

/* registry|cc|type|start|value|date|status[|opaque-id[|extensions...]] */
static enum err
read_record(struct delegated_dec *g, const struct span *f, size_t n, struct delegated *r)
{
	int what;

	*r = (struct delegated){.registry = f[0], .country = f[1], .date = UTC_NONE};
	g->l.rule = RULE_RECORD;
	g->field = "delegated.line";
	if (n < 7)
		return ERR_SYNTAX;
	g->field = "delegated.type";
	if (!type_of(f[2], &what))
		return ERR_SYNTAX;
	g->seen[what]++;
	if (what == DELEGATED_ASN) {
		r->what = DELEGATED_ASN;
		TRY(read_asn(g, f[3], f[4], r));
	} else if (what == DELEGATED_V4) {
		r->what = DELEGATED_V4;
		TRY(read_v4(g, f[3], f[4], r));
	} else {
		r->what = DELEGATED_V6;
		TRY(read_v6(g, f[3], f[4], r));
	}
	g->field = "delegated.status";
	if (!read_status(f[6], &r->status))
		return ERR_SYNTAX;
	if (f[5].len > 0 && !span_is(f[5], "00000000") && utc_parse(f[5], &r->date) != OK)
		diag_add(g->l.d, DIAG_SKIP_FIELD, ERR_SYNTAX, g->l.n, g->l.offset,
		    "delegated.date", RULE_RECORD);
	r->opaque_id = n > 7 ? f[7] : SPAN("");
	return OK;
}

/* A file cut short, or edited, does not hold what it says it holds. */
static void
check_counts(struct delegated_dec *g)
{
	int what;

	g->l.rule = RULE_VERSION;
	if (g->st->records != g->st->claimed)
		lines_stop(&g->l, ERR_CONTRADICT, "delegated.records");
	g->l.rule = RULE_SUMMARY;
	for (what = DELEGATED_ASN; what <= DELEGATED_V6; what++)
		if (g->has_sum[what] && g->seen[what] != g->summed[what])
			lines_stop(&g->l, ERR_CONTRADICT, "delegated.summary");
}

enum err
delegated_decode(struct feed *f, enum err (*fn)(void *arg, const struct delegated *), void *arg,
    struct diags *d, struct delegated_stats *st)
{
	struct delegated_dec g = {.l = lines_of(f, d, "delegated.line", RULE_RECORD), .st = st};
	struct span s[FIELDS_MAX];
	struct delegated r;
	size_t n;
	enum err e;

	*st = (struct delegated_stats){.time = UTC_NONE};
	if (!lines_next_data(&g.l)) {
		lines_stop(&g.l, ERR_SHORT, "delegated.version");
		return lines_end(&g.l);
	}
	if (!read_version(&g))
		return lines_end(&g.l);
	while (lines_next_data(&g.l)) {
		n = csv_plain(g.l.text, '|', s, FIELDS_MAX);
		if (n == 6 && span_is(s[5], "summary")) {
			read_summary(&g, s);
			continue;
		}
		st->records++;
		e = read_record(&g, s, n, &r);
		if (e != OK)
			lines_bad(&g.l, e, g.field);
		else
			TRY(fn(arg, &r));
	}
	check_counts(&g);
	return lines_end(&g.l);
}
