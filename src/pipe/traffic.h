/*
 * traffic: who speaks when in an MRT file, noted while it is loaded. Private to pipe/.
 */
#ifndef PIPE_TRAFFIC_H
#define PIPE_TRAFFIC_H

#include "base/map.h"
#include "world/world.h"

struct traffic_note {
	struct traffic *t;	/* owned until it is handed over */
	struct map by_session;
	uint32_t last;		/* session of the message before */
	uint32_t clock_s;	/* the latest time so far */
};
void traffic_note_init(struct traffic_note *n);
/* A message, or with local_as 0 a peer of a table. */
void traffic_note_session(struct traffic_note *n, uint32_t local_as, uint32_t peer_as, const struct addr *addr);
void traffic_note_time(struct traffic_note *n, uint32_t s);	/* of a message */
struct traffic *traffic_note_done(struct traffic_note *n);

int traffic_session_cmp(const void *a, const void *b);	/* by (peer_as, addr, local_as) */

#endif
