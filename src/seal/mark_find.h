/*
 * mark_find: which marks a log has on a network, and how they stand: by status entries on the mark and on the report
 * that it rests on, of keys that the reader knows. Everybody speaks for himself, as in verify.h. What another than its
 * issuer has said of a mark is said of every mark by that pack on the same report: to issue it anew, under another
 * address, lifts nothing.
 */
#ifndef SEAL_MARK_FIND_H
#define SEAL_MARK_FIND_H

#include "seal/log.h"
#include "seal/mark.h"
#include "seal/scan.h"
#include "seal/verify.h"

enum mark_state {
	MARK_VALID,
	MARK_EARLY,			/* asked for a moment before its evidence */
	MARK_LAPSED,			/* by its date, or by an entry */
	MARK_SUSPENDED,
	MARK_DISPUTED,			/* not settled: could not tell */
	MARK_STATES
};

const char *mark_state_word(enum mark_state s);		/* "valid" */
enum verify_answer mark_state_answer(enum mark_state s);

/* One mark of the log. */
struct mark_found {
	char sha256[SHA256_HEX + 1];	/* of the mark */
	struct mark_line line;
	struct verify_word issued;	/* the last word that issued it; by NULL: a stranger's (anybodys) */
	struct verify_log own, report;	/* words on the mark (or by others on one of the same report: their sha256
					 * tells), on its report; of each words and n */
	enum verify_answer standing;
	const struct verify_word *decides;	/* what makes it so, in own or report; NULL: nothing */
	bool superseded;		/* a later one is of the same pack */
};

struct mark_find {
	/* what is asked; borrowed */
	struct verify_keys keys;
	uint32_t asn;
	const char *pack;		/* its id; NULL: of any */
	const char *sha256;		/* of one mark; NULL: all of the AS */
	const struct scan_source *source;	/* where a log is fetched from; NULL: it is a folder */
	bool anybodys;			/* marks whoever issued them; words count by the keys alone */
	/* what is found */
	struct mark_found *found;	/* owned; by index of the entry */
	size_t n, cap;
	uint64_t strangers;		/* further entries that issue such a mark, by keys that are not known */
	struct checkpoint at;		/* of mark_find_log */
	struct policy_verdict verdict;
	struct arena *a;
};

/* In a log as a stranger has it (scan_log, whose errors it has), or as its writer has it, up to its head. Twice
 * through the entries: once for marks, once for what is said of them. */
NODISCARD enum err mark_find_log(struct mark_find *f, const char *path, const struct policy *p, const char **why);
NODISCARD enum err mark_find_head(struct mark_find *f, struct log *l, const char **why);
/* The same of entries that the caller knows to be all that matter (those that issue marks of the AS, and the status
 * entries on these marks and on their reports), of a log that he has verified: walk hands them to see, ascending by
 * index. It is called twice; its errors are handed on. */
typedef enum err mark_find_walk(void *arg, scan_entry *see, void *see_arg, const char **why);
NODISCARD enum err mark_find_walked(struct mark_find *f, mark_find_walk *walk, void *arg, const char **why);
/* One entry alone, as a proof carries it; whether it issues such a mark by a known key. */
bool mark_find_entry(struct mark_find *f, uint64_t index, struct span entry);
void mark_find_release(struct mark_find *f);

/* At a moment; decides and valid_to say why. */
enum mark_state mark_state_at(const struct mark_found *m, struct utc at);

#endif
