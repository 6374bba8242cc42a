#include "pipe/window_once.h"
#include "base/arena.h"

#include <stdlib.h>

void
once_init(struct once *o)
{
	*o = (struct once){.cap = 1024, .us = INT64_MIN, .group = 1};
	o->slots = xcalloc(o->cap, sizeof(*o->slots));
}

void
once_release(struct once *o)
{
	free(o->slots);
	*o = (struct once){0};
}

static struct once_slot *
slot_of(const struct once *o, uint64_t hash)
{
	size_t i = hash & (o->cap - 1);

	while (o->slots[i].group == o->group && o->slots[i].hash != hash)
		i = (i + 1) & (o->cap - 1);
	return &o->slots[i];
}

/* Twice as many; those of earlier groups are gone. */
static void
widen(struct once *o)
{
	struct once_slot *old = o->slots;
	size_t i, n = o->cap;

	o->cap *= 2;
	o->slots = xcalloc(o->cap, sizeof(*o->slots));
	for (i = 0; i < n; i++)
		if (old[i].group == o->group)
			*slot_of(o, old[i].hash) = old[i];
	free(old);
}

bool
once_told(struct once *o, int64_t us, uint32_t file, uint64_t hash)
{
	struct once_slot *s;

	if (o->us != us) {
		o->us = us;
		o->group++;
		o->n = 0;
	}
	if (2 * o->n >= o->cap)
		widen(o);
	s = slot_of(o, hash);
	if (s->group != o->group) {
		*s = (struct once_slot){hash, o->group, 0, file, 0};
		o->n++;
	}
	if (s->file != file) {
		s->file = file;
		s->of_file = 0;
	}
	if (++s->of_file <= s->told)
		return false;
	s->told = s->of_file;
	return true;
}
