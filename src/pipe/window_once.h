/*
 * window_once: messages that several files tell. Of all that has the same order_us, an event is told as often as the
 * file has it that has it most often. Private to pipe/window*.c.
 */
#ifndef PIPE_WINDOW_ONCE_H
#define PIPE_WINDOW_ONCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct once_slot {
	uint64_t hash, group;		/* group 0: empty */
	uint32_t told, file, of_file;	/* of_file: how often the file at hand has it */
};
struct once {
	struct once_slot *slots;	/* owned; a power of two of them */
	size_t cap, n;
	uint64_t group;
	int64_t us;
};
void once_init(struct once *o);
void once_release(struct once *o);
/* Is it the first to tell that? Files take turns only when us moves on. */
bool once_told(struct once *o, int64_t us, uint32_t file, uint64_t hash);

#endif
