/* window: one window of time and its incidents, in one transaction. */
#include "archive/incidents.h"
#include "archive/ways.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* --- the head --- */

static enum err
words_id(struct archive *a, void (*words)(struct str *, uint32_t), uint32_t bits, int64_t *id)
{
	struct str s = {0};
	enum err e;

	str_adds(&s, "");
	words(&s, bits);
	e = text_id(a, s.p, id);
	str_release(&s);
	return e;
}

static enum err
collectors_put(struct archive *a, int64_t id, const struct archive_window *w)
{
	const struct archive_collector *c;
	size_t i, k;

	for (i = 0; i < w->n_collectors; i++) {
		c = &w->collectors[i];
		TRY(sql_run(a, sql_bind(a, SQL_WCOLLECTOR_ADD, "iiiiiiiii", id, (int64_t)i, (int64_t)c->local_as,
		    (int64_t)c->vantage_points, (int64_t)c->messages, (int64_t)c->update_files, (int64_t)c->tables,
		    (int64_t)c->silence_s, (int64_t)c->cadence_s)));
		for (k = 0; k < c->n_gaps; k++)
			TRY(sql_run(a, sql_bind(a, SQL_WGAP_ADD, "iiioo", id, (int64_t)i, (int64_t)k, c->gaps[k].from,
			    c->gaps[k].to)));
	}
	return OK;
}

static enum err
lists_put(struct archive *a, int64_t id, const struct archive_window *w)
{
	int64_t text = 0, input = 0;
	char addr[PREFIX_TEXT];
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct archive_input *in = &w->inputs[i];

		TRY(put_input(a, in, &input));
		TRY(text_id(a, in->kind, &text));
		TRY(sql_run(a, sql_bind(a, SQL_WINPUT_ADD, "iiioii", id, input, text, in->time, (int64_t)in->time_from_name,
		    (int64_t)in->complete)));
	}
	for (i = 0; i < w->n_vps; i++)
		TRY(sql_run(a, sql_bind(a, SQL_WVP_ADD, "iitiiii", id, (int64_t)i, addr_format(&w->vps[i].addr, addr),
		    (int64_t)w->vps[i].asn, (int64_t)w->vps[i].collector, (int64_t)w->vps[i].full_feed[FAMILY_V4],
		    (int64_t)w->vps[i].full_feed[FAMILY_V6])));
	for (i = 0; i < w->n_dated; i++) {
		TRY(text_id(a, w->dated[i].evidence, &text));
		TRY(sql_run(a, sql_bind(a, SQL_WDATED_ADD, "iiiioo", id, (int64_t)i, text, w->dated[i].days,
		    w->dated[i].newest, w->dated[i].oldest)));
	}
	for (i = 0; i < w->n_scores; i++) {
		TRY(text_id(a, incident_metric_word(w->scores[i].metric), &text));
		TRY(sql_run(a, sql_bind(a, SQL_WSCORE_ADD, "iiiii", id, (int64_t)w->scores[i].asn, text,
		    (int64_t)w->scores[i].incidents, (int64_t)w->scores[i].raw_e7)));
	}
	return collectors_put(a, id, w);
}

static enum err
head_put(struct archive *a, const uint8_t digest[static SHA256_BYTES])
{
	int64_t curve = 0, parameters = 0, counts = 0, looked = 0, unscored = 0;
	const struct archive_window *w = a->put.window;
	struct put *p = &a->put;

	TRY(text_id(a, curve_word(w->curve), &curve));
	TRY(text_id(a, w->parameters, &parameters));
	TRY(text_id(a, w->counts, &counts));
	TRY(words_id(a, class_words, w->looked_for, &looked));
	TRY(words_id(a, class_words, w->not_scored, &unscored));
	TRY(sql_run(a, sql_bind(a, SQL_WINDOW_ADD, "bbboooiiiiiii", digest, p->basis, p->content, w->from, w->to,
	    w->first_update, (int64_t)w->seen_s, curve, parameters, counts, looked, unscored, (int64_t)w->n_inputs)));
	p->timeline = sql_last_id(a);
	return lists_put(a, p->timeline, w);
}

static enum err
begin(struct archive *a, const struct archive_window *w, const uint8_t basis[static SHA256_BYTES],
    const uint8_t content[static SHA256_BYTES])
{
	uint8_t digest[SHA256_BYTES];
	struct put *p = &a->put;
	enum err e = OK;
	stmt *s;

	TRY(put_begin(a));
	assert(a->schema >= 4);
	archive_found_begin(&p->hash);
	p->window = w;
	p->parties = parties_new();
	memcpy(p->basis, basis, SHA256_BYTES);
	memcpy(p->content, content, SHA256_BYTES);
	archive_digest(basis, content, digest);
	s = sql_bind(a, SQL_WINDOW_FIND, "b", digest);
	p->there = sql_row(a, s, &e);
	sql_done(s);
	return e != OK || p->there ? e : head_put(a, digest);
}

enum err
archive_window_begin(struct archive *a, const struct archive_window *w, const uint8_t basis[static SHA256_BYTES],
    const uint8_t content[static SHA256_BYTES])
{
	enum err e;

	if (!utc_known(w->from) || !utc_known(w->to) || w->to.s <= w->from.s)
		return archive_fail(a, ERR_RANGE, "the window ends before it begins, or its moments are not known");
	e = begin(a, w, basis, content);
	if (e != OK)
		archive_rollback(a);
	return e;
}

/* --- an incident --- */

static enum err
spans_put(struct archive *a, int64_t accomplice, const struct timeline_span *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(sql_run(a, sql_bind(a, SQL_SPAN_ADD, "iiiiii", a->put.timeline, (int64_t)a->put.incidents, accomplice,
		    (int64_t)i, s[i].from_us, s[i].to_us)));
	return OK;
}

