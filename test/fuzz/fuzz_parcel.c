/*
 * parcel: what the process that decodes sends to the one that writes the archive: a byte for the kind, then the body. What
 * is taken is written again as the same bytes, with its frame in front, and is never complete without its last byte; what
 * is not taken names a field. A row is read as archive_put reads it.
 */
#undef NDEBUG
#include <assert.h>

#include "archive/parcel.h"
#include "base/limits.h"

#include <string.h>

static void
check_again(const struct parcel *p, struct span body)
{
	enum parcel_kind kind;
	struct str again = {0};
	size_t len;

	assert(parcel_write(&again, p));
	assert(parcel_frame((const uint8_t *)again.p, &kind, &len) == OK && kind == p->kind && len == body.len);
	assert(again.len == PARCEL_FRAME + body.len && (body.len == 0 || memcmp(again.p + PARCEL_FRAME, body.p, body.len) == 0));
	str_release(&again);
}

static void
check_row(struct span row, struct arena *a)
{
	const char *field = NULL;
	struct archive_row r;
	struct str again = {0};
	enum err e = row_read(row, a, &r, &field);

	assert((e == OK) == (field == NULL));
	if (e == OK) {
		row_write(&again, &r);
		assert(span_eq(str_span(&again), row));
	}
	str_release(&again);
}

static void
check_incident(const struct archive_incident *i)
{
	size_t k, m, seen = 0;

	assert(i->class < OFF_N && i->culprit != 0 && i->n_by > 0 && i->prefix.len <= family_bits(i->prefix.family));
	for (k = 0; k < i->n_by; k++) {
		assert(i->by[k].n_seen > 0);
		for (m = 0; m < i->by[k].n_seen; m++)
			assert(i->by[k].seen[m].from_us >= 0 && i->by[k].seen[m].from_us <= i->by[k].seen[m].to_us);
		seen += i->by[k].n_seen;
	}
	if (i->paths == NULL)
		return;
	assert(i->paths->n_seen == seen && i->paths->n_paths <= INCIDENT_PATHS_MAX);
	for (k = 0; k < seen; k++)
		assert(i->paths->first[k] < i->paths->first[k + 1]);
	for (k = 0; k < i->paths->first[seen]; k++)
		assert(i->paths->turns[k].path == PATH_NONE || i->paths->turns[k].path < i->paths->n_paths);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *field = NULL;
	struct parcel p, cut;
	struct span body;
	enum err e;

	if (size > 0 && data[0] < PARCEL_N) {
		body = (struct span){(const char *)data + 1, size - 1};
		e = parcel_read(data[0], body, a, &p, &field);
		assert((e == OK) == (field == NULL));
		if (e == OK) {
			check_again(&p, body);
			if (p.kind == PARCEL_INCIDENT)
				check_incident(&p.incident);
			if (p.kind == PARCEL_ROW)
				check_row(p.row, a);
			else if (body.len > 0)
				assert(parcel_read(data[0], (struct span){body.p, body.len - 1}, a, &cut, &field) != OK && field != NULL);
		}
	}
	arena_free(a);
	return 0;
}
