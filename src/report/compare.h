/*
 * compare: networks side by side against what a buyer asks for, to bytes. Functions append to out, as those of
 * report.h. What could not be judged is never counted as met; each number stands with its population and interval;
 * an answer is shown as what it is: attested, by whom, of when.
 */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include "report/report.h"
#include "rule/require.h"

#define COMPARE_FORMAT "routemark-comparison/1"	/* doc/formats/comparison.md */

/* A file of answers that was read. */
struct answers {
	uint8_t sha256[SHA256_BYTES];
	uint64_t bytes;
	const struct answer *list;	/* by ASN, then control id; one each */
	size_t n;
	uint64_t n_skipped;	/* rows that could not be used, among them those that contradict each other */
};
/* In which order answers of one network stand: ids of controls, ASCII case ignored, as packs take them. */
int control_id_compare(const char *a, const char *b);
/* The answer of a network about a control; NULL when there is none. */
const struct answer *answers_find(const struct answers *a, uint32_t asn, const char *control);

/* One network held against all demands. */
struct compared {
	struct as_result as;		/* of one pack: the requirement's */
	const struct held *held;	/* req->pack.n, in the order of the profile */
	struct tally tally;
};

struct comparison {
	const struct assessment *head;	/* of one pack: the requirement's */
	const struct requirement *req;
	const struct answers *answers;	/* NULL: none were given */
	const size_t *order;		/* req->pack.n: demands in the order in which they are shown */
	const struct compared *nets;	/* the one that serves the buyer best first, those without a place last; ties by ASN */
	size_t n;
	uint64_t n_answers_unused;	/* answers for other networks, or to what is not asked */
};

/* Hold each result against the demands and sort. as: results of the requirement's pack, which live as long as a. */
void comparison_make(const struct assessment *head, const struct requirement *req, const struct answers *answers,
    const struct as_result *as, size_t n, struct arena *a, struct comparison *out);

/* The place of nets[i], from 1: those that serve the buyer equally well share one. 0: it has none, since no demand that
 * applies could be judged; such networks stand last. */
size_t comparison_rank(const struct comparison *c, size_t i);

/* For a terminal: the matrix in blocks of as many networks as fit, then a block for each network. */
void compare_text(struct str *out, const struct comparison *c, struct text_style style);
/* Canonical JSON and CSV (a row per network and demand): doc/formats/comparison.md. */
void compare_json(struct str *out, const struct comparison *c);
void compare_csv(struct str *out, const struct comparison *c);
/* One page, as those of html_report.h: the matrix, and per demand the numbers of all on the scale of its bars. */
void compare_html(struct str *out, const struct comparison *c);

#endif
