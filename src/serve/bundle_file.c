#include "serve/bundle_file.h"
#include "base/limits.h"
#include "base/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE (64u << 10)

void
bundle_stat_take(struct bundle_stat *out, const struct stat *st)
{
	*out = (struct bundle_stat){st->st_dev, st->st_ino, st->st_size, st->st_mtim, st->st_ctim};
}

bool
bundle_stat_same(const struct bundle_stat *x, const struct bundle_stat *y)
{
	return x->dev == y->dev && x->ino == y->ino && x->size == y->size && x->written.tv_sec == y->written.tv_sec &&
	    x->written.tv_nsec == y->written.tv_nsec && x->changed.tv_sec == y->changed.tv_sec &&
	    x->changed.tv_nsec == y->changed.tv_nsec;
}

void
bundle_file_ref(struct bundle_file *f)
{
	atomic_fetch_add(&f->refs, 1);
}

void
bundle_file_free(struct bundle_file *f)
{
	if (f == NULL || atomic_fetch_sub(&f->refs, 1) > 1)
		return;
	arena_free(f->a);
	free(f);
}

bool
bundle_file_has(const struct bundle_file *f, uint32_t asn)
{
	size_t lo = 0, hi = f->n_asns, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (f->asns[mid] == asn)
			return true;
		if (f->asns[mid] < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* --- the bytes --- */

struct member {
	char name[TAR_NAME_MAX + 1];
	uint64_t size;
	uint8_t sha256[SHA256_BYTES];
};

struct reading {
	int fd;
	struct bundle_file *f;
	struct arena *a;		/* of this reading */
	char *piece;			/* of PIECE bytes; from a */
	struct sha256 whole;		/* of the file */
	uint64_t at;
	struct member *member;		/* owned */
	size_t n, cap;
	struct str sums, head;		/* owned */
};

static bool
wrong(struct reading *r, const char *what)
{
	if (r->f->why == NULL)
		r->f->why = arena_printf(r->f->a, "byte %llu: %s", (unsigned long long)r->at, what);
	return false;
}

/* n bytes, PIECE at most, into piece. */
static bool
take(struct reading *r, size_t n)
{
	size_t got = 0;
	ssize_t k;

	while (got < n) {
		k = pread(r->fd, r->piece + got, n - got, (off_t)(r->at + got));
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return wrong(r, k < 0 ? "cannot be read" : "cut short");
		got += (size_t)k;
	}
	sha256_add(&r->whole, r->piece, n);
	r->at += n;
	return true;
}

static bool
zeros(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && p[i] == '\0'; i++)
		;
	return i == n;
}

/* The bytes of a member, and what fills its last block. keep: NULL, or where they are wanted. */
static bool
member_read(struct reading *r, struct member *m, struct str *keep)
{
	uint64_t left = m->size;
	struct sha256 own;
	size_t n, pad = (size_t)((TAR_BLOCK - m->size % TAR_BLOCK) % TAR_BLOCK);
	bool good = true;

	if (keep != NULL && m->size > SERVE_BUNDLE_HEAD)
		return wrong(r, "a list longer than SERVE_BUNDLE_HEAD");
	sha256_init(&own);
	for (; good && left > 0; left -= n) {
		n = left < PIECE ? (size_t)left : PIECE;
		good = take(r, n);
		if (!good)
			break;
		sha256_add(&own, r->piece, n);
		if (keep != NULL)
			str_add(keep, (struct span){r->piece, n});
	}
	sha256_end(&own, m->sha256);
	if (good && pad > 0)
		good = take(r, pad) && (zeros(r->piece, pad) || wrong(r, "bytes between two files that are not zero"));
	return good;
}

static bool
end_read(struct reading *r)
{
	if (!take(r, TAR_BLOCK))
		return false;
	if (!zeros(r->piece, TAR_BLOCK) || r->at != (uint64_t)r->f->stat.size)
		return wrong(r, "the end is not two blocks of zeros with nothing behind them");
	return true;
}

static bool
members_read(struct reading *r)
{
	const char *last = "", *why = NULL;
	struct member *m;

	while (take(r, TAR_BLOCK)) {
		if (r->piece[0] == '\0')
			return zeros(r->piece, TAR_BLOCK) ? end_read(r) : wrong(r, "a header without a name");
		if (r->n == BUNDLE_FILES_MAX)
			return wrong(r, "more files than BUNDLE_FILES_MAX");
		r->member = grow(r->member, &r->cap, r->n + 1, sizeof(*r->member));
		m = &r->member[r->n];
		last = r->n > 0 ? m[-1].name : "";
		if (!tar_head(r->piece, last, m->name, &m->size, &why))
			return wrong(r, why);
		r->n++;
		if (!member_read(r, m, strcmp(m->name, BUNDLE_SUMS) == 0 ? &r->sums : strcmp(m->name, BUNDLE_HEAD) == 0 ? &r->head :
		    NULL))
			return false;
	}
	return false;
}

/* --- what they say --- */

static const struct member *
member_find(const struct reading *r, const char *name)
{
	size_t lo = 0, hi = r->n, mid;
	int c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = strcmp(r->member[mid].name, name);
		if (c == 0)
			return &r->member[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static bool
is(const struct reading *r, const char *name, const uint8_t *sha256)
{
	const struct member *m = member_find(r, name);

	return m != NULL && memcmp(m->sha256, sha256, SHA256_BYTES) == 0;
}

/* SHA256SUMS has one form: of these files these lines. */
static bool
sums_good(struct reading *r)
{
	struct str want = {0};
	char hex[SHA256_HEX + 1];
	size_t i;
	bool good;

	for (i = 0; i < r->n; i++) {
		if (strcmp(r->member[i].name, BUNDLE_SUMS) == 0)
			continue;
		sha256_hex(r->member[i].sha256, hex);
		str_addf(&want, "%s  %s\n", hex, r->member[i].name);
	}
	good = member_find(r, BUNDLE_SUMS) != NULL && span_eq(str_span(&want), str_span(&r->sums));
	str_release(&want);
	if (!good)
		r->f->why = BUNDLE_SUMS " is not of the files that are there";
	return good;
}

static bool
named(struct reading *r, const struct bundle *b)
{
	char name[BUNDLE_NAME];
	size_t i;
	bool good = true;

	for (i = 0; good && i < b->n_packs; i++)
		good = is(r, bundle_pack_name(i, false, name), b->packs[i].catalog_sha256) &&
		    (!b->packs[i].has_profile || is(r, bundle_pack_name(i, true, name), b->packs[i].profile_sha256));
	for (i = 0; good && i < b->n_inputs; i++)
		good = b->inputs[i].file == NULL ||
		    is(r, arena_printf(r->a, BUNDLE_EVIDENCE "/%s", b->inputs[i].file), b->inputs[i].file_sha256);
	if (!good)
		r->f->why = BUNDLE_HEAD " names a pack or evidence that is not there, or is another";
	return good;
}

static void
keep(struct reading *r, const struct bundle *b)
{
	struct bundle_file *f = r->f;
	size_t i;

	sha256_hex(member_find(r, BUNDLE_REPORT)->sha256, f->report);
	f->at = b->at;
	f->version = arena_strdup(f->a, span_of(b->version));
	f->minimal = b->minimal;
	f->n_inputs = b->n_inputs;
	f->n_asns = b->n_asns;
	f->asns = arena_array(f->a, b->n_asns + 1, sizeof(*f->asns));
	if (b->n_asns > 0)
		memcpy(f->asns, b->asns, b->n_asns * sizeof(*f->asns));
	f->n_packs = b->n_packs;
	f->packs = arena_array(f->a, b->n_packs + 1, sizeof(*f->packs));
	for (i = 0; i < b->n_packs; i++) {
		f->packs[i] = b->packs[i];
		f->packs[i].id = arena_strdup(f->a, span_of(b->packs[i].id));
		f->packs[i].version = arena_strdup(f->a, span_of(b->packs[i].version));
		f->packs[i].status = arena_strdup(f->a, span_of(b->packs[i].status));
	}
}

static void
judge(struct reading *r)
{
	const char *why = NULL;
	struct bundle b;

	if (!sums_good(r))
		return;
	if (member_find(r, BUNDLE_HEAD) == NULL || member_find(r, BUNDLE_REPORT) == NULL) {
		r->f->why = "has no " BUNDLE_HEAD " or no " BUNDLE_REPORT;
		return;
	}
	if (bundle_read(str_span(&r->head), r->a, &b, &why) != OK) {
		r->f->why = arena_strdup(r->f->a, span_of(why != NULL ? why : "its manifest is not in its form"));
		return;
	}
	if (named(r, &b))
		keep(r, &b);
}

static void
read_all(struct reading *r)
{
	uint8_t digest[SHA256_BYTES];
	struct bundle_stat now;
	struct stat st;
	bool good;

	r->piece = arena_alloc(r->a, PIECE);
	sha256_init(&r->whole);
	good = members_read(r);
	sha256_end(&r->whole, digest);
	sha256_hex(digest, r->f->sha256);
	if (good)
		judge(r);
	if (fstat(r->fd, &st) != 0)
		return;
	bundle_stat_take(&now, &st);
	if (!bundle_stat_same(&now, &r->f->stat))
		r->f->why = "was written to while it was read";
}

struct bundle_file *
bundle_file_read(int folder, const char *name)
{
	struct bundle_file *f = xcalloc(1, sizeof(*f));
	struct reading r = {.f = f};
	struct stat st;

	atomic_init(&f->refs, 1);
	f->a = arena_new();
	f->name = arena_strdup(f->a, span_of(name));
	/* O_NONBLOCK: a pipe of that name holds nobody up */
	r.fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (r.fd < 0 || fstat(r.fd, &st) != 0) {
		f->why = arena_strdup(f->a, span_of(errno == ELOOP ? "is a link, which is not followed" : strerror(errno)));
	} else {
		bundle_stat_take(&f->stat, &st);
		if (!S_ISREG(st.st_mode)) {
			f->why = "is no file";
		} else if ((uint64_t)st.st_size > BUNDLE_BYTES_MAX) {
			f->why = "is larger than BUNDLE_BYTES_MAX";
		} else {
			r.a = arena_new();
			read_all(&r);
			arena_free(r.a);
		}
	}
	if (r.fd >= 0)
		close(r.fd);
	free(r.member);
	str_release(&r.sums);
	str_release(&r.head);
	return f;
}

int
bundle_file_open(int folder, const struct bundle_file *f)
{
	int fd = openat(folder, f->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct bundle_stat now;
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0) {
		bundle_stat_take(&now, &st);
		if (bundle_stat_same(&now, &f->stat))
			return fd;
	}
	close(fd);
	return -1;
}
