#include "serve/docket_say.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- disputes --- */

static const char *
role(const struct ask *q, const struct dispute_line *l)
{
	static const char *const words[] = {[VERIFY_ISSUER] = "issuer", [VERIFY_NETWORK] = "network", [VERIFY_AUDITOR] = "auditor"};
	enum verify_role r;

	return dispute_role(l, &q->docket->o->keys, &r) ? words[r] : NULL;
}

static struct said
said(const struct ask *q, const struct dispute_line *l)
{
	return (struct said){l->reason, arena_printf(q->a, "%s+%08" PRIx32, l->signer.name, l->signer.id), role(q, l)};
}

void
docket_disputed(const struct ask *q, size_t open, struct utc at, struct disputed *out)
{
	const struct ledger *g = &q->docket->ledger->file.ledger;
	const struct dispute_line *l = &g->lines[open];
	struct dispute_standing t;

	dispute_stand(g, open, &q->docket->o->keys, at, &t);
	*out = (struct disputed){.id = g->digests[open], .state = dispute_state_name(t.state), .record = l->record,
	    .report = l->report, .opened = said(q, l), .matched = 1,
	    .leaves_out = t.state == DISPUTE_UNDECIDED || t.state == DISPUTE_ACCEPTED};
	if (t.answer < g->n)
		out->answered = said(q, &g->lines[t.answer]);
	if (t.decides < g->n) {
		out->decided = said(q, &g->lines[t.decides]);
		out->until = g->lines[t.decides].until;
	}
}

bool
docket_logged(const struct ask *q, const char *sha256, uint64_t *index)
{
	const struct logbook_entry *e;
	uint8_t digest[SHA256_BYTES];
	size_t n, i;

	if (q->docket->log == NULL || !logbook_digest(sha256, digest))
		return false;
	e = logbook_on(q->docket->log, digest, &n);
	for (i = 0; i < n; i++) {
		if (e[i].kind != LOGBOOK_DISPUTE)
			continue;
		*index = e[i].index;
		return true;
	}
	return false;
}

/* --- marks --- */

const char *
docket_no_marks(const struct ask *q)
{
	const struct docket_view *d = q->docket;

	if (d->o->log == NULL)
		return "This site keeps no log, so that it knows of no marks.";
	if (d->o->policy == NULL)
		return "This site was not told whose log to believe (--policy, --log-key), so that it tells of no marks.";
	if (d->log == NULL)
		return arena_printf(q->a, "The log cannot be believed, so that nothing is told of what is in it: %s.",
		    d->log_trouble != NULL ? d->log_trouble : "it was not read yet");
	return NULL;
}

const char *
docket_marks(const struct ask *q, uint32_t asn, struct mark_find *f)
{
	const char *why = docket_no_marks(q), *what = NULL;
	enum err e;

	*f = (struct mark_find){.keys = q->docket->o->issuers, .asn = asn, .a = q->a};
	if (why != NULL)
		return why;
	e = logbook_find(q->docket->log, q->docket->o->log, f, &what);
	return e == OK ? NULL : arena_printf(q->a, "What the log says of its marks cannot be told: %s.",
	    what != NULL ? what : err_text(e));
}

struct utc
docket_moment(const struct ask *q, const struct mark_find *f)
{
	struct utc at = q->view->latest != NULL ? q->view->latest->head.at : UTC_NONE, t;
	size_t i;

	for (i = 0; f != NULL && i < f->n; i++)
		if (utc_parse(span_of(f->found[i].issued.status.at), &t) == OK && (!utc_known(at) || t.s > at.s))
			at = t;
	return at;
}

void
docket_time(struct str *out, const char *time)
{
	const char *t = strchr(time, 'T');

	if (t == NULL)
		str_adds(out, time);
	else
		str_addf(out, "%.*s %.*s UTC", (int)(t - time), time, strncmp(t + 6, ":00", 3) == 0 ? 5 : 8, t + 1);
}

void
docket_key(struct str *out, const struct key_pub *k)
{
	str_addf(out, "%s+%08" PRIx32, k->name, k->id);
}

