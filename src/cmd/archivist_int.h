/* archivist_int: parcels on a socket between the two processes, for both sides. */
#ifndef CMD_ARCHIVIST_INT_H
#define CMD_ARCHIVIST_INT_H

#include "archive/parcel.h"

/* What has come and was not taken yet. */
struct parcel_inbox {
	int fd;
	struct str bytes;	/* owned; grows as bytes come, whatever length a frame claims */
	size_t at;		/* taken */
};

enum inbox_said { INBOX_ONE, INBOX_END, INBOX_BROKEN };	/* END: the other side ended, maybe within one; BROKEN: no frame */
/* The next one's body, until the call after. Waits. */
enum inbox_said inbox_take(struct parcel_inbox *in, enum parcel_kind *kind, struct span *body);
bool outbox_send(int fd, struct span bytes);	/* all of it; false: nobody is there */

#endif
