/*
 * row: what is kept of an assessment, as values that know neither where they came from (a judgement just made, a
 * report read again) nor where they go. Both ways in make these, so both give the same rows.
 */
#ifndef ARCHIVE_ROW_H
#define ARCHIVE_ROW_H

#include "addr/place.h"
#include "base/arena.h"
#include "base/sha256.h"
#include "base/str.h"
#include "base/utc.h"
#include "metric/metric.h"
#include "rule/rule.h"

struct archive_control {
	const char *id, *title;
	bool required;
};

struct archive_pack {
	const char *id, *version, *title, *status;
	uint8_t sha256[SHA256_BYTES], profile_sha256[SHA256_BYTES];
	bool has_profile;
	const struct archive_control *controls;
	size_t n;
};

struct archive_input {
	uint8_t sha256[SHA256_BYTES];
	uint64_t size;			/* bytes, as it lies there */
	const char *kind;
	struct utc time;		/* UTC_NONE when nobody says */
	bool time_from_name, complete;
};

struct archive_family { uint64_t full_feed, visibility, visible_routes; };

struct archive_head {
	struct utc at;			/* known */
	const char *parameters;		/* canonical JSON, flat but for window, without records_max, which changes nothing */
	const struct archive_pack *packs;
	size_t n_packs;
	const struct archive_input *inputs;	/* ascending by digest, each once */
	size_t n_inputs;
	uint64_t collectors, vantage_points;
	struct archive_family family[FAMILY_N];
};

/* A metric. */
struct archive_number {
	const char *metric;		/* its word */
	enum metric_unit unit;
	enum metric_state state;
	const char *why;		/* NULL when METRIC_OK */
	const char *evidence;		/* the kinds it rests on, a space between; "" for none */
	struct utc oldest;
	uint64_t num, den;		/* 0 unless METRIC_OK, as value */
	int64_t value;			/* as value_ppm of struct metric */
};

struct archive_verdict {
	enum verdict verdict;
	const char *decides;		/* word of the metric, or NULL */
	const char *reason;		/* NULL when it follows from the number of decides: see row_reason_needed */
};

struct archive_row {
	uint32_t asn;
	bool seen, cdn;
	const char *name, *org;
	struct place place;		/* where its holder is registered; SERVICE_NONE: not known */
	const struct archive_number *numbers;	/* ascending by metric */
	size_t n_numbers;
	const struct archive_verdict *verdicts;	/* of the head's packs, their controls one after the other */
	size_t n_verdicts;
};

/* A number set the verdict: what a reason would say is in it and in the bars of the pack. */
bool row_reason_needed(enum verdict v, const struct archive_number *decides);
const struct archive_number *row_number(const struct archive_row *r, const char *metric);	/* NULL: not there */
size_t head_controls(const struct archive_head *head);	/* of all packs together */
/* The value that num and den give, rounded down; another one is kept beside them. */
int64_t row_value(enum metric_unit unit, uint64_t num, uint64_t den);

/* A table that grew on the heap, moved to an arena for good. */
const void *row_settle(struct arena *a, void *table, size_t n, size_t size);

/* One row as bytes, its length first, so that several can follow each other; and back. Pointers of out are into
 * bytes and a. row_read trusts nothing: what it takes is what row_write made of a row that fits together (numbers ascend,
 * a verdict rests on one of them, no data is no pass); on an error *field names where it does not. */
void row_write(struct str *out, const struct archive_row *r);
NODISCARD enum err row_read(struct span bytes, struct arena *a, struct archive_row *out, const char **field);
/* Cut the first of several that this process wrote; false when there is none. */
bool row_cut(struct span *rows, struct span *row);
void head_digest(const struct archive_head *head, struct sha256 *h);
void pack_digest(const struct archive_pack *p, uint8_t out[static SHA256_BYTES]);

#endif
