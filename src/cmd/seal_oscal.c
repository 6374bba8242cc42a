#include "cmd/seal_oscal.h"
#include "base/below.h"
#include "base/limits.h"
#include "cmd/note.h"
#include "cmd/slurp.h"

#include <errno.h>
#include <stdlib.h>

struct list {
	struct subject *item;	/* owned */
	size_t n, cap;
	size_t results;		/* documents that are assessment results */
};

static bool
as_known(struct span dir, const struct gist *g)
{
	uint32_t asn;
	size_t i;

	if (!span_starts(dir, "AS") || span_u32((struct span){dir.p + 2, dir.len - 2}, UINT32_MAX, &asn) != OK)
		return false;
	for (i = 0; i < g->n_asns; i++)
		if (g->asns[i] == asn)
			return true;
	return false;
}

/* "AS64500/manrs-netops/ssp.json", of an AS and a pack of the report. */
static bool
belongs(const char *path, const struct gist *g)
{
	struct span rest = span_of(path), as, pack, file;
	size_t i;

	if (!span_cut(&rest, '/', &as) || !span_cut(&rest, '/', &pack) || !span_cut(&rest, '/', &file) || rest.p != NULL)
		return false;
	if (!as_known(as, g) || file.len <= 5 || !span_is((struct span){file.p + file.len - 5, 5}, ".json"))
		return false;
	for (i = 0; i < file.len; i++)
		if (file.p[i] <= ' ' || file.p[i] > '~')
			return false;
	for (i = 0; i < g->n_packs; i++)
		if (span_is(pack, g->packs[i].id))
			return true;
	return false;
}

static bool
add(struct list *l, const char *path, const char *below, struct arena *a)
{
	uint8_t d[SHA256_BYTES];
	struct str bytes = {0};
	struct subject *s;

	if (l->n + 1 >= SEAL_SUBJECTS_MAX) {
		note("seal", "%s: more documents than a statement can name (%u)", path, SEAL_SUBJECTS_MAX);
		return false;
	}
	if (!slurp("seal", path, SEAL_REPORT_MAX, &bytes)) {
		str_release(&bytes);
		return false;
	}
	sha256_of(bytes.p, bytes.len, d);
	str_release(&bytes);
	l->item = grow(l->item, &l->cap, l->n + 1, sizeof(*l->item));
	s = &l->item[l->n++];
	s->name = arena_printf(a, STATEMENT_OSCAL "%s", below);
	sha256_hex(d, s->sha256);
	l->results += span_is(span_of(strrchr(below, '/')), "/assessment-results.json");
	return true;
}

static int
by_name(const void *a, const void *b)
{
	const struct subject *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static bool
walk(struct below *b, size_t skip, const struct gist *g, struct arena *a, struct list *l)
{
	struct below_entry e;

	while (below_next(b, &e)) {
		if (e.kind == BELOW_FOLDER || e.kind == BELOW_FOLDER_END)
			continue;
		if (e.kind == BELOW_LOST) {
			note("seal", "%s: %s", e.path, strerror(errno));
			return false;
		}
		if (e.kind != BELOW_FILE || e.level == 0 || !belongs(e.path + skip, g)) {
			note("seal", "%s: is no document of an OSCAL export on an AS and a pack of this report", e.path);
			return false;
		}
		if (!add(l, e.path, e.path + skip, a))
			return false;
	}
	return true;
}

bool
seal_oscal(const char *dir, const struct gist *g, struct arena *a, const struct subject **out, size_t *n)
{
	size_t len = strlen(dir);
	struct list l = {0};
	struct subject *kept;
	char *root = arena_strdup(a, span_of(dir));
	struct below b;
	bool good;

	while (len > 1 && root[len - 1] == '/')
		root[--len] = '\0';
	below_begin(&b, root);
	good = walk(&b, len + 1, g, a, &l);
	below_end(&b);
	if (good && l.results == 0) {
		note("seal", "%s: holds no assessment results", dir);
		good = false;
	}
	if (good) {
		qsort(l.item, l.n, sizeof(*l.item), by_name);
		kept = arena_array(a, l.n, sizeof(*kept));
		memcpy(kept, l.item, l.n * sizeof(*kept));
		*out = kept;
		*n = l.n;
	}
	free(l.item);
	return good;
}
