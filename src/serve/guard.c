#include "serve/guard.h"
#include "base/arena.h"

#include <stdlib.h>
#include <sys/socket.h>

void
guard_init(struct guard *g)
{
	*g = (struct guard){0};
	g->list.next = g->list.before = &g->list;
	pthread_mutex_init(&g->lock, NULL);
}

void
guard_release(struct guard *g)
{
	pthread_mutex_destroy(&g->lock);
}

struct guarded *
guard_enter(struct guard *g, int fd)
{
	struct guarded *c = xcalloc(1, sizeof(*c));

	c->fd = fd;
	pthread_mutex_lock(&g->lock);
	c->since = g->now;
	c->next = &g->list;
	c->before = g->list.before;
	c->before->next = c;
	g->list.before = c;
	g->open++;
	pthread_mutex_unlock(&g->lock);
	return c;
}

void
guard_leave(struct guard *g, struct guarded *c)
{
	if (c == NULL)
		return;
	pthread_mutex_lock(&g->lock);
	c->before->next = c->next;
	c->next->before = c->before;
	g->open--;
	g->busy -= c->busy;
	pthread_mutex_unlock(&g->lock);
	free(c);
}

static void
turn(struct guard *g, struct guarded *c, bool busy)
{
	if (c == NULL)
		return;
	pthread_mutex_lock(&g->lock);
	g->busy += busy;
	g->busy -= c->busy;
	c->busy = busy;
	c->more = 0;
	c->since = g->now;
	pthread_mutex_unlock(&g->lock);
}

void
guard_busy(struct guard *g, struct guarded *c)
{
	turn(g, c, true);
}

void
guard_allow(struct guard *g, struct guarded *c, int64_t seconds)
{
	if (c == NULL)
		return;
	pthread_mutex_lock(&g->lock);
	c->more = seconds;
	pthread_mutex_unlock(&g->lock);
}

void
guard_idle(struct guard *g, struct guarded *c)
{
	turn(g, c, false);
}

void
guard_tick(struct guard *g, int64_t now, int64_t head_s, int64_t answer_s)
{
	struct guarded *c;

	pthread_mutex_lock(&g->lock);
	g->now = now;
	for (c = g->list.next; c != &g->list; c = c->next) {
		if (c->fd < 0 || now - c->since <= (c->busy ? answer_s + c->more : head_s))
			continue;
		shutdown(c->fd, SHUT_RDWR);	/* the library sees the end, and closes */
		c->fd = -1;
		g->cut++;
	}
	pthread_mutex_unlock(&g->lock);
}

uint64_t
guard_is_busy(struct guard *g)
{
	uint64_t n;

	pthread_mutex_lock(&g->lock);
	n = g->busy;
	pthread_mutex_unlock(&g->lock);
	return n;
}
