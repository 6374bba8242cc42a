/*
 * oddity: what the parts of test/oddity share. oddity.c says what a description is.
 */
#ifndef ODDITY_H
#define ODDITY_H

#include "addr/prefix.h"
#include "base/wr.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { LINES = 4096, WORDS = 40, SESSIONS = 10, FIRST_SESSION = 11, COLLECTOR = 999999, SHARED = 21 };
#define BEGIN 1935360000u	/* 2031-05-01 */
#define END 1938038400u		/* 2031-06-01 */
#define ON (BEGIN + 10 * 86400u + 60)
#define OFF (ON + 7200u)

struct line { char *word[WORDS]; int n; unsigned block; };	/* block: of which world; 0: of each */
struct world {
	struct line line[LINES];
	int n;
	const char *dir, *name;
	bool plain, burst;
	char without[256], stale[256];
};
extern struct world world;

void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* description.c */
void read_worlds(const char *path, bool list);
uint32_t asn(const struct line *l, const char *word);
const char *prefix(const struct line *l, const char *word);	/* one of four buffers */
struct prefix parse(const struct line *l, const char *word);
bool is(const struct line *l, const char *what);
bool has(const char *kind);		/* of evidence: it is written */
bool is_stale(const char *kind);	/* it is two years old */
const char *dated(const char *kind, const char *format);	/* its date for "%s"; one of four buffers */
FILE *begin(const char *name);
void end(FILE *f);

/* published.c */
void write_rpki(void);
void write_irr(const char *name, const char *directive, const char *source);
void write_relations(void);
void write_orgs(void);
void write_peeringdb(void);
void write_registry(void);
void write_participants(void);

/* message.c */
struct view { uint32_t path[64], n, set[8], n_set, otc, confed; bool has_otc, blackhole, odd; };
bool view_of(const struct line *l, int session, struct view *v);	/* false when the session has it not */
void put_nlri(struct wr *b, const struct prefix *p);
void put_attr(struct wr *b, unsigned flags, unsigned type, const struct wr *value);
void put_attrs(struct wr *b, const struct view *v, unsigned family, const struct prefix *nlri);	/* NULL: in a table */
void put_peer_addr(struct wr *b, int session, bool v6, bool local);
size_t record(struct wr *b, uint32_t time, unsigned type, unsigned subtype);
void save(const char *name, struct wr *b);

/* traffic.c */
void write_table(bool last);
void write_updates(void);

#endif
