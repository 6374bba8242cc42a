/* dispute_show: disputes of a ledger, for people and as JSON (doc/formats/dispute.md). */
#ifndef CMD_DISPUTE_SHOW_H
#define CMD_DISPUTE_SHOW_H

#include "report/report.h"
#include "seal/dispute.h"

struct dispute_show {
	const struct ledger *g;
	const struct verify_keys *known;
	struct utc at;			/* UTC_NONE: nothing has expired */
	uint32_t asn;			/* 0: of all networks */
	size_t only;			/* index of an opening; g->n: all */
};

/* A line for each dispute, ascending by opening; what there is of one. */
void dispute_list_text(struct str *out, const struct dispute_show *o, struct text_style style);
void dispute_show_text(struct str *out, const struct dispute_show *o, struct text_style style);
void dispute_show_json(struct str *out, const struct dispute_show *o);

/* "NAME+ID (the network's key)" */
void dispute_by(struct str *out, const struct dispute_line *l, const struct verify_keys *known);
const char *dispute_role_word(const struct dispute_line *l, const struct verify_keys *known);	/* NULL: not known */

#endif
