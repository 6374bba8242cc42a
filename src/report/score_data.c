/* score_data: scores for machines. */
#include "report/json.h"
#include "report/score.h"

#include <inttypes.h>

static void
incident_json(struct json_w *w, const struct incident *in)
{
	json_obj(w);
	json_ku64(w, "coefficient_tenths", in->tenths);
	json_ktime(w, "end", in->end);
	json_ku64(w, "events", in->n_events);
	json_ku64(w, "score_e7", in->score_e7);
	json_ku64(w, "seconds", (uint64_t)(in->end.s - in->start.s));
	json_ktime(w, "start", in->start);
	json_ku64(w, "weight_ppm", in->weight_ppm);
	json_obj_end(w);
}

static void
score_of_json(struct json_w *w, const struct score_sheet *s, const struct incident_score *sc)
{
	uint32_t ppm = curve_ppm(s->curve, sc->raw_e7);
	size_t i;

	json_obj(w);
	json_ku64(w, "asn", sc->asn);
	json_key(w, "incidents");
	json_arr(w);
	for (i = 0; i < sc->n; i++)
		incident_json(w, &s->incidents[sc->first + i]);
	json_arr_end(w);
	json_kstrz(w, "label", band_word(band_of(ppm)));
	json_kstrz(w, "metric", incident_metric_word(sc->metric));
	json_ku64(w, "percent_ppm", ppm);
	json_ku64(w, "raw_e7", sc->raw_e7);
	json_obj_end(w);
}

void
score_json(struct str *out, const struct score_sheet *s)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "curve", curve_word(s->curve));
	json_kstrz(&w, "curve_formula", curve_formula(s->curve));
	json_ku64(&w, "events", s->n_events);
	json_kdigest(&w, "events_sha256", s->sha256);
	json_kstrz(&w, "format", SCORE_FORMAT);
	json_key(&w, "parameters");
	json_obj(&w);
	json_ku64(&w, "accept_seconds", INCIDENT_ACCEPT_S);
	json_ku64(&w, "aspiring_ppm", BAND_ASPIRING_PPM);
	json_ku64(&w, "day_seconds", INCIDENT_DAY_S);
	json_ku64(&w, "ready_ppm", BAND_READY_PPM);
	json_obj_end(&w);
	json_key(&w, "scores");
	json_arr(&w);
	for (i = 0; i < s->n_scores; i++)
		score_of_json(&w, s, &s->scores[i]);
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}

static void
row(struct str *out, const struct score_sheet *s, const struct incident_score *sc, const struct incident *in)
{
	uint32_t ppm = curve_ppm(s->curve, sc->raw_e7);
	char a[UTC_TEXT], b[UTC_TEXT];

	str_addf(out, "%" PRIu32 ",%s,%s,%s,%" PRId64 ",%" PRIu32 ",", in->asn, incident_metric_word(in->metric),
	    utc_format(in->start, a), utc_format(in->end, b), in->end.s - in->start.s, in->n_events);
	score_decimal(out, in->tenths, 1);
	str_addc(out, ',');
	score_decimal(out, in->weight_ppm, 6);
	str_addc(out, ',');
	score_decimal(out, in->score_e7, 7);
	str_addc(out, ',');
	score_decimal(out, sc->raw_e7, 7);
	str_addf(out, ",%s,", curve_word(s->curve));
	score_decimal(out, ppm, 4);
	str_addf(out, ",%s\n", band_word(band_of(ppm)));
}

void
score_csv(struct str *out, const struct score_sheet *s)
{
	size_t i, k;

	str_adds(out, "asn,metric,start,end,seconds,events,coefficient,weight,points,raw,curve,percent,label\n");
	for (i = 0; i < s->n_scores; i++)
		for (k = 0; k < s->scores[i].n; k++)
			row(out, s, &s->scores[i], &s->incidents[s->scores[i].first + k]);
}
