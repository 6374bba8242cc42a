#include "cmd/known.h"
#include "base/arena.h"
#include "base/limits.h"
#include "cmd/keys.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "seal/minisign.h"

#include <stdlib.h>
#include <unistd.h>

/* A key file of ours has a secret in it: it is read the way those are. */
static bool
from_key_file(const char *path, struct key_pub *out, const char *command)
{
	struct keyfile_head head;
	const char *why = "";
	size_t len = 0;
	char *p;
	bool good;

	keys_guard();
	p = keys_text(command, path, &len);
	if (p == NULL)
		return false;
	good = keyfile_head((struct span){p, len}, &head, &why) == OK;
	secret_free(p);
	if (!good)
		note(command, "%s: %s", path, why);
	else
		*out = head.pub;
	return good;
}

static bool
from_file(const char *path, struct key_pub *out, const char *command)
{
	struct str text = {0};
	const char *why = "";
	struct span s;
	bool good;

	if (!slurp(command, path, KEY_FILE_MAX, &text)) {
		str_release(&text);
		return false;
	}
	s = str_span(&text);
	if (span_starts(s, "routemark-key/")) {
		str_release(&text);
		return from_key_file(path, out, command);
	}
	if (span_starts(s, "untrusted comment:"))
		good = minisign_pub_read(s, out, &why) == OK;
	else
		good = key_vkey_read(span_trim(s), out, &why) == OK;
	if (!good)
		note(command, "%s: %s", path, why);
	str_release(&text);
	return good;
}

bool
known_add(struct verify_keys *k, const struct opt_list *list, enum verify_role role, const char *command)
{
	size_t i, cap = k->n, cap_role = k->n;
	const char *why = "";
	struct key_pub one;

	for (i = 0; i < list->n; i++) {
		if (access(list->item[i], F_OK) == 0) {
			if (!from_file(list->item[i], &one, command))
				return false;
		} else if (key_vkey_read(span_of(list->item[i]), &one, &why) != OK) {
			note(command, "%s: is neither a file nor a verifier key: %s", list->item[i], why);
			return false;
		}
		if (one.use != KEY_SIGNER) {
			note(command, "%s: is a witness's key, which signs no reports: it belongs into the policy", list->item[i]);
			return false;
		}
		k->pub = grow(k->pub, &cap, k->n + 1, sizeof(*k->pub));
		k->role = grow(k->role, &cap_role, k->n + 1, sizeof(*k->role));
		k->pub[k->n] = one;
		k->role[k->n++] = role;
	}
	return true;
}
