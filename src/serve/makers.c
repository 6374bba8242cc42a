#include "serve/makers.h"

static void *
work(void *arg)
{
	struct makers *m = arg;
	struct job *j;
	bool stop;

	pthread_mutex_lock(&m->lock);
	for (;;) {
		while (m->first == NULL && !m->stop)
			pthread_cond_wait(&m->wake, &m->lock);
		j = m->first;
		stop = m->stop;
		if (j == NULL)
			break;
		m->first = j->next;
		if (m->first == NULL)
			m->last = &m->first;
		m->waiting--;
		pthread_mutex_unlock(&m->lock);
		m->make(m->arg, j, stop);
		pthread_mutex_lock(&m->lock);
	}
	pthread_mutex_unlock(&m->lock);
	return NULL;
}

enum err
makers_start(struct makers *m, void (*make)(void *arg, struct job *j, bool stopping), void *arg)
{
	*m = (struct makers){.make = make, .arg = arg, .last = &m->first};
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->wake, NULL);
	while (m->n < SERVE_MAKERS && pthread_create(&m->thread[m->n], NULL, work, m) == 0)
		m->n++;
	return m->n > 0 ? OK : ERR_IO;
}

bool
makers_room(struct makers *m)
{
	bool room;

	pthread_mutex_lock(&m->lock);
	room = m->waiting < SERVE_WAITING_MAX;
	pthread_mutex_unlock(&m->lock);
	return room;
}

void
makers_add(struct makers *m, struct job *j)
{
	j->next = NULL;
	pthread_mutex_lock(&m->lock);
	*m->last = j;
	m->last = &j->next;
	m->waiting++;
	pthread_cond_signal(&m->wake);
	pthread_mutex_unlock(&m->lock);
}

void
makers_stop(struct makers *m)
{
	if (m->n == 0)
		return;
	pthread_mutex_lock(&m->lock);
	m->stop = true;
	pthread_cond_broadcast(&m->wake);
	pthread_mutex_unlock(&m->lock);
	while (m->n > 0)
		pthread_join(m->thread[--m->n], NULL);
	pthread_mutex_destroy(&m->lock);
	pthread_cond_destroy(&m->wake);
}
