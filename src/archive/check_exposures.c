/* check_exposures: every exposure read again from its text, hashed again, and held against the columns beside it. */
#include "archive/exposures.h"
#include "archive/looking.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

static bool
columns_same(const struct archive_exposure *kept, const struct exposed_ground *g, const struct exposed *x)
{
	bool weak = x->weakest != SIZE_MAX;

	return kept->at.s == g->at.s && kept->origin == x->origin && strcmp(kept->asked, x->asked) == 0 &&
	    kept->prefix == x->is_prefix && strcmp(kept->name, x->name) == 0 && kept->networks == x->n_nets &&
	    kept->has_weakest == weak &&
	    (!weak || (kept->weakest == x->nets[x->weakest].asn && kept->verdict == x->nets[x->weakest].v.all));
}

static void
digests_look(const struct looking *l, stmt *s, const struct archive_exposure *kept, struct span head, struct span text)
{
	uint8_t told[SHA256_BYTES], now[SHA256_BYTES];

	exposure_content_digest(text, now);
	if (!sql_digest(s, 11, told) || memcmp(told, now, SHA256_BYTES) != 0)
		looking_complain(l, "what was found is not what was put in");
	exposure_ground_digest(head, now);
	if (!sql_digest(s, 12, told) || memcmp(told, now, SHA256_BYTES) != 0)
		looking_complain(l, "its moment, parameters, packs, inputs or window are not those put in");
	archive_exposure_digest(head, text, now);
	if (memcmp(kept->digest, now, SHA256_BYTES) != 0)
		looking_complain(l, "its digest is not that of what it depends on");
}

static void
one_look(struct looking *l, stmt *s, struct arena *arena)
{
	struct archive_exposure kept;
	struct exposed_ground g;
	const char *why = NULL;
	struct exposed x;
	struct span head, text;

	exposure_columns(s, arena, &kept);
	sha256_hex(kept.digest, l->hex);
	head = span_of(sql_word(s, 14, arena));
	text = span_of(sql_word(s, 15, arena));
	digests_look(l, s, &kept, head, text);
	if (exposed_read_kept("its text", head, text, arena, &g, &x, &why) != OK)
		looking_complain(l, "%s", why);
	else if (!columns_same(&kept, &g, &x) || sql_i64(s, 13) != g.at.s)
		looking_complain(l, "what is kept beside its text is not what the text says");
}

enum err
exposures_check(struct archive *a, void (*each)(void *arg, const char *text), void *arg)
{
	struct looking l = {.each = each, .arg = arg, .what = "exposure"};
	struct arena *arena = arena_new();
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_EXPOSURE_CHECK, "");

	while (sql_row(a, s, &e)) {
		arena_reset(arena);
		one_look(&l, s, arena);
	}
	sql_done(s);
	arena_free(arena);
	TRY(e);
	s = sql_bind(a, SQL_EXPOSURE_GROUNDS_BARE, "");
	if (sql_row(a, s, &e) && sql_i64(s, 0) > 0)
		each(arg, "exposures: a ground is there that nothing stands on");
	sql_done(s);
	return e;
}
