/* mark_log: a mark from its file, and the log as its writer has it: own marks, an entry, a checkpoint. */
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "base/limits.h"

bool
mark_load(const char *path, struct arena *a, struct mark *m, char *sha256)
{
	uint8_t digest[SHA256_BYTES];
	const char *why = NULL;
	struct str bytes = {0};
	struct span text;

	if (!slurp("mark", path, MARK_BYTES_MAX, &bytes)) {
		str_release(&bytes);
		return false;
	}
	text = arena_span(a, str_span(&bytes));
	str_release(&bytes);
	if (mark_read(text, a, m, &why) != OK) {
		note("mark", "%s: %s", path, why);
		return false;
	}
	sha256_of(text.p, text.len, digest);
	sha256_hex(digest, sha256);
	return true;
}

bool
mark_own(struct mark_find *f, struct log *l, const struct key_pub *by, const struct mark_cmd *o)
{
	static enum verify_role role = VERIFY_ISSUER;
	struct key_pub *k = arena_alloc(f->a, sizeof(*k));
	const char *why = NULL;

	*k = *by;
	f->keys = (struct verify_keys){k, &role, 1};
	if (mark_find_head(f, l, &why) == OK)
		return true;
	note("mark", "%s: %s", o->log, why);
	return false;
}

bool
mark_append(struct log *l, const struct mark_cmd *o, struct span entry, uint64_t *index)
{
	if (log_append(l, &entry, 1, index) == OK)
		return true;
	note("mark", "%s: %s", o->log, l->why);
	return false;
}

bool
mark_publish(struct log *l, const struct mark_cmd *o)
{
	struct key *k;
	bool good = true;

	if (o->log_key == NULL)
		return true;
	k = keys_open("mark", o->log_key, o->fd);
	if (k == NULL)
		return false;
	if (log_checkpoint(l, k, false) != OK) {
		note("mark", "%s: %s", o->log, l->why);
		good = false;
	}
	key_free(k);
	return good;
}
