/*
 * session: what commands that judge have in common: their options, the packs, the loaded world and the
 * facts about it.
 */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include "cmd/opt.h"
#include "pipe/judge.h"
#include "pipe/load.h"

struct session {
	/* options */
	const char *data;
	struct opt_list rules;
	struct utc at;
	uint32_t threads, visibility, full_feed, route_server;
	const char *window, *baseline;
	bool ways;			/* follow the updates whatever the packs ask for, with ways (metric/timeline.h) */
	/* set by session_open */
	struct arena *arena;		/* packs */
	struct pack *packs;
	size_t n_packs;
	struct load_params load;
	struct metric_params params;
	struct world world;
	struct facts *facts;
	struct follow *follow;		/* owned: the updates, when a pack asks for incidents; else NULL */
	struct judge judge;
	struct assessment head;
	bool loaded;
};

#define SESSION_OPTS 9
/* The rows of the shared options, for the command's table. */
void session_opts(struct session *s, struct opt rows[static SESSION_OPTS]);
/* The same for a command that brings its packs: no --rules. */
#define SESSION_OPTS_WITH (SESSION_OPTS - 1)
void session_opts_with(struct session *s, struct opt rows[static SESSION_OPTS_WITH]);
void session_init(struct session *s);
/* Load packs, then data; names every input that cannot be used on stderr. OPT_GO_ON or an exit status,
 * the message printed. records_max: as in metric_params; 0 keeps the default. */
int session_open(struct session *s, const struct opt_table *t, uint32_t records_max);
/* The same with packs that the caller has, which outlive the session. */
int session_open_with(struct session *s, const struct opt_table *t, struct pack *packs, size_t n,
    uint32_t records_max);
/* The data alone, from s->data: for a command without packs. The same answers. */
int session_load(struct session *s, const struct opt_table *t);
void session_close(struct session *s);

uint32_t session_threads(void);		/* one for each processor */
/* A line on stderr for each input that cannot be used. */
void session_name_unusable(const struct world *w, const struct opt_table *t);

/* Colour and width for standard output. */
struct text_style session_style(bool to_terminal);

#endif
