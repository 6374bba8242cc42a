#include "base/diag.h"
#include "base/arena.h"
#include "base/limits.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static_assert(DIAG_KEPT_MAX == sizeof(((struct diags *)0)->kept) / sizeof(struct diag),
    "the array in diag.h has the size that limits.h names");

static bool
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

void
diag_add(struct diags *d, enum diag_level level, enum err e, uint64_t record,
    uint64_t offset, const char *field, const char *rule)
{
	struct diag g = {level, e, record, offset, field, rule};
	size_t i;

	assert(field != NULL);
	d->n_level[level]++;
	if (d->n_kept < DIAG_KEPT_MAX)
		d->kept[d->n_kept++] = g;
	for (i = 0; i < d->n_counts; i++) {
		struct diag_count *c = &d->counts[i];

		if (c->first.level == level && c->first.err == e &&
		    same_text(c->first.field, field) && same_text(c->first.rule, rule)) {
			c->n++;
			return;
		}
	}
	d->counts = grow(d->counts, &d->cap_counts, d->n_counts + 1, sizeof(*d->counts));
	d->counts[d->n_counts++] = (struct diag_count){g, 1};
}

bool
diags_stopped(const struct diags *d)
{
	return d->n_level[DIAG_STOP_SOURCE] > 0;
}

uint64_t
diags_total(const struct diags *d)
{
	uint64_t n = 0;
	int i;

	for (i = 0; i <= DIAG_STOP_SOURCE; i++)
		n += d->n_level[i];
	return n;
}

const char *
diag_level_text(enum diag_level level)
{
	switch (level) {
	case DIAG_NOTE:
		return "note";
	case DIAG_SKIP_FIELD:
		return "field skipped";
	case DIAG_SKIP_RECORD:
		return "record skipped";
	case DIAG_STOP_SOURCE:
		return "source incomplete";
	}
	return "?";
}

const char *
diag_format(const struct diag *g, char *buf, size_t size)
{
	snprintf(buf, size, "record %" PRIu64 " @%" PRIu64 ": %s: %s%s%s%s", g->record,
	    g->offset, g->field, err_text(g->err), g->rule != NULL ? " [" : "",
	    g->rule != NULL ? g->rule : "", g->rule != NULL ? "]" : "");
	return buf;
}

void
diags_release(struct diags *d)
{
	free(d->counts);
	memset(d, 0, sizeof(*d));
}
