/* parcel_window: what stands around the incidents of a window. */
#include "archive/parcel_int.h"

/* --- writing --- */

static void
collectors_write(struct str *out, const struct archive_window *w)
{
	const struct archive_collector *c;
	size_t i, k;

	wire_u32(out, (uint32_t)w->n_collectors);
	for (i = 0; i < w->n_collectors; i++) {
		c = &w->collectors[i];
		wire_u32(out, c->local_as);
		wire_u64(out, c->vantage_points);
		wire_u64(out, c->messages);
		wire_u64(out, c->update_files);
		wire_u64(out, c->tables);
		wire_u64(out, c->silence_s);
		wire_u64(out, c->cadence_s);
		wire_u32(out, (uint32_t)c->n_gaps);
		for (k = 0; k < c->n_gaps; k++) {
			wire_u64(out, (uint64_t)c->gaps[k].from.s);
			wire_u64(out, (uint64_t)c->gaps[k].to.s);
		}
	}
}

static void
lists_write(struct str *out, const struct archive_window *w)
{
	size_t i;

	wire_u32(out, (uint32_t)w->n_vps);
	for (i = 0; i < w->n_vps; i++) {
		str_addc(out, (char)w->vps[i].addr.family);
		str_add(out, (struct span){(const char *)w->vps[i].addr.b, sizeof(w->vps[i].addr.b)});
		wire_u32(out, w->vps[i].asn);
		wire_u32(out, w->vps[i].collector);
		str_addc(out, w->vps[i].full_feed[FAMILY_V4] ? 1 : 0);
		str_addc(out, w->vps[i].full_feed[FAMILY_V6] ? 1 : 0);
	}
	wire_u32(out, (uint32_t)w->n_dated);
	for (i = 0; i < w->n_dated; i++) {
		wire_text(out, w->dated[i].evidence);
		wire_u64(out, (uint64_t)w->dated[i].days);
		wire_u64(out, (uint64_t)w->dated[i].newest.s);
		wire_u64(out, (uint64_t)w->dated[i].oldest.s);
	}
	wire_u32(out, (uint32_t)w->n_scores);
	for (i = 0; i < w->n_scores; i++) {
		wire_u32(out, w->scores[i].asn);
		str_addc(out, (char)w->scores[i].metric);
		wire_u64(out, w->scores[i].incidents);
		wire_u64(out, w->scores[i].raw_e7);
	}
}

void
parcel_window_write(struct str *out, const struct archive_window *w)
{
	wire_u64(out, (uint64_t)w->from.s);
	wire_u64(out, (uint64_t)w->to.s);
	wire_u64(out, (uint64_t)w->first_update.s);
	wire_u64(out, w->seen_s);
	str_addc(out, (char)w->curve);
	wire_text(out, w->parameters);
	wire_text(out, w->counts);
	wire_u32(out, w->looked_for);
	wire_u32(out, w->not_scored);
	parcel_inputs_write(out, w->inputs, w->n_inputs);
	collectors_write(out, w);
	lists_write(out, w);
}

/* --- reading --- */

#define COLLECTOR_BYTES (4 + 6 * 8 + 4)
#define GAP_BYTES 16
#define VP_BYTES (1 + 16 + 4 + 4 + 2)
#define DATED_BYTES (2 + 3 * 8)
#define SCORE_BYTES (4 + 1 + 8 + 8)

static void
gaps_read(struct rd *r, struct arena *a, struct archive_collector *c)
{
	struct archive_gap *g;
	size_t i;

	c->n_gaps = wire_count(r, ARCHIVE_PARTS_MAX, GAP_BYTES, "collector.gaps");
	c->gaps = g = arena_array(a, c->n_gaps + 1, sizeof(*g));
	for (i = 0; i < c->n_gaps && r->err == OK; i++) {
		g[i] = (struct archive_gap){wire_time(r, "collector.gap.from"), wire_time(r, "collector.gap.to")};
		if (!utc_known(g[i].from) || !utc_known(g[i].to) || g[i].from.s > g[i].to.s)
			rd_fail(r, ERR_CONTRADICT, "collector.gap", 0);
	}
}

static void
collectors_read(struct rd *r, struct arena *a, struct archive_window *w)
{
	struct archive_collector *c;
	size_t i;

	w->n_collectors = wire_count(r, VANTAGE_MAX, COLLECTOR_BYTES, "collectors");
	w->collectors = c = arena_array(a, w->n_collectors + 1, sizeof(*c));
	for (i = 0; i < w->n_collectors && r->err == OK; i++) {
		c[i].local_as = rd_u32(r, "collector.local_as");
		c[i].vantage_points = wire_max(r, INT64_MAX, "collector.vantage_points");
		c[i].messages = wire_max(r, INT64_MAX, "collector.messages");
		c[i].update_files = wire_max(r, INT64_MAX, "collector.update_files");
		c[i].tables = wire_max(r, INT64_MAX, "collector.tables");
		c[i].silence_s = wire_max(r, INT64_MAX, "collector.silence");
		c[i].cadence_s = wire_max(r, INT64_MAX, "collector.cadence");
		gaps_read(r, a, &c[i]);
	}
}

