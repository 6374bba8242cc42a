#include "pipe/minimal_int.h"
#include "base/arena.h"
#include "base/limits.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WHOLE_BYTES (16u << 10)		/* an input of at most so many is carried as it is */

/* --- from an input to what is carried of it --- */

static const struct {
	reduce_fn *reduce;	/* NULL: whole */
} kinds[KIND_N] = {
	[KIND_MRT] = {reduce_mrt}, [KIND_PFX2AS] = {reduce_lines}, [KIND_RISWHOIS] = {reduce_lines},
	[KIND_VRP_JSON] = {reduce_json}, [KIND_VRP_CSV] = {reduce_lines}, [KIND_RPSL] = {reduce_rpsl},
	[KIND_AS_REL] = {reduce_lines}, [KIND_AS_REL2] = {reduce_lines}, [KIND_AS_ORG] = {reduce_lines},
	[KIND_DELEGATED] = {reduce_delegated}, [KIND_PDB_NET] = {reduce_json}, [KIND_PDB_ORG] = {reduce_json},
	[KIND_PDB_POC] = {reduce_json}, [KIND_SPOOFER_JSON] = {reduce_json}, [KIND_SPOOFER_CSV] = {reduce_lines},
};

static enum err
copy(const char *path, uint64_t size, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e = fd < 0 ? ERR_OPEN : OK;
	ssize_t n;

	if (size > BUNDLE_FILE_MAX)
		e = ERR_LIMIT;
	while (e == OK && out->len <= size) {
		str_grow(out, FEED_CHUNK);
		n = read(fd, out->p + out->len, FEED_CHUNK);
		if (n == 0)
			break;
		if (n < 0)
			e = ERR_IO;
		else
			out->len += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	return e;
}

static bool
same_digest(const struct str *bytes, const struct input *in)
{
	uint8_t d[SHA256_BYTES];

	sha256_of(bytes->p, bytes->len, d);
	return memcmp(d, in->sha256, SHA256_BYTES) == 0;
}

static enum err
whole_of(const struct input *in, struct str *out, bool *whole, const char **why)
{
	enum err e;

	str_clear(out);
	str_adds(out, "");
	e = copy(in->path, in->size, out);
	*whole = true;
	*why = e == ERR_LIMIT ? "is larger than BUNDLE_FILE_MAX" : "cannot be read again";
	if (e == OK && !same_digest(out, in)) {
		*why = "is another file than it was when it was loaded";
		return ERR_CONTRADICT;
	}
	return e;
}

static bool
has_updates(const struct input *in)
{
	return in->kind == KIND_MRT && (in->evidence & EV_BIT(EV_UPDATES)) != 0;
}

enum err
minimal_reduce(const struct minimal *m, const struct input *in, struct str *out, bool *whole, const char **why)
{
	reduce_fn *reduce = kinds[in->kind].reduce;
	struct source_sum sum;
	struct source *s;
	enum err e, closed;

	if (reduce == NULL || in->size <= WHOLE_BYTES || has_updates(in) || (in->kind == KIND_MRT && m->all_routes))
		return whole_of(in, out, whole, why);
	*whole = false;
	*why = "cannot be read again";
	TRY(source_open(in->path, &s));
	e = reduce(m, in->kind, source_feed(s), out);
	closed = source_close(s, &sum);
	if (e == ERR_UNKNOWN)		/* a form that is not known here in its details */
		return whole_of(in, out, whole, why);
	if (e == ERR_LIMIT)
		*why = "has a record, or a selection of them, over a limit";
	TRY(e);
	TRY(closed);
	if (memcmp(sum.sha256, in->sha256, SHA256_BYTES) == 0)
		return OK;
	*why = "is another file than it was when it was loaded";
	return ERR_CONTRADICT;
}
