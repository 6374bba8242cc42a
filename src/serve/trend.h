/*
 * trend: the number of a control over the months, drawn between its bars.
 */
#ifndef SERVE_TREND_H
#define SERVE_TREND_H

#include "serve/page.h"

/* A <figure>; nothing when no two months have a number of the same metric as the last. t NULL: its bars are not known.
 * id is a word of html_slug. */
void trend(struct str *out, const struct history_pack *p, const struct history_control *c, const struct control_test *t,
    bool cdn, const char *id);

#endif
