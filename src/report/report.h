/*
 * report: an assessment to bytes. Canonical JSON (one truth), CSV, and text for people. Nothing here
 * opens or prints: every function appends to out. Text from outside (names, JSON strings) is written
 * so that it cannot steer a terminal or a spreadsheet.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "addr/place.h"
#include "base/str.h"
#include "metric/facts.h"
#include "rule/rule.h"

#define REPORT_FORMAT "routemark-assessment/1"	/* doc/formats/assessment.md */

struct pack_result {
	const struct pack *pack;
	const struct judgement *judgements;	/* n: one per control, in the pack's order */
	size_t n;
};

struct disputed_control;
struct as_result {
	uint32_t asn;
	bool seen;			/* it announces or passes on a route in the data */
	bool is_cdn;			/* listed in the MANRS CDN programme */
	const char *name, *org;		/* "" when unknown */
	struct place place;		/* where its holder is registered; not where it runs */
	const struct pack_result *packs;
	size_t n_packs;
	const struct metric *const *metrics;	/* by id */
	size_t n_metrics;
	const struct disputed_control *disputed;	/* report/disputes.h; verdicts of which nothing is said are not in it */
	size_t n_disputed;
};

struct disputes_head;
struct assessment {
	struct utc at;
	const struct world *world;	/* manifest and vantage only */
	const struct metric_params *params;
	const struct routes_params *routes_params;
	const struct pack *packs;
	size_t n_packs;
	const struct disputes_head *disputes;	/* report/disputes.h; NULL: nobody asked for them */
};

/* The whole record as canonical JSON, streamed: begin, one call per AS, end, so that 80 k ASes need no
 * more memory than one. */
void report_json_begin(struct str *out, const struct assessment *head);
void report_json_as(struct str *out, const struct as_result *r, bool first);
struct summary;
void report_json_end(struct str *out, const struct summary *s);	/* report/summary.h */
/* The record without its results: a document of its own. */
void report_json_summary(struct str *out, const struct assessment *head, const struct summary *s);
/* One judgement with its metrics and all their records, as a document of its own. */
void report_explain_json(struct str *out, const struct assessment *head, const struct as_result *as,
    const struct pack *pack, const struct judgement *j);

/* A row per AS and control; the header line first. */
void report_csv_head(struct str *out);
void report_csv_as(struct str *out, const struct assessment *head, const struct as_result *r);

/* For a terminal: width columns, colour only when asked. */
struct text_style {
	unsigned width;		/* 60 to 100 look well */
	bool colour;
};
void report_text_head(struct str *out, const struct assessment *head, struct text_style style);
/* What the tables of all ASes have in common, laid out once. head and its packs must outlive it. */
struct text_sheet;
struct text_sheet *text_sheet_new(const struct assessment *head, struct text_style style);
void text_sheet_free(struct text_sheet *sheet);
/* r has the packs of the sheet. */
void report_text_as(struct str *out, const struct text_sheet *sheet, const struct as_result *r);
/* The metrics whose deciding records it shows, as bits of their ids: those that a FAIL or WARN rests on; and
 * how many records of each. */
uint64_t report_against(const struct as_result *r);
#define REPORT_FINDINGS 3
/* explain: one judgement in full, every record that the metrics kept. */
void report_explain(struct str *out, const struct assessment *head, const struct as_result *as,
    const struct pack *pack, const struct judgement *j, struct text_style style);
/* The packs by a line each; one pack in full. */
void report_packs(struct str *out, const struct pack *packs, size_t n, struct text_style style);
void report_pack(struct str *out, const struct pack *pack, struct text_style style);

#endif
