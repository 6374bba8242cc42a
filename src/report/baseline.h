/*
 * baseline: how much evidence an earlier report of audit --json or explain --json had (doc/formats/assessment.md), with
 * results or without (--summary). It is read in a stream: one of all ASes has gigabytes.
 */
#ifndef REPORT_BASELINE_H
#define REPORT_BASELINE_H

#include "base/arena.h"
#include "base/feed.h"
#include "world/baseline.h"

/* All but the digest, which is the caller's to fill. An error leaves *why, from the arena: where in the file (a byte
 * offset), which field, which rule. A report of an unknown moment or of another format is refused, and one whose numbers
 * are not to be believed (over BASELINE_COUNT_MAX). */
NODISCARD enum err baseline_read(struct baseline *b, struct feed *f, struct arena *a, const char **why);

#endif
