/*
 * text_run: run a text decoder over bytes and write down, a line per record, what it handed out.
 * Unit tests compare that with what they expect; fuzz targets compare one way of feeding with
 * another. What a record must always be is asserted on the way.
 */
#ifndef TEXT_RUN_H
#define TEXT_RUN_H

#include "addr/aspath.h"
#include "base/limits.h"
#include "base/str.h"
#include "decode/answers.h"
#include "decode/events.h"
#include "decode/origins.h"
#include "decode/people.h"
#include "decode/registry.h"
#include "decode/relations.h"
#include "decode/rpsl.h"
#include "decode/spoofer_int.h"

#include <assert.h>
#include <string.h>

struct text_run {
	struct str out;
	struct diags diags;
	enum err err;
	uint64_t n;		/* what the decoder counted, where it does */
	uint64_t rows;		/* what it handed out */
};

typedef void text_decode(struct feed *f, struct text_run *r);

static inline void
text_prefix(struct str *out, const struct prefix *p)
{
	char buf[PREFIX_TEXT];
	struct prefix masked = *p;

	assert(p->family < FAMILY_N && p->len <= family_bits(p->family));
	assert(!prefix_mask(&masked));
	str_adds(out, prefix_format(p, buf));
}

static inline void
text_time(struct str *out, struct utc t)
{
	char buf[UTC_TEXT];

	str_adds(out, utc_format(t, buf));
}

static inline void
text_field(struct str *out, struct span s)
{
	assert(s.p != NULL);
	str_addc(out, '|');
	str_add(out, s);
}

static inline enum err
text_origin(void *arg, const struct origin_route *o)
{
	struct text_run *r = arg;
	size_t i;

	r->rows++;
	text_prefix(&r->out, &o->prefix);
	assert((o->origin == ORIGIN_NONE) == (o->n_set > 0));
	if (o->n_set == 0)
		str_addf(&r->out, " %u", o->origin);
	for (i = 0; i < o->n_set; i++)
		str_addf(&r->out, "%s%u", i == 0 ? " {" : ",", o->set[i]);
	str_addf(&r->out, "%s %u\n", o->n_set > 0 ? "}" : "", o->n_peers);
	return OK;
}

static inline void
text_pfx2as(struct feed *f, struct text_run *r)
{
	r->err = origins_decode(f, KIND_PFX2AS, text_origin, r, &r->diags, &r->n);
}

static inline void
text_riswhois(struct feed *f, struct text_run *r)
{
	r->err = origins_decode(f, KIND_RISWHOIS, text_origin, r, &r->diags, &r->n);
}

static inline enum err
text_link(void *arg, const struct asrel *l)
{
	struct text_run *r = arg;

	r->rows++;
	assert(l->a != 0 && l->b != 0 && l->a != l->b && l->kind <= ASREL_S2S);
	str_addf(&r->out, "%u %s %u\n", l->a,
	    l->kind == ASREL_P2C ? "p2c" : l->kind == ASREL_P2P ? "p2p" : "s2s", l->b);
	return OK;
}

static inline void
text_asrel(struct feed *f, struct text_run *r)
{
	struct asrel_stats st;

	r->err = asrel_decode(f, text_link, r, &r->diags, &st);
	r->n = st.links;
	str_adds(&r->out, "time ");
	text_time(&r->out, st.time);
	str_addc(&r->out, '\n');
}

static inline enum err
text_org(void *arg, const struct asorg_org *o)
{
	struct text_run *r = arg;

	r->rows++;
	assert(o->id.len > 0);
	str_adds(&r->out, "org");
	text_field(&r->out, o->id);
	text_field(&r->out, o->name);
	text_field(&r->out, o->country);
	text_field(&r->out, o->source);
	str_addc(&r->out, '\n');
	return OK;
}

static inline enum err
text_as(void *arg, const struct asorg_as *a)
{
	struct text_run *r = arg;

	r->rows++;
	assert(a->org_id.len > 0);
	str_addf(&r->out, "as %u", a->asn);
	text_field(&r->out, a->name);
	text_field(&r->out, a->org_id);
	text_field(&r->out, a->source);
	str_addc(&r->out, '\n');
	return OK;
}

