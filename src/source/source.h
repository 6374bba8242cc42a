/*
 * source: the only door to the file system for inputs. Opens a file, tells its compression from
 * its first bytes, decompresses (gz through ISA-L, bz2, xz, zst; several members in a row as gzip
 * and bzip2 allow), hashes the raw bytes as they are read, and feeds the plain ones to a decoder.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/feed.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "decode/kind.h"

enum packing { PACK_PLAIN, PACK_GZIP, PACK_BZIP2, PACK_XZ, PACK_ZSTD };
const char *packing_word(enum packing p);	/* "plain", "gz", "bz2", "xz", "zst" */

struct source;

/* Open path, a regular file, and sniff it. ERR_OPEN, ERR_IO, ERR_NOMEM are the environment's;
 * errno is set (EISDIR for a directory, EINVAL for a FIFO or device). */
NODISCARD enum err source_open(const char *path, struct source **out);
/* The same for who has no use for the digest, which is left zero: it takes longer than reading does. */
NODISCARD enum err source_open_unhashed(const char *path, struct source **out);
enum packing source_packing(const struct source *s);
enum input_kind source_kind(const struct source *s);
struct feed *source_feed(struct source *s);	/* owned by s; plain bytes from the first one on */

struct source_sum {
	uint8_t sha256[SHA256_BYTES];	/* of the file as it lies there, compressed or not */
	uint64_t size;			/* raw bytes */
	uint64_t plain;			/* plain bytes in it, up to the error if there is one */
	uint64_t padding;		/* zero bytes behind a compressed member: worth a note */
	/* OK, or how the compressed stream ended: ERR_SHORT cut, ERR_CORRUPT damaged, ERR_TRAILING
	 * something else behind it, ERR_LIMIT a bomb; ERR_CONTRADICT: the file changed under us. */
	enum err err;
	uint64_t err_offset;		/* raw offset of that */
	const char *limit;		/* static: the name of the limit, with ERR_LIMIT; else NULL */
};
/* Read what the decoder left (so that the digest is of the whole file and damage behind the last
 * record is seen), fill sum, free s. NULL-safe. The return value is the environment's error. */
NODISCARD enum err source_close(struct source *s, struct source_sum *sum);

/* A date that a name carries by the field's convention (rib.20140501.0000.bz2, 20220501.as-rel.txt,
 * delegated-afrinic-extended-20240219, rpki-client-20250720T0931Z.json): UTC_NONE when none. Used
 * only for inputs whose content has no time. */
struct utc source_name_time(const char *path);

/* All regular files under dir, names starting with "." left out, in bytewise order of their paths
 * relative to dir. Links to files are followed, links to folders below dir are not (no loops); a link
 * that leads nowhere is listed, so that opening it tells. A dir that is itself a file gives that one.
 * ERR_OPEN or ERR_IO with errno; ERR_LIMIT past FILES_MAX. On an error out is empty. */
struct source_list { char **path; size_t n; };	/* owned strings, full paths */
NODISCARD enum err source_list_dir(const char *dir, struct source_list *out);
void source_list_release(struct source_list *l);

#endif
