/* fetcher_ask: the side that asks. */
#include "cmd/fetcher_int.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int fetcher = -1;

void
fetcher_use(const struct fetcher *f)
{
	fetcher = f->fd;
}

static ssize_t
receive(void *p, size_t size)
{
	ssize_t n;

	do
		n = recv(fetcher, p, size, MSG_TRUNC);
	while (n < 0 && errno == EINTR);
	return n;
}

static bool
send_question(const struct fetcher_question *q, struct span body)
{
	char *message = xmalloc(sizeof(*q) + body.len);
	ssize_t n;

	memcpy(message, q, sizeof(*q));
	if (body.len > 0)
		memcpy(message + sizeof(*q), body.p, body.len);
	do
		n = send(fetcher, message, sizeof(*q) + body.len, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	free(message);
	return n == (ssize_t)(sizeof(*q) + body.len);
}

/* Never more than was announced, and never more than was asked for. */
static bool
body_receive(struct str *out, uint64_t len)
{
	ssize_t n;

	while (len > 0) {
		str_grow(out, FETCHER_PIECE);
		n = receive(out->p + out->len, FETCHER_PIECE);
		if (n <= 0 || n > FETCHER_PIECE || (uint64_t)n > len)
			return false;
		out->len += (size_t)n;
		len -= (uint64_t)n;
	}
	return true;
}

static enum err
ask(const struct fetcher_question *q, struct span body, struct fetch_answer *out, struct arena *a, const char **why)
{
	struct fetcher_answer got;

	*why = "the process that fetches has ended";
	if (fetcher < 0 || !send_question(q, body) || receive(&got, sizeof(got)) != (ssize_t)sizeof(got))
		return ERR_IO;
	got.why[sizeof(got.why) - 1] = got.type[sizeof(got.type) - 1] = '\0';
	if (got.error != OK) {
		*why = arena_strdup(a, span_of(got.why));
		return got.error == ERR_OPEN || got.error == ERR_LIMIT ? (enum err)got.error : ERR_IO;
	}
	if (got.len > q->max || !body_receive(&out->body, got.len))
		return ERR_IO;
	out->status = got.status;
	memcpy(out->type, got.type, sizeof(out->type));
	return OK;
}

enum err
fetcher_ready(struct arena *a, const char **why)
{
	const struct fetcher_question q = {.what = FETCHER_READY};
	struct fetch_answer none = {.status = 0};

	return ask(&q, (struct span){NULL, 0}, &none, a, why);
}

enum err
fetcher_ask(const char *url, struct span body, size_t max, unsigned ms, struct fetch_answer *out, struct arena *a,
    const char **why)
{
	struct fetcher_question q = {.what = body.p != NULL ? FETCHER_POST : FETCHER_GET, .ms = ms, .max = max, .len = body.len};

	str_clear(&out->body);
	*why = "its address is too long";
	if (snprintf(q.url, sizeof(q.url), "%s", url) >= (int)sizeof(q.url) || body.len > SUBMISSION_BYTES_MAX)
		return ERR_LIMIT;
	return ask(&q, body, out, a, why);
}
