/* incidents_data: the timeline for machines. */
#include "report/incidents.h"
#include "metric/scored.h"
#include "report/incidents_paths.h"
#include "report/json.h"

#include <inttypes.h>

/* Times: whole seconds for reading, microseconds for computing. */
static void
json_when(struct json_w *w, const char *key, const char *key_us, int64_t us)
{
	json_ktime(w, key, (struct utc){us / 1000000});
	json_ki64(w, key_us, us);
}

static void
spans_json(struct json_w *w, const char *key, const struct timeline_result *r, uint32_t first, uint32_t n)
{
	uint32_t i;

	json_key(w, key);
	json_arr(w);
	for (i = first; i < first + n; i++) {
		json_obj(w);
		json_when(w, "from", "from_us", r->spans[i].from_us);
		json_when(w, "to", "to_us", r->spans[i].to_us);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
interval_json(struct json_w *w, const struct timeline_interval *i, const struct incident_paths *p, size_t no)
{
	json_obj(w);
	json_kstrz(w, "began", timeline_began_word(i->began));
	json_kstrz(w, "ended", timeline_ended_word(i->ended));
	json_when(w, "from", "from_us", i->from_us);
	incidents_path_json(w, p, no);
	if (i->path_id != 0)
		json_ku64(w, "path_id", i->path_id);
	json_when(w, "to", "to_us", i->to_us);
	incidents_turns_json(w, p, no);
	json_ku64(w, "vantage_point", i->vp);
	json_obj_end(w);
}

static void
offence_json(struct json_w *w, const struct timeline_result *r, const struct timeline_offence *o,
    const struct incident_paths *p, size_t *no)
{
	uint32_t i;

	json_obj(w);
	json_key(w, "accomplice");
	if (o->of.accomplice != 0)
		json_u64(w, o->of.accomplice);
	else
		json_null(w);
	json_key(w, "seen");
	json_arr(w);
	for (i = o->first; i < o->first + o->n; i++)
		interval_json(w, &r->intervals[i], p, (*no)++);
	json_arr_end(w);
	spans_json(w, "while", r, o->first_span, o->n_spans);
	json_obj_end(w);
}

static void
evidence_json(struct json_w *w, const struct timeline_offence *o)
{
	unsigned i;

	json_key(w, "against");
	json_arr(w);
	for (i = MIS_AGAINST; i < MIS_N; i++)
		if ((o->of.detail >> i & 1) != 0)
			json_strz(w, misorigin_word((enum misorigin_says)i));
	json_arr_end(w);
}

static void
for_json(struct json_w *w, const struct timeline_offence *o)
{
	unsigned i;

	json_key(w, "for");
	json_arr(w);
	for (i = 0; i < MIS_AGAINST; i++)
		if ((o->of.detail >> i & 1) != 0)
			json_strz(w, misorigin_word((enum misorigin_says)i));
	json_arr_end(w);
}

static void
incident_json(struct json_w *w, const struct incidents_sheet *s, const struct timeline_incident *x, const struct incident_paths *p)
{
	const struct timeline_result *r = &s->window->result;
	const struct timeline_offence *o = &r->offences[x->first], *surest = incidents_surest(o, x->n);
	bool mis = o->of.class == OFF_MISORIGIN;
	char text[PREFIX_TEXT];
	struct str why = {0};
	size_t no = 0;
	uint32_t i;

	json_obj(w);
	if (mis)
		evidence_json(w, surest);
	json_key(w, "by_accomplice");
	json_arr(w);
	for (i = 0; i < x->n; i++)
		offence_json(w, r, &o[i], p, &no);
	json_arr_end(w);
	json_kstrz(w, "class", offence_class_word(o->of.class));
	json_kopt(w, "confidence", incidents_sureness(o, x->n));
	json_ku64(w, "culprit", o->of.culprit);
	if (mis)
		for_json(w, surest);
	json_ku64(w, "needed", r->need[o->of.class][o->prefix.family]);
	json_key(w, "origin");
	if (o->of.origin != ORIGIN_NONE)
		json_u64(w, o->of.origin);
	else
		json_null(w);
	incidents_paths_json(w, p);
	json_ku64(w, "peak", x->peak);
	json_kstrz(w, "prefix", prefix_format(&o->prefix, text));
	spans_json(w, "spans", r, x->first_span, x->n_spans);
	json_ku64(w, "vantage_points", x->n_vps);
	incidents_why(&why, s->world, surest);
	json_kstr(w, "why", str_span(&why));
	json_obj_end(w);
	str_release(&why);
}

static void
collectors_json(struct json_w *w, const struct coverage *c)
{
	size_t i, k;

	json_arr(w);
	for (i = 0; i < c->n_collectors; i++) {
		const struct coverage_collector *x = &c->collectors[i];

		json_obj(w);
		json_ki64(w, "cadence_seconds", x->cadence_s);
		json_key(w, "gaps");
		json_arr(w);
		for (k = 0; k < x->n_gaps; k++) {
			json_obj(w);
			json_ktime(w, "from", (struct utc){x->gaps[k].from_s});
			json_ktime(w, "to", (struct utc){x->gaps[k].to_s});
			json_obj_end(w);
		}
		json_arr_end(w);
		json_ku64(w, "local_as", x->local_as);
		json_ku64(w, "messages", x->messages);
		json_ku64(w, "silence_seconds", x->silence_s);
		json_ku64(w, "tables", x->n_tables);
		json_ku64(w, "update_files", x->n_files);
		json_ku64(w, "vantage_points", x->n_vps);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
counts_json(struct json_w *w, const struct window_counts *n, uint64_t ways_left)
{
	json_obj(w);
	json_ku64(w, "announced", n->announced);
	json_ku64(w, "history_routes", n->history_routes);
	json_ku64(w, "history_tables", n->history_tables);
	json_ku64(w, "offending", n->offending);
	json_ku64(w, "repeated", n->repeated);
	json_ku64(w, "seed_tables", n->seed_tables);
	json_ku64(w, "sessions_lost", n->resets);
	json_ku64(w, "tables", n->tables);
	json_ku64(w, "ways_left_out", ways_left);
	json_ku64(w, "withdrawn", n->withdrawn);
	json_obj_end(w);
}

static void
vps_json(struct json_w *w, const struct coverage *c)
{
	char text[PREFIX_TEXT];
	size_t i;

	json_arr(w);
	for (i = 0; i < c->n_vps; i++) {
		json_obj(w);
		json_kstrz(w, "address", addr_format(&c->vps[i].addr, text));
		json_ku64(w, "asn", c->vps[i].asn);
		json_ku64(w, "collector", c->vps[i].collector);
		json_kbool(w, "full_feed_ipv4", c->vps[i].full_feed[FAMILY_V4]);
		json_kbool(w, "full_feed_ipv6", c->vps[i].full_feed[FAMILY_V6]);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
scores_json(struct json_w *w, const struct incidents_sheet *s)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < s->scores->n_scores; i++) {
		const struct incident_score *sc = &s->scores->scores[i];

		if (!incidents_score_shown(s, sc))
			continue;
		json_obj(w);
		json_ku64(w, "asn", sc->asn);
		json_ku64(w, "incidents", sc->n);
		json_kstrz(w, "label", band_word(band_of(curve_ppm(s->curve, sc->raw_e7))));
		json_kstrz(w, "metric", incident_metric_word(sc->metric));
		json_ku64(w, "percent_ppm", curve_ppm(s->curve, sc->raw_e7));
		json_ku64(w, "raw_e7", sc->raw_e7);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
parameters_json(struct json_w *w, const struct incidents_sheet *s)
{
	json_obj(w);
	json_ku64(w, "away_seconds", TIMELINE_AWAY_S);
	json_ku64(w, "bogon_visibility", s->bogon_visibility);
	json_ku64(w, "return_seconds", TIMELINE_RETURN_S);
	json_ku64(w, "slack_seconds", TIMELINE_SLACK_S);
	json_ku64(w, "visibility", s->visibility);
	json_obj_end(w);
}

static void
looked_for_json(struct json_w *w, uint32_t classes)
{
	unsigned c;

	json_arr(w);
	for (c = 0; c < OFF_N; c++)
		if ((classes >> c & 1) != 0)
			json_strz(w, offence_class_word(c));
	json_arr_end(w);
}

/* Evidence of another time than the window. */
static void
dated_json(struct json_w *w, const struct incidents_sheet *s)
{
	int e;

	json_arr(w);
	for (e = 0; e < EV_N; e++) {
		int64_t days = watch_days_off(s->window, s->world, (enum evidence)e);

		if (days == 0 || e == EV_TABLE || e == EV_UPDATES)
			continue;
		json_obj(w);
		json_ki64(w, "days", days);
		json_kstrz(w, "evidence", evidence_word((enum evidence)e));
		json_ktime(w, "newest", s->world->evidence[e].newest);
		json_ktime(w, "oldest", s->world->evidence[e].oldest);
		json_obj_end(w);
	}
	json_arr_end(w);
}

void
incidents_json(struct str *out, const struct incidents_sheet *s)
{
	const struct window *x = s->window;
	struct paths_maker *m = paths_maker_new(&x->result, INCIDENT_PATHS_MAX);
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_key(&w, "asn");
	if (s->asn != 0)
		json_u64(&w, s->asn);
	else
		json_null(&w);
	json_key(&w, "collectors");
	collectors_json(&w, &x->coverage);
	json_key(&w, "counts");
	counts_json(&w, &x->counts, x->result.ways_left);
	json_kstrz(&w, "curve", curve_word(s->curve));
	json_key(&w, "dated");
	dated_json(&w, s);
	json_kstrz(&w, "format", INCIDENTS_FORMAT);
	json_key(&w, "incidents");
	json_arr(&w);
	for (i = 0; i < x->result.n_incidents; i++)
		if (incidents_shown(s, &x->result.incidents[i]))
			incident_json(&w, s, &x->result.incidents[i], paths_maker_of(m, &x->result.incidents[i]));
	json_arr_end(&w);
	json_key(&w, "inputs");
	json_inputs(&w, s->world);
	json_key(&w, "looked_for");
	looked_for_json(&w, x->classes & s->classes);
	json_key(&w, "not_scored");
	looked_for_json(&w, scored_skip(x, s->world) & x->classes & s->classes);
	json_key(&w, "parameters");
	parameters_json(&w, s);
	json_key(&w, "scores");
	scores_json(&w, s);
	json_key(&w, "vantage_points");
	vps_json(&w, &x->coverage);
	json_key(&w, "window");
	json_obj(&w);
	json_ktime(&w, "first_update", x->begin);
	json_ktime(&w, "from", x->from);
	json_ku64(&w, "seen_seconds", x->seen_s);
	json_ktime(&w, "to", x->to);
	json_obj_end(&w);
	json_obj_end(&w);
	json_done(&w);
	paths_maker_free(m);
}

static void
row(struct str *out, const struct incidents_sheet *s, const struct timeline_offence *o,
    const struct timeline_interval *i, const struct incident_paths *p, size_t no)
{
	const struct coverage_vp *v = &s->window->coverage.vps[i->vp];
	const char *sure = incidents_sureness(o, 1);
	char text[PREFIX_TEXT], a[UTC_TEXT], b[UTC_TEXT];

	str_addf(out, "%s,%s,", offence_class_word(o->of.class), prefix_format(&o->prefix, text));
	if (o->of.origin != ORIGIN_NONE)
		str_addu(out, o->of.origin);
	str_addf(out, ",%" PRIu32 ",", o->of.culprit);
	if (o->of.accomplice != 0)
		str_addu(out, o->of.accomplice);
	str_addf(out, ",%s,%" PRIu32 ",%s,%s,%s,%" PRId64 ",%" PRId64 ",%s,%s,", sure != NULL ? sure : "", v->asn,
	    addr_format(&v->addr, text), utc_format((struct utc){i->from_us / 1000000}, a),
	    utc_format((struct utc){i->to_us / 1000000}, b), i->from_us, i->to_us, timeline_began_word(i->began),
	    timeline_ended_word(i->ended));
	incidents_paths_csv(out, p, no);
	str_addc(out, '\n');
}

void
incidents_csv(struct str *out, const struct incidents_sheet *s)
{
	const struct timeline_result *r = &s->window->result;
	struct paths_maker *maker = paths_maker_new(r, INCIDENT_PATHS_MAX);
	const struct incident_paths *p;
	size_t i, k, m, no;

	str_adds(out, "class,prefix,origin,culprit,accomplice,confidence,peer_as,peer_address,from,to,from_us,to_us,began,"
	    "ended,paths\n");
	for (i = 0; i < r->n_incidents; i++) {
		if (!incidents_shown(s, &r->incidents[i]))
			continue;
		p = paths_maker_of(maker, &r->incidents[i]);
		for (k = r->incidents[i].first, no = 0; k < r->incidents[i].first + r->incidents[i].n; k++)
			for (m = r->offences[k].first; m < r->offences[k].first + r->offences[k].n; m++)
				row(out, s, &r->offences[k], &r->intervals[m], p, no++);
	}
	paths_maker_free(maker);
}