static enum err
by_put(struct archive *a, const struct archive_by *by, struct ways_put *w)
{
	const int64_t t = a->put.timeline, ord = (int64_t)a->put.incidents, who = by->accomplice;
	size_t i;

	TRY(sql_run(a, sql_bind(a, SQL_BY_ADD, "iii", t, ord, who)));
	for (i = 0; i < by->n_seen; i++)
		TRY(ways_seen_put(a, w, by->accomplice, i, &by->seen[i]));
	return spans_put(a, who, by->during, by->n_during);
}

/* By which it is found. */
static enum err
found_put(struct archive *a, const struct archive_incident *i, int64_t class, int64_t confidence)
{
	const int64_t ord = (int64_t)a->put.incidents;
	size_t k;

	if (confidence == SQL_NONE)
		TRY(text_id(a, "", &confidence));
	TRY(sql_run(a, sql_bind(a, SQL_OF_ADD, "iiiii", (int64_t)i->culprit, a->put.timeline, class, confidence, ord)));
	for (k = 0; k < i->n_by; k++)
		if (i->by[k].accomplice != 0)
			TRY(sql_run(a, sql_bind(a, SQL_OF_ADD, "iiiii", (int64_t)i->by[k].accomplice, a->put.timeline, class,
			    confidence, ord)));
	return where_put(a, a->put.timeline, ord, &i->prefix);
}

static enum err
bys_put(struct archive *a, const struct archive_incident *i)
{
	struct ways_put w;
	enum err e = ways_begin(a, i, &w);
	size_t k;

	for (k = 0; k < i->n_by && e == OK; k++)
		e = by_put(a, &i->by[k], &w);
	ways_release(&w);
	return e;
}

static enum err
incident_put(struct archive *a, const struct archive_incident *i)
{
	int64_t class = 0, confidence = SQL_NONE, says = 0, why = 0, began, ended;
	struct put *p = &a->put;
	char prefix[PREFIX_TEXT];
	bool open;

	TRY(text_id(a, offence_class_word(i->class), &class));
	if (i->confidence != NULL)
		TRY(text_id(a, i->confidence, &confidence));
	TRY(words_id(a, says_words, i->says, &says));
	TRY(text_id(a, i->why, &why));
	incident_seen(i, &began, &ended, &open);
	TRY(sql_run(a, sql_bind(a, SQL_INCIDENT_ADD, "iiitxixiiiiiiii", p->timeline, (int64_t)p->incidents, class,
	    prefix_format(&i->prefix, prefix), i->origin != ORIGIN_NONE ? (int64_t)i->origin : SQL_NONE,
	    (int64_t)i->culprit, confidence, says, why, (int64_t)i->needed, (int64_t)i->peak, (int64_t)i->vantage_points,
	    began, ended, (int64_t)open)));
	TRY(spans_put(a, SQL_CULPRITS, i->spans, i->n_spans));
	TRY(bys_put(a, i));
	return a->schema >= SCHEMA_SEARCH ? found_put(a, i, class, confidence) : OK;
}

static enum err
incident_fits(struct archive *a, const struct archive_incident *i)
{
	const struct put *p = &a->put;
	size_t k, m;

	if (p->incidents > 0 && archive_incident_cmp(&p->last_incident, i) >= 0)
		return archive_fail(a, ERR_CONTRADICT, "an incident of AS%" PRIu32 " does not come after the one before it",
		    i->culprit);
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen; m++)
			if (i->by[k].seen[m].vp >= p->window->n_vps)
				return archive_fail(a, ERR_CONTRADICT, "an incident of AS%" PRIu32 " is of no vantage point of the "
				    "window", i->culprit);
	return OK;
}

enum err
archive_incident_put(struct archive *a, const struct archive_incident *i)
{
	struct put *p = &a->put;

	assert(p->begun && p->window != NULL && i->n_by > 0);
	TRY(incident_fits(a, i));
	archive_found_add(&p->hash, i);
	if (!p->there) {
		TRY(incident_put(a, i));
		parties_add(p->parties, i);
	}
	p->last_incident = (struct archive_incident){.class = i->class, .prefix = i->prefix, .origin = i->origin,
	    .culprit = i->culprit};
	p->incidents++;
	return OK;
}

/* --- the end --- */

static enum err
parties_put(struct archive *a)
{
	const struct archive_party *all;
	int64_t class = 0, confidence = 0;
	size_t n, i;

	all = parties_end(a->put.parties, &n);
	for (i = 0; i < n; i++) {
		TRY(text_id(a, offence_class_word(all[i].class), &class));
		TRY(text_id(a, all[i].confidence, &confidence));
		TRY(sql_run(a, sql_bind(a, SQL_PARTY_ADD, "iiiiiiiiiii", a->put.timeline, (int64_t)all[i].asn,
		    (int64_t)all[i].role, class, confidence, (int64_t)all[i].incidents, (int64_t)all[i].open,
		    (int64_t)all[i].seen_us, (int64_t)all[i].enough_us, all[i].began_us, all[i].ended_us)));
	}
	return OK;
}

enum err
window_finish(struct archive *a)
{
	uint8_t content[SHA256_BYTES];
	struct put *p = &a->put;

	archive_found_end(&p->hash, p->window, content);
	if (memcmp(content, p->content, SHA256_BYTES) != 0)
		return archive_fail(a, ERR_CONTRADICT, "changed while it was read");
	if (p->there)
		return OK;
	TRY(parties_put(a));
	TRY(sql_run(a, sql_bind(a, SQL_WINDOW_DONE, "ii", p->timeline, (int64_t)p->incidents)));
	return sql_exec(a, "COMMIT");
}
