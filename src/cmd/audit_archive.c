#include "cmd/audit_archive.h"
#include "archive/from_result.h"
#include "cmd/archivist.h"
#include "cmd/note.h"

#include <string.h>

static bool
complain(const struct audit_archive *x)
{
	note("audit", "%s: %s", x->path, archivist_why());
	return false;
}

bool
audit_archive_begin(struct audit_archive *x, const struct session *s, const struct as_list *ases)
{
	uint8_t basis[SHA256_BYTES];
	enum err e;

	if (x->path == NULL)
		return true;
	x->a = arena_new();
	e = archive_head_make(&s->head, x->a, &x->head);
	if (e != OK) {
		note("audit", e == ERR_CONTRADICT ? "--archive: two of the packs have the same id" :
		    "--archive: no input has a time, so that it would be of no month; give --at");
		return false;
	}
	archive_basis(&x->head, ases->asn, ases->n, basis);
	return archivist_begin(&x->head, basis, NULL) == OK || complain(x);
}

size_t
audit_archive_row(const struct audit_archive *x, const struct as_result *r, struct str *out)
{
	const uint64_t len = 0;

	if (x->path == NULL)
		return 0;
	archive_row_make(out, r);
	str_add(out, (struct span){(const char *)&len, sizeof(len)});
	return out->len;
}

void
audit_archive_row_end(const struct audit_archive *x, struct str *out, size_t from)
{
	uint64_t len = out->len - from;

	if (x->path != NULL)
		memcpy(out->p + from - sizeof(len), &len, sizeof(len));
}

bool
audit_archive_emit(struct audit_archive *x, struct span bytes, struct product *product)
{
	struct span row;
	uint64_t len;

	if (x->path == NULL)
		return product_write(product, bytes);
	while (row_cut(&bytes, &row)) {
		if (archivist_put(row) != OK)
			return complain(x);
		memcpy(&len, bytes.p, sizeof(len));
		bytes.p += sizeof(len);
		bytes.len -= sizeof(len);
		if (!product_write(product, (struct span){bytes.p, len}))
			return false;
		bytes.p += len;
		bytes.len -= len;
	}
	return true;
}

bool
audit_archive_commit(struct audit_archive *x)
{
	enum archive_fate fate;

	if (x->path == NULL)
		return true;
	if (archivist_commit(&fate) != OK)
		return complain(x);
	if (fate == ARCHIVE_THERE)
		note("audit", "%s: this assessment was in it already; nothing was changed", x->path);
	return true;
}

void
audit_archive_close(struct audit_archive *x)
{
	if (x->a != NULL) {
		archivist_rollback();
		arena_free(x->a);
	}
	x->a = NULL;
}
