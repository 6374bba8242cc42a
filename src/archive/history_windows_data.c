/* history_windows_data: the incidents of a history for machines; doc/formats/archive.md explains each key. */
#include "archive/history.h"
#include "archive/history_int.h"
#include "report/csv.h"
#include "report/json.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

static void
party_json(struct json_w *w, const struct archive_party *p)
{
	json_obj(w);
	json_ki64(w, "began_us", p->began_us);
	json_kstrz(w, "class", offence_class_word(p->class));
	json_kopt(w, "confidence", *p->confidence != '\0' ? p->confidence : NULL);
	json_ki64(w, "ended_us", p->ended_us);
	json_ku64(w, "enough_us", p->enough_us);
	json_ku64(w, "incidents", p->incidents);
	json_ku64(w, "open", p->open);
	json_kstrz(w, "role", archive_role_word(p->role));
	json_ku64(w, "seen_us", p->seen_us);
	json_obj_end(w);
}

static void
change_json(struct json_w *w, const struct history_change *c)
{
	json_obj(w);
	json_kstrz(w, "class", offence_class_word(c->class));
	json_ku64(w, "ended", c->ended);
	json_ku64(w, "new", c->begun);
	json_kstrz(w, "role", archive_role_word(c->role));
	json_ku64(w, "still_open", c->still);
	json_obj_end(w);
}

static void
score_json(struct json_w *w, enum curve curve, const struct archive_score *s)
{
	uint32_t ppm = curve_ppm(curve, s->raw_e7);

	json_obj(w);
	json_ku64(w, "incidents", s->incidents);
	json_kstrz(w, "label", band_word(band_of(ppm)));
	json_kstrz(w, "metric", incident_metric_word(s->metric));
	json_ku64(w, "percent_ppm", ppm);
	json_ku64(w, "raw_e7", s->raw_e7);
	json_obj_end(w);
}

static void
looked_for_json(struct json_w *w, uint32_t classes)
{
	unsigned c;

	json_key(w, "looked_for");
	json_arr(w);
	for (c = 0; c < OFF_N; c++)
		if ((classes >> c & 1) != 0)
			json_strz(w, offence_class_word((enum offence_class)c));
	json_arr_end(w);
}

static void
lists_json(struct json_w *w, const struct history_window *x)
{
	size_t i;

	json_key(w, "cautions");
	json_arr(w);
	for (i = 0; i < x->n_cautions; i++)
		json_strz(w, x->cautions[i]);
	json_arr_end(w);
	json_key(w, "changes");
	if (x->first) {
		json_null(w);
	} else {
		json_arr(w);
		for (i = 0; i < x->n_changes; i++)
			change_json(w, &x->changes[i]);
		json_arr_end(w);
	}
}

static void
window_json(struct json_w *w, const struct history_window *x)
{
	const struct archive_window *of = &x->of->w;
	size_t i;

	json_obj(w);
	lists_json(w, x);
	json_kstrz(w, "curve", curve_word(of->curve));
	json_ktime(w, "from", of->from);
	json_key(w, "incidents");
	json_arr(w);
	for (i = 0; i < x->n_parties; i++)
		party_json(w, &x->parties[i]);
	json_arr_end(w);
	json_kstrz(w, "label", x->label);
	looked_for_json(w, of->looked_for);
	json_kstrz(w, "parameters", of->parameters);
	json_key(w, "scores");
	json_arr(w);
	for (i = 0; i < x->n_scores; i++)
		score_json(w, of->curve, &x->scores[i]);
	json_arr_end(w);
	json_ku64(w, "seen_seconds", of->seen_s);
	json_ktime(w, "to", of->to);
	json_kdigest(w, "window", x->of->digest);
	json_obj_end(w);
}

void
history_windows_json(struct json_w *w, const struct archive_history *h)
{
	size_t i;

	json_key(w, "windows");
	json_arr(w);
	for (i = 0; i < h->n_windows; i++)
		window_json(w, &h->windows[i]);
	json_arr_end(w);
}

/* --- CSV --- */

