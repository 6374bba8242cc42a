/* mark_log: the log as its writer has it: own marks, an entry, a checkpoint. */
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"

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
