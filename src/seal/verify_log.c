/* verify_log: what a proof and a log say of a report, and how it stands by the status entries in them. */
#include "base/limits.h"
#include "seal/scan.h"
#include "seal/verify.h"

#include <inttypes.h>

struct asking {
	const struct verify_ask *ask;
	struct arena *a;
	struct verify *v;
	struct verify_log *l;
	char (*digest)[SHA256_HEX + 1];	/* of the report, and of each envelope that verified */
	size_t n;
};

static void
digests(struct asking *q)
{
	uint8_t d[SHA256_BYTES];
	size_t i;

	q->digest = arena_array(q->a, q->ask->n_envelopes + 1, sizeof(*q->digest));
	memcpy(q->digest[q->n++], q->v->sha256, sizeof(q->v->sha256));
	for (i = 0; i < q->ask->n_envelopes; i++) {
		if (q->v->envelopes[i].answer != VERIFY_YES)
			continue;
		sha256_of(q->ask->envelopes[i].p, q->ask->envelopes[i].len, d);
		sha256_hex(d, q->digest[q->n++]);
	}
}

/* A digest alone, or a line of sha256sum. */
static bool
is_digest(const struct asking *q, struct span entry)
{
	size_t i;

	for (i = 0; i < q->n; i++)
		if (span_starts(entry, q->digest[i]) && (entry.len == SHA256_HEX || entry.p[SHA256_HEX] == ' '))
			return true;
	return false;
}

static void
list(struct verify_log *l, uint64_t index)
{
	if (!l->listed)
		l->index = index;
	l->listed = true;
}

static void
look(void *arg, uint64_t index, struct span entry)
{
	struct asking *q = arg;
	struct verify_log *l = q->l;
	const struct verify_keys *keys = &q->ask->keys;
	const char *why;
	struct status s;
	size_t by;

	if (is_digest(q, entry)) {
		list(l, index);
		return;
	}
	/* most entries are on something else: no JSON is read for those */
	if (entry.len == 0 || memmem(entry.p, entry.len, q->v->sha256, SHA256_HEX) == NULL ||
	    status_read(entry, q->a, &s, &why) != OK || strcmp(s.sha256, q->v->sha256) != 0)
		return;
	by = status_by(&s, keys->pub, keys->n);
	if (by == keys->n) {
		l->strangers++;
		return;
	}
	list(l, index);
	l->words = grow(l->words, &l->cap, l->n + 1, sizeof(*l->words));
	l->words[l->n++] = (struct verify_word){s, index, &keys->pub[by]};
}

static bool
policy_there(const struct asking *q)
{
	if (q->ask->policy != NULL)
		return true;
	verify_fail(&q->l->found, ERR_UNKNOWN, "no policy says whose log to believe");
	return false;
}

/* An entry is what the proof carries, or else one that can be guessed: a digest alone. */
static enum err
proof_entry(const struct asking *q, const struct log_proof *p, struct span *entry, const char **why)
{
	struct tree_hash leaf;
	enum err e = ERR_CONTRADICT;
	size_t i;

	for (i = p->extra.len > 0 ? 0 : 1; i <= q->n && e == ERR_CONTRADICT; i++) {
		*entry = i == 0 ? p->extra : span_of(q->digest[i - 1]);
		tree_leaf(*entry, &leaf);
		e = proof_verify(p, &leaf, q->ask->policy, q->a, &q->l->at, &q->l->verdict, why);
	}
	if (e != ERR_CONTRADICT || p->extra.len > 0)
		return e;
	*why = "it does not carry its entry, which is not the digest of the report or of an envelope on it";
	return ERR_UNKNOWN;
}

static void
proof(struct asking *q)
{
	struct verify_log *l = q->l;
	struct span entry = {0};
	const char *why = NULL;
	struct log_proof p;
	enum err e;

	l->given = true;
	if (!policy_there(q))
		return;
	e = proof_read(q->ask->proof, q->a, &p, &why);
	if (e == OK)
		e = proof_entry(q, &p, &entry, &why);
	if (e != OK) {
		verify_fail(&l->found, e, why);
		return;
	}
	l->believed = true;
	look(q, p.index, entry);
	if (!l->listed)
		verify_fail(&l->found, l->strangers > 0 ? ERR_UNKNOWN : ERR_CONTRADICT, l->strangers > 0 ?
		    "its entry is a status by a key that is not known here" : "its entry is not on this report");
}

