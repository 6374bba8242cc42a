/*
 * mark_ground: whether a report carries a mark: every control that the pack requires passes or does not apply, at least
 * one passes, and their evidence ages. No data, a warning and a failure carry nothing.
 */
#ifndef SEAL_MARK_GROUND_H
#define SEAL_MARK_GROUND_H

#include "base/limits.h"
#include "seal/gist.h"
#include "seal/mark.h"

/* What a mark is refused for. */
struct mark_lack {
	const char *control, *title;	/* NULL: the mark as a whole */
	const char *verdict;		/* "NO_DATA"; NULL the same */
	const char *reason;		/* of the report, or ours; a line */
};

struct mark_lacks {
	struct mark_lack *lack;		/* from the arena, at least one more than the pack's controls */
	size_t n;
};

/* The mark of one AS by one of the report's packs, but for address, issuer and log, which are NULL; when lacks->n is
 * 0. ERR_UNKNOWN: the report has no such AS, or pack. ERR_SYNTAX: it is no report. ERR_CONTRADICT: it says PASS of
 * evidence that by its own limits is too old or has no date. All is from the arena, *why too. */
NODISCARD enum err mark_ground(struct span report, uint32_t asn, const char *pack, struct arena *a, struct mark *out,
    struct mark_lacks *lacks, const char **why);

/* For mark_ground*.c: what the report has on it beyond its gist. */
struct ground_test { const char *metric; bool judged; };
struct ground_control {
	const char *id, *title, *decides, *reason;	/* decides NULL: no metric */
	uint32_t age_max_days;
	bool best, whole_org;
	struct ground_test test[MARK_TESTS_MAX];
	size_t n;
};
struct ground_metric { const char *id, *oldest; };		/* oldest NULL: unknown */
struct ground {
	const char *title;			/* of the pack */
	struct ground_control *controls;	/* all of the pack's, in its order */
	size_t n;
	const char *name, *organisation;
	struct ground_metric *metrics;		/* owned */
	size_t n_metrics, cap_metrics;
};

/* The report was read by gist_read, which has what is common; at: of the pack, in it. */
NODISCARD enum err ground_read(struct span report, const struct gist *g, uint32_t asn, size_t at, struct arena *a,
    struct ground *out, const char **why);

#endif
