#include "cmd/archivist_int.h"

#include <errno.h>
#include <sys/socket.h>

#define PIECE (256u << 10)	/* bytes of one call */

/* Until n more than were taken are there. False: the other side was closed before. */
static bool
fill(struct parcel_inbox *in, size_t n)
{
	struct str *s = &in->bytes;
	ssize_t got;

	if (in->at > 0 && s->len - in->at < n) {
		memmove(s->p, s->p + in->at, s->len - in->at);
		s->len -= in->at;
		in->at = 0;
	}
	while (s->len - in->at < n) {
		str_room(s, PIECE);
		got = recv(in->fd, s->p + s->len, PIECE, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		s->len += (size_t)got;
	}
	return true;
}

enum inbox_said
inbox_take(struct parcel_inbox *in, enum parcel_kind *kind, struct span *body)
{
	size_t len = 0;

	if (!fill(in, PARCEL_FRAME))
		return INBOX_END;
	if (parcel_frame((const uint8_t *)in->bytes.p + in->at, kind, &len) != OK)
		return INBOX_BROKEN;
	if (!fill(in, PARCEL_FRAME + len))
		return INBOX_END;
	*body = (struct span){in->bytes.p + in->at + PARCEL_FRAME, len};
	in->at += PARCEL_FRAME + len;
	return INBOX_ONE;
}

bool
outbox_send(int fd, struct span bytes)
{
	ssize_t n;

	while (bytes.len > 0) {
		n = send(fd, bytes.p, bytes.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes.p += n;
		bytes.len -= (size_t)n;
	}
	return true;
}
