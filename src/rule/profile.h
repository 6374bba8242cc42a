/*
 * profile: an OSCAL profile as read, before anybody applies it: what it imports, the values it sets, the props
 * it adds. A pack's profile (rule/pack.c) and a buyer's requirements (rule/require.c) are both one; what each
 * may say is theirs to check.
 */
#ifndef RULE_PROFILE_H
#define RULE_PROFILE_H

#include "rule/catalog.h"

/* where: "FILE: PATH", for a message about it. */
struct profile_id { const char *id, *where; };
struct profile_import {
	const char *href, *where;
	bool all;			/* include-all: no ids */
	struct profile_id *ids;		/* with-ids, in the order of the file; each once */
	size_t n;
};
struct profile_param { const char *id, *value, *where; };	/* where: of the value */
struct profile_prop {			/* of our namespace */
	const char *name, *value, *where;
	const char *remarks;		/* NULL when there are none */
};
struct profile_alter {			/* adds props to a control */
	const char *control, *where;
	struct profile_prop *props;
	size_t n;
};

struct profile {
	struct metadata meta;
	struct profile_import *imports;	/* at least one */
	size_t n_imports;
	struct profile_param *params;
	size_t n_params;
	struct profile_alter *alters;
	size_t n_alters;
};

/* All lives in a. OK, or ERR_SYNTAX and *why. */
NODISCARD enum err profile_read(struct pack_bytes in, struct arena *a, struct profile *out, const char **why);

/* The bytes of the catalogue that an import names: compiled in ("urn:routemark:catalog:ID"), or a file beside
 * the profile, whose name is file. On an error *why says which import and what is wrong. */
NODISCARD enum err import_load(const struct profile_import *import, const char *file, struct arena *a,
    struct pack_bytes *catalog, const char **why);
/* A file of at most PACK_BYTES_MAX; its bytes live in a. */
NODISCARD enum err pack_file_read(const char *name, struct arena *a, struct pack_bytes *out, const char **why);

#endif
