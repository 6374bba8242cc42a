/* parcel_incident: one incident with all that was seen of it. */
#include "archive/incidents_import_int.h"
#include "archive/parcel_int.h"

/* --- writing --- */

static void
spans_write(struct str *out, const struct timeline_span *s, size_t n)
{
	size_t i;

	wire_u32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		wire_u64(out, (uint64_t)s[i].from_us);
		wire_u64(out, (uint64_t)s[i].to_us);
	}
}

static void
by_write(struct str *out, const struct archive_by *by)
{
	size_t i;

	wire_u32(out, by->accomplice);
	wire_u32(out, (uint32_t)by->n_seen);
	for (i = 0; i < by->n_seen; i++) {
		wire_u32(out, by->seen[i].vp);
		wire_u32(out, by->seen[i].path_id);
		wire_u64(out, (uint64_t)by->seen[i].from_us);
		wire_u64(out, (uint64_t)by->seen[i].to_us);
		str_addc(out, (char)by->seen[i].began);
		str_addc(out, (char)by->seen[i].ended);
	}
	spans_write(out, by->during, by->n_during);
}

void
parcel_incident_write(struct str *out, const struct archive_incident *i)
{
	size_t k;

	str_addc(out, (char)i->class);
	str_addc(out, (char)i->prefix.family);
	str_addc(out, (char)i->prefix.len);
	str_add(out, (struct span){(const char *)i->prefix.addr, sizeof(i->prefix.addr)});
	wire_u32(out, i->origin);
	wire_u32(out, i->culprit);
	wire_text(out, i->confidence);
	wire_u32(out, i->says);
	wire_text(out, i->why);
	wire_u32(out, i->needed);
	wire_u32(out, i->peak);
	wire_u32(out, i->vantage_points);
	spans_write(out, i->spans, i->n_spans);
	wire_u32(out, (uint32_t)i->n_by);
	for (k = 0; k < i->n_by; k++)
		by_write(out, &i->by[k]);
	str_addc(out, i->paths != NULL ? 1 : 0);
	if (i->paths != NULL)
		parcel_paths_write(out, i->paths);
}

/* --- reading --- */

#define SPAN_BYTES 16
#define SEEN_BYTES (4 + 4 + 8 + 8 + 1 + 1)
#define BY_BYTES (4 + 4 + SEEN_BYTES + 4)

static void
prefix_take(struct rd *r, struct prefix *out)
{
	const uint8_t *p;

	out->family = (uint8_t)wire_enum(r, FAMILY_N, "incident.prefix.family");
	out->len = (uint8_t)wire_enum(r, family_bits(out->family) + 1, "incident.prefix.length");
	p = rd_bytes(r, sizeof(out->addr), "incident.prefix");
	if (p == NULL)
		return;
	memcpy(out->addr, p, sizeof(out->addr));
	(void)prefix_mask(out);
	if (memcmp(out->addr, p, sizeof(out->addr)) != 0)
		rd_fail(r, ERR_SYNTAX, "incident.prefix", sizeof(out->addr));
}

static const struct timeline_span *
spans_read(struct rd *r, struct arena *a, size_t *n, const char *field)
{
	struct timeline_span *s;
	size_t i;

	*n = wire_count(r, ARCHIVE_PARTS_MAX, SPAN_BYTES, field);
	s = arena_array(a, *n + 1, sizeof(*s));
	for (i = 0; i < *n && r->err == OK; i++) {
		s[i].from_us = (int64_t)wire_max(r, IMPORT_US_MAX, field);
		s[i].to_us = (int64_t)wire_max(r, IMPORT_US_MAX, field);
		if (s[i].from_us > s[i].to_us || (i > 0 && s[i].from_us < s[i - 1].to_us))
			rd_fail(r, ERR_CONTRADICT, field, 0);
	}
	return s;
}

static bool
seen_after(const struct timeline_interval *a, const struct timeline_interval *b)
{
	if (a->vp != b->vp)
		return a->vp < b->vp;
	return a->path_id != b->path_id ? a->path_id < b->path_id : a->from_us <= b->from_us;
}

