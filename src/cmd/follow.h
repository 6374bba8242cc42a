/*
 * follow: the updates of a session's data, read once more for the incidents in them. Apart from session.h, since few
 * commands want to know how.
 */
#ifndef CMD_FOLLOW_H
#define CMD_FOLLOW_H

#include "cmd/opt.h"
#include "rule/rule.h"
#include "world/world.h"

struct follow;
struct scored;
struct follow_ask {
	const char *window;	/* "FROM/TO"; NULL: the calendar month of the newest update */
	uint32_t visibility, bogon_visibility, threads;
	bool ways;		/* note by whom offending routes came (metric/timeline.h) */
};

/* A pack judges or shows a metric of incidents. */
bool follow_wanted(const struct pack *packs, size_t n);
/* False when it is no window. from, to: NULL when nobody wants to know. */
bool follow_window_parse(const char *text, struct utc *from, struct utc *to);
/* ask->window is one. */
struct follow *follow_new(const struct follow_ask *ask);
void follow_free(struct follow *f);	/* NULL is fine */
/* w must outlive it. What the updates cannot tell has a reason in the result, which is f's; NULL after a message: a file
 * that cannot be read again or is another by now. */
const struct scored *follow_run(struct follow *f, const struct world *w, const struct opt_table *t);

#endif
