/*
 * path: one AS path explained hop by hop, to bytes: what ASPAs attest, the ramps and their sums, OTC, origin validation,
 * relationships, and what follows.
 */
#ifndef REPORT_PATH_H
#define REPORT_PATH_H

#include "addr/path_line.h"
#include "metric/leak.h"
#include "report/report.h"

#define PATH_FORMAT "routemark-path/1"	/* doc/formats/path.md */
#define PATH_VRPS_SHOWN 8u		/* covering VRPs that are listed, the most specific first */

enum path_ask {
	PATH_ASK_UP,		/* the upstream test is asked for */
	PATH_ASK_DOWN,		/* the downstream test */
	PATH_ASK_OBSERVER	/* what may be said without knowing which of them it is */
};

enum path_verdict {
	PATH_VALID, PATH_UNKNOWN, PATH_INVALID,
	PATH_NO_DATA		/* no ASPAs were given: nothing is attested, which is no pass */
};
const char *path_verdict_word(enum path_verdict v);	/* "valid", "unknown", "invalid"; NO_DATA: "unknown" */

struct path_asked {		/* what is asked of all paths, and what there is to answer it with */
	enum path_ask ask;
	struct otc_mark otc;
	bool has_neighbour;
	uint32_t neighbour;
	const struct world *world;	/* sealed; one without inputs when no data was given */
	bool no_data;			/* neither --data nor --aspa */
	struct path_tables tables;	/* NULL where there is no complete evidence */
	bool has_vrps;
	uint32_t n_cut;			/* inputs that are broken and may have held ASPAs: then those there are not all */
};
/* What of the world can be used: complete evidence only. */
void path_asked_tables(struct path_asked *q);

struct path_result {
	const struct path_line *line;		/* borrowed, as all below */
	const uint32_t *as;
	struct path_view view;
	struct aspa_hop *hop;			/* n - 1; No Attestation throughout without data */
	struct aspa_seen *seen;			/* n - 1 */
	struct aspa_ramps ramps;		/* not to be read when n == 0 or view.has_set */
	enum aspa_verdict up, down;		/* by the draft; UNKNOWN stands also for what no data says */
	enum aspa_why why;
	enum path_verdict verdict;		/* of what is asked */
	struct leak leak;
	uint32_t origin;			/* or ORIGIN_NONE */
	enum rov rov;				/* when line.has_prefix and there are VRPs */
};
/* In arena a. */
void path_answer(const struct path_asked *q, const struct path_line *line, struct arena *a, struct path_result *r);

void path_text_head(struct str *out, const struct path_asked *q, struct text_style style);
void path_text(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style);

struct path_totals { uint64_t n, verdict[PATH_NO_DATA + 1], proven, refused; };
void path_totals_add(struct path_totals *t, const struct path_result *r);
void path_text_totals(struct str *out, const struct path_totals *t);

/* One document: begin, each path, end. */
void path_json_begin(struct str *out, const struct path_asked *q);
void path_json(struct str *out, const struct path_asked *q, const struct path_result *r, bool first);
void path_json_end(struct str *out, const struct path_totals *t);

#endif