/* The log must be the one of the proof, and have grown out of what the proof showed. */
static void
hold_together(struct asking *q, const struct scan_at *early)
{
	const struct verify_log *p = &q->v->proof;
	struct verify_found *f = &q->l->found;

	if (!span_eq(p->at.origin, q->l->at.origin))
		verify_fail(f, ERR_UNKNOWN, "is not the log of the proof: what was said there later cannot be told");
	else if (!early->found)
		verify_fail(f, ERR_UNKNOWN, arena_printf(q->a, "has %" PRIu64 " entries, and the proof is of %" PRIu64
		    ": what was said later cannot be told", q->l->at.size, early->size));
	else if (!tree_same(&early->root, &p->at.root))
		verify_fail(f, ERR_CONTRADICT, "does not continue the log of the proof: it has told two histories");
}

static void
log_read(struct asking *q)
{
	struct scan_at early = {.size = q->v->proof.at.size};
	struct scan_at *at = q->v->proof.believed ? &early : NULL;
	struct verify_log *l = q->l;
	const char *why = NULL;
	enum err e;

	l->given = true;
	if (!policy_there(q))
		return;
	e = q->ask->source != NULL ?
	    scan_from(q->ask->source, q->ask->policy, q->a, look, q, at, &l->at, &l->verdict, &why) :
	    scan_log(q->ask->log, q->ask->policy, q->a, look, q, at, &l->at, &l->verdict, &why);
	/* what was fetched may have been made false on the way: that is no word of the log's */
	if (e != OK && q->ask->source != NULL)
		e = ERR_UNKNOWN;
	if (e != OK) {
		verify_fail(&l->found, e, why);
		l->n = 0;
		l->strangers = 0;
		l->listed = false;
		return;
	}
	l->believed = true;
	if (q->v->proof.believed)
		hold_together(q, &early);
	else if (!l->listed)
		verify_fail(&l->found, ERR_UNKNOWN, "has no entry on this report by a key that is known here");
}

static void
decide(struct verify *v, enum verify_answer standing, const struct verify_word *w)
{
	if (v->standing == VERIFY_NO && standing != VERIFY_NO)
		return;
	if (v->standing == standing && v->decides != NULL && v->decides->index > w->index)
		return;
	v->standing = standing;
	v->decides = w;
}

/* Everybody speaks for himself, and his last word counts: so nobody lifts what another has suspended or disputed. */
void
verify_stand(const struct verify_keys *keys, struct verify *v, const struct verify_log *l)
{
	const struct verify_word *w, *last, *dispute;
	size_t i, k;

	for (k = 0; k < keys->n; k++) {
		last = dispute = NULL;
		for (i = 0; i < l->n; i++) {
			w = &l->words[i];
			if (w->by != &keys->pub[k])
				continue;
			if (w->status.word == STATUS_DISPUTED || w->status.word == STATUS_RESOLVED)
				dispute = w;
			else
				last = w;
		}
		if (last != NULL && (last->status.word == STATUS_LAPSED || last->status.word == STATUS_SUSPENDED))
			decide(v, VERIFY_NO, last);
		if (dispute != NULL && dispute->status.word == STATUS_DISPUTED)
			decide(v, VERIFY_UNKNOWN, dispute);
	}
}

void
verify_logs(const struct verify_ask *ask, struct arena *a, struct verify *v)
{
	struct asking q = {.ask = ask, .a = a, .v = v};

	digests(&q);
	if (ask->proof.p != NULL) {
		q.l = &v->proof;
		proof(&q);
	}
	if (ask->log != NULL) {
		q.l = &v->log;
		log_read(&q);
	}
	/* the log has all that the proof shows, and what came later */
	if (!v->log.believed || (v->proof.believed && !span_eq(v->log.at.origin, v->proof.at.origin)))
		verify_stand(&ask->keys, v, &v->proof);
	verify_stand(&ask->keys, v, &v->log);
}
