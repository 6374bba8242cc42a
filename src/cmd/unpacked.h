/*
 * unpacked: the files of a bundle, from a folder or from one tar file (base/tar.h): opened whole, and held against its
 * SHA256SUMS before anything of it is believed.
 */
#ifndef CMD_UNPACKED_H
#define CMD_UNPACKED_H

#include "base/arena.h"
#include "base/str.h"

struct unpacked_file {
	const char *name;	/* "packs/01.catalog.json": tar_name_good() */
	struct span bytes;
};

struct unpacked {
	const char *path, *command;	/* borrowed */
	struct arena *arena;		/* names */
	struct str *blocks;		/* owned: what was read */
	size_t n_blocks, cap_blocks;
	struct unpacked_file *files;	/* owned: ascending by name; those of a folder without its evidence, which lies there */
	size_t n, cap;
	bool report_changed;		/* report.json is not what SHA256SUMS says; all else is */
	char *evidence;			/* owned: the folder that holds the evidence, for load_dir(); NULL: none was asked for */
	bool temporary;			/* it goes with it */
};

/* False after a message on stderr: it cannot be read, a name is none of a bundle's, a file is missing or has another
 * digest. */
bool unpacked_open(struct unpacked *s, const char *path, const char *command);
void unpacked_close(struct unpacked *s);	/* fine after a failure, and on one that is all zero */
/* Its bytes; .p is NULL when there is no such file. */
struct span unpacked_get(const struct unpacked *s, const char *name);
/* Have the evidence as a folder: those of a tar file are written to a temporary one. False after a message. */
bool unpacked_evidence(struct unpacked *s);

/* A new folder for what nobody is to see: under TMPDIR, for the user alone. Owned; NULL after a message. */
char *temp_folder_new(const char *command);
char *temp_folder_try(void);	/* without a message */
void temp_folder_remove(char *path);	/* and all that is in it; frees path; NULL is fine */
/* A whole file in it. False after a message. */
bool temp_folder_write(const char *folder, const char *name, struct span bytes, const char *command);

#endif
