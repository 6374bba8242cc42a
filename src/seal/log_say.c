/* log_say: what a log tells others: checkpoints, held back or published, and proofs. */
#include "base/limits.h"
#include "seal/log.h"
#include "seal/scan.h"
#include "seal/submission.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PUBLISHED "checkpoint"
#define HELD ".log/held"

static enum err
said(struct log *l, const char *file, struct arena *a, struct span *bytes, struct checkpoint *out)
{
	struct str text = {0};
	const char *why = "";
	struct note n;
	enum err e = store_read(&l->store, file, NOTE_BYTES_MAX, &text);

	*bytes = arena_span(a, str_span(&text));
	str_release(&text);
	if (e != OK)
		return log_fail(l, e, "%s: %s", file, e == ERR_LIMIT ? "is longer than any note" : strerror(errno));
	if (note_read(*bytes, a, &n, &why) != OK || checkpoint_read(n.text, out, &why) != OK)
		return log_fail(l, ERR_SYNTAX, "%s: %s", file, why);
	if (!span_is(out->origin, l->origin))
		return log_fail(l, ERR_CONTRADICT, "%s: is of another log", file);
	if (out->size > l->size)
		return log_fail(l, ERR_CONTRADICT, "%s: is of %llu entries, and the log has %llu", file,
		    (unsigned long long)out->size, (unsigned long long)l->size);
	return OK;
}

enum err
log_published(struct log *l, struct arena *a, struct span *bytes, struct checkpoint *out)
{
	return said(l, PUBLISHED, a, bytes, out);
}

/* The last that was signed: the one held back, while it is larger than the published one. */
enum err
log_signed(struct log *l, struct arena *a, struct span *bytes, struct checkpoint *out)
{
	struct checkpoint held;
	struct span of_held;

	TRY(log_published(l, a, bytes, out));
	if (faccessat(l->store.dir, HELD, F_OK, 0) != 0)
		return OK;
	TRY(said(l, HELD, a, &of_held, &held));
	if (held.size > out->size) {
		*bytes = of_held;
		*out = held;
	}
	return OK;
}

/* A source of the log's hashes at a size; free() *tiles. */
static struct tree_source
source_at(struct log *l, uint64_t size, struct tile_tree **tiles)
{
	*tiles = xmalloc(sizeof(**tiles));
	return tile_tree_init(*tiles, (struct tile_source){log_tile_read, l}, size);
}

/* The last checkpoint is by the same key: another of that name is somebody else, or a mistake. */
static enum err
same_signer(struct log *l, struct span last, const struct key *k, struct arena *a)
{
	struct note_check check;
	const char *why = "";
	struct note n;

	if (note_read(last, a, &n, &why) == OK && note_verify(&n, key_pub(k), 1, &check, &why) == OK)
		return OK;
	return log_fail(l, ERR_UNKNOWN, "the last checkpoint %s: it was signed by another key, or was changed", why);
}

/* The last checkpoint is the beginning of what will be signed: a log that says two things is worse than one that
 * says nothing. */
static enum err
continues(struct log *l, const struct checkpoint *last)
{
	struct tile_tree *tiles;
	struct tree_source s = source_at(l, l->size, &tiles);
	struct tree_proof p;
	enum err e = tree_extend(&s, last->size, l->size, &p);

	free(tiles);
	if (e == OK && !tree_extended(&p, last->size, l->size, &last->root, &l->root))
		e = ERR_CONTRADICT;
	return e == OK ? OK : log_fail(l, e, "the log does not continue its last checkpoint");
}

/* What was signed before: by the same key, and the beginning of what the log is now. */
static enum err
before_good(struct log *l, const struct key *k, struct arena *a, struct checkpoint *published, struct checkpoint *last)
{
	struct span bytes, of_last;

	TRY(log_published(l, a, &bytes, published));
	TRY(log_signed(l, a, &of_last, last));
	TRY(same_signer(l, bytes, k, a));
	TRY(same_signer(l, of_last, k, a));
	TRY(continues(l, published));
	return continues(l, last);
}

static enum err
checkpoint_put(struct log *l, const struct key *k, const char *file)
{
	struct str text = {0}, note = {0};
	enum err e;

	checkpoint_write(&text, span_of(l->origin), l->size, &l->root);
	note_begin(&note, str_span(&text));
	note_add(&note, str_span(&text), k, 0);
	e = store_write(&l->store, file, str_span(&note));
	str_release(&text);
	str_release(&note);
	return e == OK ? OK : log_fail(l, e, "%s: cannot be written: %s", file, strerror(errno));
}