static inline void
text_asorg(struct feed *f, struct text_run *r)
{
	const struct asorg_sink sink = {text_org, text_as, r};
	struct asorg_stats st;

	r->err = asorg_decode(f, &sink, &r->diags, &st);
	r->n = st.orgs + st.ases;
	str_adds(&r->out, "time ");
	text_time(&r->out, st.time);
	str_addc(&r->out, '\n');
}

static inline enum err
text_delegation(void *arg, const struct delegated *g)
{
	static const char *const status[] = {"allocated", "assigned", "available", "reserved"};
	struct text_run *r = arg;
	char buf[PREFIX_TEXT];

	r->rows++;
	assert(g->status <= REG_RESERVED);
	if (g->what == DELEGATED_ASN) {
		assert(g->asn_count > 0 && g->asn_count - 1 <= UINT32_MAX - g->asn_first);
		str_addf(&r->out, "asn %u+%u", g->asn_first, g->asn_count);
	} else if (g->what == DELEGATED_V4) {
		assert(g->count > 0 && g->count <= 1ull << 32 && g->first.family == FAMILY_V4);
		str_addf(&r->out, "ipv4 %s+%llu", addr_format(&g->first, buf),
		    (unsigned long long)g->count);
	} else {
		str_adds(&r->out, "ipv6 ");
		text_prefix(&r->out, &g->prefix);
	}
	str_addf(&r->out, " %s", status[g->status]);
	text_field(&r->out, g->registry);
	text_field(&r->out, g->country);
	text_field(&r->out, g->opaque_id);
	str_addc(&r->out, '|');
	text_time(&r->out, g->date);
	str_addc(&r->out, '\n');
	return OK;
}

static inline void
text_delegated(struct feed *f, struct text_run *r)
{
	struct delegated_stats st;

	r->err = delegated_decode(f, text_delegation, r, &r->diags, &st);
	r->n = st.records;
	str_addf(&r->out, "claimed %llu time ", (unsigned long long)st.claimed);
	text_time(&r->out, st.time);
	str_addc(&r->out, '\n');
}

static inline enum err
text_special(void *arg, const struct iana_special *s)
{
	struct text_run *r = arg;

	r->rows++;
	text_prefix(&r->out, &s->prefix);
	text_field(&r->out, s->name);
	text_field(&r->out, s->rfc);
	assert(memchr(s->name.p, '\n', s->name.len) == NULL);
	assert(memchr(s->rfc.p, '\n', s->rfc.len) == NULL);
	str_addf(&r->out, "|%s%s\n", s->reachable ? "reachable" : "", s->terminated ? "ended" : "");
	return OK;
}

static inline void
text_iana(struct feed *f, struct text_run *r)
{
	r->err = iana_special_decode(f, text_special, r, &r->diags);
}

static inline enum err
text_participant(void *arg, const struct manrs_participant *m)
{
	struct text_run *r = arg;
	size_t i;

	r->rows++;
	assert(m->org.len > 0);
	str_adds(&r->out, m->program == MANRS_CDN ? "cdn" : "netops");
	text_field(&r->out, m->org);
	for (i = 0; i < m->n; i++)
		str_addf(&r->out, "%c%u", i == 0 ? '|' : ' ', m->asn[i]);
	str_addc(&r->out, '\n');
	return OK;
}

static inline void
text_manrs(struct feed *f, struct text_run *r)
{
	r->err = manrs_decode(f, text_participant, r, &r->diags, &r->n);
}

static inline enum err
text_session(void *arg, const struct spoofer_test *s)
{
	static const char *const words[] = {"none", "received", "blocked", "rewritten", "unknown"};
	struct text_run *r = arg;

	r->rows++;
	assert(s->routed <= SPOOF_UNKNOWN && s->priv <= SPOOF_UNKNOWN && utc_known(s->time));
	str_addf(&r->out, "%llu AS%u ", (unsigned long long)s->session, s->asn);
	text_prefix(&r->out, &s->client);
	str_addf(&r->out, "%s %s %s ", s->nat ? " nat" : "", words[s->routed], words[s->priv]);
	text_time(&r->out, s->time);
	str_addc(&r->out, '\n');
	return OK;
}

static inline void
text_spoofer(struct feed *f, struct text_run *r)
{
	r->err = spoofer_csv_decode(f, text_session, r, &r->diags, &r->n);
}

