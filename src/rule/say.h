/*
 * say: numbers and bars in plain words, the same for a reason line, a table and the list of rules.
 */
#ifndef RULE_SAY_H
#define RULE_SAY_H

#include "base/str.h"
#include "rule/rule.h"

/* Millionths as a percentage with two decimals, "2.50". What is neither none nor all never reads as
 * 0.00 or 100.00. Not for negative numbers. */
void say_percent(struct str *out, int64_t ppm);
/* A threshold as it was written: "99 %", "0.1 %", "3", "yes". */
void say_bar(struct str *out, enum metric_unit unit, int64_t bar);
/* "at least 99 % (warn 90 %)", "at most 0 allowed"; bar of CDN participants when is_cdn. */
void say_bars(struct str *out, const struct control_test *t, bool is_cdn);
/* The number alone: "2.50 %", "3", "yes". */
void say_number(struct str *out, const struct metric *m);
/* What the number is of: "originated routes RPKI-invalid", "a contact is registered". */
void say_what(struct str *out, const struct metric *m);
/* What say_what adds when something was left out of the number; whether it does. out NULL: only asks. */
bool say_aside(struct str *out, const struct metric *m);
/* What stands before it: "3 of 120 ", "1.5 points in 744 "; nothing for a bool. */
void say_count(struct str *out, const struct metric *m);
/* What was counted: "3 of 120 originated routes are RPKI-invalid (2.50 %, 95 % interval 0.85-7.10)". */
void say_metric(struct str *out, const struct metric *m);
/* How several numbers make a verdict: "Each of these numbers must hold: the worst decides." Static. */
const char *say_join(enum join j);
/* What stands between their bars: " and ", " or ", ", else ". Static. */
const char *say_join_bars(enum join j);
/* The organisation, of which some ASNs were measured: "2 of 3 ASNs measured; worst AS64501 with 95.00 %; all together
 * 97.20 %". */
void say_siblings(struct str *out, const struct metric *m);
/* Why the verdict: one line with the numbers; and the same where the numbers stand beside it. */
void say_reason(struct str *out, const struct judgement *j);
void say_brief(struct str *out, const struct judgement *j);

#endif
