/*
 * diag: bad data is evidence about its source. Each input has one struct diags: the
 * first DIAG_KEPT_MAX are kept verbatim, all are counted per (level, field, rule).
 * Levels are the graded reactions of RFC 7606 seen from an observer.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum diag_level {
	DIAG_NOTE,		/* odd, but used */
	DIAG_SKIP_FIELD,	/* this attribute or field is not used */
	DIAG_SKIP_RECORD,	/* this record is not used */
	DIAG_STOP_SOURCE	/* nothing after this is used; the source is incomplete */
};

struct diag {
	enum diag_level level;
	enum err err;
	uint64_t record;	/* 1-based; for text the line number */
	uint64_t offset;	/* plain (decompressed) bytes from the start of the input */
	const char *field;	/* static, e.g. "rib.prefix_len" */
	const char *rule;	/* static, e.g. "RFC 6396 4.3.2"; NULL when none is broken */
};

struct diag_count {
	struct diag first;
	uint64_t n;
};

struct diags {
	struct diag kept[64];
	size_t n_kept;
	struct diag_count *counts;	/* owned; one per (level, err, field, rule) */
	size_t n_counts, cap_counts;
	uint64_t n_level[DIAG_STOP_SOURCE + 1];
};

/* Record one. field and rule must outlive d (string literals). */
void diag_add(struct diags *d, enum diag_level level, enum err e, uint64_t record,
    uint64_t offset, const char *field, const char *rule);
bool diags_stopped(const struct diags *d);	/* the source is incomplete */
uint64_t diags_total(const struct diags *d);
const char *diag_level_text(enum diag_level level);
/* "record 2 @63: rib.attrs: input ends early [RFC 6396 4.3.4]" into buf; returns buf. */
const char *diag_format(const struct diag *g, char *buf, size_t size);
void diags_release(struct diags *d);

#endif
