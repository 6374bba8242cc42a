/* mark: writing one, what must hold of it, and the line that goes into the log. */
#include "seal/mark.h"
#include "base/json_w.h"
#include "base/limits.h"
#include "seal/status.h"

#include <assert.h>
#include <inttypes.h>

#define DAY INT64_C(86400)

/* --- what must hold --- */

/* A line of at most SEAL_WORD_MAX bytes. */
static bool
line_good(const char *s)
{
	return s != NULL && strlen(s) <= SEAL_WORD_MAX && status_reason_good(span_of(s));
}

/* A word, for the line of the log. */
static bool
word_good(const char *s)
{
	return line_good(s) && strpbrk(s, " ,()") == NULL;
}

static bool
digest_good(const char *s)
{
	return s != NULL && status_digest_good(s);
}

static bool
time_good(const char *s)
{
	return s != NULL && strlen(s) == MARK_TIME && status_time_good(s);
}

static bool
address_good(const char *s)
{
	return line_good(s) && (strncmp(s, "https://", 8) == 0 || strncmp(s, "http://", 7) == 0) && strchr(s, ' ') == NULL;
}

/* Texts of times in the form that we write, of MARK_TIME bytes, come in the order of the times. */
static bool
later(const char *a, const char *b)
{
	return strcmp(a, b) > 0;
}

const char *
mark_expiry(const char *oldest, uint32_t days, struct arena *a)
{
	char *text = arena_alloc(a, UTC_TEXT);
	struct utc t = UTC_NONE;
	enum err e = utc_parse(span_of(oldest), &t);

	assert(e == OK);
	(void)e;
	utc_format((struct utc){t.s + days * DAY}, text);
	return text;
}

size_t
mark_first(const struct mark *m)
{
	size_t i, first = m->n;

	for (i = 0; i < m->n; i++)
		if (m->controls[i].expires != NULL &&
		    (first == m->n || later(m->controls[first].expires, m->controls[i].expires)))
			first = i;
	return first;
}

static const char *
control_wrong(const struct mark_control *c, struct arena *a)
{
	if (!line_good(c->id) || !line_good(c->title))
		return "id or title: is empty, too long, or no line";
	if (c->age_max_days > MARK_DAYS_MAX)
		return "age_max_days: is more than MARK_DAYS_MAX";
	if ((c->age_max_days == 0) != (c->oldest == NULL) || (c->oldest == NULL) != (c->expires == NULL))
		return "age_max_days, oldest, expires: some are there, and some are not";
	if (c->oldest == NULL)
		return NULL;
	if (!time_good(c->oldest) || !time_good(c->expires))
		return "oldest or expires: is not a time in the form 2026-01-31T00:00:00Z";
	return strcmp(mark_expiry(c->oldest, c->age_max_days, a), c->expires) == 0 ? NULL :
	    "expires: is not age_max_days after oldest";
}

static const char *
controls_wrong(const struct mark *m, struct arena *a)
{
	const char *what;
	bool passes = false;
	size_t i;

	for (i = 0; i < m->n; i++) {
		what = control_wrong(&m->controls[i], a);
		if (what != NULL)
			return arena_printf(a, "controls[%zu].%s", i, what);
		passes = passes || m->controls[i].applies;
	}
	if (!passes)
		return "controls: none passes";
	i = mark_first(m);
	if (i == m->n)
		return "controls: none has a limit of age, so the mark would never lapse";
	if (!time_good(m->valid_to) || strcmp(m->controls[i].expires, m->valid_to) != 0)
		return "valid_to: is not the earliest expiry of its controls";
	return later(m->valid_to, m->at) ? NULL : "valid_to: is not later than at";
}

static const char *
texts_wrong(const struct mark *m)
{
	if (m->address != NULL && !address_good(m->address))
		return "address: is no http or https address of a line";
	if (m->name == NULL || (m->name[0] != '\0' && !line_good(m->name)))
		return "name: is too long, or no line";
	if (m->organisation == NULL || (m->organisation[0] != '\0' && !line_good(m->organisation)))
		return "organisation: is too long, or no line";
	if (!line_good(m->issuer))
		return "issuer: is empty, too long, or no line";
	if (!line_good(m->log))
		return "log: is empty, too long, or no line";
	return digest_good(m->report) ? NULL : "report_sha256: is not 64 lower-case hexadecimal digits";
}

