/*
 * badge: a mark as a picture: an SVG file of its own that needs nothing else. It is one card, the same on light and
 * dark ground; how the mark stands is a word and a shape, never a colour alone; all that it shows is read aloud too.
 */
#ifndef REPORT_BADGE_H
#define REPORT_BADGE_H

#include "base/str.h"

enum badge_look { BADGE_STANDS, BADGE_EARLY, BADGE_LAPSED, BADGE_SUSPENDED, BADGE_DISPUTED, BADGE_LOOKS };

struct badge {
	enum badge_look look;
	uint32_t asn;
	const char *name;		/* of the network; "" when unknown */
	const char *pack, *label;	/* "manrs-netops 1.0.0"; " (proposal)" or "" */
	const char *line;		/* what is said of time: "valid to 2031-06-01 00:00 UTC" */
	const char *address;		/* of the proof; NULL: none */
	const char *sha256;		/* of the mark */
};

#define BADGE_WIDTH 460
#define BADGE_HEIGHT 120

const char *badge_word(enum badge_look look);	/* "VALID" */
/* What a page needs in its style to hold one, as its own style would win over what the drawing says. */
extern const char badge_css[];
/* The file, with its line feed. inside: for a page that holds it, which has badge_css. */
void badge_svg(struct str *out, const struct badge *b, bool inside);
/* A text of s that takes at most width units at a size, by the widest of the common fonts; cut with "..." when it
 * must be. Returns how many units it takes. */
unsigned badge_fit(struct str *out, const char *s, unsigned size, bool bold, unsigned width);

#endif