static void
front_csv(struct str *out, const struct archive_history *h, const struct history_window *w)
{
	const struct archive_window *of = &w->of->w;
	char hex[SHA256_HEX + 1], from[UTC_TEXT], to[UTC_TEXT];
	struct str s = {0};

	str_addf(out, "%" PRIu32 ",", h->asn);
	csv_field(out, h->name);
	csv_field(out, h->org);
	str_addf(out, "%s,%s,%" PRIu64 ",", utc_format(of->from, from), utc_format(of->to, to), of->seen_s);
	sha256_hex(w->of->digest, hex);
	str_adds(&s, "");
	class_words(&s, of->looked_for);
	str_addf(out, "%s,%s,", hex, s.p);
	str_release(&s);
}

static void
seconds(struct str *out, uint64_t us)
{
	str_addf(out, "%" PRIu64 ".%06" PRIu64 ",", us / 1000000, us % 1000000);
}

static void
back_csv(struct str *out, const struct history_window *w, const struct history_change *c)
{
	struct str s = {0};
	unsigned m;
	size_t i;

	if (c != NULL)
		str_addf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", c->begun, c->ended, c->still);
	else
		str_adds(out, ",,,");
	for (m = 0; m < INC_N; m++) {
		for (i = 0; i < w->n_scores; i++)
			if ((unsigned)w->scores[i].metric == m)
				say_percent(out, curve_ppm(w->of->w.curve, w->scores[i].raw_e7));
		str_addc(out, ',');
	}
	str_adds(&s, "");
	for (i = 0; i < w->n_cautions; i++)
		str_addf(&s, "%s%s", i > 0 ? "; " : "", w->cautions[i]);
	csv_field(out, s.p);
	out->len--;		/* the comma of the last field */
	str_adds(out, "\n");
	str_release(&s);
}

static void
party_csv(struct str *out, const struct archive_history *h, const struct history_window *w, size_t i)
{
	const struct archive_party *p = &w->parties[i];
	bool first = i == 0 || w->parties[i - 1].role != p->role || w->parties[i - 1].class != p->class;
	char began[UTC_TEXT], ended[UTC_TEXT];

	front_csv(out, h, w);
	str_addf(out, "%s,%s,", archive_role_word(p->role), offence_class_word(p->class));
	csv_field(out, p->confidence);
	str_addf(out, "%" PRIu64 ",%" PRIu64 ",", p->incidents, p->open);
	seconds(out, p->seen_us);
	seconds(out, p->enough_us);
	str_addf(out, "%s,%s,", utc_format((struct utc){p->began_us / 1000000}, began),
	    utc_format((struct utc){p->ended_us / 1000000}, ended));
	back_csv(out, w, first ? history_change_of(w, p->role, p->class) : NULL);
}

/* What was there in the window before, and nothing of it now; true when there is such. */
static bool
gone_csv(struct str *out, const struct archive_history *h, const struct history_window *w)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < w->n_changes; i++) {
		for (k = 0; k < w->n_parties; k++)
			if (w->parties[k].role == w->changes[i].role && w->parties[k].class == w->changes[i].class)
				break;
		if (k < w->n_parties || w->changes[i].ended == 0)
			continue;
		front_csv(out, h, w);
		str_addf(out, "%s,%s,,0,0,,,,,", archive_role_word(w->changes[i].role), offence_class_word(w->changes[i].class));
		back_csv(out, w, &w->changes[i]);
		any = true;
	}
	return any;
}

void
history_windows_csv(struct str *out, const struct archive_history *h, size_t n)
{
	size_t i, k, m;
	bool any;

	str_adds(out, "asn,name,organisation,from,to,seen_seconds,window,looked_for,role,class,confidence,incidents,open,seen_for,"
	    "enough_for,began,ended,new,ended_since,still_open,M1,M1C,M2,M2C,M3,M3C,M4,M4C,cautions\n");
	for (i = 0; i < n; i++) {
		if (!h[i].known || h[i].n_windows == 0)
			str_addf(out, "%" PRIu32 ",,,,,,,,,,,,,,,,,,,,,,,,,,,,NO DATA: in no window of the archive\n", h[i].asn);
		for (k = 0; k < h[i].n_windows; k++) {
			const struct history_window *w = &h[i].windows[k];

			for (m = 0; m < w->n_parties; m++)
				party_csv(out, &h[i], w, m);
			any = gone_csv(out, &h[i], w);
			if (w->n_parties > 0 || any)
				continue;
			front_csv(out, &h[i], w);
			str_adds(out, ",,,0,0,,,,,");
			back_csv(out, w, NULL);
		}
	}
}