static const char *
pack_wrong(const struct mark *m)
{
	if (!word_good(m->pack.id))
		return "pack.id: is empty, too long, or has a space, comma or parenthesis";
	if (!word_good(m->pack.version))
		return "pack.version: is empty, too long, or has a space, comma or parenthesis";
	if (!line_good(m->pack.title))
		return "pack.title: is empty, too long, or no line";
	if (!word_good(m->pack.status))
		return "pack.status: is empty, too long, or no word";
	if (!digest_good(m->pack.catalog) || (m->pack.profile != NULL && !digest_good(m->pack.profile)))
		return "pack: a digest is not 64 lower-case hexadecimal digits";
	return NULL;
}

const char *
mark_wrong(const struct mark *m, struct arena *a)
{
	const char *what = texts_wrong(m);

	if (what == NULL)
		what = pack_wrong(m);
	if (what == NULL && !time_good(m->at))
		what = "at: is not a time in the form 2026-01-31T00:00:00Z";
	if (what == NULL && ((m->oldest == NULL) != (m->newest == NULL) ||
	    (m->oldest != NULL && (!time_good(m->oldest) || !time_good(m->newest) || later(m->oldest, m->newest)))))
		what = "evidence: oldest and newest are not two times in this order, or both null";
	return what != NULL ? what : controls_wrong(m, a);
}

/* --- writing --- */

const char *
mark_label(const char *status)
{
	if (strcmp(status, "published") == 0)
		return "";
	return strcmp(status, "proposed") == 0 ? " (proposed, not in force)" : " (proposal)";
}

static void
controls_put(struct json_w *w, const struct mark *m)
{
	const struct mark_control *c;

	json_key(w, "controls");
	json_arr(w);
	for (c = m->controls; c < m->controls + m->n; c++) {
		json_obj(w);
		json_ku64(w, "age_max_days", c->age_max_days);
		json_kopt(w, "expires", c->expires);
		json_kstrz(w, "id", c->id);
		json_kopt(w, "oldest", c->oldest);
		json_kstrz(w, "title", c->title);
		json_kstrz(w, "verdict", c->applies ? "PASS" : "NOT_APPLICABLE");
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
put(struct str *out, const struct mark *m)
{
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_kopt(&w, "address", m->address);
	json_ku64(&w, "asn", m->asn);
	json_kstrz(&w, "at", m->at);
	controls_put(&w, m);
	json_key(&w, "evidence");
	json_obj(&w);
	json_ku64(&w, "inputs", m->inputs);
	json_kopt(&w, "newest", m->newest);
	json_kopt(&w, "oldest", m->oldest);
	json_obj_end(&w);
	json_kstrz(&w, "format", MARK_FORMAT);
	json_kstrz(&w, "issuer", m->issuer);
	json_kstrz(&w, "log", m->log);
	json_kstrz(&w, "name", m->name);
	json_kstrz(&w, "organisation", m->organisation);
	json_key(&w, "pack");
	json_obj(&w);
	json_kstrz(&w, "catalog_sha256", m->pack.catalog);
	json_kstrz(&w, "id", m->pack.id);
	json_kopt(&w, "profile_sha256", m->pack.profile);
	json_kstrz(&w, "status", m->pack.status);
	json_kstrz(&w, "title", m->pack.title);
	json_kstrz(&w, "version", m->pack.version);
	json_obj_end(&w);
	json_kstrz(&w, "report_sha256", m->report);
	json_kstrz(&w, "valid_to", m->valid_to);
	json_obj_end(&w);
	json_done(&w);
}

void
mark_write(struct str *out, const struct mark *m)
{
	struct arena *a = arena_new();

	assert(mark_wrong(m, a) == NULL);
	arena_free(a);
	put(out, m);
}
