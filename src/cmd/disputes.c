#include "cmd/disputes.h"
#include "cmd/cmd.h"
#include "cmd/dispute_show.h"
#include "cmd/known.h"
#include "cmd/note.h"
#include "metric/without.h"

#include <inttypes.h>
#include <stdlib.h>

void
disputes_opts(struct disputes *d, struct opt rows[static DISPUTES_OPTS])
{
	const struct opt mine[DISPUTES_OPTS] = {
		{"disputes", 0, OPT_TEXT, "LEDGER", &d->path, 0, 0, "show disputes beside the verdicts (routemark dispute)"},
		{"known", 0, OPT_LIST, "VKEY|FILE", &d->known, 0, 0,
		    "with --disputes: a key of the issuer, whose decisions count; may be given again"},
		{"network", 0, OPT_LIST, "VKEY|FILE", &d->network, 0, 0, "with --disputes: a key of the network concerned"},
	};

	memcpy(rows, mine, sizeof(mine));
}

/* --- opening --- */

static int
text_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *const *
keys_text_of(struct disputes *d, enum verify_role role, size_t *n)
{
	const char **list = arena_array(d->file.a, d->keys.n + 1, sizeof(*list));
	struct str s = {0};
	size_t i;

	for (i = 0; i < d->keys.n; i++) {
		if (d->keys.role[i] != role)
			continue;
		str_clear(&s);
		key_vkey_write(&s, &d->keys.pub[i]);
		list[(*n)++] = arena_strdup(d->file.a, str_span(&s));
	}
	if (*n > 0)
		qsort(list, *n, sizeof(*list), text_cmp);
	str_release(&s);
	return list;
}

int
disputes_open(struct disputes *d, const struct opt_table *t)
{
	const struct ledger *g = &d->file.ledger;

	d->command = t->command;
	if (d->path == NULL)
		return d->known.n + d->network.n > 0 ? opt_misuse(t, "--known and --network are for --disputes") : OPT_GO_ON;
	d->is_open = true;
	if (ledger_open(&d->file, d->path, false) != OK) {
		note(t->command, "%s", d->file.why);
		return EXIT_UNANSWERED;
	}
	if (!known_add(&d->keys, &d->known, VERIFY_ISSUER, t->command) || !known_add(&d->keys, &d->network, VERIFY_NETWORK, t->command))
		return EXIT_UNANSWERED;
	if (!verify_keys_good(&d->keys)) {
		note(t->command, "one key is given as --known and as --network: nobody decides his own");
		return EXIT_UNANSWERED;
	}
	openings_init(&d->by_asn, &d->file.ledger);
	d->head = (struct disputes_head){.ledger = g->digests[0], .last = g->digests[g->n - 1], .lines = g->n};
	d->head.issuers = keys_text_of(d, VERIFY_ISSUER, &d->head.n_issuers);
	d->head.networks = keys_text_of(d, VERIFY_NETWORK, &d->head.n_networks);
	return OPT_GO_ON;
}

/* --- one verdict --- */

struct one {
	const struct disputes *d;
	const struct judge *j;
	struct arena *a;
	const struct as_result *r;
	const struct metric *all;	/* of the AS, with all records of those that matter */
	struct disputed *v;		/* those of out */
	struct disputed_control *out;
	bool **left_out;		/* per test, per record */
};

static struct said
said(const struct one *o, const struct dispute_line *l)
{
	return (struct said){l->reason, arena_printf(o->a, "%s+%08" PRIx32, l->signer.name, l->signer.id),
	    dispute_role_word(l, &o->d->keys)};
}

static struct disputed
stand(const struct one *o, size_t open)
{
	const struct ledger *g = &o->d->file.ledger;
	const struct dispute_line *l = &g->lines[open];
	struct dispute_standing t;
	struct disputed v;

	dispute_stand(g, open, &o->d->keys, o->d->at, &t);
	v = (struct disputed){.id = g->digests[open], .state = dispute_state_name(t.state), .record = l->record,
	    .report = l->report, .opened = said(o, l),
	    .leaves_out = t.state == DISPUTE_UNDECIDED || t.state == DISPUTE_ACCEPTED};
	if (t.answer < g->n)
		v.answered = said(o, &g->lines[t.answer]);
	if (t.decides < g->n) {
		v.decided = said(o, &g->lines[t.decides]);
		v.until = g->lines[t.decides].until;
	}
	return v;
}

/* The records that a dispute is on; those that are left out are marked. */
static void
match(struct one *o, const struct judgement *j, struct disputed *v)
{
	size_t t, i;

	for (t = 0; j->metrics != NULL && v->record != NULL && t < j->control->n_tests; t++) {
		const struct metric *m = &o->all[j->control->tests[t].metric];

		for (i = 0; m->state == METRIC_OK && i < m->n_records; i++) {
			if (!record_is(&m->records[i], span_of(v->record)))
				continue;
			if (j->control->tests[t].judged) {
				v->matched++;
				o->out->left_out += v->leaves_out && !o->left_out[t][i];
			}
			o->left_out[t][i] |= v->leaves_out;
		}
	}
}

