/*
 * text_sheet: the parts of the text report that are the same for every AS. Inside report/ only.
 */
#ifndef REPORT_TEXT_SHEET_H
#define REPORT_TEXT_SHEET_H

#include "report/dated.h"
#include "report/layout.h"

#define WHY_COLUMN 42	/* where the reasons start */

struct sheet_row {			/* of a control */
	struct str left[VERDICT_N];	/* owned: id, mark and verdict */
	struct str cannot;		/* owned: the whole row, of a control that cannot be judged from files */
	/* owned: the reason where it is a number held against bars, by the test, by whether the bars are those
	 * of CDNs, and by the answer of a yes-or-no metric; with what else is needed when wants_more */
	struct str number[CONTROL_TESTS][2][2][2];
};

struct sheet_pack {
	struct str title;		/* owned: the lines above the rows */
	struct sheet_row *rows;		/* owned: of its controls */
};

struct text_sheet {
	const struct assessment *head;
	struct text_style style;
	char dated[DATED_TEXT];
	struct sheet_pack *packs;	/* owned: of head */
};

/* The rest of a row: the number and its population; then the reason. */
void text_number(struct str *out, const struct metric *m);
void text_why(struct str *out, const struct judgement *j, struct text_style style);

#endif
