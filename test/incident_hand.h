/* incident_hand: windows and incidents made by hand, for the tests of archive/. */
#ifndef INCIDENT_HAND_H
#define INCIDENT_HAND_H

#include "archive/incidents.h"
#include "archive_hand.h"

#define HAND_US 1000000ll

/* January 2024, two vantage points of one collector with a gap; a bogon that AS64500 announced and AS64501 and AS64502
 * let in, for an hour each, half an hour of it together, by two paths; a misorigination of which no paths were kept; a leak
 * by AS64500 that is open at the end and took another path, then one that is not known. */
struct hand_window {
	struct archive_input input;
	struct archive_gap gap;
	struct archive_collector collector;
	struct archive_vantage vps[2];
	struct archive_dated dated;
	struct archive_score scores[2];
	struct archive_window w;
	int64_t t0;
	struct timeline_interval seen[4];
	struct timeline_span spans[4];
	struct archive_by by[4];
	struct archive_incident i[3];
	size_t n;
	uint32_t as[4][3], first[2][3];
	struct path_list lists[4];
	struct path_turn turns[2][3];
	struct incident_paths paths[2];
};

static inline struct prefix
hand_prefix(const char *text)
{
	struct prefix p = {0};
	bool host_bits;

	if (prefix_parse(span_of(text), &p, &host_bits) != OK)
		abort();
	return p;
}

static inline void
hand_incidents(struct hand_window *h)
{
	const int64_t t = h->t0;

	h->seen[0] = (struct timeline_interval){t, t + 3600 * HAND_US, 0, 0, TL_ANNOUNCED, TL_WITHDRAWN};
	h->seen[1] = (struct timeline_interval){t + 1800 * HAND_US, t + 5400 * HAND_US + 1, 1, 7, TL_IN_TABLE, TL_SESSION};
	h->seen[2] = (struct timeline_interval){t + 60 * HAND_US, t + 60 * HAND_US, 1, 0, TL_BEFORE, TL_REPLACED};
	h->seen[3] = (struct timeline_interval){t, t + 7200 * HAND_US, 0, 0, TL_ANNOUNCED, TL_OPEN};
	h->spans[0] = (struct timeline_span){t, t + 5400 * HAND_US + 1};
	h->spans[1] = (struct timeline_span){t, t + 3600 * HAND_US};
	h->spans[2] = (struct timeline_span){t + 1800 * HAND_US, t + 5400 * HAND_US + 1};
	h->spans[3] = (struct timeline_span){t, t + 7200 * HAND_US};
	h->by[0] = (struct archive_by){64501, &h->seen[0], &h->spans[1], 1, 1};
	h->by[1] = (struct archive_by){64502, &h->seen[1], &h->spans[2], 1, 1};
	h->by[2] = (struct archive_by){0, &h->seen[2], NULL, 1, 0};
	h->by[3] = (struct archive_by){64501, &h->seen[3], &h->spans[3], 1, 1};
	h->i[0] = (struct archive_incident){.class = OFF_BOGON_PREFIX, .prefix = hand_prefix("192.168.0.0/16"),
	    .origin = 64500, .culprit = 64500, .why = "192.168.0.0/16 is Private-Use", .needed = 1, .peak = 2,
	    .vantage_points = 2, .spans = h->spans, .n_spans = 1, .by = h->by, .n_by = 2};
	h->i[1] = (struct archive_incident){.class = OFF_MISORIGIN, .prefix = hand_prefix("2001:db8::/32"), .origin = 64511,
	    .culprit = 64511, .confidence = "possible", .says = 1u << MIS_VRP_OTHER | 1u << MIS_NEIGHBOUR, .why = "x",
	    .needed = 2, .peak = 1, .vantage_points = 1, .by = &h->by[2], .n_by = 1};
	h->i[2] = (struct archive_incident){.class = OFF_LEAK, .prefix = hand_prefix("198.51.100.0/24"),
	    .origin = ORIGIN_NONE, .culprit = 64500, .confidence = "proven", .why = "by OTC", .needed = 1, .peak = 1,
	    .vantage_points = 1, .spans = &h->spans[3], .n_spans = 1, .by = &h->by[3], .n_by = 1};
	h->n = 3;
}

