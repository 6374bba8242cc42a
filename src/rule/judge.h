/*
 * judge: what the two files of the judge share.
 */
#ifndef RULE_JUDGE_H
#define RULE_JUDGE_H

#include "rule/rule.h"

#define DAY 86400

/* A part that the control needs and the metric has not: its name. NULL when there is none. */
const char *judge_missing_part(const struct control *c, const struct metric *m);
/* Whether what the number rests on is too far from the moment, or of unknown age where the control has a limit, or of
 * days too far from each other: then *because says which. */
bool judge_aged(const struct control *c, const struct metric *m, struct utc at, enum because *because);
/* A number (m->state is METRIC_OK) against its bars: PASS, WARN or FAIL. */
enum verdict test_against_bars(const struct control_test *t, const struct metric *m, bool is_cdn);

#endif
