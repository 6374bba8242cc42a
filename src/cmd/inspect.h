/*
 * inspect: what the inputs in a folder are, what is wrong with them, and what is missing for which
 * control. Private to cmd/inspect*.c.
 */
#ifndef CMD_INSPECT_H
#define CMD_INSPECT_H

#include "base/str.h"
#include "metric/doubt.h"
#include "rule/rule.h"
#include "world/world.h"

/* A control that cannot be judged on these inputs, as sets of EV_BITs. */
struct lack {
	const struct pack *pack;	/* borrowed */
	const struct control *control;
	uint32_t absent;	/* each of these is needed, and there is none */
	uint32_t absent_any;	/* one of these is needed, and there is none */
	uint32_t incomplete;	/* there, but cut short or contradicting itself */
	char doubt[DOUBT_TEXT];	/* there and whole, but shrunk, of other days, or old: the first of these; "" */
};

struct inspection {
	const struct world *w;
	const struct input **inputs;	/* owned array, by name */
	size_t n_controls;		/* of all packs, that inputs can show anything of */
	struct lack *lacks;		/* owned, in the order of the packs */
	size_t n_lacks, cap_lacks;
	bool verbose, colour;
};

/* Not recognised, cut short, damaged, contradicting itself: not used. */
bool input_unusable(const struct input *in);
/* Why, on one line: "input ends early at byte 70 (mrt.length)". */
void input_reason(const struct input *in, struct str *out);

/* Find the lacks of one pack's controls. */
void inspect_pack(struct inspection *v, const struct pack *p);

void inspect_text(const struct inspection *v, struct str *out);
/* Parts of it: what kinds of evidence there are, and what each control lacks. */
void inspect_evidence(const struct inspection *v, struct str *out);
void inspect_lacks(const struct inspection *v, struct str *out);
void inspect_title(const struct inspection *v, const char *title, struct str *out);
const char *inspect_style(const struct inspection *v, const char *code);	/* "" without colour */
#define STYLE_BOLD "\033[1m"
#define STYLE_RED "\033[31m"
#define STYLE_PLAIN "\033[0m"
#define INSPECT_WIDTH 100	/* columns */

void inspect_json(const struct inspection *v, struct str *out);

#endif
