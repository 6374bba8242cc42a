/*
 * errand: what a confined process (cmd/confined.h) asks of its parent, which may do it: make a product that the command
 * line names, a file in a folder that is one, a temporary file. Nothing else can be asked for, and what is asked for is
 * held against the command line by the parent: an honest process never asks for what it may not, so of one that does
 * nothing takes its place.
 *
 * A product takes its place when the confined process has ended by itself, not before. cmd/product.c, folder.c and
 * temp_folder.c are the callers; for the commands nothing changes. What is fetched is cmd/fetcher.h's.
 */
#ifndef CMD_ERRAND_H
#define CMD_ERRAND_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "cmd/confined_rules.h"

#define ERRAND_PATH 4096	/* bytes, with the zero */
#define ERRAND_NAME 1024

/* --- in the confined process --- */

void errand_start(int fd, const char *temp);	/* fd: to the parent; temp: of the temporary folder, or NULL */
bool errand_able(void);				/* is this process a confined one? */
/* Each of these: a descriptor to write to, or -1 after the parent's message, or -1 with errno when there was none. */
int errand_product(const char *path, int *id);
int errand_file(int id, const char *name);	/* in a folder */
int errand_temp_file(const char *name);
/* False after the parent's message. own: what is replaced is an OSCAL export. */
bool errand_folder(const char *path, bool own, bool force, int *id);
bool errand_commit(int id);			/* of either */
void errand_abandon(int id);
const char *errand_temp(void);			/* the temporary folder, which the parent removes; NULL */

/* --- in its parent --- */

/* A name below a folder of words of ours: nothing leads out. */
bool errand_name_good(const char *name);

struct errands;
/* paths, n: the command line's, with what may be done with each; borrowed, as is temp, a folder there is, or NULL. */
struct errands *errands_new(const char *command, const struct confined_path *paths, size_t n, const char *temp);
/* Do what is asked for on fd until its other side is closed. */
void errands_do(struct errands *e, int fd);
/* What was asked to be kept takes its place, when good; else nothing does. False after a message. */
bool errands_end(struct errands *e, bool good);

#endif
