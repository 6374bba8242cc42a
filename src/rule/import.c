/* import: the bytes behind the name of a pack or the href of an import. */
#include "base/limits.h"
#include "rule/profile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define URN_CATALOG "urn:routemark:catalog:"	/* href of a compiled-in catalogue */

enum err
pack_file_read(const char *name, struct arena *a, struct pack_bytes *out, const char **why)
{
	char *buf = arena_alloc(a, PACK_BYTES_MAX + 1);
	FILE *f = fopen(name, "rb");
	size_t n;
	bool bad;

	if (f == NULL) {
		*why = arena_printf(a, "%s: %s", name, strerror(errno));
		return ERR_OPEN;
	}
	n = fread(buf, 1, PACK_BYTES_MAX + 1, f);
	bad = ferror(f) != 0;
	fclose(f);
	if (bad || n > PACK_BYTES_MAX) {
		*why = arena_printf(a, "%s: %s", name, bad ? "cannot be read" : "over PACK_BYTES_MAX");
		return bad ? ERR_IO : ERR_LIMIT;
	}
	*out = (struct pack_bytes){arena_strdup(a, span_of(name)), {buf, n}};
	return OK;
}

enum err
import_load(const struct profile_import *import, const char *file, struct arena *a, struct pack_bytes *catalog,
    const char **why)
{
	const char *id = import->href + strlen(URN_CATALOG);
	struct span dir = span_of(file);

	if (span_starts(span_of(import->href), URN_CATALOG)) {
		*catalog = pack_catalog_bytes(id);
		if (catalog->name != NULL)
			return OK;
		*why = arena_printf(a, "%s.href: no catalogue \"%s\" is compiled in [pack.md 4]", import->where, id);
		return ERR_UNKNOWN;
	}
	while (dir.len > 0 && dir.p[dir.len - 1] != '/')
		dir.len--;
	return pack_file_read(arena_printf(a, "%.*s%s", (int)dir.len, dir.p, import->href), a, catalog, why);
}
