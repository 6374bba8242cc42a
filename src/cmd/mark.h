/* mark: the parts of the command: issue, suspend and restore, show; the page, and what is said. */
#ifndef CMD_MARK_H
#define CMD_MARK_H

#include "cmd/opt.h"
#include "report/badge.h"
#include "report/report.h"
#include "seal/mark_find.h"
#include "seal/mark_stand.h"

struct mark_cmd {
	uint32_t asn;
	bool has_asn;
	const char *report, *pack, *key, *log_key, *log, *out, *address, *reason;
	const char *mark, *policy, *proof, *badge;
	struct opt_list known;
	struct utc at;			/* UTC_NONE: not given */
	uint32_t fd;			/* passphrase.h */
	bool json;
};

/* Each returns the exit status. */
int mark_issue(const struct mark_cmd *o);
int mark_change(const struct mark_cmd *o, enum status_word word);	/* suspended, restored */
int mark_show(const struct mark_cmd *o);

/* What the report carries, by the pack: EXIT_DONE with the mark, but for address, issuer and log; EXIT_NO after what is
 * lacking was printed; EXIT_UNANSWERED after a message. Before a key is open. */
int mark_carried(const struct mark_cmd *o, struct arena *a, struct mark *m);
/* Of a mark that was handed over: its AS, pack, moment and digest (SHA256_HEX + 1 bytes), the rest of *m is not set. False
 * after a message. Before a key is open. */
bool mark_handed(const char *path, struct arena *a, struct mark *m, char *sha256);

/* Marks of the AS in the log, by a pack (NULL: any) and this key, or, with sha256, the one of that digest whoever issued it.
 * All is from the arena. False after a message. Before a key is open. */
bool mark_look(const struct mark_cmd *o, const char *pack, const struct key_pub *by, const char *sha256, struct arena *a,
    struct mark_stands *out);
/* The log, now open for writing, is still the one that was looked into. False after a message. */
bool mark_look_holds(const struct mark_cmd *o, const struct mark_stands *s, const struct log *l);
/* The file of a mark, read; m borrows from a. sha256: SHA256_HEX + 1 bytes. False after a message. */
bool mark_load(const char *path, struct arena *a, struct mark *m, char *sha256);
/* Append an entry; sign a checkpoint when there is a key for it. False after a message. */
bool mark_append(struct log *l, const struct mark_cmd *o, struct span entry, uint64_t *index);
bool mark_publish(struct log *l, const struct mark_cmd *o);

/* "2031-06-01 00:00 UTC" (or with its seconds, when it has some), from a. */
const char *mark_moment(const char *time, struct arena *a);
/* A page that a buyer opens; proof: the text of the file, index: of its entry. */
void mark_page(struct str *out, const struct mark *m, const char *sha256, uint64_t index, struct span proof);
/* The badge of a mark that was just issued. */
struct badge mark_badge(const struct mark *m, const char *sha256, struct arena *a);

/* What show has found. */
struct mark_sheet {
	const struct mark_cmd *o;
	struct utc at;			/* the moment that is asked for */
	bool by_clock;			/* which the system's clock gave */
	const struct mark *m;		/* the mark that was given; NULL */
	const char *sha256;		/* of it */
	const char *trouble;		/* why the log, or the proof, tells nothing; NULL: it does */
	bool no_log;			/* only a proof was given: what was said later cannot be told */
	uint64_t in_log;		/* the entry of that proof */
	const struct policy *policy;
	const struct mark_find *f;
	enum verify_answer answer;
	const char *why;		/* a sentence on the answer, without full stop */
};
/* The log's entry on the mark that was given says of it what it says of itself. */
bool mark_entry_fits(const struct mark_sheet *s, const struct mark_found *m);
/* The one mark that was found, in the file of --badge; true when none was asked for. False after a message. */
bool mark_badge_write(const struct mark_sheet *s);
void mark_text(struct str *out, struct text_style style, const struct mark_sheet *s);
void mark_json(struct str *out, const struct mark_sheet *s);

#endif
