#include "cmd/past_archive.h"
#include "archive/months.h"
#include "cmd/note.h"
#include "report/json.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
past_is_archive(const char *path)
{
	static const char magic[16] = "SQLite format 3";	/* sqlite.org/fileformat.html, 1.3.1 */
	char head[sizeof(magic)];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	bool is;

	if (fd < 0)
		return false;
	is = read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) && memcmp(head, magic, sizeof(magic)) == 0;
	close(fd);
	return is;
}

/* As reports of their own have it (report/past_read.c): a window of updates is another each month. */
static const char *
parameters_of(const struct archive_month *m, struct arena *a)
{
	const char *window = json_parameters_window(m->head.parameters);

	return window == NULL ? arena_strdup(a, span_of(m->head.parameters))
			      : arena_printf(a, "%.*s}", (int)(window - m->head.parameters), m->head.parameters);
}

static void
numbers_take(const struct archive_row *row, struct past_as *out)
{
	size_t i;

	for (i = 0; i < row->n_numbers; i++) {
		const struct archive_number *n = &row->numbers[i];
		enum metric_id id = metric_find(span_of(n->metric));
		struct past_number *to;

		if (id == METRIC_N || n->state != METRIC_OK || n->unit != metric_unit(id))
			continue;
		to = &out->number[id];
		*to = (struct past_number){.known = true, .value_ppm = n->value, .num = n->num, .den = n->den,
		    .has_interval = n->unit == UNIT_SHARE};
		if (to->has_interval)
			wilson_ppm(n->num, n->den, &to->lo_ppm, &to->hi_ppm);
	}
}

static enum err
month_take(struct past *p, struct archive *a, const struct archive_month *m, const uint32_t *wanted, size_t n)
{
	struct past_report r = {.at = m->head.at, .parameters = parameters_of(m, p->arena)};
	struct arena *scratch = arena_new();
	struct archive_row row;
	bool found = false;
	enum err e = OK;
	size_t i;

	r.ases = xcalloc(n + 1, sizeof(*r.ases));
	for (i = 0; i < n && e == OK; i++) {
		e = archive_network(a, m, wanted[i], scratch, &row, &found);
		if (e != OK || !found)
			continue;
		r.ases[r.n].asn = wanted[i];
		numbers_take(&row, &r.ases[r.n++]);
	}
	arena_free(scratch);
	past_add(p, &r);
	return e;
}

static bool
same_month(struct utc a, struct utc b)
{
	char x[UTC_TEXT], y[UTC_TEXT];

	return memcmp(utc_format(a, x), utc_format(b, y), strlen("2031-06")) == 0;
}

static enum err
months_take(struct past *p, struct archive *a, struct utc at, const uint32_t *wanted, size_t n)
{
	struct archive_month *m;
	size_t i, n_months;

	TRY(archive_months(a, p->arena, &m, &n_months));
	for (i = 0; i < n_months; i++) {
		if (m[i].head.at.s >= at.s || same_month(m[i].head.at, at) ||
		    (i + 1 < n_months && same_month(m[i].head.at, m[i + 1].head.at)))
			continue;
		TRY(month_take(p, a, &m[i], wanted, n));
	}
	return OK;
}

bool
past_archive(struct past *p, const char *path, struct utc at, const uint32_t *wanted, size_t n)
{
	struct archive *a = NULL;
	struct str why = {0};
	bool good = archive_open(&a, path, ARCHIVE_READ, &why) == OK;

	if (!good) {
		note("audit", "%s: %s", path, why.p);
	} else if (archive_snapshot(a) != OK || months_take(p, a, at, wanted, n) != OK) {
		note("audit", "%s: %s", path, archive_why(a));
		good = false;
	}
	str_release(&why);
	archive_close(a);
	return good;
}
