/*
 * world: the picture in memory. Filled by pipe/ from decoders, sealed once, then read only, by any
 * number of threads. Nothing in it depends on the order or the names of the inputs.
 */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include "base/diag.h"
#include "base/sha256.h"
#include "decode/kind.h"
#include "world/baseline.h"
#include "world/evidence.h"
#include "world/holders.h"
#include "world/holdings.h"
#include "world/irr.h"
#include "world/people.h"
#include "world/routes.h"
#include "world/rpki.h"

/* What a file of tables or updates says of who spoke when; for a timeline. */
struct traffic_session { uint32_t local_as, peer_as; struct addr addr; };	/* local_as: 0 in tables */
struct traffic_silence { uint32_t from_s, to_s; };	/* no message for longer than WINDOW_SILENCE_S */
struct traffic {
	struct traffic_session *sessions;	/* in the order they came; so are silences */
	size_t n_sessions, cap_sessions;
	struct traffic_silence *silences;
	size_t n_silences, cap_silences;
	uint32_t first_s, last_s;
	uint64_t messages;		/* 0: tables only */
	bool table;
};
void traffic_free(struct traffic *t);	/* NULL-safe */

struct input {			/* one file of evidence, in the order of its digest */
	char *name;		/* owned; for talk (stderr, inspect), never in a product */
	const char *packing;	/* static */
	enum input_kind kind;
	uint8_t sha256[SHA256_BYTES];
	uint64_t size, plain, records, used;	/* records read; of them without error */
	struct utc time;	/* of the evidence; UTC_NONE when nobody says */
	bool time_from_name;
	bool complete;		/* nothing cut short, nothing contradictory */
	bool duplicate;		/* the same digest as another input: read once */
	uint32_t evidence;	/* EV_BITs: what it is evidence of */
	enum err err;		/* why it is not complete */
	uint64_t err_offset;
	const char *detail;	/* static or NULL: the field or reason */
	struct diags diags;
	char *path;			/* owned: where it was read, for a second reading */
	uint8_t path_sha256[SHA256_BYTES];	/* of what lies there: sha256, unless it is a part that stands for this input */
	struct traffic *traffic;	/* owned; NULL unless load_params.traffic, and for other kinds */
};

struct evidence_state {
	uint32_t n_inputs, n_incomplete;	/* all, and those of them that are not used */
	struct utc oldest, newest;	/* over the complete inputs that have a time */
	uint32_t n_untimed;
};

struct world {
	struct input *inputs;
	size_t n_inputs;
	struct evidence_state evidence[EV_N];
	struct routes routes;
	struct rpki rpki;
	struct irr irr;
	struct graph graph;
	struct orgs orgs;
	struct registry registry;
	struct holdings holdings;
	struct holders holders;
	struct specials specials;
	struct contacts contacts;
	struct spoofer spoofer;
	struct participants participants;
	struct utc at;		/* the moment the verdicts are for: --at, else the newest input's time */
	struct since since;	/* against an earlier report: by world_hold, after it is sealed */
};

void world_init(struct world *w);
void world_release(struct world *w);
/* Every table sealed, over at most two threads: routes take as long as all others together. */
void world_seal(struct world *w, const struct routes_params *params, unsigned threads);

#endif
