/*
 * export: a pack as the OSCAL documents that it was read from, for a folder of their own. They are given byte
 * for byte, so that there is no second truth and their digests are the ones in a report; with two
 * exceptions, where a reader of the folder could not follow the import: a profile whose href names no file
 * beside it gets another href (and says so), and a catalogue that was judged by alone gets a profile which
 * includes all of it.
 */
#ifndef RULE_EXPORT_H
#define RULE_EXPORT_H

#include "rule/require.h"

struct export_doc {
	const char *name;	/* a file name without a folder */
	struct span bytes;
	bool is_profile;	/* else a catalogue */
	bool as_read;		/* the bytes of the pack */
	uint8_t sha256[SHA256_BYTES];
};

/* The names that the other documents of a chain have; no catalogue takes one. */
#define EXPORT_SSP "ssp.json"
#define EXPORT_PLAN "assessment-plan.json"
#define EXPORT_RESULTS "assessment-results.json"

/* Catalogues, then one profile over them. All in the arena or borrowed from the pack. */
struct export {
	struct export_doc *docs;
	size_t n;
	const char *folder;	/* a name for a folder: the pack's id */
};

/* On a pack that cannot be exported ERR_SYNTAX, and *why (from a) says which, where and by which rule: its id
 * is no name for a folder; or a statement has no id that is its own, which findings need to point at it. */
NODISCARD enum err pack_export(const struct pack *p, struct arena *a, struct export *out, const char **why);
/* The same for requirements: each catalogue as "ID.catalog.json", and the profile with hrefs that lead to them. */
NODISCARD enum err require_export(const struct requirement *r, struct arena *a, struct export *out, const char **why);

#endif
