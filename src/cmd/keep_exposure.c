#include "cmd/keep_exposure.h"
#include "base/feed.h"
#include "base/limits.h"
#include "cmd/archivist.h"
#include "cmd/note.h"
#include "source/source.h"

#include <errno.h>

static bool
complain(const struct keep_exposure *k, const char *path, const char *why)
{
	note(k->command, "%s: %s", path, why);
	return false;
}

/* Unpacked, as far as one byte past the most that is read. */
static bool
unpack(struct keep_exposure *k, const char *report, struct str *out)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	const uint8_t *p;
	struct feed *f;
	enum err end;
	size_t n;

	if (source_open_unhashed(report, &s) != OK)
		return complain(k, report, strerror(errno));
	f = source_feed(s);
	while (out->len <= EXPOSURE_BYTES_MAX && (n = feed_peek(f, 1, &p)) > 0) {
		str_add(out, (struct span){(const char *)p, n});
		feed_skip(f, n);
	}
	end = source_close(s, &sum);
	if (end == OK && out->len <= EXPOSURE_BYTES_MAX)
		end = sum.err;
	return end == OK || complain(k, report, err_text(end));
}

bool
keep_exposure_text(struct keep_exposure *k, const char *name, struct span text, struct arena *a)
{
	const char *why = NULL;

	if (exposed_read(name, text, a, &k->d, &why) != OK) {
		note(k->command, "%s", why);
		return false;
	}
	k->fate = arena_array(a, k->d.n + 1, sizeof(*k->fate));
	return archivist_exposures(&k->d, k->fate) == OK || complain(k, k->file, archivist_why());
}

bool
keep_exposure_file(struct keep_exposure *k, const char *report, struct arena *a)
{
	struct str text = {0};
	bool good = unpack(k, report, &text) && keep_exposure_text(k, report, str_span(&text), a);

	str_release(&text);
	return good;
}
