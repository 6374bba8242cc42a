/*
 * bundle_file: an evidence bundle (doc/formats/bundle.md) in one tar file, read once from end to end before anybody is
 * told of it: every header, every digest of SHA256SUMS, the manifest in its strict form, and that packs and evidence are
 * those that the manifest names. Whether the report follows from them is for replay. Of what is in it only the manifest
 * and SHA256SUMS are held in memory.
 */
#ifndef SERVE_BUNDLE_FILE_H
#define SERVE_BUNDLE_FILE_H

#include "base/arena.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "report/bundle.h"

#include <stdatomic.h>
#include <sys/stat.h>

/* What tells a file from one that took its place, or was written to. */
struct bundle_stat { dev_t dev; ino_t ino; off_t size; struct timespec written, changed; };

struct bundle_file {
	atomic_uint refs;
	struct arena *a;		/* owned: of what follows */
	char *name;			/* of the file, in its folder; borrowed by nobody who is a stranger */
	struct bundle_stat stat;
	const char *why;		/* what is wrong with it; NULL: nothing, and then what follows */
	char sha256[SHA256_HEX + 1], report[SHA256_HEX + 1];	/* of the file; of its report.json */
	struct utc at;			/* UTC_NONE: nobody knew */
	const char *version;		/* of the program that made it */
	bool minimal;			/* it carries evidence */
	uint32_t *asns;			/* ascending */
	size_t n_asns, n_inputs, n_packs;
	struct bundle_pack *packs;
};

void bundle_stat_take(struct bundle_stat *out, const struct stat *st);
bool bundle_stat_same(const struct bundle_stat *x, const struct bundle_stat *y);
/* Never NULL: what cannot be read has why. folder: a descriptor. */
struct bundle_file *bundle_file_read(int folder, const char *name);
/* A descriptor for reading of the file that was read, or -1: it is another by now. */
int bundle_file_open(int folder, const struct bundle_file *f);
void bundle_file_ref(struct bundle_file *f);
void bundle_file_free(struct bundle_file *f);	/* one reference; NULL-safe */
bool bundle_file_has(const struct bundle_file *f, uint32_t asn);

#endif
