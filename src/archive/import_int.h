/*
 * import_int: what the parts of the import share. Inside archive/ only.
 */
#ifndef ARCHIVE_IMPORT_INT_H
#define ARCHIVE_IMPORT_INT_H

#include "archive/import.h"
#include "base/doc.h"
#include "base/limits.h"

struct tally { uint64_t n[VERDICT_N]; };

struct importer {
	struct doc doc;		/* a: of the whole report */
	struct arena *row;		/* owned: of one network */
	struct str bytes;		/* owned: the same */
	enum err (*each)(void *arg, struct span row);
	void *arg;
	struct import_result *out;
	struct sha256 content;
	uint32_t *asns;			/* owned */
	size_t n_asns, cap_asns;
	struct tally *counted;		/* of each control of all packs, from the results */
	size_t n_controls;
	unsigned seen;			/* of the head: a bit for each member */
	enum err err;			/* of each */
};

enum { SEEN_AT = 1, SEEN_EVIDENCE = 2, SEEN_FORMAT = 4, SEEN_INPUTS = 8, SEEN_PACKS = 16, SEEN_PARAMETERS = 32,
	SEEN_RESULTS = 64, SEEN_SUMMARY = 128 };

/* import_json.c: as base/doc.h, which has the rest. */
bool im_text(struct importer *im, const char *field, struct arena *a, const char **out);
bool im_text_or_null(struct importer *im, const char *field, struct arena *a, const char **out);
bool im_time(struct importer *im, const char *field, struct utc *out);	/* null is UTC_NONE */
bool im_digest(struct importer *im, const char *field, uint8_t out[static SHA256_BYTES], bool *null);
/* When an object ends: the members that it must have, a space between; has is a bit for each, in their order. */
bool im_whole(struct importer *im, const char *field, unsigned has, const char *must);

bool im_once(struct importer *im, unsigned *has, unsigned bit, const char *field);	/* not a second time */
bool im_word(struct importer *im, const char *field, const char *const *words, unsigned n, unsigned *out);

/* The next member that is one of words, a space between, and which; has gets its bit, twice is refused. false at the
 * end of the object, and after a complaint. */
bool im_pick(struct importer *im, const char *field, const char *words, unsigned *has, unsigned *which);
bool im_i64(struct importer *im, const char *field, int64_t *out);
bool im_u32(struct importer *im, const char *field, uint32_t *out);

struct import_draft {			/* of one network; everything from im->row */
	struct archive_row r;
	struct archive_number numbers[ARCHIVE_METRICS_MAX];
	struct archive_verdict *verdicts;
	unsigned has;
};

bool im_metrics(struct importer *im, struct import_draft *d);	/* import_metric.c */
bool im_head(struct importer *im);	/* import_head.c: the member whose key is in r.text */
bool im_inputs(struct importer *im);	/* the same: into the head */
/* An object of numbers, true and false, as they were written, and a window of updates; without the member that says
 * records_max. */
bool im_flat(struct importer *im, const char *field, const char **out);
bool im_results(struct importer *im);	/* import_result.c */
bool im_summary(struct importer *im);	/* import_summary.c */

#endif
