#include "pipe/load.h"
#include "base/arena.h"
#include "pipe/part.h"
#include "source/source.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct job {			/* what the reading threads share */
	pthread_mutex_t lock;
	struct part *parts;	/* largest file first */
	size_t n, next;
	bool failed;		/* no further file is begun */
	uint64_t done, all;
	const struct load_params *params;
};

void
load_params_init(struct load_params *p)
{
	*p = (struct load_params){.threads = 1, .at = UTC_NONE};
	routes_params_init(&p->routes);
}

static struct part *
next_part(struct job *j)
{
	struct part *p = NULL;

	pthread_mutex_lock(&j->lock);
	if (!j->failed && j->next < j->n)
		p = &j->parts[j->next++];
	pthread_mutex_unlock(&j->lock);
	return p;
}

static void
part_done(struct job *j, const struct part *p)
{
	pthread_mutex_lock(&j->lock);
	j->failed = j->failed || p->err != OK;
	j->done += p->file_size;
	if (j->params->progress != NULL)
		j->params->progress(j->params->progress_arg, j->done, j->all, p->in.name);
	pthread_mutex_unlock(&j->lock);
}

static void *
work(void *arg)
{
	struct job *j = arg;
	struct part *p;

	while ((p = next_part(j)) != NULL) {
		part_read(p);
		part_done(j, p);
	}
	return NULL;
}

/* This thread works, too; when no further ones can be had the others do the work. */
static void
read_all(struct job *j, unsigned threads)
{
	pthread_t *id = xcalloc(threads, sizeof(*id));
	size_t n = 0, i;

	while (n + 1 < threads && n + 1 < j->n && pthread_create(&id[n], NULL, work, j) == 0)
		n++;
	work(j);
	for (i = 0; i < n; i++)
		pthread_join(id[i], NULL);
	free(id);
}

static int
by_size(const void *pa, const void *pb)
{
	const struct part *a = pa, *b = pb;

	return (a->file_size < b->file_size) - (a->file_size > b->file_size);
}

/* The name, too: of two files with the same bytes always the same one is the duplicate. */
static int
by_digest(const void *pa, const void *pb)
{
	const struct part *a = pa, *b = pb;
	int c = memcmp(a->in.sha256, b->in.sha256, sizeof(a->in.sha256));

	return c != 0 ? c : strcmp(a->in.name, b->in.name);
}

/* Names are relative to dir; that of a single file is its last part. */
static const char *
relative(const char *dir, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = strlen(dir);

	if (strncmp(dir, path, n) != 0 || path[n] == '\0')
		return slash != NULL ? slash + 1 : path;
	path += n;
	while (*path == '/')
		path++;
	return path;
}

/* Of those that are wanted the sizes are known: a folder may hold much else. */
static struct part *
parts_of(const struct source_list *list, const char *dir, const struct load_params *params, size_t *n, uint64_t *all)
{
	struct part *parts = xcalloc(list->n, sizeof(*parts)), *p = parts;
	size_t i;

	*all = 0;
	for (i = 0; i < list->n; i++) {
		const char *name = relative(dir, list->path[i]);
		struct stat st;

		*p = (struct part){.path = list->path[i], .traffic = params->traffic, .sightings_too = params->sightings_too};
		if (stat(list->path[i], &st) == 0)
			p->file_size = (uint64_t)st.st_size;
		if (params->wanted != NULL && !wanted_size(params, p->file_size))
			continue;
		p->wanted = wanted_named(params, name);
		p->in.path = strdup(list->path[i]);
		p->in.name = strdup(name);
		assert(p->in.name != NULL && p->in.path != NULL);
		*all += p->file_size;
		p++;
	}
	*n = (size_t)(p - parts);
	qsort(parts, *n, sizeof(*parts), by_size);
	return parts;
}

static void
count_evidence(struct evidence_state *e, const struct input *in)
{
	e->n_inputs++;
	if (!in->complete) {
		e->n_incomplete++;
		return;
	}
	if (!utc_known(in->time)) {
		e->n_untimed++;
		return;
	}
	if (!utc_known(e->oldest) || in->time.s < e->oldest.s)
		e->oldest = in->time;
	if (!utc_known(e->newest) || in->time.s > e->newest.s)
		e->newest = in->time;
}