static void
by_read(struct rd *r, struct arena *a, struct archive_by *by)
{
	struct timeline_interval *s;
	size_t i;

	by->accomplice = rd_u32(r, "incident.accomplice");
	by->n_seen = wire_count(r, ARCHIVE_PARTS_MAX, SEEN_BYTES, "incident.seen");
	if (by->n_seen == 0)
		rd_fail(r, ERR_RANGE, "incident.seen", 4);
	by->seen = s = arena_array(a, by->n_seen + 1, sizeof(*s));
	for (i = 0; i < by->n_seen && r->err == OK; i++) {
		s[i].vp = rd_u32(r, "incident.seen.vantage_point");
		s[i].path_id = rd_u32(r, "incident.seen.path_id");
		s[i].from_us = (int64_t)wire_max(r, IMPORT_US_MAX, "incident.seen.from");
		s[i].to_us = (int64_t)wire_max(r, IMPORT_US_MAX, "incident.seen.to");
		s[i].began = (uint8_t)wire_enum(r, TL_BEFORE + 1, "incident.seen.began");
		s[i].ended = (uint8_t)wire_enum(r, TL_NOT_IN_TABLE + 1, "incident.seen.ended");
		if (s[i].from_us > s[i].to_us || (i > 0 && !seen_after(&s[i - 1], &s[i])))
			rd_fail(r, ERR_CONTRADICT, "incident.seen", 0);
	}
	by->during = spans_read(r, a, &by->n_during, "incident.during");
}

static void
bys_read(struct rd *r, struct arena *a, struct archive_incident *i)
{
	struct archive_by *by;
	size_t k;

	i->n_by = wire_count(r, ARCHIVE_PARTS_MAX, BY_BYTES, "incident.by");
	if (i->n_by == 0)
		rd_fail(r, ERR_RANGE, "incident.by", 4);
	i->by = by = arena_array(a, i->n_by + 1, sizeof(*by));
	for (k = 0; k < i->n_by && r->err == OK; k++) {
		by_read(r, a, &by[k]);
		if (k > 0 && by[k - 1].accomplice >= by[k].accomplice)
			rd_fail(r, ERR_CONTRADICT, "incident.accomplice", 0);
	}
}

/* --- one --- */

static void
incident_fits(struct rd *r, struct arena *a, const struct archive_incident *i)
{
	if (r->err != OK)
		return;
	if (i->culprit == 0)
		rd_fail(r, ERR_RANGE, "incident.culprit", 0);
	if (!incident_confidence_fits(i))
		rd_fail(r, ERR_CONTRADICT, "incident.confidence", 0);
	if (i->says >> MIS_N != 0 || (i->says != 0 && i->class != OFF_MISORIGIN))
		rd_fail(r, ERR_RANGE, "incident.says", 0);
	if (incident_distinct_vps(i, a) != i->vantage_points || i->peak > i->vantage_points)
		rd_fail(r, ERR_CONTRADICT, "incident.vantage_points", 0);
}

void
parcel_incident_read(struct rd *r, struct arena *a, struct archive_incident *i)
{
	i->class = (enum offence_class)wire_enum(r, OFF_N, "incident.class");
	prefix_take(r, &i->prefix);
	i->origin = rd_u32(r, "incident.origin");
	i->culprit = rd_u32(r, "incident.culprit");
	i->confidence = wire_text_or_null(r, "incident.confidence");
	i->says = rd_u32(r, "incident.says");
	i->why = wire_word(r, "incident.why");
	i->needed = rd_u32(r, "incident.needed");
	i->peak = rd_u32(r, "incident.peak");
	i->vantage_points = rd_u32(r, "incident.vantage_points");
	i->spans = spans_read(r, a, &i->n_spans, "incident.spans");
	bys_read(r, a, i);
	incident_fits(r, a, i);
	if (wire_bool(r, "incident.paths"))
		parcel_paths_read(r, a, i);
}

static bool
spans_outside(const struct timeline_span *s, size_t n, int64_t from_us, int64_t to_us)
{
	return n > 0 && (s[0].from_us < from_us || s[n - 1].to_us > to_us);	/* they ascend */
}

const char *
parcel_outside(const struct archive_incident *i, const struct archive_window *w)
{
	const int64_t from_us = w->from.s * 1000000, to_us = w->to.s * 1000000;
	size_t k, m;

	if ((w->looked_for >> i->class & 1) == 0)
		return "incident.class";
	if (spans_outside(i->spans, i->n_spans, from_us, to_us))
		return "incident.spans";
	for (k = 0; k < i->n_by; k++) {
		if (spans_outside(i->by[k].during, i->by[k].n_during, from_us, to_us))
			return "incident.during";
		for (m = 0; m < i->by[k].n_seen; m++)
			if (i->by[k].seen[m].from_us < from_us || i->by[k].seen[m].to_us > to_us)
				return "incident.seen";
	}
	return NULL;
}
