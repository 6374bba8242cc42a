/*
 * shelf: the archive for many threads: handles that are lent out, each inside a snapshot, and the view that belongs to
 * what the archive holds now. A month that is imported meanwhile gives a new view and a new generation. While another
 * program commits, what was known stays known.
 */
#ifndef SERVE_SHELF_H
#define SERVE_SHELF_H

#include "serve/shown.h"

#include <pthread.h>
#include <sys/stat.h>

#define SHELF_IDLE 16	/* handles kept */

struct shelf_mark { dev_t dev; ino_t ino; off_t size; struct timespec changed; };

struct shelf {
	char *path;			/* owned */
	pthread_mutex_t lock;		/* over what follows */
	struct archive *idle[SHELF_IDLE];
	size_t n_idle;
	struct shown *view;		/* NULL before the first */
	struct shelf_mark mark;		/* of the file when view was known to be of it */
	dev_t dev;			/* of the file that idle handles have open */
	ino_t ino;
	uint64_t generation;
	pthread_mutex_t making;		/* one makes a view, others use the one there is */
	bool kept;			/* a thread of its own makes views: requests take the one there is */
};

struct loan { struct archive *archive; struct shown *view; dev_t dev; ino_t ino; };

/* Opens the archive and makes the first view; on an error why says what is wrong. */
NODISCARD enum err shelf_open(struct shelf *s, const char *path, struct str *why);
void shelf_close(struct shelf *s);
/* A handle in a snapshot, and a view no older than what is in the archive when it is not being written to. ERR_STOPPED:
 * it was locked for longer than may be waited for. */
NODISCARD enum err shelf_lend(struct shelf *s, struct loan *out, struct str *why);
void shelf_return(struct shelf *s, struct loan *l);
/* Whoever says so looks himself, by shelf_ahead, whether something was archived. */
void shelf_keep(struct shelf *s, bool kept);
/* True: something was archived since the last view. *out is the next one, owned, and shown to nobody yet. */
bool shelf_ahead(struct shelf *s, struct shown **out, struct shelf_mark *m);
/* It is shown from now on, and has its generation. False: another file took the archive's place meanwhile. */
bool shelf_show(struct shelf *s, struct shown *v, const struct shelf_mark *m);
/* The same as shelf_lend, without looking at the view there is: view is NULL. */
NODISCARD enum err shelf_lend_bare(struct shelf *s, struct loan *out, struct str *why);
/* The generation of what the archive holds, without waiting: that of the last view while another program commits. */
uint64_t shelf_generation(struct shelf *s);

#endif
