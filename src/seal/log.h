/*
 * log: an append-only log in a folder that any web server can serve (c2sp.org/tlog-tiles): checkpoint, tile/. Beside
 * them .log/ has what only its writer needs: a lock, and the head: size and root of what is durable.
 *
 * The order of an append is what makes it safe: bundles of entries and tiles, each synced; then the head, synced; only
 * then the index is given. Who dies before the head leaves files that no head and no checkpoint speaks of, and that
 * the next append writes anew. A checkpoint is signed from the head, so it never runs ahead of its tiles; and only when
 * the last one is the beginning of it.
 */
#ifndef SEAL_LOG_H
#define SEAL_LOG_H

#include "seal/proof.h"
#include "seal/store.h"
#include "seal/tile.h"

struct log_level {
	struct tree_hash hash[TILE_WIDTH];
	unsigned n;
	bool dirty;			/* has what no file has */
};

struct log {
	struct store store;
	int lock;			/* -1: read only */
	char origin[KEY_NAME_MAX + 1];
	uint64_t size;			/* durable */
	struct tree_hash root;
	struct tree_edge edge;
	struct log_level level[TILE_LEVELS];
	struct str bundle;		/* owned: the entries of the last, partial bundle */
	unsigned n_bundle;
	enum err err;			/* the first failure sticks: the log must be opened anew */
	char why[STORE_PATH_MAX + 256];	/* of an error */
};

/* A new log in a folder that is there and empty, or is made. Its origin is the key's name; it has a checkpoint of
 * no entries. */
NODISCARD enum err log_init(const char *path, const struct key *k, char why[static STORE_PATH_MAX + 256]);
/* Every call after which err is not OK leaves why. write: take the lock (ERR_STOPPED: another writer has it), and
 * load the edge. The folder's files are held against the head. */
NODISCARD enum err log_open(struct log *l, const char *path, bool write);
void log_close(struct log *l);
/* Append n entries of at most LOG_ENTRY_MAX bytes; *first: the index of the first, given only when all are durable. */
NODISCARD enum err log_append(struct log *l, const struct span *entries, size_t n, uint64_t *first);
/* Sign what is durable, and publish it; or hold it back until witnesses have cosigned it (.log/held). What was signed for
 * before stays as it is, with its cosignatures. ERR_CONTRADICT: it does not continue what was signed before; ERR_UNKNOWN:
 * that was signed by another key. */
NODISCARD enum err log_checkpoint(struct log *l, const struct key *k, bool hold);

/* The line of a witness's signature, which has been verified (seal/submission.h). */
struct log_cosignature {
	const struct key_pub *witness;
	struct span line;
};

/* Publish the checkpoint of that text, which was signed last, with n lines more. Those that it has by now
 * stay. ERR_STOPPED: another was signed meanwhile. */
NODISCARD enum err log_cosigned(struct log *l, struct span text, const struct log_cosignature *c, size_t n);
/* A proof that the checkpoint, one of this log's, continues its first old entries. */
NODISCARD enum err log_extend(struct log *l, uint64_t old, const struct checkpoint *c, struct tree_proof *out);
/* A proof that entry index is in the published checkpoint, from a; the entry is its extra. ERR_RANGE: it is not in it yet. */
NODISCARD enum err log_prove(struct log *l, uint64_t index, struct arena *a, struct log_proof *out);
/* Compute all again from the entries: every tile, the head's root, the checkpoint's root and its signature when a key
 * is given (NULL: not looked at). ERR_CONTRADICT: the first thing that differs. */
NODISCARD enum err log_fsck(struct log *l, const struct key_pub *k);

/* For log*.c: keep the first error, with its text. */
enum err log_fail(struct log *l, enum err e, const char *fmt, ...) PRINTF_LIKE(3, 4);
enum err log_tile_read(void *log, const struct tile *t, uint8_t *out);	/* a tile_source */
/* The published checkpoint's bytes (into a) and what it says; its signatures are not looked at. */
NODISCARD enum err log_published(struct log *l, struct arena *a, struct span *bytes, struct checkpoint *out);
/* The same of the last that was signed: the published one, or a later one that is held back. */
NODISCARD enum err log_signed(struct log *l, struct arena *a, struct span *bytes, struct checkpoint *out);

#endif
