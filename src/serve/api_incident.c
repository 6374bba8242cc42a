/* api_incident: one incident for programs, and what the list says of each. */
#include "report/csv.h"
#include "report/incidents_paths.h"
#include "report/json.h"
#include "serve/api.h"
#include "serve/incident_api.h"
#include "serve/page.h"

#include <inttypes.h>

/* --- what the list has, too --- */

static void
json_when(struct json_w *w, const char *key, const char *key_us, int64_t us)
{
	json_ktime(w, key, (struct utc){us / 1000000});
	json_ki64(w, key_us, us);
}

static void
classes_json(struct json_w *w, const char *key, uint32_t classes)
{
	unsigned c;

	json_key(w, key);
	json_arr(w);
	for (c = 0; c < OFF_N; c++)
		if ((classes >> c & 1) != 0)
			json_strz(w, offence_class_word((enum offence_class)c));
	json_arr_end(w);
}

void
incident_window_json(struct json_w *w, const struct archive_window_entry *e)
{
	char name[INCIDENT_WINDOW_HEX + 1], hex[SHA256_HEX + 1];

	json_obj(w);
	sha256_hex(e->digest, hex);
	json_kstrz(w, "digest", hex);
	json_ktime(w, "from", e->w.from);
	json_kstrz(w, "id", incident_window_name(e, name));
	json_ku64(w, "incidents", e->incidents);
	classes_json(w, "looked_for", e->w.looked_for);
	json_ku64(w, "seen_seconds", e->w.seen_s);
	json_ktime(w, "to", e->w.to);
	json_obj_end(w);
}

static void
says_json(struct json_w *w, const char *key, uint32_t says, unsigned from, unsigned to)
{
	unsigned i;

	json_key(w, key);
	json_arr(w);
	for (i = from; i < to; i++)
		if ((says >> i & 1) != 0)
			json_strz(w, misorigin_word((enum misorigin_says)i));
	json_arr_end(w);
}

