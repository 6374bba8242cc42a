/* minimal_choose: which networks, prefixes and names a bundle's evidence is about. */
#include "pipe/minimal_int.h"
#include "base/arena.h"

#include <stdlib.h>

/* --- S --- */

static void
subjects_find(struct minimal *m, const uint32_t *asns, size_t n)
{
	const uint32_t *ids;
	size_t i, k, n_siblings;

	for (i = 0; i < n; i++) {
		numbers_add(&m->subjects, asns[i]);
		n_siblings = orgs_siblings(&m->w->orgs, asns[i], &ids);
		for (k = 0; k < n_siblings; k++)
			numbers_add(&m->subjects, m->w->orgs.ases[ids[k]].asn);
	}
	numbers_seal(&m->subjects);
}

/* --- routes --- */

/* By id of the world's ASes. */
static bool *
marks_of(const struct minimal *m)
{
	const struct ases *ases = &m->w->routes.paths.ases;
	bool *mark = xcalloc(ases->n + 1, sizeof(*mark));
	size_t i;

	for (i = 0; i < ases->n; i++)
		mark[i] = numbers_has(&m->subjects, ases->asn[i]);
	return mark;
}

static bool
path_has(const struct minimal *m, const bool *subject, uint32_t path)
{
	const struct paths *t = &m->w->routes.paths;
	uint32_t head = t->words[path], i;

	for (i = 1; i <= (head & PATH_WORDS); i++)	/* of a path with sets the words are ASNs, and the segments' heads */
		if ((head & PATH_SEGMENTS) != 0 ? numbers_has(&m->subjects, t->words[path + i]) : subject[t->words[path + i]])
			return true;
	return false;
}

/* The routes with S on a path; the origins of those that it passes on. */
static void
carry_own(struct minimal *m, const bool *subject, bool *behind)
{
	const struct routes *r = &m->w->routes;
	const struct ases *ases = &r->paths.ases;
	size_t i, k;

	for (i = 0; i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];
		uint32_t origin = a->origin == ORIGIN_NONE ? MAP_NONE : ases_id(ases, a->origin);

		m->carried[i] = a->origin != ORIGIN_NONE && numbers_has(&m->subjects, a->origin);
		for (k = a->first; !m->carried[i] && k < (size_t)a->first + a->n; k++)
			m->carried[i] = path_has(m, subject, r->sightings[k].path);
		if (m->carried[i] && origin != MAP_NONE)
			behind[origin] = true;
	}
}

static void
carry_invalid(struct minimal *m, const bool *behind)
{
	const struct routes *r = &m->w->routes;
	size_t i;

	for (i = 0; m->w->rpki.present && i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];
		uint32_t origin = a->origin == ORIGIN_NONE ? MAP_NONE : ases_id(&r->paths.ases, a->origin);

		if (!m->carried[i] && a->visible && origin != MAP_NONE && behind[origin])
			m->carried[i] = rov_is_invalid(rpki_rov(&m->w->rpki, &a->prefix, a->origin));
	}
}

/* Routes that a prefix covers, and those that cover it. */
static void
carry_around(struct minimal *m, const struct prefix *p)
{
	const struct routes *r = &m->w->routes;
	struct prefix up = *p;
	size_t n, k;
	uint32_t i;

	for (i = routes_lower(r, p); i < r->n_routes && prefix_covers(p, &r->routes[i].prefix); i++)
		m->carried[i] = true;
	while (up.len > 1) {
		up.len--;
		(void)prefix_mask(&up);
		i = routes_find(r, &up, &n);
		for (k = 0; i != MAP_NONE && k < n; k++)
			m->carried[i + k] = true;
	}
}

static void
carry_near(struct minimal *m)
{
	const struct world *w = m->w;
	const uint32_t *ids;
	size_t i, k, n;

	for (i = 0; i < m->subjects.n; i++) {
		n = routes_of(&w->routes, (uint32_t)m->subjects.v[i], &ids);
		for (k = 0; k < n; k++)
			if (w->routes.routes[ids[k]].prefix.len > 0)
				carry_around(m, &w->routes.routes[ids[k]].prefix);
		n = rpki_of(&w->rpki, (uint32_t)m->subjects.v[i], &ids);
		for (k = 0; k < n; k++) {
			if (w->rpki.roas[ids[k]].prefix.len > 0)
				carry_around(m, &w->rpki.roas[ids[k]].prefix);
			minimal_near_add(m, &w->rpki.roas[ids[k]].prefix);
		}
		n = irr_of(&w->irr, (uint32_t)m->subjects.v[i], &ids);
		for (k = 0; k < n; k++)
			minimal_near_add(m, &w->irr.routes[ids[k]].prefix);
	}
}

