/*
 * leaks: each path judged once, then routes over paths.
 *
 * Workload: 2 M different paths. Of nearly all a look at which of their ASes have an ASPA tells that nothing could be
 * proven of them; the others get a bit, and the few that leak a verdict. Then 10 M sightings ask for the bit.
 */
#include "metric/leaks.h"
#include "metric/wild.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SAW_PROVABLE = 1, SAW_POSSIBLE = 2, SAW_PROBABLE = 4, SAW_PROVEN = 8, SAW_ACCEPTED = 16, SAW_OTC = 32,
	SAW_OTC_OWN = 64 };

struct slot { uint32_t stamp, bits; };
struct verdict { uint32_t path; struct leak_row row; enum leak_class class; };	/* row.route is not known yet */

struct worker {
	struct verdict *bad;		/* by path */
	size_t n_bad, cap_bad;
	size_t n_otc;
	struct slot *slots;		/* per AS */
	struct leak_fact *of;
	struct leak_row *rows;
	size_t n_rows, cap_rows;
	uint32_t now;
};
struct hunt {
	const struct facts *f;
	const struct provider_set **aspa;	/* per AS id; NULL: none */
	uint32_t *part_first;			/* paths of each thread */
	_Atomic uint64_t *telling;		/* a bit per path: it is clean, and could prove something */
	struct verdict *bad;			/* all threads' */
	size_t n_bad;
	struct worker *workers;
};

/* --- paths --- */

static struct otc_mark
otc_of(const struct paths *t, uint32_t path)
{
	if ((t->words[path] & PATH_OTC) == 0)
		return (struct otc_mark){0};
	return (struct otc_mark){.present = true, .asn = t->words[path_next(t, path) - 1]};
}

static bool
contradicts(const struct facts *f, uint32_t leaker, uint32_t other)
{
	return wild_side(f->w, leaker, other) == WILD_CUSTOMER;
}

struct leak
leaks_path(const struct facts *f, uint32_t path, uint32_t *hop, uint32_t *n)
{
	const struct world *w = f->w;
	const struct path_tables tables = {.aspas = &w->rpki, .graph = &w->graph, .orgs = &w->orgs};
	uint32_t as[AS_PATH_HOPS_MAX], i;
	struct path_scratch scratch;
	struct path_view view;
	struct leak l;

	*n = wild_hops(f, path, hop);
	if (*n < 3)
		return (struct leak){0};
	for (i = 0; i < *n; i++)
		as[i] = f->ases->asn[hop[i]];
	path_look(&view, &tables, as, *n, false, otc_of(&w->routes.paths, path), &scratch);
	l = leak_judge(&view, TRIPLE_NO_HISTORY);
	if (l.leaker == 0 || l.by == LEAK_BY_RELATIONS)
		return (struct leak){0};
	if (l.class == LEAK_PROVEN && (contradicts(f, l.leaker, as[l.first - 1]) ||
	    (l.last + 1 < *n && contradicts(f, l.leaker, as[l.last + 1]))))
		l.class = LEAK_PROBABLE;
	return l;
}

static bool
lists(const struct rpki *t, const struct provider_set *s, uint32_t asn)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (t->providers[s->first + i] == asn)
			return true;
	return false;
}

/* Could ASPAs say Invalid of these hops? As aspa_turn, but a sieve. */
static bool
may_turn(const struct hunt *h, const uint32_t *hop, uint32_t n)
{
	const struct ases *ases = h->f->ases;
	bool refused = false;	/* nearer the collector, an AS that says: not from a provider */
	uint32_t p;

	for (p = 0; p + 1 < n; p++) {
		const struct provider_set *down = h->aspa[hop[p]], *up = h->aspa[hop[p + 1]];

		if (refused && up != NULL && !lists(&h->f->w->rpki, up, ases->asn[hop[p]]))
			return true;
		refused = refused || (down != NULL && !lists(&h->f->w->rpki, down, ases->asn[hop[p + 1]]));
	}
	return false;
}

