#include "serve/docket.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* --- the ledger --- */

static void
ledger_free(struct docket_ledger *l)
{
	if (l == NULL || atomic_fetch_sub(&l->refs, 1) > 1)
		return;
	ledger_close(&l->file);
	openings_release(&l->open);
	free(l);
}

static enum err
ledger_load(const char *path, struct docket_ledger **out, struct str *why)
{
	struct docket_ledger *l = xcalloc(1, sizeof(*l));
	const struct ledger *g = &l->file.ledger;
	enum err e;

	atomic_init(&l->refs, 1);
	e = ledger_open(&l->file, path, false);
	if (e != OK) {
		str_adds(why, l->file.why);
		ledger_free(l);
		return e;
	}
	openings_init(&l->open, g);
	*out = l;
	return OK;
}

/* A ledger only grows. */
static bool
goes_on(const struct ledger *was, const struct ledger *is)
{
	return is->n >= was->n && strcmp(is->digests[was->n - 1], was->digests[was->n - 1]) == 0;
}

size_t
docket_disputes(const struct docket_ledger *l, uint32_t asn, size_t *n)
{
	*n = 0;
	return l != NULL ? openings_of(&l->open, &l->file.ledger, asn, n) : 0;
}

/* --- views --- */

static void
view_free(struct docket_view *v)
{
	if (v == NULL || atomic_fetch_sub(&v->refs, 1) > 1)
		return;
	ledger_free(v->ledger);
	logbook_free(v->log);
	bundles_free(v->bundles);
	free(v->ledger_trouble);
	free(v->log_trouble);
	free(v);
}

static char *
copy(const char *s)
{
	return s != NULL ? strdup(s) : NULL;
}

/* The same again, to be changed. */
static struct docket_view *
view_copy(const struct docket_view *of)
{
	struct docket_view *v = xcalloc(1, sizeof(*v));

	*v = *of;
	atomic_init(&v->refs, 1);
	v->generation++;
	v->ledger_trouble = copy(of->ledger_trouble);
	v->log_trouble = copy(of->log_trouble);
	if (v->ledger != NULL)
		atomic_fetch_add(&v->ledger->refs, 1);
	if (v->log != NULL)
		atomic_fetch_add(&v->log->refs, 1);
	if (v->bundles != NULL)
		atomic_fetch_add(&v->bundles->refs, 1);
	return v;
}

struct docket_view *
docket_lend(struct docket *d)
{
	struct docket_view *v;

	pthread_mutex_lock(&d->lock);
	v = d->view;
	atomic_fetch_add(&v->refs, 1);
	pthread_mutex_unlock(&d->lock);
	return v;
}

void
docket_return(struct docket_view *v)
{
	view_free(v);
}

/* --- looking again --- */

static bool
trouble(char **at, const struct str *why)
{
	bool is_new = why->len > 0 ? *at == NULL || strcmp(*at, why->p) != 0 : *at != NULL;

	if (!is_new)
		return false;
	free(*at);
	*at = why->len > 0 ? strdup(why->p) : NULL;
	return true;
}

/* Whether a file is another than when it was looked at; it is looked at now. */
static bool
is_other(const char *path, struct bundle_stat *was)
{
	struct bundle_stat now = {.ino = 0};
	struct stat st;

	if (stat(path, &st) == 0)
		bundle_stat_take(&now, &st);
	if (bundle_stat_same(&now, was))
		return false;
	*was = now;
	return true;
}

static bool
renew_ledger(struct docket *d, struct docket_view *v)
{
	struct docket_ledger *l = NULL;
	struct str why = {0};
	bool changed = false;

	if (d->o.ledger == NULL || !is_other(d->o.ledger, &d->ledger_stat))
		return false;
	if (ledger_load(d->o.ledger, &l, &why) == OK && v->ledger != NULL && !goes_on(&v->ledger->file.ledger, &l->file.ledger)) {
		str_adds(&why, "it does not go on from what it was");
		ledger_free(l);
		l = NULL;
	}
	if (l != NULL) {
		ledger_free(v->ledger);
		v->ledger = l;
		changed = true;
	}
	changed |= trouble(&v->ledger_trouble, &why);
	str_release(&why);
	return changed;
}

