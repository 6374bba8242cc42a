/*
 * vrp_int: what the VRP decoders share. Not for other files.
 */
#ifndef DECODE_VRP_INT_H
#define DECODE_VRP_INT_H

#include "base/json_r.h"
#include "base/limits.h"
#include "decode/vrp.h"

struct vrp_dec {
	struct feed *f;
	const struct vrp_sink *sink;
	struct diags *d;
	struct vrp_stats *st;
	uint64_t entries;	/* seen in the list, good or bad: what a claimed count counts */
	char ta[VRP_TA_MAX];	/* of the entry at hand */
	enum err stop;		/* what a callback returned */
};

/* One entry as it was written, fields parsed but not yet checked against each other. */
struct vrp_entry {
	struct vrp vrp;
	uint64_t record, offset;
	bool host_bits;
	bool has_max;
	uint32_t max_len;
};

/* Check an entry and hand it out. Bad data is a diag; false when the callback said stop or a
 * limit was hit: then nothing more may be read. */
bool vrp_emit(struct vrp_dec *v, struct vrp_entry *e);

/* Copy the trust anchor's name into v; a name over VRP_TA_MAX is left out with a diag. */
struct span vrp_keep_ta(struct vrp_dec *v, struct span ta, uint64_t record, uint64_t offset);

/* All ASPAs of a document: the providers of a customer are the union over its records and
 * families, so they are handed out when the document is whole. */
struct vrp_aspas {
	uint64_t *pair;		/* owned: customer << 32 | provider */
	size_t n, cap;
	size_t first;		/* where the record at hand starts */
	uint64_t records;	/* seen, good or bad */
	bool present;		/* the document has a list of them */
};

void vrp_aspa_emit(struct vrp_dec *v, struct vrp_aspas *a);
void vrp_aspa_release(struct vrp_aspas *a);

struct vrp_doc {		/* a JSON document */
	struct json_r r;
	struct vrp_dec *v;
	struct vrp_aspas aspas;
	bool roas;				/* there is a list of them */
	uint64_t vrps, unique, counts;		/* claims on the length of that list */
	uint64_t vaps, unique_vaps;
};

/* An ASN as a number, "64500" or "AS64500"; the next token is its value. */
enum err vrp_read_asn(struct json_r *r, uint32_t *asn);
/* One entry of "roas" or "aspas"; its "{" was read. False when nothing more may be read. */
bool vrp_read_roa(struct vrp_doc *doc);
bool vrp_read_aspa(struct vrp_doc *doc);

/* The next entry of "roas" when it is of a usual form, whole in the window and not bad: it is handed out
 * (TOOK; STOP: nothing more may be read). Otherwise (NOT) nothing is read. */
enum vrp_quick { VRP_QUICK_NOT, VRP_QUICK_TOOK, VRP_QUICK_STOP };
enum vrp_quick vrp_quick_roa(struct vrp_doc *doc);

void vrp_json(struct vrp_dec *v);
void vrp_csv(struct vrp_dec *v);

#endif
