/*
 * witness_front: the half of a witness that the network sees: a process of its own, which has no key. It hands submissions
 * to the half that signs, through a socket between them, and its answers back.
 */
#ifndef CMD_WITNESS_FRONT_H
#define CMD_WITNESS_FRONT_H

#include "base/str.h"

#define FRONT_SUBMIT 'S'	/* first byte of a message to the half that signs: a submission follows */
#define FRONT_READY 'R'		/* the port follows, decimal */
#define FRONT_FAILED 'F'	/* why follows */

struct front {
	int fd;			/* messages (SOCK_SEQPACKET) */
	int pid;
};

/* Start it, before there is any secret. False after a message. */
bool front_start(struct front *f);
/* Let it listen; its verifier key and the logs, text, are what GET / answers. *port. False after a message. */
bool front_listen(struct front *f, const char *address, struct span about, unsigned *port);
/* The next submission into buf of size bytes; false when the other half has ended. */
bool front_next(struct front *f, char *buf, size_t size, struct span *body);
bool front_answer(struct front *f, unsigned status, struct span body);
void front_stop(struct front *f);

#endif
