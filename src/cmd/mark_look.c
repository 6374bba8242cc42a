/* mark_look: how the marks of a network stand in a log, whose entries are strangers' documents: for who holds a key. Before the
 * key is open: a process that is made later would have a copy of it. */
#include "cmd/confined.h"
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"

#include <stdlib.h>

#define STAND_LINE_MAX 1400u	/* bytes of a line of seal/mark_stand.h: STATUS_REASON_MAX, and some numbers */

struct looking {
	struct mark_find f;		/* what is asked */
	const char *log;
};

static bool
found(struct looking *k, struct log *l, struct str *out)
{
	struct mark_stands s;
	const char *why = NULL;

	if (log_open(l, k->log, false) != OK)
		why = l->why;
	else if (mark_find_head(&k->f, l, &why) == OK) {
		if (mark_stands_of(&k->f, l, k->f.a, &s) == OK)
			mark_stands_write(out, &s);
		else
			why = "has more than MARK_STANDS_MAX marks of this network";
	}
	if (why != NULL)
		note("mark", "%s: %s", k->log, why);
	return why == NULL;
}

/* In a process of its own, which has no key and can write nothing. */
static bool
decode(void *arg, struct str *out)
{
	struct log *l = xmalloc(sizeof(*l));
	bool good;

	*l = (struct log){.lock = -1, .store = {.dir = -1}};
	good = found(arg, l, out);
	log_close(l);
	free(l);
	return good;
}

bool
mark_look(const struct mark_cmd *o, const char *pack, const struct key_pub *by, const char *sha256, struct arena *a,
    struct mark_stands *out)
{
	enum verify_role role = VERIFY_ISSUER;
	struct key_pub pub = *by;
	struct looking k = {.log = o->log, .f = {.keys = {&pub, &role, 1}, .asn = o->asn, .pack = pack, .sha256 = sha256,
	    .anybodys = sha256 != NULL, .a = a}};
	const struct jail_path log = {.path = o->log};
	struct confined_work w;
	struct str told = {0};
	bool good;

	good = confined_begin("mark", decode, &k, &log, 1, &w) &&
	    confined_end("mark", &w, (size_t)MARK_STANDS_MAX * STAND_LINE_MAX, &told);
	if (good && mark_stands_read(str_span(&told), a, out) != OK) {
		note("mark", "%s: what was decoded says nothing of it", o->log);
		good = false;
	}
	str_release(&told);
	return good;
}

bool
mark_look_holds(const struct mark_cmd *o, const struct mark_stands *s, const struct log *l)
{
	char root[SHA256_HEX + 1];

	sha256_hex(l->root.b, root);
	if (l->size == s->size && strcmp(root, s->root) == 0)
		return true;
	note("mark", "%s: was written by another meanwhile; nothing was written here: run this again", o->log);
	return false;
}