/* Of IPv4 the last twelve bytes are none. */
static void
address_read(struct rd *r, struct addr *out)
{
	static const uint8_t zero[12];
	const uint8_t *p;

	out->family = (uint8_t)wire_enum(r, FAMILY_N, "vantage_point.address");
	p = rd_bytes(r, sizeof(out->b), "vantage_point.address");
	if (p == NULL)
		return;
	memcpy(out->b, p, sizeof(out->b));
	if (out->family == FAMILY_V4 && memcmp(out->b + 4, zero, sizeof(zero)) != 0)
		rd_fail(r, ERR_SYNTAX, "vantage_point.address", 0);
}

static void
vps_read(struct rd *r, struct arena *a, struct archive_window *w)
{
	struct archive_vantage *v;
	size_t i;

	w->n_vps = wire_count(r, VANTAGE_MAX, VP_BYTES, "vantage_points");
	w->vps = v = arena_array(a, w->n_vps + 1, sizeof(*v));
	for (i = 0; i < w->n_vps && r->err == OK; i++) {
		address_read(r, &v[i].addr);
		v[i].asn = rd_u32(r, "vantage_point.asn");
		v[i].collector = rd_u32(r, "vantage_point.collector");
		v[i].full_feed[FAMILY_V4] = wire_bool(r, "vantage_point.full_feed");
		v[i].full_feed[FAMILY_V6] = wire_bool(r, "vantage_point.full_feed");
		if (v[i].collector >= w->n_collectors)
			rd_fail(r, ERR_RANGE, "vantage_point.collector", 0);
	}
}

static void
dated_read(struct rd *r, struct arena *a, struct archive_window *w)
{
	struct archive_dated *d;
	size_t i;

	w->n_dated = wire_count(r, EV_N, DATED_BYTES, "dated");
	w->dated = d = arena_array(a, w->n_dated + 1, sizeof(*d));
	for (i = 0; i < w->n_dated && r->err == OK; i++) {
		d[i].evidence = wire_word(r, "dated.evidence");
		d[i].days = (int64_t)rd_u64(r, "dated.days");
		d[i].newest = wire_time(r, "dated.newest");
		d[i].oldest = wire_time(r, "dated.oldest");
	}
}

static void
scores_read(struct rd *r, struct arena *a, struct archive_window *w)
{
	struct archive_score *s;
	size_t i;

	w->n_scores = wire_count(r, ARCHIVE_PARTS_MAX, SCORE_BYTES, "scores");
	w->scores = s = arena_array(a, w->n_scores + 1, sizeof(*s));
	for (i = 0; i < w->n_scores && r->err == OK; i++) {
		s[i].asn = rd_u32(r, "score.asn");
		s[i].metric = (enum incident_metric)wire_enum(r, INC_N, "score.metric");
		s[i].incidents = wire_max(r, INT64_MAX, "score.incidents");
		s[i].raw_e7 = wire_max(r, (uint64_t)INCIDENT_SCORE_MAX * 10000000, "score.raw");
		if (i > 0 && (s[i - 1].asn > s[i].asn || (s[i - 1].asn == s[i].asn && s[i - 1].metric >= s[i].metric)))
			rd_fail(r, ERR_CONTRADICT, "score", 0);
	}
}

static void
window_fits(struct rd *r, const struct archive_window *w)
{
	if (!utc_known(w->from) || !utc_known(w->to) || w->to.s <= w->from.s)
		rd_fail(r, ERR_CONTRADICT, "window", 0);
	else if (w->seen_s > (uint64_t)(w->to.s - w->from.s))
		rd_fail(r, ERR_CONTRADICT, "window.seen", 0);
	if (w->looked_for >> OFF_N != 0 || (w->not_scored & ~w->looked_for) != 0)
		rd_fail(r, ERR_RANGE, "looked_for, not_scored", 0);
}

void
parcel_window_read(struct rd *r, struct arena *a, struct archive_window *w)
{
	w->from = wire_time(r, "window.from");
	w->to = wire_time(r, "window.to");
	w->first_update = wire_time(r, "window.first_update");
	w->seen_s = wire_max(r, INT64_MAX, "window.seen");
	w->curve = (enum curve)wire_enum(r, CURVE_N, "curve");
	w->parameters = parcel_flat(r, a, "parameters");
	w->counts = parcel_flat(r, a, "counts");
	w->looked_for = rd_u32(r, "looked_for");
	w->not_scored = rd_u32(r, "not_scored");
	window_fits(r, w);
	w->inputs = parcel_inputs_read(r, a, &w->n_inputs);
	collectors_read(r, a, w);
	vps_read(r, a, w);
	dated_read(r, a, w);
	scores_read(r, a, w);
}