/* NULL, with the reason in o->out->why, when it cannot be told. */
static const struct judgement *
judge_without(struct one *o, const struct judgement *j)
{
	const struct metric **m = arena_array(o->a, j->control->n_tests + 1, sizeof(*m));
	struct judgement *out = arena_alloc(o->a, sizeof(*out));
	size_t t;

	if (o->out->left_out == 0)
		return j;
	for (t = 0; t < j->control->n_tests; t++) {
		struct metric *less = arena_alloc(o->a, sizeof(*less));

		m[t] = &o->all[j->control->tests[t].metric];
		if (m[t]->state != METRIC_OK)
			continue;
		o->out->why = metric_without(o->j->facts, m[t], o->left_out[t], less);
		if (o->out->why == NULL)
			m[t] = less;
		else if (j->control->tests[t].judged)
			return NULL;
	}
	o->out->why = NULL;
	control_judge(j->control, m, j->at, j->is_cdn, out);
	return out;
}

static bool
whole(const struct disputed_control *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].leaves_out && c->v[i].record == NULL)
			return true;
	return false;
}

static void
judge_one(struct one *o, const struct judgement *j)
{
	size_t t, i;

	o->left_out = arena_array(o->a, j->control->n_tests + 1, sizeof(*o->left_out));
	for (t = 0; t < j->control->n_tests; t++)
		o->left_out[t] = arena_array(o->a, o->all[j->control->tests[t].metric].n_records + 1, sizeof(bool));
	for (i = 0; i < o->out->n; i++)
		match(o, j, &o->v[i]);
	if (whole(o->out) && o->out->left_out == 0)
		o->out->why = "none: the verdict as a whole is disputed, and without it nothing is left to judge";
	else if (j->metrics == NULL)
		o->out->why = "cannot be told: the control is judged over others, each of which is disputed where it stands";
	else
		o->out->without = judge_without(o, j);
}

/* --- one AS --- */

/* All records of the metrics, of which a result has the first ones or none. */
static const struct metric *
records_all(const struct judge *j, const struct as_result *r, const struct disputed_control *c, size_t n, struct arena *a)
{
	struct metric *all = arena_array(a, METRIC_N, sizeof(*all));
	uint64_t which = 0;
	size_t i, t;

	for (i = 0; i < METRIC_N; i++)
		all[i] = *r->metrics[i];
	for (i = 0; i < n; i++)
		for (t = 0; t < c[i].control->n_tests; t++)
			if (all[c[i].control->tests[t].metric].state == METRIC_OK)
				which |= UINT64_C(1) << c[i].control->tests[t].metric;
	metrics_records(j->facts, which, SIZE_MAX, a, all);
	return all;
}

static const struct judgement *
judgement_of(const struct as_result *r, const struct dispute_line *l, const struct pack **pack)
{
	const char *slash = strchr(l->control, '/');
	const struct control *c;
	size_t i;

	for (i = 0; i < r->n_packs; i++) {
		if (!span_is((struct span){l->control, (size_t)(slash - l->control)}, r->packs[i].pack->id))
			continue;
		*pack = r->packs[i].pack;
		c = pack_control(*pack, span_of(slash + 1));
		return c != NULL ? &r->packs[i].judgements[c - (*pack)->controls] : NULL;
	}
	return NULL;
}

static void
attach(const void *arg, const struct judge *j, struct arena *a, struct as_result *r)
{
	const struct disputes *d = arg;
	const struct dispute_line *lines = d->file.ledger.lines;
	size_t n_of, first = openings_of(&d->by_asn, &d->file.ledger, r->asn, &n_of), end = first + n_of, i, k, n = 0;
	struct one o = {.d = d, .j = j, .a = a, .r = r};
	struct disputed_control *out;
	const struct judgement **js;
	struct disputed **vs;

	if (end == first)
		return;
	out = arena_array(a, end - first, sizeof(*out));
	js = arena_array(a, end - first, sizeof(*js));
	vs = arena_array(a, end - first, sizeof(*vs));
	for (i = first; i < end; i = k) {
		struct disputed *v = arena_array(a, end - i, sizeof(*v));

		for (k = i; k < end && strcmp(lines[d->by_asn.at[k]].control, lines[d->by_asn.at[i]].control) == 0; k++)
			v[k - i] = stand(&o, d->by_asn.at[k]);
		out[n] = (struct disputed_control){.v = v, .n = k - i};
		js[n] = judgement_of(r, &lines[d->by_asn.at[i]], &out[n].pack);
		if (js[n] == NULL)
			continue;	/* no pack in use has it */
		out[n].control = js[n]->control;
		vs[n++] = v;
	}
	o.all = records_all(j, r, out, n, a);
	for (i = 0; i < n; i++) {
		o.out = &out[i];
		o.v = vs[i];
		judge_one(&o, js[i]);
	}
	r->disputed = out;
	r->n_disputed = n;
}

void
disputes_attach(struct disputes *d, struct session *s)
{
	if (d->path == NULL)
		return;
	d->at = s->head.at;
	s->head.disputes = &d->head;
	s->judge.attach = attach;
	s->judge.attach_arg = d;
}

void
disputes_close(struct disputes *d)
{
	if (d->is_open)
		ledger_close(&d->file);
	openings_release(&d->by_asn);
	free(d->keys.pub);
	free(d->keys.role);
	opt_list_release(&d->known);
	opt_list_release(&d->network);
}