/* parts are in the order of their digests. */
static enum err
join(struct part *parts, size_t n, struct world *w, const struct part **bad)
{
	size_t i;
	int ev;

	for (i = 0; i < n; i++) {
		struct part *p = &parts[i];

		p->in.duplicate = i > 0 && memcmp(p->in.sha256, parts[i - 1].in.sha256, SHA256_BYTES) == 0;
		if (p->in.duplicate)
			continue;
		for (ev = 0; ev < EV_N; ev++)
			if ((p->evidence & EV_BIT(ev)) != 0)
				count_evidence(&w->evidence[ev], &p->in);
		if (p->in.complete && p->evidence != 0 && utc_known(p->in.time) && p->in.time.s > w->at.s)
			w->at = p->in.time;
		p->err = part_absorb(p, w);
		if (p->err != OK) {
			*bad = p;
			return p->err;
		}
	}
	return OK;
}

static int
input_by_digest(const void *pa, const void *pb)
{
	const struct input *a = pa, *b = pb;

	return memcmp(a->sha256, b->sha256, sizeof(a->sha256));
}

/* Those without a file, and the order. */
static void
take_more(const struct load_params *params, struct world *w)
{
	struct input *in;
	size_t i;
	int ev;

	for (i = 0; i < params->n_more; i++) {
		in = &w->inputs[w->n_inputs++];
		*in = params->more[i];
		in->name = strdup("not carried");
		in->path = strdup("");
		assert(in->name != NULL && in->path != NULL);
		for (ev = 0; ev < EV_N; ev++)
			if ((in->evidence & EV_BIT(ev)) != 0)
				count_evidence(&w->evidence[ev], in);
	}
	if (params->n_more > 0)
		qsort(w->inputs, w->n_inputs, sizeof(*w->inputs), input_by_digest);
}

static void
take_inputs(struct part *parts, size_t n, const struct load_params *params, struct world *w)
{
	size_t i;

	w->inputs = xcalloc(n + params->n_more, sizeof(*w->inputs));
	for (i = 0; i < n; i++) {
		part_release(&parts[i]);
		parts[i].in.evidence = parts[i].evidence;
		w->inputs[w->n_inputs++] = parts[i].in;
	}
	take_more(params, w);
}

/* The vantage points of the whole, whether or not the part shows them. */
static enum err
take_stated(const struct load_params *params, struct world *w)
{
	const struct routes_stated *stated = params->routes.stated;
	uint16_t id;
	size_t i;

	for (i = 0; stated != NULL && i < stated->n_vps; i++)
		TRY(routes_vp(&w->routes, &stated->vps[i], &id));
	return OK;
}

/* The first failure in the order of names, so that the message does not depend on the threads. */
static const struct part *
failure(const struct part *parts, size_t n)
{
	const struct part *bad = NULL;
	size_t i;

	for (i = 0; i < n; i++)
		if (parts[i].err != OK && (bad == NULL || strcmp(parts[i].in.name, bad->in.name) < 0))
			bad = &parts[i];
	return bad;
}

static void
explain(const struct part *bad, char *why, size_t size)
{
	bool env = bad->err == ERR_OPEN || bad->err == ERR_IO;

	if (bad->err == ERR_LIMIT)
		snprintf(why, size, "%s: with the inputs before it %s (%s)", bad->path, err_text(bad->err), part_limits(bad->in.kind));
	else
		snprintf(why, size, "%s: %s%s%s", bad->path, err_text(bad->err), env ? ": " : "",
		    env ? strerror(bad->err_no) : "");
}

enum err
load_dir(const char *dir, const struct load_params *params, struct world *out, char *why, size_t why_size)
{
	struct job j = {.lock = PTHREAD_MUTEX_INITIALIZER, .params = params};
	struct source_list list;
	const struct part *bad = NULL;
	enum err e = source_list_dir(dir, &list);

	if (e != OK) {
		snprintf(why, why_size, "%s: %s: %s", dir, err_text(e), strerror(errno));
		return e;
	}
	world_init(out);
	j.parts = parts_of(&list, dir, params, &j.n, &j.all);
	read_all(&j, params->threads == 0 ? 1 : params->threads);
	bad = failure(j.parts, j.n);
	if (bad == NULL) {
		parts_keep_wanted(j.parts, &j.n, params);
		qsort(j.parts, j.n, sizeof(*j.parts), by_digest);
		e = join(j.parts, j.n, out, &bad);
	}
	if (bad != NULL) {
		e = bad->err;
		explain(bad, why, why_size);
	}
	take_inputs(j.parts, j.n, params, out);
	if (e == OK && (e = take_stated(params, out)) != OK)
		snprintf(why, why_size, "%s: more vantage points than there can be (VANTAGE_MAX)", dir);
	free(j.parts);
	source_list_release(&list);
	if (e != OK) {
		world_release(out);
		return e;
	}
	if (utc_known(params->at))
		out->at = params->at;
	world_seal(out, &params->routes, params->threads);
	return OK;
}