void
docket_mark_words(struct str *out, const struct mark_found *m, struct utc at)
{
	enum mark_state state = mark_state_at(m, at);
	char when[UTC_TEXT];

	switch (state) {
	case MARK_VALID:
		str_addf(out, "valid on %.10s, and to ", utc_format(at, when));
		docket_time(out, m->line.valid_to);
		str_adds(out, " unless it is suspended before");
		return;
	case MARK_EARLY:
		str_adds(out, "not yet: it says nothing of moments before ");
		docket_time(out, m->issued.status.at);
		return;
	case MARK_LAPSED:
		str_adds(out, "lapsed");
		break;
	case MARK_SUSPENDED:
		str_adds(out, "suspended");
		break;
	case MARK_DISPUTED:
	case MARK_STATES:
		str_adds(out, "disputed, and this is not settled");
		break;
	}
	if (state == MARK_LAPSED && m->standing != VERIFY_NO) {
		str_adds(out, " by its date, after ");
		docket_time(out, m->line.valid_to);
	} else if (m->decides != NULL) {
		str_adds(out, ", by ");
		docket_key(out, m->decides->by);
		if (m->decides->status.reason != NULL)
			str_addf(out, ": %s", m->decides->status.reason);
	}
}

struct span
docket_pack_version(const struct mark_found *m)
{
	return (struct span){m->line.version, strcspn(m->line.version, " ")};
}

const char *
docket_pack_status(const struct mark_found *m)
{
	const char *label = m->line.version + strcspn(m->line.version, " ");

	return *label == '\0' ? "published" : strcmp(label, mark_label("proposal")) == 0 ? "proposal" : "proposed";
}

const struct mark_found *
docket_mark_of(const struct mark_find *f, const char *pack)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (!f->found[i].superseded && (pack == NULL || strcmp(f->found[i].line.pack, pack) == 0))
			return &f->found[i];
	return NULL;
}

/* --- reports --- */

struct reports { struct docket_report *r; size_t n, cap; };

static struct docket_report *
report(struct reports *all, const char *sha256, struct utc at)
{
	struct docket_report *r;
	size_t i;

	for (i = 0; i < all->n && strcmp(all->r[i].sha256, sha256) != 0; i++)
		;
	if (i == all->n) {
		all->r = grow(all->r, &all->cap, all->n + 1, sizeof(*all->r));
		r = &all->r[all->n++];
		*r = (struct docket_report){.at = at};
		memcpy(r->sha256, sha256, SHA256_HEX + 1);
	}
	if (!utc_known(all->r[i].at))
		all->r[i].at = at;
	return &all->r[i];
}

static struct utc
time_of(const char *text)
{
	struct utc t = UTC_NONE;

	return text != NULL && utc_parse(span_of(text), &t) == OK ? t : UTC_NONE;
}

static int
by_moment(const void *a, const void *b)
{
	const struct docket_report *x = a, *y = b;

	return x->at.s != y->at.s ? (x->at.s < y->at.s ? -1 : 1) : strcmp(x->sha256, y->sha256);
}

struct docket_report *
docket_reports(const struct ask *q, uint32_t asn, const struct mark_find *f, size_t *n)
{
	const struct docket_view *d = q->docket;
	struct reports all = {0};
	struct docket_report *out;
	uint8_t digest[SHA256_BYTES];
	size_t i, first, k;

	for (i = 0; f != NULL && i < f->n; i++)
		report(&all, f->found[i].line.report, time_of(f->found[i].issued.status.at))->mark = true;
	first = docket_disputes(d->ledger, asn, &k);
	for (i = first; i < first + k; i++) {
		const struct dispute_line *l = &d->ledger->file.ledger.lines[d->ledger->open.at[i]];

		report(&all, l->report, time_of(l->at))->dispute = true;
	}
	for (i = 0; d->bundles != NULL && i < d->bundles->n_good; i++)
		if (bundle_file_has(d->bundles->good[i], asn))
			report(&all, d->bundles->good[i]->report, d->bundles->good[i]->at)->bundle = d->bundles->good[i];
	for (i = 0; d->log != NULL && i < all.n; i++)
		if (logbook_digest(all.r[i].sha256, digest))
			all.r[i].entry = logbook_on(d->log, digest, &all.r[i].n_entries);
	if (all.n > 1)
		qsort(all.r, all.n, sizeof(*all.r), by_moment);
	*n = all.n;
	out = arena_array(q->a, all.n + 1, sizeof(*out));
	if (all.n > 0)
		memcpy(out, all.r, all.n * sizeof(*out));
	free(all.r);
	return out;
}

const char *
docket_entry_word(const struct logbook_entry *e)
{
	return e->kind == LOGBOOK_STATUS ? status_name((enum status_word)e->word) : e->kind == LOGBOOK_DIGEST ? "its digest" :
	    "a dispute";
}
