/*
 * logbook: what the entries of a log speak of, so that a page about a network need not read the log: for each entry that
 * names a digest (a report, a mark, a line of a ledger of disputes) that digest, and whose mark it issues. The entries
 * themselves stay in the log's files; each is held against its leaf hash when it is read again. All of it was read up
 * to a checkpoint that the operator's policy believes, and a later one is taken only when it goes on from there.
 */
#ifndef SERVE_LOGBOOK_H
#define SERVE_LOGBOOK_H

#include "seal/mark_find.h"

#include <stdatomic.h>

enum logbook_kind {
	LOGBOOK_DIGEST,			/* a digest alone, or a line of sha256sum(1) */
	LOGBOOK_STATUS,			/* a status entry (seal/status.h) on the digest; of a known signer or not */
	LOGBOOK_DISPUTE			/* a line of a ledger of disputes (seal/dispute.h) */
};

struct logbook_entry {			/* 80 bytes */
	uint8_t digest[SHA256_BYTES];
	struct tree_hash leaf;
	uint64_t index;
	uint32_t asn;			/* marks: whose */
	uint8_t kind;
	uint8_t word;			/* enum status_word, of a status */
	bool marks;			/* it issues a mark, as it says */
};

/* Of 64 lower-case hexadecimal digits. */
bool logbook_digest(const char *hex, uint8_t out[static SHA256_BYTES]);
/* What an entry speaks of; false: of nothing that is looked for. index and leaf are not set. a: to work in. */
bool logbook_entry_read(struct span entry, struct arena *a, struct logbook_entry *out);

struct logbook {			/* not changed after it was made */
	atomic_uint refs;
	struct logbook_entry *e;	/* ascending by digest, then index */
	uint32_t *mark;			/* places in e of those that issue marks, by ASN, then index */
	size_t n, n_marks;
	uint64_t size;			/* entries of the checkpoint, those of no interest too */
	struct tree_hash root;
	char *origin, *key;		/* owned; key: "NAME+ID" of whose checkpoint it is */
	size_t witnesses;		/* that have cosigned it */
	bool full;			/* there are more than SERVE_LOG_ENTRIES: the later ones are not in e */
};

/* of: as it was, NULL: nothing yet; edge: of its tree, zeroed at first, and of use again only when OK. *out: of with a
 * reference more when the log has not grown. Errors as scan_on. */
NODISCARD enum err logbook_renew(struct logbook *of, struct tree_edge *edge, const char *path, const struct policy *p,
    struct logbook **out, struct str *why);
void logbook_free(struct logbook *b);		/* one reference; NULL-safe */

/* The entries on a digest: the first, and how many. */
const struct logbook_entry *logbook_on(const struct logbook *b, const uint8_t digest[static SHA256_BYTES], size_t *n);
/* The first place in mark of the AS, and how many. */
size_t logbook_marks(const struct logbook *b, uint32_t asn, size_t *n);
/* The marks of an AS (f: keys, asn, a), from the log's files at path. ERR_LIMIT: more than SERVE_LOG_SAID entries;
 * ERR_CONTRADICT: a file is not what it was. *why is from f->a. Release f in any case. */
NODISCARD enum err logbook_find(const struct logbook *b, const char *path, struct mark_find *f, const char **why);

#endif