static void
look(struct hunt *h, struct worker *k, uint32_t path)
{
	const struct paths *t = &h->f->w->routes.paths;
	uint32_t hop[AS_PATH_HOPS_MAX], n, i;
	bool otc = (t->words[path] & PATH_OTC) != 0, set, telling = otc;
	struct leak l;

	k->n_otc += otc;
	n = path_hops(t, path, hop, &set);
	for (i = 1; i + 1 < n; i++)
		telling = telling || (h->aspa[hop[i - 1]] != NULL && h->aspa[hop[i + 1]] != NULL);
	if (!telling || wild_hops(h->f, path, hop) == 0)
		return;
	atomic_fetch_or_explicit(&h->telling[path / 64], UINT64_C(1) << path % 64, memory_order_relaxed);
	if (!otc && !may_turn(h, hop, n))
		return;
	l = leaks_path(h->f, path, hop, &n);
	if (l.class == LEAK_NONE)
		return;
	k->bad = grow(k->bad, &k->cap_bad, k->n_bad + 1, sizeof(*k->bad));
	k->bad[k->n_bad++] = (struct verdict){.path = path, .class = l.class, .row = {.as = hop[l.first],
	    .to = hop[l.first - 1], .from = l.last + 1 < n ? hop[l.last + 1] : (uint32_t)h->f->ases->n,
	    .otc = l.by == LEAK_BY_OTC ? otc_of(t, path).asn : 0}};
}

static void
look_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct hunt *h = arg;
	const struct paths *t = &h->f->w->routes.paths;
	uint32_t path = h->part_first[part];

	for (; lo < hi; lo++, path = path_next(t, path))
		look(h, &h->workers[part], path);
}

/* Where the paths of each part begin: ranges_run cuts by number, and only a walk knows where a path lies. */
static void
parts_find(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct hunt *h = arg;

	(void)hi;
	h->part_first[part] = (uint32_t)lo;
}

static void
parts_walk(struct hunt *h, uint32_t parts)
{
	const struct paths *t = &h->f->w->routes.paths;
	uint32_t path = 0, part, no = 0;

	ranges_run(parts, t->n, parts_find, h);
	for (part = 0; part < parts; part++) {
		for (; no < h->part_first[part]; no++)
			path = path_next(t, path);
		h->part_first[part] = path;
	}
}

/* --- routes --- */

static void
saw(struct worker *k, uint32_t as, uint32_t bits)
{
	struct slot *s = &k->slots[as];
	struct leak_fact *a = &k->of[as];

	if (s->stamp != k->now)
		*s = (struct slot){k->now, 0};
	bits &= ~s->bits;
	s->bits |= bits;
	a->provable += (bits & SAW_PROVABLE) != 0;
	a->by[LEAK_POSSIBLE] += (bits & SAW_POSSIBLE) != 0;
	a->by[LEAK_PROBABLE] += (bits & SAW_PROBABLE) != 0;
	a->by[LEAK_PROVEN] += (bits & SAW_PROVEN) != 0;
	a->accepted += (bits & SAW_ACCEPTED) != 0;
	a->otc += (bits & SAW_OTC) != 0;
	a->otc_own += (bits & SAW_OTC_OWN) != 0;
}

static int
cmp_path(const void *key, const void *v)
{
	uint32_t a = *(const uint32_t *)key, b = ((const struct verdict *)v)->path;

	return (a > b) - (a < b);
}

