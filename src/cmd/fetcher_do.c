/* fetcher_do: what may be asked, and by how much. */
#include "cmd/errand.h"
#include "cmd/fetcher_int.h"
#include "cmd/note.h"
#include "seal/policy.h"
#include "seal/submission.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct post {
	const char *url;
	unsigned left;			/* questions */
};

struct asked {
	const char *command;
	struct fetch *net;		/* NULL: none could be had */
	const char *why;		/* then */
	const char *below;		/* with its slash; NULL: no GET */
	struct post *posts;
	size_t n_posts;
	uint64_t bytes;			/* of the log so far */
	int64_t until;			/* the moment of a clock that nobody sets, in s; 0: nothing was fetched yet */
	unsigned refused;
	struct arena *a;
};

/* --- what may be asked --- */

static void
log_is(struct asked *s, const char *url)
{
	if (fetch_url_good(url))
		s->below = arena_printf(s->a, "%s%s", url, url[strlen(url) - 1] == '/' ? "" : "/");
}

/* Of a policy that cannot be read who asks tells: nobody is asked. */
static void
witnesses_are(struct asked *s, struct span text)
{
	const char *why = NULL, *url;
	struct policy p;
	size_t i;

	if (policy_read(text, s->a, &p, &why) != OK)
		return;
	s->posts = arena_array(s->a, p.n_witnesses + 1, sizeof(*s->posts));
	for (i = 0; i < p.n_witnesses; i++) {
		url = p.witnesses[i].url != NULL ? submission_url(p.witnesses[i].url, s->a) : NULL;
		if (url != NULL && fetch_url_good(url))
			s->posts[s->n_posts++] = (struct post){url, SUBMISSION_TRIES};
	}
}

static struct post *
post_find(struct asked *s, const char *url)
{
	size_t i;

	for (i = 0; i < s->n_posts; i++)	/* two of a policy may have one address */
		if (strcmp(s->posts[i].url, url) == 0 && s->posts[i].left > 0)
			return &s->posts[i];
	return NULL;
}

static bool
is_below(const struct asked *s, const char *url)
{
	size_t n = s->below != NULL ? strlen(s->below) : 0;

	return n > 0 && strncmp(url, s->below, n) == 0 && errand_name_good(url + n);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* --- one question --- */

static void
failed(struct fetcher_answer *a, enum err e, const char *why)
{
	a->error = (int32_t)e;
	snprintf(a->why, sizeof(a->why), "%s", why);
}

static void
refuse(struct asked *s, const struct fetcher_question *q, struct fetcher_answer *a)
{
	s->refused++;
	note(s->command, "the process that fetches was asked for %s, which the command line does not name", q->url);
	failed(a, ERR_IO, "it may not be asked for");
}

/* The log as a whole has limits, which who asks cannot lift. */
static void
get(struct asked *s, const struct fetcher_question *q, struct fetch_answer *got, struct fetcher_answer *a)
{
	const char *why = NULL;
	size_t max = q->max < FETCH_LOG_BYTES ? (size_t)q->max : FETCH_LOG_BYTES;
	enum err e;

	s->until = s->until == 0 ? now() + FETCH_LOG_S : s->until;
	if (now() >= s->until || s->bytes >= FETCH_LOG_BYTES) {
		failed(a, ERR_LIMIT, "the log was not read to its end: it is larger than FETCH_LOG_BYTES, or takes longer than "
		    "FETCH_LOG_S");
		return;
	}
	e = fetch_ask(s->net, q->url, (struct span){NULL, 0}, max, q->ms, got, &why);
	if (e != OK)
		failed(a, e, why);
	s->bytes += got->body.len;
}

static void
post(struct asked *s, const struct fetcher_question *q, struct span body, struct fetch_answer *got, struct fetcher_answer *a)
{
	size_t max = q->max < COSIGNED_BYTES_MAX ? (size_t)q->max : COSIGNED_BYTES_MAX;
	const char *why = NULL;
	enum err e = fetch_ask(s->net, q->url, body, max, q->ms, got, &why);

	if (e != OK)
		failed(a, e, why);
}

static bool
may(struct asked *s, const struct fetcher_question *q)
{
	struct post *p;

	if (q->what == FETCHER_READY || (q->what == FETCHER_GET && is_below(s, q->url)))
		return true;
	p = q->what == FETCHER_POST ? post_find(s, q->url) : NULL;
	if (p != NULL)
		p->left--;
	return p != NULL;
}

static void
one(struct asked *s, const struct fetcher_question *q, struct span body, struct fetch_answer *got, struct fetcher_answer *a)
{
	if (!may(s, q))
		refuse(s, q, a);
	else if (s->net == NULL)
		failed(a, ERR_OPEN, s->why != NULL ? s->why : "there is no network");
	else if (q->what == FETCHER_GET)
		get(s, q, got, a);
	else if (q->what == FETCHER_POST)
		post(s, q, body, got, a);
}

static bool
send_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	size_t piece;
	ssize_t n;

	while (len > 0) {
		piece = len < FETCHER_PIECE ? len : FETCHER_PIECE;
		n = send(fd, p, piece, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n != (ssize_t)piece)
			return false;
		p += piece;
		len -= piece;
	}
	return true;
}

/* Whole, and with what it says that it has; longer ones were cut. */
static bool
is_whole(struct fetcher_question *q, ssize_t n)
{
	if (n < (ssize_t)sizeof(*q) || n > (ssize_t)FETCHER_MESSAGE || q->len != (size_t)n - sizeof(*q))
		return false;
	q->url[sizeof(q->url) - 1] = '\0';
	q->ms = q->ms < FETCH_MS_MAX ? q->ms : FETCH_MS_MAX;
	return true;
}

static bool
answer(struct asked *s, int fd, char *message, ssize_t n)
{
	struct fetch_answer got = {.status = 0};
	struct fetcher_answer a = {.error = OK};
	struct fetcher_question q;
	bool good;

	memcpy(&q, message, sizeof(q));
	if (is_whole(&q, n)) {
		one(s, &q, (struct span){message + sizeof(q), (size_t)q.len}, &got, &a);
	} else {
		snprintf(q.url, sizeof(q.url), "something in %zd bytes", n);
		refuse(s, &q, &a);
	}
	a.status = got.status;
	a.len = a.error == OK ? got.body.len : 0;
	memcpy(a.type, got.type, sizeof(a.type));
	good = send_all(fd, &a, sizeof(a)) && (a.len == 0 || send_all(fd, got.body.p, (size_t)a.len));
	str_release(&got.body);
	return good;
}

bool
fetcher_do(const char *command, const struct fetcher_may *may, struct fetch *net, const char *why, int fd)
{
	struct asked s = {.command = command, .net = net, .why = why, .a = arena_new()};
	char *message = xcalloc(1, FETCHER_MESSAGE);
	bool good = true;
	ssize_t n;

	if (may->log != NULL)
		log_is(&s, may->log);
	if (may->policy.p != NULL)
		witnesses_are(&s, may->policy);
	while (good && s.refused < ERRAND_REFUSED_MAX) {
		n = recv(fd, message, FETCHER_MESSAGE, MSG_TRUNC);
		if (n < 0 && errno == EINTR)
			continue;
		good = n > 0 && answer(&s, fd, message, n);
	}
	if (s.refused >= ERRAND_REFUSED_MAX)
		note(command, "the process that fetches was asked too often for what may not be asked, and answers no more");
	free(message);
	fetch_free(net);
	arena_free(s.a);
	return s.refused == 0;
}
