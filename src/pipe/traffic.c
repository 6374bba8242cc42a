#include "pipe/traffic.h"
#include "base/arena.h"
#include "base/limits.h"

#include <string.h>

void
traffic_note_init(struct traffic_note *n)
{
	*n = (struct traffic_note){.t = xcalloc(1, sizeof(*n->t)), .last = MAP_NONE};
}

int
traffic_session_cmp(const void *pa, const void *pb)
{
	const struct traffic_session *a = pa, *b = pb;
	int c = (a->peer_as > b->peer_as) - (a->peer_as < b->peer_as);

	if (c == 0)
		c = addr_cmp(&a->addr, &b->addr);
	return c != 0 ? c : (a->local_as > b->local_as) - (a->local_as < b->local_as);
}

static bool
session_eq(uint32_t id, const void *key, const void *arg)
{
	const struct traffic *t = arg;

	return traffic_session_cmp(&t->sessions[id], key) == 0;
}

void
traffic_note_session(struct traffic_note *n, uint32_t local_as, uint32_t peer_as, const struct addr *addr)
{
	struct traffic_session s = {local_as, peer_as, *addr};
	struct traffic *t = n->t;
	uint8_t key[25] = {addr->family};
	uint64_t hash;

	if (n->last != MAP_NONE && session_eq(n->last, &s, t))
		return;
	memcpy(key + 1, addr->b, 16);
	memcpy(key + 17, &local_as, 4);
	memcpy(key + 21, &peer_as, 4);
	hash = map_hash(key, sizeof(key));
	n->last = map_find(&n->by_session, hash, session_eq, &s, t);
	if (n->last != MAP_NONE)
		return;
	t->sessions = grow(t->sessions, &t->cap_sessions, t->n_sessions + 1, sizeof(*t->sessions));
	n->last = (uint32_t)t->n_sessions++;
	t->sessions[n->last] = s;
	map_add(&n->by_session, hash, n->last);
}

void
traffic_note_time(struct traffic_note *n, uint32_t s)
{
	struct traffic *t = n->t;

	if (t->messages++ > 0 && s > n->clock_s && s - n->clock_s > WINDOW_SILENCE_S) {
		t->silences = grow(t->silences, &t->cap_silences, t->n_silences + 1, sizeof(*t->silences));
		t->silences[t->n_silences++] = (struct traffic_silence){n->clock_s, s};
	}
	if (n->clock_s < s)
		n->clock_s = s;
}

struct traffic *
traffic_note_done(struct traffic_note *n)
{
	struct traffic *t = n->t;

	map_release(&n->by_session);
	*n = (struct traffic_note){0};
	return t;
}
