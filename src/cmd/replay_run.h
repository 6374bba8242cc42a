/*
 * replay_run: a report computed again from what it rests on, and held against itself. For replay, for verify --replay,
 * and for whoever makes a bundle with evidence and must know what that evidence leads to.
 */
#ifndef CMD_REPLAY_RUN_H
#define CMD_REPLAY_RUN_H

#include "cmd/session.h"
#include "report/bundle.h"

enum replay_answer { REPLAY_SAME, REPLAY_DIFFERENT, REPLAY_CANNOT };

struct replay_ask {
	const struct opt_table *table;	/* for messages */
	const struct bundle *bundle;
	struct span report;
	struct pack *packs;
	size_t n_packs;
	const char *data;		/* a folder of inputs; with evidence: that of the bundle */
	bool evidence;
	uint32_t threads;
};

struct replay {
	enum replay_answer answer;
	struct str computed;		/* the report anew */
	struct str path, was, is;	/* DIFFERENT, or of another program CANNOT: where first (json_diff.h), what the report has, what
					 * came out; nothing in them is to be trusted */
	struct str why;			/* CANNOT: lines, each with its line feed; "" after a message on stderr */
	size_t n_missing;		/* inputs that are not there */
	bool other_version;		/* another version of the program made it */
	size_t n_verdicts, n_shown;	/* verdicts of the report; of them those that were compared */
	struct utc at;
};

void replay_run(const struct replay_ask *ask, struct replay *out);
void replay_release(struct replay *r);

/* The packs of a bundle from its files, or, of a report alone, those compiled in; held against their digests. NULL
 * after a message. get: the bytes of a file of the bundle; NULL: of a report alone. */
struct unpacked;
struct pack *replay_packs(const struct bundle *b, const struct unpacked *store, struct arena *a, const char *command);

#endif
