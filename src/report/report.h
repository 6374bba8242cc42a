/*
 * report: an assessment to bytes. Canonical JSON (one truth), CSV, and text for people.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/json_w.h"
#include "metric/facts.h"
#include "rule/rule.h"

struct pack_result { const struct pack *pack; struct judgement *judgements; size_t n; };
struct as_result {
	uint32_t asn;
	const char *name, *org;		/* "" when unknown */
	struct pack_result *packs;
	size_t n_packs;
};
struct assessment {
	struct utc at;
	const struct world *world;	/* manifest and vantage only */
	const struct metric_params *params;
	const struct routes_params *routes_params;
	const struct as_result *ases;	/* ascending by ASN */
	size_t n_ases;
};

/* The whole record as canonical JSON, streamed: begin, one call per AS, end, so that 80 k ASes need no
 * more memory than one. */
void report_json_begin(struct str *out, const struct assessment *head);
void report_json_as(struct str *out, const struct as_result *r, bool first);
void report_json_end(struct str *out);
/* A row per AS and control; the header line first. */
void report_csv_head(struct str *out);
void report_csv_as(struct str *out, const struct assessment *head, const struct as_result *r);
/* For a terminal: width columns, colour only when asked. */
struct text_style { unsigned width; bool colour; };
void report_text_head(struct str *out, const struct assessment *head, struct text_style style);
void report_text_as(struct str *out, const struct as_result *r, struct text_style style);
/* explain: one judgement in full, every deciding record. */
void report_explain(struct str *out, const struct as_result *as, const struct pack *pack,
    const struct judgement *j, struct text_style style);
void report_explain_json(struct str *out, const struct as_result *as, const struct pack *pack,
    const struct judgement *j);

#endif