/* All routes of a prefix are carried or none: a record of a table has them all. */
static void
carry_prefixes(struct minimal *m)
{
	const struct routes *r = &m->w->routes;
	size_t i, k, end;

	for (i = 0; i < r->n_routes; i = end) {
		bool any = m->all_routes;

		for (end = i; end < r->n_routes && prefix_eq(&r->routes[i].prefix, &r->routes[end].prefix); end++)
			any = any || m->carried[end];
		for (k = i; k < end; k++)
			m->carried[k] = any;
		if (any)
			minimal_near_add(m, &r->routes[i].prefix);
	}
}

/* --- who is on the paths --- */

static void
ases_find(struct minimal *m)
{
	const struct routes *r = &m->w->routes;
	const struct ases *ases = &r->paths.ases;
	bool *seen = xcalloc(ases->n + 1, sizeof(*seen)), set;
	uint32_t hop[AS_PATH_HOPS_MAX], n, h;
	size_t i, k;

	for (i = 0; i < r->n_routes; i++) {
		if (!m->carried[i])
			continue;
		if (r->routes[i].origin != ORIGIN_NONE)
			numbers_add(&m->ases, r->routes[i].origin);
		for (k = r->routes[i].first; k < (size_t)r->routes[i].first + r->routes[i].n; k++) {
			n = path_hops(&r->paths, r->sightings[k].path, hop, &set);
			for (h = 0; h < n; h++)
				seen[hop[h]] = true;
		}
	}
	for (i = 0; i < ases->n; i++)
		if (seen[i])
			numbers_add(&m->ases, ases->asn[i]);
	for (i = 0; i < m->subjects.n; i++)
		numbers_add(&m->ases, m->subjects.v[i]);
	free(seen);
	numbers_seal(&m->ases);
}

static void
words_add(struct minimal *m, const char *holders)
{
	struct span rest = span_of(holders), one;
	size_t k;

	while (span_cut(&rest, ' ', &one)) {
		for (k = 0; k < one.len && one.p[k] != '@'; k++)
			;
		minimal_word_add(m, (struct span){one.p, k});
	}
}

static void
people_find(struct minimal *m)
{
	const struct world *w = m->w;
	size_t i;

	for (i = 0; i < m->ases.n; i++) {
		const struct org_as *o = orgs_as(&w->orgs, (uint32_t)m->ases.v[i]);

		if (o != NULL && o->org_id != NULL)
			minimal_word_add(m, span_of(o->org_id));
	}
	for (i = 0; i < w->irr.n_autnums; i++)
		if (numbers_has(&m->subjects, w->irr.autnums[i].asn) && w->irr.autnums[i].holders != NULL)
			words_add(m, w->irr.autnums[i].holders);
	for (i = 0; i < w->contacts.n_nets; i++)
		if (numbers_has(&m->ases, w->contacts.nets[i].asn)) {
			numbers_add(&m->nets, w->contacts.nets[i].id);
			numbers_add(&m->orgs, w->contacts.nets[i].org_id);
		}
	numbers_seal(&m->nets);
	numbers_seal(&m->orgs);
	minimal_words_seal(m);
}

struct minimal *
minimal_new(const struct world *w, const uint32_t *asns, size_t n, bool all_routes)
{
	struct minimal *m = xcalloc(1, sizeof(*m));
	bool *subject, *behind;

	m->w = w;
	m->arena = arena_new();
	m->all_routes = all_routes;
	m->carried = xcalloc(w->routes.n_routes, sizeof(*m->carried));
	subjects_find(m, asns, n);
	subject = marks_of(m);
	behind = xcalloc(w->routes.paths.ases.n + 1, sizeof(*behind));
	carry_own(m, subject, behind);
	carry_invalid(m, behind);
	carry_near(m);
	carry_prefixes(m);
	minimal_near_seal(m);
	ases_find(m);
	people_find(m);
	free(subject);
	free(behind);
	return m;
}

void
minimal_free(struct minimal *m)
{
	if (m == NULL)
		return;
	free(m->subjects.v);
	free(m->ases.v);
	free(m->nets.v);
	free(m->orgs.v);
	free(m->near[FAMILY_V4]);
	free(m->near[FAMILY_V6]);
	free(m->carried);
	free(m->words);
	arena_free(m->arena);
	free(m);
}
