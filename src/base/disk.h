/*
 * disk: what a file needs to be on the disk, and not only in a cache. errno tells what went wrong.
 */
#ifndef BASE_DISK_H
#define BASE_DISK_H

#include "base/span.h"

#include <dirent.h>
#include <stdio.h>

/* All bytes, however many calls that takes. */
bool fd_write(int fd, struct span bytes);
/* A stream that writes to fd as fd_write does: stdio's own takes an interrupted call for an error. fd stays the caller's,
 * to be synced and closed after the stream was. NULL: no memory. */
FILE *fd_stream(int fd);
/* The entries of a folder, path being below the folder at (AT_FDCWD: as any path). True, too, on a file system that
 * cannot fsync a folder. */
bool folder_sync_at(int at, const char *path);
/* The same for the folder that a file stands in. */
bool folder_sync_of(const char *file);

/* readdir(3), made again when it was interrupted. NULL behind the last, errno 0, or when it cannot be read, errno else. */
struct dirent *dir_next(DIR *dir);

#endif
