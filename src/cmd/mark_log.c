/* mark_log: a mark from its file, and the log as its writer has it: an entry, a checkpoint. */
#include "cmd/confined.h"
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

/* --- one that was handed over, for who holds a key --- */

struct handed { const char *path; struct arena *a; struct str bytes; };

/* In a process of its own, which has no key: "ASN", the pack's id, the moment, each on a line. */
static bool
decode(void *arg, struct str *out)
{
	struct handed *h = arg;
	const char *why = NULL;
	struct mark m;

	if (mark_read(str_span(&h->bytes), h->a, &m, &why) != OK) {
		note("mark", "%s: %s", h->path, why);
		return false;
	}
	str_addf(out, "%u\n%s\n%s\n", m.asn, m.pack.id, m.at);
	return true;
}

static bool
told(struct span rest, struct arena *a, struct mark *m)
{
	struct span asn, pack, at, none;
	struct utc moment;

	if (!span_cut(&rest, '\n', &asn) || span_u32(asn, UINT32_MAX, &m->asn) != OK || !span_cut(&rest, '\n', &pack) ||
	    !status_reason_good(pack) || !span_cut(&rest, '\n', &at) || utc_parse(at, &moment) != OK ||
	    !span_cut(&rest, '\n', &none) || none.len > 0 || rest.p != NULL)
		return false;
	m->pack.id = arena_strdup(a, pack);
	m->at = utc_format(moment, arena_alloc(a, UTC_TEXT));
	return true;
}

bool
mark_handed(const char *path, struct arena *a, struct mark *m, char *sha256)
{
	struct handed h = {.path = path, .a = a};
	uint8_t digest[SHA256_BYTES];
	struct str out = {0};
	bool good = slurp("mark", path, MARK_BYTES_MAX, &h.bytes) &&
	    confined_run("mark", decode, &h, NULL, STATUS_REASON_MAX + 2 * UTC_TEXT, &out);

	*m = (struct mark){.asn = 0};
	if (good && !told(str_span(&out), a, m)) {
		note("mark", "%s: what was decoded is no mark", path);
		good = false;
	}
	if (good) {
		sha256_of(h.bytes.p, h.bytes.len, digest);
		sha256_hex(digest, sha256);
	}
	str_release(&h.bytes);
	str_release(&out);
	return good;
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
