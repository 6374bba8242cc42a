#include "serve/bundles.h"
#include "base/limits.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct names { char **p; size_t n, cap; bool more; };

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_tar(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && name[0] != '.' && strcmp(name + n - 4, ".tar") == 0;
}

/* False: the folder cannot be read. */
static bool
names_read(int folder, struct names *out)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;

	if (d == NULL) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while ((e = readdir(d)) != NULL) {
		if (!is_tar(e->d_name))
			continue;
		out->p = grow(out->p, &out->cap, out->n + 1, sizeof(*out->p));
		out->p[out->n++] = strdup(e->d_name);
	}
	closedir(d);
	if (out->n > 1)
		qsort(out->p, out->n, sizeof(*out->p), by_text);
	for (; out->n > SERVE_BUNDLES_MAX; out->more = true)
		free(out->p[--out->n]);
	return true;
}

static void
names_release(struct names *v)
{
	while (v->n > 0)
		free(v->p[--v->n]);
	free(v->p);
}

static int
name_cmp(const void *key, const void *item)
{
	return strcmp(key, (*(struct bundle_file *const *)item)->name);
}

/* The one that is known under that name, when it is still the same file. */
static struct bundle_file *
known(const struct bundles *of, int folder, const char *name)
{
	struct bundle_file **f = of != NULL && of->n_all > 0 ?
	    bsearch(name, of->all, of->n_all, sizeof(*of->all), name_cmp) : NULL;
	struct bundle_stat now;
	struct stat st;

	if (f == NULL || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return NULL;
	bundle_stat_take(&now, &st);
	return bundle_stat_same(&now, &(*f)->stat) ? *f : NULL;
}

static int
by_digest(const void *a, const void *b)
{
	const struct bundle_file *x = *(struct bundle_file *const *)a, *y = *(struct bundle_file *const *)b;
	int c = strcmp(x->sha256, y->sha256);

	return c != 0 ? c : strcmp(x->name, y->name);
}

static void
sort(struct bundles *b)
{
	size_t i, k = 0;

	b->good = xcalloc(b->n_all + 1, sizeof(struct bundle_file *));
	for (i = 0; i < b->n_all; i++)
		if (b->all[i]->why == NULL)
			b->good[b->n_good++] = b->all[i];
	b->n_broken = b->n_all - b->n_good;
	if (b->n_good > 1)
		qsort(b->good, b->n_good, sizeof(struct bundle_file *), by_digest);
	for (i = 0; i < b->n_good; i++)
		if (k == 0 || strcmp(b->good[k - 1]->sha256, b->good[i]->sha256) != 0)
			b->good[k++] = b->good[i];
	b->n_good = k;
}

static bool
same(const struct bundles *of, const struct bundles *b)
{
	return of != NULL && of->n_all == b->n_all && of->more == b->more && of->unreadable == b->unreadable &&
	    (b->n_all == 0 || memcmp(of->all, b->all, b->n_all * sizeof(struct bundle_file *)) == 0);
}

struct bundles *
bundles_renew(struct bundles *of, int folder, const atomic_bool *stop)
{
	struct bundles *b = xcalloc(1, sizeof(*b));
	struct names names = {0};
	bool stopped = false;
	size_t i;

	atomic_init(&b->refs, 1);
	b->unreadable = !names_read(folder, &names);
	b->more = names.more;
	b->all = xcalloc(names.n + 1, sizeof(struct bundle_file *));
	for (i = 0; i < names.n && !stopped; i++) {
		struct bundle_file *f = known(of, folder, names.p[i]);

		if (f != NULL)
			bundle_file_ref(f);
		else
			f = bundle_file_read(folder, names.p[i]);
		b->all[b->n_all++] = f;
		stopped = stop != NULL && atomic_load(stop);
	}
	names_release(&names);
	if (!same(of, b) && !(stopped && of != NULL)) {
		sort(b);
		return b;
	}
	bundles_free(b);
	atomic_fetch_add(&of->refs, 1);
	return of;
}

void
bundles_free(struct bundles *b)
{
	if (b == NULL || atomic_fetch_sub(&b->refs, 1) > 1)
		return;
	while (b->n_all > 0)
		bundle_file_free(b->all[--b->n_all]);
	free(b->all);
	free(b->good);
	free(b);
}

static int
digest_cmp(const void *key, const void *item)
{
	return strcmp(key, (*(struct bundle_file *const *)item)->sha256);
}

const struct bundle_file *
bundles_find(const struct bundles *b, const char *sha256)
{
	struct bundle_file **f = b != NULL && b->n_good > 0 ?
	    bsearch(sha256, b->good, b->n_good, sizeof(*b->good), digest_cmp) : NULL;

	return f != NULL ? *f : NULL;
}
