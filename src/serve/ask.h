/*
 * ask: one request while it is answered, and the table of what can be asked for. A handler appends to q->r->body and
 * sets q->r->type, or calls ask_problem.
 */
#ifndef SERVE_ASK_H
#define SERVE_ASK_H

#include "rule/require.h"
#include "serve/cache.h"
#include "serve/counters.h"
#include "serve/docket.h"
#include "serve/shelf.h"
#include "serve/target.h"

#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_JSON "application/json"
#define TYPE_CSV "text/csv; charset=utf-8; header=present"
#define TYPE_SVG "image/svg+xml"
#define TYPE_TEXT "text/plain; charset=utf-8"

struct site {			/* what all requests share; not changed once strangers are answered */
	const char *version, *log;	/* log: its folder; NULL: none */
	struct arena *a;
	struct pack *packs;		/* those that are compiled in */
	size_t n_packs;
	struct requirement *profiles;	/* the starting points that are compiled in, as require_kinds() */
	size_t n_profiles;
	struct str css;			/* owned */
	char css_path[40];		/* "/style-0123456789abcdef.css" */
	char proof_path[40];		/* "/proof-0123456789abcdef.js" */
	char script_path[40];		/* "/script/0123456789abcdef/main.mjs" */
	const char *log_key;		/* the verifier key of the log, as it was given; NULL: none */
	struct counters *counters;
};

struct ask {
	struct arena *a;		/* of this request */
	const struct site *site;
	const struct target *target;
	const char *rest;		/* what follows the path of its route; "" for nothing */
	const struct shown *view;	/* NULL when the route does not need the archive */
	struct archive *archive;	/* in a snapshot */
	const struct docket_view *docket;	/* what lies beside it; never NULL */
	struct reply *r;
	bool html;			/* a problem is a page; else problem+json */
};

/* Of the program; of the archive, kept; never kept; never kept, and made at once, whoever else waits. */
enum endpoint_kind { ROUTE_FIXED, ROUTE_ARCHIVE, ROUTE_LIVE, ROUTE_NOW };
struct endpoint {
	const char *path;		/* ends in "/": and whatever follows */
	enum endpoint_kind kind;
	bool html;
	void (*answer)(struct ask *q);
	const char *name;		/* in metrics */
	bool one_segment;		/* what follows has no "/" */
	bool number;			/* and begins with a digit */
};
/* NULL: there is no such path. *rest: what follows. */
const struct endpoint *endpoint_find(const char *path, const char **rest);
extern const struct endpoint endpoints[];
extern const size_t n_endpoints;

/* 303: look there instead, a path of this site. */
void ask_elsewhere(struct ask *q, const char *to);
/* RFC 9457: title and detail, as JSON or as a page. */
void ask_problem(struct ask *q, unsigned status, const char *title, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* The archive could not be read: archive_why, without a name of this machine. */
void ask_broken(struct ask *q, enum err e);
/* An argument, or NULL. */
const char *ask_arg(const struct ask *q, const char *key);
/* False after ask_problem: an argument that is none of these (a list that NULL ends) was given. */
bool ask_only(struct ask *q, const char *const *keys);
/* A number between 0 and max, fallback when it is not given. False after ask_problem. */
bool ask_number(struct ask *q, const char *key, uint32_t max, uint32_t fallback, uint32_t *out);
/* "64500", "AS64500", "as64500". */
bool asn_read(struct span s, uint32_t *out);
/* A list with commas, spaces, or line feeds between, each once, in order; *n 0 when it is not given. False after
 * ask_problem. */
bool ask_asns(struct ask *q, const char *key, uint32_t max, uint32_t **out, size_t *n);
/* The series and month that "pack" and "month" ask for; the first pack and newest month when not given. False after
 * ask_problem. */
bool ask_series(struct ask *q, const struct shown_series **s, size_t *month);
/* "format=csv" or "json" (default). False after ask_problem. */
bool ask_format(struct ask *q, bool *csv);

/* The compiled-in pack that judged: of the same id and digests; NULL: it is not known here, only what the archive
 * keeps of it. And its control. */
const struct pack *site_pack(const struct site *s, const struct archive_pack *p);
const struct requirement *site_profile(const struct site *s, const char *kind);	/* NULL: there is none */
const struct control *site_control(const struct pack *p, const char *id);

#endif