static bool
renew_log(struct docket *d, struct docket_view *v)
{
	struct tree_edge edge = d->edge;
	struct logbook *b = NULL;
	struct str why = {0}, path = {0};
	bool changed = false;

	if (d->o.log == NULL || d->o.policy == NULL)
		return false;
	str_addf(&path, "%s/checkpoint", d->o.log);
	/* trouble may be of another file, or be over: look again each time */
	if (is_other(path.p, &d->log_stat) || v->log_trouble != NULL) {
		if (logbook_renew(v->log, &edge, d->o.log, d->o.policy, &b, &why) == OK) {
			d->edge = edge;
			changed = b != v->log;
			logbook_free(v->log);
			v->log = b;
		}
		changed |= trouble(&v->log_trouble, &why);
	}
	str_release(&why);
	str_release(&path);
	return changed;
}

static bool
renew_bundles(struct docket *d, struct docket_view *v)
{
	struct bundles *b;
	bool changed;

	if (d->o.bundles == NULL)
		return false;
	b = bundles_renew(v->bundles, d->folder, &d->stop);
	changed = b != v->bundles;
	bundles_free(v->bundles);
	v->bundles = b;
	return changed;
}

void
docket_renew(struct docket *d)
{
	struct docket_view *v = view_copy(d->view), *old;	/* which nobody else changes */
	bool changed = renew_ledger(d, v);

	changed |= renew_log(d, v);
	changed |= renew_bundles(d, v);
	if (!changed) {
		view_free(v);
		return;
	}
	pthread_mutex_lock(&d->lock);
	old = d->view;
	d->view = v;
	pthread_mutex_unlock(&d->lock);
	view_free(old);
}

static void *
keep(void *arg)
{
	const struct timespec moment = {.tv_nsec = 100000000};
	struct docket *d = arg;
	unsigned n;

	while (!atomic_load(&d->stop)) {
		for (n = 0; n < 10 && !atomic_load(&d->stop); n++)
			nanosleep(&moment, NULL);
		if (!atomic_load(&d->stop))
			docket_renew(d);
	}
	return NULL;
}

/* --- the life of it --- */

enum err
docket_open(struct docket *d, const struct docket_options *o, struct str *why)
{
	*d = (struct docket){.o = *o, .folder = -1, .ledger_stat.size = -1, .log_stat.size = -1};	/* of no file */
	pthread_mutex_init(&d->lock, NULL);
	d->view = xcalloc(1, sizeof(*d->view));
	atomic_init(&d->view->refs, 1);
	d->view->o = &d->o;
	d->view->folder = -1;
	if (o->bundles != NULL) {
		d->folder = open(o->bundles, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (d->folder < 0) {
			str_addf(why, "%s: %s", o->bundles, strerror(errno));
			return ERR_OPEN;
		}
	}
	d->view->folder = d->folder;
	docket_renew(d);
	if (o->ledger == NULL || d->view->ledger != NULL)
		return OK;
	str_adds(why, d->view->ledger_trouble != NULL ? d->view->ledger_trouble : o->ledger);
	return ERR_SYNTAX;
}

enum err
docket_start(struct docket *d)
{
	if (d->o.ledger == NULL && d->o.log == NULL && d->o.bundles == NULL)
		return OK;
	d->running = pthread_create(&d->thread, NULL, keep, d) == 0;
	return d->running ? OK : ERR_NOMEM;
}

void
docket_close(struct docket *d)
{
	if (d->view == NULL)
		return;
	atomic_store(&d->stop, true);
	if (d->running)
		pthread_join(d->thread, NULL);
	view_free(d->view);
	d->view = NULL;
	if (d->folder >= 0)
		close(d->folder);
	pthread_mutex_destroy(&d->lock);
}