static void
saw_leak(const struct hunt *h, struct worker *k, uint32_t path, uint32_t route)
{
	static const uint32_t bits[] = {[LEAK_POSSIBLE] = SAW_POSSIBLE,
	    [LEAK_PROBABLE] = SAW_POSSIBLE | SAW_PROBABLE,
	    [LEAK_PROVEN] = SAW_POSSIBLE | SAW_PROBABLE | SAW_PROVEN | SAW_PROVABLE};
	const struct verdict *v = h->n_bad == 0 ? NULL
	    : bsearch(&path, h->bad, h->n_bad, sizeof(*h->bad), cmp_path);

	if (v == NULL)
		return;
	saw(k, v->row.as, bits[v->class]);
	if (v->class < LEAK_PROVEN)
		return;
	saw(k, v->row.to, SAW_ACCEPTED);
	k->rows = grow(k->rows, &k->cap_rows, k->n_rows + 1, sizeof(*k->rows));
	k->rows[k->n_rows] = v->row;
	k->rows[k->n_rows++].route = route;
}

static bool
has_seen(const struct worker *k, uint32_t as, uint32_t bit)
{
	return k->slots[as].stamp == k->now && (k->slots[as].bits & bit) != 0;
}

/* Of two that the relationships do not know side by side one may be the other's new provider. */
static bool
are_related(const struct hunt *h, uint32_t a, uint32_t b)
{
	const struct ases *ases = h->f->ases;

	return graph_relation(&h->f->w->graph, ases->asn[a], ases->asn[b]) != REL_NONE;
}

/* ... and of peers ASPAs alone prove nothing (metric/leak.h). */
static bool
is_provable(const struct hunt *h, uint32_t a, uint32_t b)
{
	const struct ases *ases = h->f->ases;

	return are_related(h, a, b) && graph_relation(&h->f->w->graph, ases->asn[a], ases->asn[b]) != REL_PEER;
}

static void
saw_path(const struct hunt *h, struct worker *k, uint32_t path, uint32_t route, uint32_t vp_asn)
{
	const struct ases *ases = h->f->ases;
	struct otc_mark otc = otc_of(&h->f->w->routes.paths, path);
	uint32_t hop[AS_PATH_HOPS_MAX], n, i;
	bool marked = false, set;

	n = path_hops(&h->f->w->routes.paths, path, hop, &set);	/* it is clean */
	for (i = n; i-- > 0;) {	/* from the origin on */
		if (i > 0 && h->aspa[hop[i - 1]] != NULL && !has_seen(k, hop[i], SAW_PROVABLE) &&
		    (marked ? are_related(h, hop[i], hop[i - 1]) : i + 1 < n && h->aspa[hop[i + 1]] != NULL &&
		    is_provable(h, hop[i], hop[i - 1]) && is_provable(h, hop[i], hop[i + 1])))
			saw(k, hop[i], SAW_PROVABLE);
		if (otc.present && ases->asn[hop[i]] == otc.asn) {
			marked = true;
			saw(k, hop[i], SAW_OTC | (i == 0 && vp_asn == otc.asn ? SAW_OTC_OWN : 0));
		}
	}
	saw_leak(h, k, path, route);
}

static void
count_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	const struct hunt *h = arg;
	const struct routes *t = &h->f->w->routes;
	struct worker *k = &h->workers[part];
	uint32_t i;

	k->slots = xcalloc(h->f->ases->n + 1, sizeof(*k->slots));
	k->of = xcalloc(h->f->ases->n + 1, sizeof(*k->of));
	for (; lo < hi; lo++) {
		const struct route *r = &t->routes[lo];

		if ((h->f->route_bits[lo] & ROUTE_LOOKED) == 0)
			continue;
		k->now++;
		for (i = 0; i < r->n; i++) {
			const struct sighting *s = &t->sightings[r->first + i];

			if ((h->telling[s->path / 64] >> s->path % 64 & 1) != 0 && t->vps[s->vp].kind != VP_ORIGINS)
				saw_path(h, k, s->path, (uint32_t)lo, t->vps[s->vp].asn);
		}
	}
}

/* --- all of them --- */

static int
cmp_row(const void *a, const void *b)
{
	const struct leak_row *x = a, *y = b;

	if (x->as != y->as)
		return x->as < y->as ? -1 : 1;
	if (x->route != y->route)
		return x->route < y->route ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->otc > y->otc) - (x->otc < y->otc);
}