static inline enum err
text_object(void *arg, const struct rpsl_object *o)
{
	static const char *const classes[] = {"route", "aut-num", "as-set", "route-set", "mntner",
	    "role", "person", "organisation", "other"};
	struct text_run *r = arg;
	size_t i;

	r->rows++;
	assert(o->class <= RPSL_OTHER && o->n_attr > 0 && o->record == r->rows);
	assert(span_eq(o->key, o->attr[0].value));
	str_addf(&r->out, "%s @%llu ", classes[o->class], (unsigned long long)o->offset);
	if (o->class == RPSL_ROUTE)
		text_prefix(&r->out, &o->prefix);
	if (o->class == RPSL_ROUTE || o->class == RPSL_AUT_NUM)
		str_addf(&r->out, " AS%u", o->asn);
	text_field(&r->out, o->source);
	str_addc(&r->out, ' ');
	text_time(&r->out, o->modified);
	str_addc(&r->out, '\n');
	for (i = 0; i < o->n_attr; i++) {
		str_addc(&r->out, '\t');
		str_add(&r->out, o->attr[i].name);
		text_field(&r->out, o->attr[i].value);
		str_addc(&r->out, '\n');
	}
	return OK;
}

static inline void
text_rpsl(struct feed *f, struct text_run *r)
{
	r->err = rpsl_decode(f, text_object, r, &r->diags, &r->n);
}

static inline enum err
text_answer(void *arg, const struct answer_row *a)
{
	static const char *const words[] = {"yes", "no", "na"};
	struct text_run *r = arg;

	r->rows++;
	assert(a->said <= SAID_NOT_APPLICABLE && a->question.len > 0 && a->line > 1);
	assert(memchr(a->text.p, '\0', a->text.len) == NULL && memchr(a->by.p, '\0', a->by.len) == NULL);
	assert(!utc_known(a->on) || !utc_known(a->until) || a->until.s >= a->on.s);
	str_addf(&r->out, "%llu AS%u %s", (unsigned long long)a->line, a->asn, words[a->said]);
	text_field(&r->out, a->question);
	text_field(&r->out, a->text);
	text_field(&r->out, a->by);
	str_addc(&r->out, '|');
	text_time(&r->out, a->on);
	str_addc(&r->out, '|');
	text_time(&r->out, a->until);
	str_addc(&r->out, '\n');
	return OK;
}

static inline void
text_answers(struct feed *f, struct text_run *r)
{
	struct answers_stats st;

	r->err = answers_decode(f, text_answer, r, &r->diags, &st);
	assert(st.answered == r->rows);
	r->n = st.answered + st.unanswered;
}

static inline enum err
text_event(void *arg, const struct listed_event *e)
{
	struct text_run *r = arg;

	assert(e->asn != 0 && e->metric.len > 0 && e->weight_ppm >= 1 && e->weight_ppm <= INCIDENT_WEIGHT_MAX);
	assert(utc_known(e->start) && e->start.s >= 0 && e->start.s <= e->end.s);
	if (e->metric.p[0] != 'M')
		return ERR_UNKNOWN;
	r->rows++;
	str_add(&r->out, e->metric);
	str_addf(&r->out, " %u ", e->asn);
	text_time(&r->out, e->start);
	str_addc(&r->out, ' ');
	text_time(&r->out, e->end);
	str_addf(&r->out, " %u\n", e->weight_ppm);
	return OK;
}

static inline void
text_events(struct feed *f, struct text_run *r)
{
	r->err = events_decode(f, text_event, r, &r->diags, &r->n);
	assert(r->n == r->rows);
}

/* Decode len bytes, given in pieces of at most chunk (0: all at once). */
static inline struct text_run
text_run(text_decode *decode, const void *p, size_t len, size_t chunk)
{
	struct text_run r = {0};
	struct feed_mem m = {p, len, chunk};
	struct feed f;

	feed_init_mem(&f, &m);
	decode(&f, &r);
	feed_release(&f);
	str_adds(&r.out, "");
	return r;
}

static inline void
text_run_release(struct text_run *r)
{
	str_release(&r->out);
	diags_release(&r->diags);
}

/* Nothing depends on how the bytes were cut into pieces. */
static inline bool
text_run_same(const struct text_run *a, const struct text_run *b)
{
	return a->err == b->err && a->n == b->n && a->rows == b->rows &&
	    strcmp(a->out.p, b->out.p) == 0 && diags_total(&a->diags) == diags_total(&b->diags) &&
	    a->diags.n_kept == b->diags.n_kept;
}

#endif