static inline void
hand_paths(struct hand_window *h)
{
	static const uint32_t as[4][3] = {{64601, 64502, 64500}, {64501, 64500}, {64600, 64501, 64500}, {64501, 64500}};
	static const uint32_t n[4] = {3, 2, 3, 2};
	const int64_t t = h->t0;
	unsigned i;

	memcpy(h->as, as, sizeof(as));
	for (i = 0; i < 4; i++)
		h->lists[i] = (struct path_list){h->as[i], n[i]};
	memcpy(h->first, (const uint32_t[2][3]){{0, 1, 2}, {0, 3}}, sizeof(h->first));
	h->turns[0][0] = (struct path_turn){t, 1};
	h->turns[0][1] = (struct path_turn){t + 1800 * HAND_US, 0};
	h->turns[1][0] = (struct path_turn){t, 1};
	h->turns[1][1] = (struct path_turn){t + 60 * HAND_US, 0};
	h->turns[1][2] = (struct path_turn){t + 7000 * HAND_US + 1, PATH_NONE};
	h->paths[0] = (struct incident_paths){h->lists, 2, 0, h->first[0], h->turns[0], 2};
	h->paths[1] = (struct incident_paths){h->lists + 2, 2, 3, h->first[1], h->turns[1], 1};
	h->i[0].paths = &h->paths[0];
	h->i[2].paths = &h->paths[1];
}

/* month 1 is January 2024. */
static inline void
hand_window(struct hand_window *h, int month)
{
	*h = (struct hand_window){.input = {.sha256 = {(uint8_t)month}, .size = 10, .kind = "mrt", .complete = true},
	    .vps = {{.asn = 64600, .full_feed = {true, false}}, {.asn = 64601}}};
	h->w = (struct archive_window){.from = utc_from_date(2024, month, 1, 0, 0, 0),
	    .to = utc_from_date(2024, month + 1, 1, 0, 0, 0), .seen_s = 86400 * 28, .curve = CURVE_H1,
	    .parameters = "{\"visibility\":5}", .counts = "{\"announced\":7}",
	    .looked_for = 1u << OFF_BOGON_PREFIX | 1u << OFF_MISORIGIN | 1u << OFF_LEAK, .inputs = &h->input, .n_inputs = 1,
	    .collectors = &h->collector, .n_collectors = 1, .vps = h->vps, .n_vps = 2, .dated = &h->dated, .n_dated = 1,
	    .scores = h->scores, .n_scores = 2};
	h->w.first_update = h->input.time = h->w.from;
	h->t0 = h->w.from.s * HAND_US + 86400 * HAND_US;
	h->gap = (struct archive_gap){h->w.from, {h->w.from.s + 60}};
	h->collector = (struct archive_collector){64700, 2, 100, 3, 1, 600, 300, &h->gap, 1};
	if (addr_parse(SPAN("192.0.2.1"), &h->vps[0].addr) != OK || addr_parse(SPAN("2001:db8::1"), &h->vps[1].addr) != OK)
		abort();
	h->dated = (struct archive_dated){"irr", -40, h->w.from, UTC_NONE};
	h->scores[0] = (struct archive_score){64500, INC_M1, 1, 10000000};
	h->scores[1] = (struct archive_score){64500, INC_M3, 1, 10000000};
	hand_incidents(h);
	hand_paths(h);
}

static inline enum err
hand_window_put(struct archive *a, const struct hand_window *h, enum archive_fate *fate)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	struct sha256 s;
	enum err e;
	size_t i;

	archive_window_basis(&h->w, basis);
	archive_found_begin(&s);
	for (i = 0; i < h->n; i++)
		archive_found_add(&s, &h->i[i]);
	archive_found_end(&s, &h->w, content);
	e = archive_window_begin(a, &h->w, basis, content);
	for (i = 0; i < h->n && e == OK; i++)
		e = archive_incident_put(a, &h->i[i]);
	if (e == OK)
		return archive_commit(a, fate);
	archive_rollback(a);
	return e;
}

#endif
