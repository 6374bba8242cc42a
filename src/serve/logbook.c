#include "serve/logbook.h"
#include "base/limits.h"
#include "seal/dispute.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- one entry --- */

static unsigned
nibble(char c)
{
	return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

static bool
digest_read(const char *hex, uint8_t out[static SHA256_BYTES])
{
	size_t i;

	for (i = 0; i < SHA256_BYTES; i++) {
		unsigned hi = nibble(hex[2 * i]), lo = nibble(hex[2 * i + 1]);

		if (hi > 15 || lo > 15)
			return false;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

static bool
status_entry(struct span entry, struct arena *a, struct logbook_entry *out)
{
	struct mark_line line;
	const char *why;
	struct status s;

	if (status_read(entry, a, &s, &why) != OK || !digest_read(s.sha256, out->digest))
		return false;
	out->kind = LOGBOOK_STATUS;
	out->word = (uint8_t)s.word;
	out->marks = s.word == STATUS_ISSUED && s.reason != NULL && mark_line_read(span_of(s.reason), a, &line) == OK;
	out->asn = out->marks ? line.asn : 0;
	return true;
}

bool
logbook_entry_read(struct span entry, struct arena *a, struct logbook_entry *out)
{
	static const char dispute[] = " " DISPUTE_FORMAT " ";
	const size_t n = sizeof(dispute) - 1;

	*out = (struct logbook_entry){.index = 0};
	if (entry.len > 0 && entry.p[0] == '{')
		return status_entry(entry, a, out);
	if (entry.len < SHA256_HEX || !digest_read(entry.p, out->digest) ||
	    (entry.len > SHA256_HEX && entry.p[SHA256_HEX] != ' '))
		return false;
	out->kind = entry.len > SHA256_HEX + n && memcmp(entry.p + SHA256_HEX, dispute, n) == 0 ? LOGBOOK_DISPUTE :
	    LOGBOOK_DIGEST;
	return true;
}

/* --- the whole --- */

struct filling {
	struct logbook *b;
	size_t cap;
	struct arena *a;		/* of one entry */
};

static void
see(void *arg, uint64_t index, struct span entry)
{
	struct filling *f = arg;
	struct logbook *b = f->b;
	struct logbook_entry e;

	arena_reset(f->a);
	if (!logbook_entry_read(entry, f->a, &e))
		return;
	if (b->n == SERVE_LOG_ENTRIES) {
		b->full = true;
		return;
	}
	e.index = index;
	tree_leaf(entry, &e.leaf);
	b->e = grow(b->e, &f->cap, b->n + 1, sizeof(*b->e));
	b->e[b->n++] = e;
}

static int
by_digest(const void *a, const void *b)
{
	const struct logbook_entry *x = a, *y = b;
	int c = memcmp(x->digest, y->digest, SHA256_BYTES);

	return c != 0 ? c : x->index < y->index ? -1 : x->index > y->index;
}

static int
by_asn(const void *a, const void *b, void *arg)
{
	const struct logbook_entry *e = arg, *x = &e[*(const uint32_t *)a], *y = &e[*(const uint32_t *)b];

	return x->asn != y->asn ? (x->asn < y->asn ? -1 : 1) : x->index < y->index ? -1 : x->index > y->index;
}

static void
sort(struct logbook *b)
{
	size_t i;

	if (b->n > 1)
		qsort(b->e, b->n, sizeof(*b->e), by_digest);
	b->mark = xcalloc(b->n + 1, sizeof(*b->mark));
	for (i = 0; i < b->n; i++)
		if (b->e[i].marks)
			b->mark[b->n_marks++] = (uint32_t)i;
	if (b->n_marks > 1)
		qsort_r(b->mark, b->n_marks, sizeof(*b->mark), by_asn, b->e);
}

/* Who may be believed, up to where. */
static enum err
checkpoint_get(struct store *s, const struct policy *p, struct arena *a, struct checkpoint *at, struct policy_verdict *v,
    const char **why)
{
	struct str bytes = {0};
	enum err e = store_read(s, "checkpoint", NOTE_BYTES_MAX, &bytes);

	if (e != OK)
		*why = arena_printf(a, "checkpoint: %s", e == ERR_LIMIT ? "is too long" : strerror(errno));
	else
		e = policy_verify(p, arena_span(a, str_span(&bytes)), a, at, v, why);
	str_release(&bytes);
	return e;
}

/* New entries behind those of of. */
static enum err
fill(struct logbook *b, const struct logbook *of, struct store *s, struct tree_edge *edge, const struct checkpoint *at,
    struct arena *a, const char **why)
{
	struct filling f = {.b = b, .a = arena_new()};
	enum err e;

	if (of != NULL && of->n > 0) {
		f.cap = of->n;
		b->e = xcalloc(of->n, sizeof(*b->e));
		memcpy(b->e, of->e, of->n * sizeof(*b->e));
		b->n = of->n;
	}
	b->full = of != NULL && of->full;
	e = scan_on(s, at, edge, a, see, &f, why);
	arena_free(f.a);
	if (e == OK)
		sort(b);
	return e;
}

static void
head(struct logbook *b, const struct checkpoint *at, const struct policy_verdict *v)
{
	struct str s = {0};

	b->size = at->size;
	b->root = at->root;
	b->origin = strndup(at->origin.p, at->origin.len);
	b->witnesses = v->n_witnesses;
	str_addf(&s, "%s+%08" PRIx32, v->log->key.name, v->log->key.id);
	b->key = s.p;
}

static enum err
renew(struct logbook *of, struct tree_edge *edge, struct store *s, const struct policy *p, struct arena *a,
    struct logbook **out, const char **why)
{
	struct policy_verdict v;
	struct checkpoint at;
	struct logbook *b;
	enum err e;

	TRY(checkpoint_get(s, p, a, &at, &v, why));
	if (of != NULL && !span_is(at.origin, of->origin)) {
		*why = "it is another log than it was";
		return ERR_CONTRADICT;
	}
	if (of != NULL && at.size == of->size && tree_same(&at.root, &of->root) && v.n_witnesses == of->witnesses) {
		atomic_fetch_add(&of->refs, 1);
		*out = of;
		return OK;
	}
	b = xcalloc(1, sizeof(*b));
	atomic_init(&b->refs, 1);
	e = fill(b, of, s, edge, &at, a, why);
	if (e == OK) {
		head(b, &at, &v);
		*out = b;
	} else {
		logbook_free(b);
	}
	return e;
}

enum err
logbook_renew(struct logbook *of, struct tree_edge *edge, const char *path, const struct policy *p, struct logbook **out,
    struct str *why)
{
	struct arena *a = arena_new();
	const char *what = NULL;
	struct store s;
	enum err e = store_open(&s, path);

	if (e != OK) {
		str_adds(why, strerror(errno));
	} else {
		e = renew(of, edge, &s, p, a, out, &what);
		store_close(&s);
		if (e != OK)
			str_adds(why, what != NULL ? what : err_text(e));
	}
	arena_free(a);
	return e;
}

void
logbook_free(struct logbook *b)
{
	if (b == NULL || atomic_fetch_sub(&b->refs, 1) > 1)
		return;
	free(b->e);
	free(b->mark);
	free(b->origin);
	free(b->key);
	free(b);
}

/* --- asking --- */

const struct logbook_entry *
logbook_on(const struct logbook *b, const uint8_t digest[static SHA256_BYTES], size_t *n)
{
	size_t lo = 0, hi = b->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (memcmp(b->e[mid].digest, digest, SHA256_BYTES) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < b->n && memcmp(b->e[lo + *n].digest, digest, SHA256_BYTES) == 0; ++*n)
		;
	return *n > 0 ? &b->e[lo] : NULL;
}

size_t
logbook_marks(const struct logbook *b, uint32_t asn, size_t *n)
{
	size_t lo = 0, hi = b->n_marks, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (b->e[b->mark[mid]].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < b->n_marks && b->e[b->mark[lo + *n]].asn == asn; ++*n)
		;
	return lo;
}

struct finding {
	const struct logbook *b;
	struct store store;
	struct arena *a;
	const struct logbook_entry **e;	/* owned; ascending by index, each once */
	struct span *text;		/* of each; from a */
	size_t n, cap;
};

static int
by_index(const void *a, const void *b)
{
	uint64_t x = (*(const struct logbook_entry *const *)a)->index, y = (*(const struct logbook_entry *const *)b)->index;

	return x < y ? -1 : x > y;
}

static const char too_many[] = "the log has more on its marks than is looked at here: ask routemark mark show";

static enum err
add(struct finding *f, const struct logbook_entry *e, const char **why)
{
	if (f->n == SERVE_LOG_SAID) {
		*why = too_many;
		return ERR_LIMIT;
	}
	f->e = grow(f->e, &f->cap, f->n + 1, sizeof(*f->e));
	f->e[f->n++] = e;
	return OK;
}

static enum err
add_statuses(struct finding *f, const char *hex, const char **why)
{
	uint8_t digest[SHA256_BYTES];
	const struct logbook_entry *e;
	size_t i, n;

	if (!digest_read(hex, digest))
		return OK;
	e = logbook_on(f->b, digest, &n);
	for (i = 0; i < n; i++)
		if (e[i].kind == LOGBOOK_STATUS)
			TRY(add(f, &e[i], why));
	return OK;
}

static enum err
text_get(struct finding *f, const struct logbook_entry *e, struct span *out, const char **why)
{
	struct tree_hash leaf;

	TRY(scan_one(&f->store, f->b->size, e->index, f->a, out, why));
	tree_leaf(*out, &leaf);
	if (tree_same(&leaf, &e->leaf))
		return OK;
	*why = arena_printf(f->a, "entry %" PRIu64 " of the log is not what it was", e->index);
	return ERR_CONTRADICT;
}

/* Those that issue marks, and all that is said of these and of their reports. */
static enum err
gather(struct finding *f, uint32_t asn, const char **why)
{
	size_t n, first = logbook_marks(f->b, asn, &n), i, k;
	struct mark_line line;
	struct status s;
	struct span text;
	const char *not;

	if (n > SERVE_LOG_SAID) {
		*why = too_many;
		return ERR_LIMIT;
	}
	for (i = first; i < first + n; i++) {
		TRY(text_get(f, &f->b->e[f->b->mark[i]], &text, why));
		if (status_read(text, f->a, &s, &not) != OK || s.reason == NULL ||
		    mark_line_read(span_of(s.reason), f->a, &line) != OK)
			continue;
		TRY(add_statuses(f, s.sha256, why));
		TRY(add_statuses(f, line.report, why));
	}
	if (f->n > 1)
		qsort(f->e, f->n, sizeof(struct logbook_entry *), by_index);
	for (i = k = 0; i < f->n; i++)
		if (k == 0 || f->e[k - 1] != f->e[i])
			f->e[k++] = f->e[i];
	f->n = k;
	f->text = arena_array(f->a, f->n + 1, sizeof(*f->text));
	for (i = 0; i < f->n; i++)
		TRY(text_get(f, f->e[i], &f->text[i], why));
	return OK;
}

static enum err
walk(void *arg, scan_entry *hand, void *to, const char **why)
{
	const struct finding *f = arg;
	size_t i;

	(void)why;
	for (i = 0; i < f->n; i++)
		hand(to, f->e[i]->index, f->text[i]);
	return OK;
}

enum err
logbook_find(const struct logbook *b, const char *path, struct mark_find *f, const char **why)
{
	struct finding g = {.b = b, .a = f->a};
	enum err e = store_open(&g.store, path);

	if (e != OK) {
		*why = arena_strdup(f->a, span_of(strerror(errno)));
		return e;
	}
	e = gather(&g, f->asn, why);
	if (e == OK)
		e = mark_find_walked(f, walk, &g, why);
	store_close(&g.store);
	free(g.e);
	return e;
}
