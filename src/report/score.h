/*
 * score: incidents and their scores to bytes, every step shown, so that anyone can check the arithmetic. Numbers are exact
 * decimals; only the percentage is rounded, to the millionth.
 */
#ifndef REPORT_SCORE_H
#define REPORT_SCORE_H

#include "metric/curve.h"
#include "metric/incident.h"
#include "base/sha256.h"
#include "report/report.h"

#define SCORE_FORMAT "routemark-score/1"	/* doc/formats/score.md */

struct score_sheet {
	uint8_t sha256[SHA256_BYTES];	/* of the list, as it lies there */
	uint64_t n_events;
	enum curve curve;
	const struct incident *incidents;
	const struct incident_score *scores;
	size_t n_scores;
};

void score_text(struct str *out, const struct score_sheet *s, struct text_style style);
void score_json(struct str *out, const struct score_sheet *s);	/* canonical, one document */
void score_csv(struct str *out, const struct score_sheet *s);		/* a row per incident, a header line */

/* value / 10^places as the shortest exact decimal: 35000000 of 7 is "3.5". */
void score_decimal(struct str *out, uint64_t value, unsigned places);

#endif
