/*
 * exposure: the networks that someone's routes depend on (metric/exposure.h), with the verdicts on each, to bytes.
 * Like the rest of report/ it appends to out, and prints nothing.
 */
#ifndef REPORT_EXPOSURE_H
#define REPORT_EXPOSURE_H

#include "metric/exposure.h"
#include "report/report.h"

#define EXPOSURE_FORMAT "routemark-exposure/1"	/* doc/formats/exposure.md */

struct exposure_result {
	const struct exposure *e;
	const struct as_result *self;	/* the origin */
	const struct as_result *on;	/* as e->ases */
};
struct exposure_asked {			/* one operand */
	bool is_prefix;
	struct prefix prefix;
	uint32_t asn;
	const struct exposure_result *results;	/* one; of a prefix, one for each origin */
	size_t n;
};

/* The verdicts on the required controls of all packs, counted. */
struct exposure_verdicts {
	size_t n[VERDICT_N], n_required;
	enum verdict all;		/* joined, verdict_worst; NOT_APPLICABLE when there is none */
	const struct judgement *worst;	/* the first that decides; NULL when none is worse than PASS */
	const struct pack *worst_pack;
};
void exposure_verdicts_of(const struct as_result *r, struct exposure_verdicts *out);

/* The weakest link, which may be none that is at_end: of those with a failed required control the one that carries the most; when none fails, the
 * one that carries the most of those that cannot be judged whole. */
struct exposure_weakest {
	size_t at;		/* in e->ases; SIZE_MAX when there is none */
	struct exposure_verdicts v;
};
void exposure_weakest_of(const struct exposure_result *r, struct exposure_weakest *out);

/* What is reported on. Borrowed, all of it. */
struct exposure_sheet {
	const struct assessment *head;
	const struct exposure_asked *asked;
	size_t n;
	const struct astray_ground *incidents;	/* of the window, or why there is none */
	uint32_t min_ppm;
};
void exposure_text(struct str *out, const struct exposure_sheet *x, struct text_style style);
void exposure_json(struct str *out, const struct exposure_sheet *x);
/* A row per network and family. */
void exposure_csv(struct str *out, const struct exposure_sheet *x);
/* A row per network, family and kind of incident. */
void exposure_incidents_csv(struct str *out, const struct exposure_sheet *x);

/* Why this kind is NO DATA where so many incidents went through a network; NULL when it is not. None is an answer only of
 * a window that was seen. */
const char *exposure_kind_why(const struct astray_ground *g, const struct exposure *e, enum astray_kind k, uint64_t n);

/* Whether the family was asked for: of a prefix only its own. */
static inline bool
exposure_has(const struct exposure *e, unsigned family)
{
	return !e->has_within || e->within.family == family;
}

#define EXPOSURE_NOBODY "no route that counts equals or covers it or lies in it"	/* of a prefix */

/* Words that text, CSV and JSON share. */
const char *exposure_relation_word(enum as_relation r);	/* "provider", "" when unknown */
const char *offence_word(enum exposure_offence o);	/* "rpki-invalid", "bogon", "own-space" */

#endif
