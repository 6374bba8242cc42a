/* dated: of when the evidence is, for headings. */
#include "report/dated.h"
#include "world/world.h"

#include <stdio.h>

#define DAY 86400

void
dated_span(const struct world *w, struct utc *oldest, struct utc *newest)
{
	size_t i;

	*oldest = *newest = UTC_NONE;
	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (!in->complete || in->duplicate || in->kind == KIND_TEXT || !utc_known(in->time))
			continue;
		if (!utc_known(*oldest) || in->time.s < oldest->s)
			*oldest = in->time;
		if (!utc_known(*newest) || in->time.s > newest->s)
			*newest = in->time;
	}
}

const char *
dated_text(const struct assessment *head, char out[static DATED_TEXT])
{
	struct utc oldest, newest;
	char a[UTC_TEXT], b[UTC_TEXT];

	dated_span(head->world, &oldest, &newest);
	utc_format(oldest, a);
	utc_format(newest, b);
	if (!utc_known(oldest))
		snprintf(out, DATED_TEXT, "evidence of an unknown date");
	else if (utc_known(head->at) && newest.s <= head->at.s && head->at.s - oldest.s <= (int64_t)DATED_DAYS * DAY)
		snprintf(out, DATED_TEXT, "evidence as of %.10s", utc_format(head->at, a));
	else if (oldest.s / DAY == newest.s / DAY)
		snprintf(out, DATED_TEXT, "evidence of %.10s", a);
	else
		snprintf(out, DATED_TEXT, "evidence of %.10s to %.10s", a, b);
	return out;
}
