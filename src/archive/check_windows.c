/* check_windows: windows and their incidents, hashed again from the rows; and what follows from the rows and is kept
 * beside them. */
#include "archive/incidents.h"
#include "archive/looking.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

/* Every incident in its order, into the digest and the sums. */
static enum err
incidents_look(struct archive *a, const struct looking *l, const struct archive_window_entry *x, struct sha256 *h,
    struct parties *sums)
{
	struct arena *arena = arena_new();
	struct archive_incident_row r;
	int64_t began, ended;
	bool found = true, open, there = true;
	enum err e = OK;
	uint64_t ord;

	for (ord = 0; e == OK && found; ord++) {
		arena_reset(arena);
		e = archive_incident(a, x->id, ord, arena, &r, &found);
		if (e != OK || !found)
			break;
		archive_found_add(h, &r.i);
		parties_add(sums, &r.i);
		incident_seen(&r.i, &began, &ended, &open);
		if (began != r.began_us || ended != r.ended_us || open != r.open)
			looking_complain(l, "incident %" PRIu64 ": it did not begin or end as the vantage points saw it", ord);
		if (archive_schema(a) >= SCHEMA_SEARCH)
			e = where_check(a, x->id, (int64_t)ord, &r.i.prefix, &there);
		if (e == OK && !there)
			looking_complain(l, "incident %" PRIu64 ": it is not found by where its prefix lies", ord);
	}
	arena_free(arena);
	if (e == OK && ord != x->incidents)
		looking_complain(l, "%" PRIu64 " incidents are there in a row, %" PRIu64 " were put in", ord, x->incidents);
	return e;
}

static bool
party_same(const struct archive_party *a, const struct archive_party *b)
{
	return a->asn == b->asn && a->role == b->role && a->class == b->class && strcmp(a->confidence, b->confidence) == 0 &&
	    a->incidents == b->incidents && a->open == b->open && a->seen_us == b->seen_us && a->enough_us == b->enough_us &&
	    a->began_us == b->began_us && a->ended_us == b->ended_us;
}

static enum err
sums_look(struct archive *a, const struct looking *l, int64_t window, struct arena *arena, struct parties *sums)
{
	const struct archive_party *want;
	struct archive_party *kept;
	size_t n, n_kept, i;

	want = parties_end(sums, &n);
	TRY(archive_parties(a, window, 0, arena, &kept, &n_kept));
	for (i = 0; i < n && i < n_kept && party_same(&want[i], &kept[i]); i++)
		;
	if (i < n || i < n_kept)
		looking_complain(l, "the sums of AS%" PRIu32 " are not those of its incidents", i < n ? want[i].asn : kept[i].asn);
	return OK;
}

static enum err
window_look(struct archive *a, const struct looking *l, struct archive_window_entry *x, struct arena *arena,
    struct parties *sums)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES], digest[SHA256_BYTES];
	struct sha256 h;
	enum err e;

	TRY(archive_window_lists(a, arena, x));
	archive_found_begin(&h);
	e = incidents_look(a, l, x, &h, sums);
	archive_found_end(&h, &x->w, content);
	TRY(e);
	archive_window_basis(&x->w, basis);
	archive_digest(basis, content, digest);
	if (x->inputs != x->w.n_inputs)
		looking_complain(l, "%zu inputs are there, %" PRIu64 " were put in", x->w.n_inputs, x->inputs);
	if (memcmp(basis, x->basis, SHA256_BYTES) != 0)
		looking_complain(l, "its moments, parameters, curve, classes or inputs are not those put in");
	if (memcmp(content, x->content, SHA256_BYTES) != 0)
		looking_complain(l, "what was found in it is not what was put in");
	if (memcmp(digest, x->digest, SHA256_BYTES) != 0)
		looking_complain(l, "its digest is not that of what it depends on");
	return sums_look(a, l, x->id, arena, sums);
}

/* That each is found is looked at above; here, that nothing else is. */
static enum err
lookups_check(struct archive *a, void (*each)(void *arg, const char *text), void *arg)
{
	static const struct { enum sql id; const char *complaint; } looks[] = {
		{SQL_OF_CHECK, "incidents: what is kept of who did or let in which does not follow from them"},
		{SQL_WHERE_COUNT, "incidents: where their prefixes lie is not kept of each, once"},
	};
	enum err e = OK;
	size_t i;
	stmt *s;

	for (i = 0; i < sizeof(looks) / sizeof(*looks) && e == OK; i++) {
		s = sql_bind(a, looks[i].id, "");
		if (sql_row(a, s, &e) && sql_i64(s, 0) != 0)
			each(arg, looks[i].complaint);
		sql_done(s);
	}
	return e;
}

enum err
windows_check(struct archive *a, void (*each)(void *arg, const char *text), void *arg)
{
	struct arena *arena = arena_new();
	struct looking l = {.each = each, .arg = arg, .what = "window"};
	struct archive_window_entry *all;
	struct parties *sums;
	size_t n = 0, i;
	enum err e = archive_windows(a, arena, &all, &n);

	for (i = 0; i < n && e == OK; i++) {
		sha256_hex(all[i].digest, l.hex);
		sums = parties_new();
		e = window_look(a, &l, &all[i], arena, sums);
		parties_free(sums);
		if (e == ERR_CORRUPT) {
			looking_complain(&l, "%s", archive_why(a));
			e = OK;
		}
	}
	if (e == OK && archive_schema(a) >= SCHEMA_SEARCH)
		e = lookups_check(a, each, arg);
	arena_free(arena);
	return e;
}
