/*
 * gist: what a seal says of a report: its moment, its inputs and packs by digest, and the verdicts. It is read from
 * the report's own JSON (doc/formats/assessment.md) in one strict pass, whatever its size, and from nothing else: who
 * has the report can say it again, word for word.
 */
#ifndef SEAL_GIST_H
#define SEAL_GIST_H

#include "base/arena.h"
#include "base/str.h"

enum gist_verdict { GIST_PASS, GIST_WARN, GIST_FAIL, GIST_NO_DATA, GIST_NOT_APPLICABLE, GIST_VERDICTS };

struct gist_input {
	const char *kind, *sha256;
	const char *time;		/* NULL: unknown */
	bool complete;
};

struct gist_control {
	const char *id;
	bool required;
};

struct gist_pack {
	const char *id, *version, *status, *catalog;
	const char *profile;		/* NULL: a catalogue alone */
	const struct gist_control *controls;
	size_t n;
	uint64_t required[GIST_VERDICTS];	/* verdicts on required controls, over all ASes */
};

/* A verdict on a control that its pack requires. */
struct gist_test {
	uint32_t asn, pack, control;	/* indices into packs and its controls */
	enum gist_verdict verdict;
};

struct gist {
	const char *at;			/* RFC 3339 */
	const struct gist_input *inputs;
	size_t n_inputs;
	struct gist_pack *packs;
	size_t n_packs;
	const uint32_t *asns;		/* ascending */
	size_t n_asns;
	struct gist_test *tests;	/* owned (gist_release): by AS, pack, control */
	size_t n_tests, cap_tests;
};

/* All but tests is from the arena. An error leaves *why, from the arena: the byte, the field, the rule. */
NODISCARD enum err gist_read(struct span report, struct arena *a, struct gist *out, const char **why);
void gist_release(struct gist *g);

/* "PASSED", "WARNED", "FAILED" of in-toto's test-result, over required controls: FAILED when one failed; PASSED
 * when one passed and none warned or lacked data (no data is never a pass); else WARNED. */
const char *gist_result(const uint64_t required[static GIST_VERDICTS]);
/* What stands behind the name of a pack: "" for one that is published, else " (proposal)" or another. */
const char *gist_label(const struct gist_pack *p);
/* The trusted comment of a signature: format, moment, subject, packs; one line, no control characters. */
void gist_comment(struct str *out, const struct gist *g);

#endif
