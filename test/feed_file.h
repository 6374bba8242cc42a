/*
 * feed_file: a real file, compressed or not, as a feed for a decoder's test. Tests of decoders do
 * not go through source/, so that each layer fails on its own.
 */
#ifndef FEED_FILE_H
#define FEED_FILE_H

#include "base/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct feed_file {
	struct feed feed;
	FILE *pipe;
	uint8_t buf[1u << 16];
};

static inline enum err
feed_file_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct feed_file *f = arg;

	*buf = f->buf;
	*len = fread(f->buf, 1, sizeof(f->buf), f->pipe);
	return ferror(f->pipe) ? ERR_IO : OK;
}

static inline bool
feed_file_ends(const char *name, const char *suffix)
{
	size_t n = strlen(name), k = strlen(suffix);

	return n >= k && strcmp(name + n - k, suffix) == 0;
}

/* false when it is not there; dir and name are ours, so the shell sees nothing odd */
static inline bool
feed_file_open(struct feed_file *f, const char *dir, const char *name)
{
	char path[4096], cmd[4200];
	const char *tool = "cat";
	FILE *probe;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	probe = fopen(path, "r");
	if (probe == NULL)
		return false;
	fclose(probe);
	if (feed_file_ends(name, ".gz"))
		tool = "zcat";
	else if (feed_file_ends(name, ".bz2"))
		tool = "bzcat";
	snprintf(cmd, sizeof(cmd), "%s '%s' 2>/dev/null", tool, path);
	f->pipe = popen(cmd, "r");
	if (f->pipe == NULL)
		return false;
	feed_init(&f->feed, feed_file_fill, f);
	return true;
}

static inline void
feed_file_close(struct feed_file *f)
{
	feed_release(&f->feed);
	pclose(f->pipe);
}

#endif
