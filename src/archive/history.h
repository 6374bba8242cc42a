/*
 * history: a network over the months, from an archive: per pack the months, per control what each month said and
 * what changed since the month before it in the archive. Two months whose pack, parameters or evidence differ are
 * not comparable: that is said beside the change. A month without a number has no change, and nor has the one
 * after it: no data is never a pass, also not in a trend.
 */
#ifndef ARCHIVE_HISTORY_H
#define ARCHIVE_HISTORY_H

#include "archive/archive.h"
#include "archive/incidents.h"
#include "report/report.h"

#define HISTORY_FORMAT "routemark-history/1"	/* doc/formats/archive.md */

struct history_query {
	struct utc as_of;		/* only assessments whose moment is not after it; UTC_NONE: all */
	const char *pack, *control;	/* only these, ASCII case ignored, and no incidents; NULL: all */
	bool all;			/* every assessment and window; else the newest of each month */
	bool incidents;			/* only incidents, no packs */
};

struct history_month {			/* a column of one pack */
	uint8_t digest[SHA256_BYTES];	/* of the assessment */
	struct utc at;
	const char *parameters;
	struct archive_pack pack;
	uint64_t full_feed[FAMILY_N];
	const struct archive_input *inputs;
	size_t n_inputs;
	const char *label;		/* "2024-01"; with --all the whole date, with the time when two are of a day */
	bool gap;			/* months between it and the one before are not in the archive */
	const char **cautions;		/* why it cannot be compared with the month before */
	size_t n_cautions;
};

struct history_cell {
	bool there;			/* false: the control was not in that month's pack */
	enum verdict verdict;
	const char *reason;		/* NULL when the number says it */
	const char *decides;		/* word of the metric, or NULL */
	bool has_number;		/* decides was measured; what follows is then set. With NO_DATA it did not
					 * count: too old, of too few, or not enough by itself */
	enum metric_unit unit;
	uint64_t num, den;
	int64_t value;			/* as value_ppm */
	uint32_t lo_ppm, hi_ppm;	/* of a share */
	const char *evidence;
	struct utc oldest;
	/* against the month before */
	bool has_change;		/* numbers of the same metric set both verdicts */
	int64_t change;			/* value less value before: ppm, or counts */
	const char **cautions;		/* beside those of the month: other evidence, another metric */
	size_t n_cautions;
};

struct history_control {
	const char *id, *title;
	bool required;			/* in the last month that has it */
	struct history_cell *cells;	/* one for each month */
};

struct history_pack {
	const char *id, *version, *title, *status;	/* of the last month */
	struct history_month *months;	/* ascending; at least one */
	size_t n_months;
	struct history_control *controls;
	size_t n_controls;
};

/* Of one role and class, against the window before: what is counted are incidents of the same class, prefix, origin and
 * culprit. */
struct history_change {
	enum archive_role role;
	enum offence_class class;
	uint64_t begun;			/* there are, and were not */
	uint64_t ended;			/* were open at the end of the one before, and are not at the end of this one */
	uint64_t still;			/* were open then, and are now */
};

struct history_window {			/* a window of time, and the network's part in it */
	const struct archive_window_entry *of;
	const char *label;		/* as that of a month, of when it began */
	const struct archive_party *parties;	/* by role, class, confidence; none: nothing was found */
	const struct archive_score *scores;
	const struct history_change *changes;	/* of each role and class in this window or the one before, when both
						 * were searched for the class */
	const char **cautions;		/* what stands against comparing it with the one before, and what it rests on */
	size_t n_parties, n_scores, n_changes, n_cautions;
	bool first;			/* there is none before it */
};

struct archive_history {
	uint32_t asn;
	bool known;			/* it is in the archive, in what was asked for */
	const char *name, *org;		/* of the last month */
	struct place place;		/* the same: where its holder is registered */
	struct history_pack *packs;	/* by id */
	size_t n_packs;
	struct history_window *windows;	/* ascending; all that there are, when anything is known of the network */
	size_t n_windows;
};

/* All of out is from arena. An error is the archive's: archive_why. */
NODISCARD enum err history_make(struct archive *a, uint32_t asn, const struct history_query *q, struct arena *arena,
    struct archive_history *out);

/* Appended to out. Text: a heading, what the archive was asked, each network; JSON: one document; CSV: a row for each
 * network, pack, control and month, or with incidents for each network, window, role, class and confidence. */
void history_text(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q,
    struct text_style style);
void history_json(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q);
void history_csv(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q);

/* A verdict of a row and the number that it rests on; no change, no cautions. Borrowed from r. */
void history_cell_make(const struct archive_row *r, size_t verdict, struct history_cell *c);
/* Of a role and class; NULL: not known, or nothing of it was in either. */
const struct history_change *history_change_of(const struct history_window *w, enum archive_role role,
    enum offence_class class);
bool history_judged(const struct history_cell *c);	/* a number set the verdict */
/* "+1.25 points", "-3", "no to yes"; "=" for none. */
void history_change(struct str *out, const struct history_cell *c);
const char *history_label(const char *status);	/* as pack_label */

#endif
