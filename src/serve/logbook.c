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

bool
logbook_digest(const char *hex, uint8_t out[static SHA256_BYTES])
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

	if (status_read(entry, a, &s, &why) != OK || !logbook_digest(s.sha256, out->digest))
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
	if (entry.len < SHA256_HEX || !logbook_digest(entry.p, out->digest) ||
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