static void
spans_json(struct json_w *w, const char *key, const struct timeline_span *s, size_t n)
{
	size_t i;

	json_key(w, key);
	json_arr(w);
	for (i = 0; i < n; i++) {
		json_obj(w);
		json_when(w, "from", "from_us", s[i].from_us);
		json_when(w, "to", "to_us", s[i].to_us);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
by_json(struct json_w *w, const struct archive_by *by, const struct incident_paths *p, size_t *no)
{
	size_t i;

	json_obj(w);
	json_key(w, "accomplice");
	if (by->accomplice != 0)
		json_u64(w, by->accomplice);
	else
		json_null(w);
	json_key(w, "seen");
	json_arr(w);
	for (i = 0; i < by->n_seen; i++) {
		json_obj(w);
		json_kstrz(w, "began", timeline_began_word(by->seen[i].began));
		json_kstrz(w, "ended", timeline_ended_word(by->seen[i].ended));
		json_when(w, "from", "from_us", by->seen[i].from_us);
		if (p != NULL)
			incidents_path_json(w, p, *no);
		if (by->seen[i].path_id != 0)
			json_ku64(w, "path_id", by->seen[i].path_id);
		json_when(w, "to", "to_us", by->seen[i].to_us);
		if (p != NULL)
			incidents_turns_json(w, p, (*no)++);
		json_ku64(w, "vantage_point", by->seen[i].vp);
		json_obj_end(w);
	}
	json_arr_end(w);
	spans_json(w, "while", by->during, by->n_during);
	json_obj_end(w);
}

/* null: none were kept. */
static void
paths_json(struct json_w *w, const struct incident_paths *p)
{
	if (p != NULL) {
		incidents_paths_json(w, p);
		return;
	}
	json_key(w, "paths");
	json_null(w);
	json_key(w, "paths_left_out");
	json_null(w);
}

void
incident_json(struct json_w *w, const struct archive_window_entry *e, const struct archive_incident_row *r, bool whole)
{
	const struct archive_incident *x = &r->i;
	char name[INCIDENT_NAME], prefix[PREFIX_TEXT];
	size_t i, no = 0;

	json_obj(w);
	says_json(w, "against", x->says, MIS_AGAINST, MIS_N);
	json_when(w, "began", "began_us", r->began_us);
	if (whole) {
		json_key(w, "by_accomplice");
		json_arr(w);
		for (i = 0; i < x->n_by; i++)
			by_json(w, &x->by[i], x->paths, &no);
		json_arr_end(w);
	}
	json_kstrz(w, "class", offence_class_word(x->class));
	json_kopt(w, "confidence", x->confidence);
	json_ku64(w, "culprit", x->culprit);
	json_when(w, "ended", "ended_us", r->ended_us);
	says_json(w, "for", x->says, 0, MIS_AGAINST);
	json_kstrz(w, "id", incident_name(e, r->ord, name));
	json_ku64(w, "needed", x->needed);
	json_kbool(w, "open", r->open);
	json_key(w, "origin");
	if (x->origin != ORIGIN_NONE)
		json_u64(w, x->origin);
	else
		json_null(w);
	if (whole)
		paths_json(w, x->paths);
	json_ku64(w, "peak", x->peak);
	json_kstrz(w, "prefix", prefix_format(&x->prefix, prefix));
	if (whole)
		spans_json(w, "spans", x->spans, x->n_spans);
	json_ku64(w, "vantage_points", x->vantage_points);
	json_kstrz(w, "why", x->why);
	json_obj_end(w);
}

void
incident_csv(struct str *out, const struct archive_window_entry *e, const struct archive_incident_row *r)
{
	char name[INCIDENT_NAME], prefix[PREFIX_TEXT], when[UTC_TEXT];

	str_addf(out, "%s,%s,%s,", incident_name(e, r->ord, name), offence_class_word(r->i.class),
	    prefix_format(&r->i.prefix, prefix));
	if (r->i.origin != ORIGIN_NONE)
		str_addf(out, "%" PRIu32, r->i.origin);
	str_addf(out, ",%" PRIu32 ",", r->i.culprit);
	csv_field(out, r->i.confidence != NULL ? r->i.confidence : "");
	str_addf(out, "%s,", utc_format((struct utc){r->began_us / 1000000}, when));
	str_addf(out, "%s,%s,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", utc_format((struct utc){r->ended_us / 1000000}, when),
	    r->open ? "yes" : "no", r->i.needed, r->i.peak, r->i.vantage_points);
	csv_field(out, r->i.why);
}

/* --- one --- */

static void
collectors_json(struct json_w *w, const struct archive_window *x)
{
	size_t i, k;

	json_key(w, "collectors");
	json_arr(w);
	for (i = 0; i < x->n_collectors; i++) {
		json_obj(w);
		json_key(w, "gaps");
		json_arr(w);
		for (k = 0; k < x->collectors[i].n_gaps; k++) {
			json_obj(w);
			json_ktime(w, "from", x->collectors[i].gaps[k].from);
			json_ktime(w, "to", x->collectors[i].gaps[k].to);
			json_obj_end(w);
		}
		json_arr_end(w);
		json_ku64(w, "local_as", x->collectors[i].local_as);
		json_ku64(w, "messages", x->collectors[i].messages);
		json_ku64(w, "vantage_points", x->collectors[i].vantage_points);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
vantage_json(struct json_w *w, const struct archive_window *x)
{
	char addr[PREFIX_TEXT];
	size_t i;

	json_key(w, "vantage_points");
	json_arr(w);
	for (i = 0; i < x->n_vps; i++) {
		json_obj(w);
		json_kstrz(w, "address", addr_format(&x->vps[i].addr, addr));
		json_ku64(w, "asn", x->vps[i].asn);
		json_ku64(w, "collector", x->vps[i].collector);
		json_kbool(w, "full_feed_ipv4", x->vps[i].full_feed[FAMILY_V4]);
		json_kbool(w, "full_feed_ipv6", x->vps[i].full_feed[FAMILY_V6]);
		json_obj_end(w);
	}
	json_arr_end(w);
}

/* A row for each time that a vantage point saw it. */
static void
one_csv(struct ask *q, const struct archive_window_entry *e, const struct archive_incident_row *r)
{
	char addr[PREFIX_TEXT], when[UTC_TEXT];
	const struct timeline_interval *t;
	struct str *out = &q->r->body;
	size_t i, k, no = 0;

	str_adds(out, INCIDENT_CSV ",accomplice,vantage_point,vantage_asn,from,from_us,to,to_us,began_as,ended_as,paths\n");
	for (i = 0; i < r->i.n_by; i++)
		for (k = 0; k < r->i.by[i].n_seen; k++) {
			t = &r->i.by[i].seen[k];
			incident_csv(out, e, r);
			if (r->i.by[i].accomplice != 0)
				str_addf(out, "%" PRIu32, r->i.by[i].accomplice);
			if (t->vp < e->w.n_vps)
				str_addf(out, ",%s,%" PRIu32, addr_format(&e->w.vps[t->vp].addr, addr), e->w.vps[t->vp].asn);
			else
				str_adds(out, ",,");
			str_addf(out, ",%s,%" PRId64, utc_format((struct utc){t->from_us / 1000000}, when), t->from_us);
			str_addf(out, ",%s,%" PRId64 ",%s,%s,", utc_format((struct utc){t->to_us / 1000000}, when), t->to_us,
			    timeline_began_word(t->began), timeline_ended_word(t->ended));
			if (r->i.paths != NULL)
				incidents_paths_csv(out, r->i.paths, no++);
			str_addc(out, '\n');
		}
}

void
api_incident(struct ask *q)
{
	static const char *const keys[] = {"format", NULL};
	struct archive_window_entry e;
	struct archive_incident_row r;
	struct json_w w;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !incident_named(q, &e, &r))
		return;
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (csv) {
		one_csv(q, &e, &r);
		return;
	}
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	collectors_json(&w, &e.w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "incident");
	incident_json(&w, &e, &r, true);
	vantage_json(&w, &e.w);
	json_key(&w, "window");
	incident_window_json(&w, &e);
	json_obj_end(&w);
	json_done(&w);
}
