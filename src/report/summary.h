/*
 * summary: many results counted: per control how many ASes passed, and of how many that could be judged.
 * What could not be judged is shown, never counted as a pass: "Mind Your MANRS" (IMC 2022) counted 83.9 %
 * where 67.6 % of the networks that could be observed at all passed.
 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/report.h"

struct json_w;

struct summary {
	const struct pack *packs;	/* borrowed */
	size_t n_packs;
	uint64_t (*n)[VERDICT_N];	/* owned; the packs' controls one after the other */
	uint64_t n_ases;
	uint64_t n_unseen;	/* of them: not in the data, and with a required control that did not apply: no pass */
};

void summary_init(struct summary *s, const struct pack *packs, size_t n_packs);
void summary_release(struct summary *s);
void summary_add(struct summary *s, const struct as_result *r);	/* one thread at a time */
/* How often a required control got this verdict. */
uint64_t summary_required(const struct summary *s, enum verdict v);

void summary_text(struct str *out, const struct summary *s, struct text_style style);
/* The "summary" member that follows the results in the JSON record. */
void summary_json(struct json_w *w, const struct summary *s);

#endif