enum err
log_checkpoint(struct log *l, const struct key *k, bool hold)
{
	struct checkpoint published = {.size = 0}, last = {.size = 0};
	struct arena *a = arena_new();
	bool first;
	enum err e = OK;

	if (strcmp(key_pub(k)->name, l->origin) != 0 || key_pub(k)->use != KEY_SIGNER)
		e = log_fail(l, ERR_UNKNOWN, "the key is %s's, and the log is %s's", key_pub(k)->name, l->origin);
	/* a log without one is new, or its making was cut short */
	first = l->size == 0 && faccessat(l->store.dir, PUBLISHED, F_OK, 0) != 0;
	if (e == OK && !first)
		e = before_good(l, k, a, &published, &last);
	/* the same once more would be without the cosignatures that it has by now */
	if (e == OK && (first || (hold ? last.size : published.size) < l->size))
		e = checkpoint_put(l, k, hold && !first ? HELD : PUBLISHED);
	arena_free(a);
	return e;
}

enum err
log_cosigned(struct log *l, struct span text, const struct log_cosignature *c, size_t n)
{
	struct arena *a = arena_new();
	struct str merged = {0};
	struct checkpoint now, mine;
	const char *why = "";
	struct span published = {0}, bytes;
	struct note note;
	size_t i;
	enum err e = log_published(l, a, &published, &now);

	bytes = published;
	if (e == OK && checkpoint_read(text, &mine, &why) != OK)
		e = log_fail(l, ERR_SYNTAX, "%s", why);
	if (e == OK && now.size < mine.size)
		e = log_signed(l, a, &bytes, &now);
	if (e == OK && (note_read(bytes, a, &note, &why) != OK || !span_eq(note.text, text)))
		e = log_fail(l, ERR_STOPPED, "another checkpoint was signed meanwhile: its witnesses are to be asked");
	if (e == OK)
		str_add(&merged, bytes);
	for (i = 0; i < n && e == OK; i++) {
		str_clear(&merged);
		submission_merge(&merged, &note, c[i].witness, c[i].line);
		if (note_read(arena_span(a, str_span(&merged)), a, &note, &why) != OK)
			e = log_fail(l, ERR_LIMIT, "with its cosignatures it %s", why);
	}
	if (e == OK && !span_eq(str_span(&merged), published)) {
		e = store_write(&l->store, PUBLISHED, str_span(&merged));
		if (e != OK)
			log_fail(l, e, PUBLISHED ": cannot be written: %s", strerror(errno));
	}
	str_release(&merged);
	arena_free(a);
	return e;
}

enum err
log_extend(struct log *l, uint64_t old, const struct checkpoint *c, struct tree_proof *out)
{
	struct tile_tree *tiles;
	struct tree_source s = source_at(l, c->size, &tiles);
	struct tree_hash root, was;
	enum err e = tree_extend(&s, old, c->size, out);

	if (e == OK)
		e = tree_root(&s, old, &was);
	if (e == OK)
		e = tree_root(&s, c->size, &root);
	if (e == OK && (!tree_same(&root, &c->root) || !tree_extended(out, old, c->size, &was, &root)))
		e = ERR_CONTRADICT;
	free(tiles);
	return e == OK ? OK : log_fail(l, e, "the tiles do not have the root of the checkpoint");
}

/* The entry goes with its proof, so that who has the proof needs nothing else of the log. */
static enum err
entry_carried(struct log *l, uint64_t size, const struct tree_hash *leaf, struct arena *a, struct log_proof *p)
{
	const char *why = NULL;
	struct tree_hash h;

	if (scan_one(&l->store, size, p->index, a, &p->extra, &why) != OK)
		return log_fail(l, ERR_CONTRADICT, "%s", why);
	tree_leaf(p->extra, &h);
	return tree_same(&h, leaf) ? OK : log_fail(l, ERR_CONTRADICT, "the entry is not the one that its tile has");
}

enum err
log_prove(struct log *l, uint64_t index, struct arena *a, struct log_proof *out)
{
	struct log_proof p = {.index = index};
	struct tree_hash leaf, root;
	struct tile_tree *tiles;
	struct checkpoint c;
	struct tree_source s;
	enum err e;

	TRY(log_published(l, a, &p.checkpoint, &c));
	if (index >= c.size)
		return log_fail(l, ERR_RANGE, "entry %llu is not in the published checkpoint, which is of %llu",
		    (unsigned long long)index, (unsigned long long)c.size);
	s = source_at(l, c.size, &tiles);
	e = tree_include(&s, index, c.size, &p.path);
	if (e == OK)
		e = s.hash(s.arg, 0, index, &leaf);
	if (e == OK)
		e = tree_root(&s, c.size, &root);
	free(tiles);
	if (e == OK && (!tree_same(&root, &c.root) || !tree_included(&p.path, index, c.size, &leaf, &root)))
		e = ERR_CONTRADICT;
	if (e != OK)
		return log_fail(l, e, "the tiles do not have the root of the published checkpoint");
	TRY(entry_carried(l, c.size, &leaf, a, &p));
	*out = p;
	return OK;
}
