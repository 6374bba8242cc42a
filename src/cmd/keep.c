#include "cmd/keep.h"
#include "cmd/archivist.h"
#include "cmd/note.h"
#include "source/source.h"

#include <errno.h>
#include <string.h>

static bool
complain(const struct keep *k, const char *path, const char *why)
{
	note(k->command, "%s: %s", path, why);
	return false;
}

static enum err
each(void *arg, const struct archive_incident *i)
{
	(void)arg;
	return archivist_incident(i);
}

void
keep_format(const char *report, char out[static DOC_FORMAT_MAX])
{
	struct source_sum sum = {0};
	struct source *s = NULL;

	out[0] = '\0';
	if (source_open_unhashed(report, &s) != OK)
		return;
	doc_format(source_feed(s), out);
	if (source_close(s, &sum) != OK)
		out[0] = '\0';
}

/* A file that is cut short or damaged says so before what was missed in it. */
static bool
file_read(struct keep *k, bool put, struct arena *a, struct incidents_result *out)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	const char *why = NULL;
	enum err e, end;

	if (source_open_unhashed(k->report, &s) != OK)
		return complain(k, k->report, strerror(errno));
	e = incidents_import(source_feed(s), a, put ? each : NULL, NULL, out, &why);
	end = source_close(s, &sum);
	if (e != OK && why == NULL)	/* the archivist's */
		return complain(k, k->file, archivist_why());
	if (end == OK)
		end = sum.err;
	if (end != OK)
		return complain(k, k->report, err_text(end));
	return e == OK || complain(k, k->report, why);
}

static bool
text_read(struct keep *k, bool put, struct arena *a, struct incidents_result *out)
{
	struct feed_mem m = {(const uint8_t *)k->text.p, k->text.len, 0};
	const char *why = NULL;
	struct feed f;
	enum err e;

	feed_init_mem(&f, &m);
	e = incidents_import(&f, a, put ? each : NULL, NULL, out, &why);
	feed_release(&f);
	if (e != OK && why == NULL)
		return complain(k, k->file, archivist_why());
	return e == OK || complain(k, k->file, why);
}

bool
keep_incidents(struct keep *k)
{
	bool (*const read)(struct keep *, bool, struct arena *, struct incidents_result *) =
	    k->report != NULL ? file_read : text_read;
	struct arena *first = arena_new(), *second = arena_new();
	struct incidents_result known, again;
	bool good;

	good = read(k, false, first, &known) && (archivist_window(&known.w, known.basis, known.content) == OK ||
	    complain(k, k->file, archivist_why()));
	good = good && read(k, true, second, &again) &&
	    (archivist_commit(&k->fate) == OK || complain(k, k->file, archivist_why()));
	if (good) {
		archive_digest(known.basis, known.content, k->digest);
		k->from = known.w.from;
		k->to = known.w.to;
		k->incidents = known.incidents;
	} else {
		archivist_rollback();
	}
	arena_free(first);
	arena_free(second);
	return good;
}
