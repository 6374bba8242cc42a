/* check_exposures: every exposure read again from its text, hashed again, and held against the columns beside it. */
#include "archive/exposures.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

struct looking {
	void (*complain)(void *arg, const char *text);
	void *arg;
	char hex[SHA256_HEX + 1];
};

static void PRINTF_LIKE(2, 3)
complain(const struct looking *l, const char *fmt, ...)
{
	struct str s = {0};
	va_list ap;

	str_addf(&s, "exposure %s: ", l->hex);
	va_start(ap, fmt);
	str_addv(&s, fmt, ap);
	va_end(ap);
	l->complain(l->arg, s.p);
	str_release(&s);
}

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
		complain(l, "what was found is not what was put in");
	exposure_ground_digest(head, now);
	if (!sql_digest(s, 12, told) || memcmp(told, now, SHA256_BYTES) != 0)
		complain(l, "its moment, parameters, packs, inputs or window are not those put in");
	archive_exposure_digest(head, text, now);
	if (memcmp(kept->digest, now, SHA256_BYTES) != 0)
		complain(l, "its digest is not that of what it depends on");
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
		complain(l, "%s", why);
	else if (!columns_same(&kept, &g, &x) || sql_i64(s, 13) != g.at.s)
		complain(l, "what is kept beside its text is not what the text says");
}

enum err
exposures_check(struct archive *a, void (*each)(void *arg, const char *text), void *arg)
{
	struct looking l = {.complain = each, .arg = arg};
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
