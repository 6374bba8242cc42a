/*
 * bundle: what it takes to compute an assessment again, and to see that it comes out the same: a folder, or a tar file
 * (base/tar.h), of report.json, the rule packs, bundle.json and SHA256SUMS, and in a bundle with evidence the records
 * of each input that decide (doc/formats/bundle.md). Here is bundle.json; nothing here opens a file.
 */
#ifndef REPORT_BUNDLE_H
#define REPORT_BUNDLE_H

#include "report/report.h"

#define BUNDLE_FORMAT "routemark-bundle/1"
#define BUNDLE_HEAD "bundle.json"
#define BUNDLE_REPORT "report.json"
#define BUNDLE_SUMS "SHA256SUMS"
#define BUNDLE_EVIDENCE "evidence"	/* the folder of it */

/* One input of the manifest: in has all that the report tells of it, and which evidence it is (in.name, in.path, in.traffic:
 * NULL). */
struct bundle_input {
	struct input in;
	const char *origin;		/* where it was fetched, as whoever made the bundle says; NULL when nobody does */
	/* What of it the bundle carries, as evidence/FILE: */
	const char *file;		/* "0123456789abcdef.mrt"; NULL: nothing */
	uint8_t file_sha256[SHA256_BYTES];
	uint64_t file_size;
	bool whole;			/* the input itself, every byte: file_sha256 is in.sha256 */
};

struct bundle_pack {
	const char *id, *version, *status;	/* as in struct pack */
	bool has_profile;
	uint8_t catalog_sha256[SHA256_BYTES], profile_sha256[SHA256_BYTES];
};

/* A metric of an AS that its evidence does not lead to: some of what it rests on is not carried. */
struct bundle_lack { uint32_t asn; const char *metric; };

struct bundle {
	const char *version;		/* of the program that made it */
	struct utc at;			/* UTC_NONE: nobody knew */
	const uint32_t *asns;		/* ascending */
	size_t n_asns;
	struct bundle_input *inputs;	/* ascending by digest, each once */
	size_t n_inputs;
	struct bundle_pack *packs;	/* in the order in which they were judged; not written: see bundle_write */
	size_t n_packs;
	struct metric_params params;	/* threads, tables and scored are left as they were */
	struct routes_params routes_params;
	const char *window;		/* "FROM/TO"; NULL: no updates were followed */
	bool minimal;			/* it carries evidence: then stated and lacks say what that does not show */
	struct routes_stated stated;
	const struct bundle_lack *lacks;	/* by AS, then metric */
	size_t n_lacks;
};

/* "packs/01.catalog.json", "packs/01.profile.json": of pack i, from 0; i < BUNDLE_PACKS_MAX. Into buf, which is returned. */
#define BUNDLE_NAME 32
const char *bundle_pack_name(size_t i, bool profile, char buf[static BUNDLE_NAME]);

/* bundle.json of a run: b, and the packs and parameters of head. */
void bundle_write(struct str *out, const struct bundle *b, const struct assessment *head);
/* Read it strictly. All text lives in a. On a bad one an error, and *why (from a) says where and which rule. */
NODISCARD enum err bundle_read(struct span text, struct arena *a, struct bundle *out, const char **why);
/* The same from a report, which tells all but the version, the origins and what is carried. Its results are not read:
 * asns is empty. */
NODISCARD enum err bundle_from_report(struct span report, struct arena *a, struct bundle *out, const char **why);
const struct bundle_input *bundle_find(const struct bundle *b, const uint8_t sha256[static SHA256_BYTES]);

/* A line of SHA256SUMS, as sha256sum(1) has it. */
void bundle_sum(struct str *out, const char *name, struct span bytes);

#endif
