/*
 * confined_archive: the processes that may write an archive, beside the one that decodes (cmd/confined.h): the archivist
 * (cmd/archivist.h) for a command that archives, and one that rolls back what a crash left of an archive that is read, and
 * has ended before anything is decoded. Both are in JAIL_KEEP with the archive's folder alone, and have no other file open:
 * neither input nor standard input and output.
 */
#ifndef CMD_CONFINED_ARCHIVE_H
#define CMD_CONFINED_ARCHIVE_H

#include "cmd/confined_rules.h"

#include <sys/types.h>

struct confined_archivist {
	pid_t pid;	/* 0: the command archives nothing */
	int fd;		/* to it, for the process that decodes: archivist_start */
};

/* From the process that will be the parent of both. False after a message. */
bool confined_archivist_begin(const char *command, const struct confined_paths *p, struct confined_archivist *w);
/* In the parent, when the one that decodes is there: without this the archivist would never see that it has ended. */
void confined_archivist_leave(struct confined_archivist *w);
/* In the parent, when the one that decodes has ended: waits. False after a message. */
bool confined_archivist_end(const char *command, struct confined_archivist *w);

/* Roll back what crashes left of the archives that are read. False after a message; what cannot be rolled back is told by
 * who then opens it. */
bool confined_archives_mend(const char *command, const struct confined_paths *p);

#endif
