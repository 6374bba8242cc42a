/*
 * site: what all requests share: packs, style, version.
 */
#ifndef SERVE_SITE_H
#define SERVE_SITE_H

#include "serve/ask.h"

void site_init(struct site *s, const char *version, const char *log, const char *log_key, struct counters *c);
void site_release(struct site *s);

#endif
