/*
 * archive: assessments of many months in one SQLite file (doc/formats/archive.md). What was known at a moment
 * stays known: nothing that was archived is changed later. One assessment is one transaction, so that a crash
 * at any point leaves the last complete state. No SQLite header is seen above this layer.
 *
 * The digest of an assessment is over what it depends on (moment, parameters, packs, inputs, which networks)
 * and over its results; the program's version is not in a report, and shows as other results. The same
 * assessment twice is found before anything is written. No clock, path or host gets into the file: the same
 * assessments archived in the same order give the same content.
 */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "archive/row.h"

#define ARCHIVE_APPLICATION_ID 0x524d4b31	/* "RMK1": PRAGMA application_id */
#define ARCHIVE_SCHEMA 8			/* PRAGMA user_version; see archive/schema.c */

struct archive;

enum archive_mode {
	ARCHIVE_READ,	/* must be there and of this schema; nothing is written to it */
	ARCHIVE_SERVE,	/* as READ, and nothing can be: what a crash left is not rolled back, but an error */
	ARCHIVE_WRITE,	/* made when it is not there; an older schema is brought up to date */
	ARCHIVE_CHECK,	/* as READ, of any schema up to this one */
	ARCHIVE_UPGRADE	/* must be there; it is brought to this schema */
};
/* *out is owned. On an error why says what is wrong and the file is as it was: no archive, a newer schema, a
 * foreign database, a place that cannot be written. */
NODISCARD enum err archive_open(struct archive **out, const char *path, enum archive_mode mode, struct str *why);
void archive_close(struct archive *a);	/* NULL-safe; rolls back what was not committed */
/* What went wrong last, in words, with no path in it; "" when nothing did. Until the next call. */
const char *archive_why(const struct archive *a);

int archive_schema(const struct archive *a);

/* --- putting one assessment in --- */

enum archive_fate {
	ARCHIVE_NEW,	/* archived */
	ARCHIVE_THERE	/* it was there already; nothing was written */
};

/* The same evidence, packs, parameters and networks. What head points to is borrowed until the end. */
void archive_basis(const struct archive_head *head, const uint32_t *asns, size_t n, uint8_t out[static SHA256_BYTES]);
/* Of an assessment, which names it: over both. */
void archive_digest(const uint8_t basis[static SHA256_BYTES], const uint8_t content[static SHA256_BYTES],
    uint8_t out[static SHA256_BYTES]);
/* ERR_STOPPED when another program is writing. When an assessment of the same basis is there, nothing is written
 * by the calls that follow, but compared. */
NODISCARD enum err archive_begin(struct archive *a, const struct archive_head *head,
    const uint8_t basis[static SHA256_BYTES]);
/* The same for who knows the results' digest (archive_content), too: an assessment of the same basis and other
 * results is put beside the one that is there. */
NODISCARD enum err archive_begin_known(struct archive *a, const struct archive_head *head,
    const uint8_t basis[static SHA256_BYTES], const uint8_t content[static SHA256_BYTES]);
bool archive_is_there(const struct archive *a);	/* after a begin: nothing will be written */
/* One network, as archive_row_write made it; ascending by ASN. ERR_CONTRADICT when it does not fit the head. */
NODISCARD enum err archive_put(struct archive *a, struct span row);
/* ERR_CONTRADICT: there are other results of the same basis (archive_begin); archive_why tells. On an error
 * everything since archive_begin is gone. */
NODISCARD enum err archive_commit(struct archive *a, enum archive_fate *fate);
void archive_rollback(struct archive *a);	/* fine when nothing was begun */

/* --- what is in it --- */

struct archive_entry {
	uint8_t digest[SHA256_BYTES];
	struct utc at;
	uint64_t networks, inputs;
	const char *packs;	/* "manrs-netops 1.0.0", a proposal with its label, a line each; borrowed until the
				 * next */
};
/* In the order of their moments, then as they were archived. */
NODISCARD enum err archive_list(struct archive *a, void (*each)(void *arg, const struct archive_entry *e), void *arg);

/* Every page, key and reference, and every digest computed again from the rows. Complaints go to each, a line
 * each; *n is how many there were. */
NODISCARD enum err archive_check(struct archive *a, void (*each)(void *arg, const char *complaint), void *arg,
    uint64_t *n);

/* For tests: as archive_open for writing, but of an earlier schema; and no more than pages of the database. */
NODISCARD enum err archive_open_schema(struct archive **out, const char *path, int schema, struct str *why);
void archive_limit_pages(struct archive *a, uint32_t pages);

#endif