static void
rows_settle(struct leaks *l, size_t n_ases)
{
	size_t i, n = 0;

	if (l->n_rows > 1)
		qsort(l->rows, l->n_rows, sizeof(*l->rows), cmp_row);
	for (i = 0; i < l->n_rows; i++)
		if (n == 0 || l->rows[n - 1].as != l->rows[i].as || l->rows[n - 1].route != l->rows[i].route)
			l->rows[n++] = l->rows[i];
	l->n_rows = n;
	l->row_first = xcalloc(n_ases + 1, sizeof(*l->row_first));
	for (i = 0; i < n; i++)
		l->row_first[l->rows[i].as + 1]++;
	for (i = 0; i < n_ases; i++)
		l->row_first[i + 1] += l->row_first[i];
}

static void
add_up(struct leaks *l, size_t *cap, const struct worker *k, size_t n_ases)
{
	size_t i;
	unsigned c;

	for (i = 0; i < n_ases; i++) {
		l->of[i].provable += k->of[i].provable;
		for (c = 0; c <= LEAK_PROVEN; c++)
			l->of[i].by[c] += k->of[i].by[c];
		l->of[i].accepted += k->of[i].accepted;
		l->of[i].otc += k->of[i].otc;
		l->of[i].otc_own += k->of[i].otc_own;
	}
	l->rows = grow(l->rows, cap, l->n_rows + k->n_rows + 1, sizeof(*l->rows));
	if (k->n_rows > 0)
		memcpy(l->rows + l->n_rows, k->rows, k->n_rows * sizeof(*k->rows));
	l->n_rows += k->n_rows;
	l->n_otc += k->n_otc;
}

/* The verdicts of all threads, in the order of paths. */
static void
bad_join(struct hunt *h, uint32_t parts)
{
	size_t cap = 0;
	uint32_t i;

	for (i = 0; i < parts; i++) {
		h->bad = grow(h->bad, &cap, h->n_bad + h->workers[i].n_bad + 1, sizeof(*h->bad));
		if (h->workers[i].n_bad > 0)
			memcpy(h->bad + h->n_bad, h->workers[i].bad, h->workers[i].n_bad * sizeof(*h->bad));
		h->n_bad += h->workers[i].n_bad;
		free(h->workers[i].bad);
	}
}

struct leaks *
leaks_new(const struct facts *f)
{
	const struct world *w = f->w;
	uint32_t parts = f->p.threads > 0 ? f->p.threads : 1, i;
	struct hunt h = {.f = f, .workers = xcalloc(parts, sizeof(*h.workers))};
	struct leaks *l = xcalloc(1, sizeof(*l));
	size_t k, cap = 0;

	h.aspa = xcalloc(f->ases->n + 1, sizeof(*h.aspa));
	for (k = 0; k < f->ases->n; k++)
		h.aspa[k] = rpki_aspa(&w->rpki, f->ases->asn[k]);
	h.part_first = xcalloc(parts, sizeof(*h.part_first));
	h.telling = xcalloc(w->routes.paths.n_words / 64 + 1, sizeof(*h.telling));
	parts_walk(&h, parts);
	ranges_run(parts, w->routes.paths.n, look_range, &h);
	bad_join(&h, parts);
	ranges_run(parts, w->routes.n_routes, count_range, &h);
	l->of = xcalloc(f->ases->n + 1, sizeof(*l->of));
	for (i = 0; i < parts; i++) {
		add_up(l, &cap, &h.workers[i], f->ases->n);
		free(h.workers[i].slots);
		free(h.workers[i].of);
		free(h.workers[i].rows);
	}
	rows_settle(l, f->ases->n);
	free(h.workers);
	free(h.aspa);
	free(h.part_first);
	free(h.telling);
	free(h.bad);
	return l;
}

void
leaks_free(struct leaks *l)
{
	if (l == NULL)
		return;
	free(l->of);
	free(l->row_first);
	free(l->rows);
	free(l);
}
