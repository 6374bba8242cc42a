/* minimal_sets: which networks, prefixes and names a bundle's evidence is about. */
#include "pipe/minimal_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* --- sets --- */

void
numbers_add(struct numbers *s, uint64_t v)
{
	if (s->n > 0 && s->v[s->n - 1] == v)
		return;
	s->v = grow(s->v, &s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = v;
}

static int
number_cmp(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

void
numbers_seal(struct numbers *s)
{
	size_t i, k = 0;

	if (s->n > 0)
		qsort(s->v, s->n, sizeof(*s->v), number_cmp);
	for (i = 0; i < s->n; i++)
		if (k == 0 || s->v[k - 1] != s->v[i])
			s->v[k++] = s->v[i];
	s->n = k;
}

bool
numbers_meet(const struct numbers *s, uint64_t first, uint64_t last)
{
	size_t lo = 0, hi = s->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (s->v[mid] < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->n && s->v[lo] <= last;
}

bool
numbers_has(const struct numbers *s, uint64_t v)
{
	return numbers_meet(s, v, v);
}

static struct range
range_of(const struct prefix *p)
{
	struct range r;
	unsigned i;

	memcpy(r.first, p->addr, 16);
	memcpy(r.last, p->addr, 16);
	for (i = p->len; i < 128; i++)
		r.last[i / 8] |= (uint8_t)(0x80 >> i % 8);
	return r;
}

static void
near_add(struct minimal *m, const struct prefix *p)
{
	unsigned f = p->family;

	if (p->len == 0)	/* a default route is near everything */
		return;
	m->near[f] = grow(m->near[f], &m->cap_near[f], m->n_near[f] + 1, sizeof(*m->near[f]));
	m->near[f][m->n_near[f]++] = range_of(p);
}

static int
range_cmp(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct range));
}

static void
near_seal(struct minimal *m)
{
	size_t i, k;
	int f;

	for (f = 0; f < FAMILY_N; f++) {
		struct range *r = m->near[f];

		if (m->n_near[f] > 0)
			qsort(r, m->n_near[f], sizeof(*r), range_cmp);
		for (i = k = 0; i < m->n_near[f]; i++)	/* of prefixes, one holds the other or they are apart */
			if (k == 0 || memcmp(r[k - 1].last, r[i].first, 16) < 0)
				r[k++] = r[i];
		m->n_near[f] = k;
	}
}

bool
minimal_overlaps(const struct minimal *m, unsigned family, const struct range *r)
{
	size_t lo = 0, hi = m->n_near[family], mid;

	while (lo < hi) {	/* the first that does not end before r begins */
		mid = lo + (hi - lo) / 2;
		if (memcmp(m->near[family][mid].last, r->first, 16) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->n_near[family] && memcmp(m->near[family][lo].first, r->last, 16) <= 0;
}

bool
minimal_near(const struct minimal *m, const struct prefix *p)
{
	struct range r = range_of(p);

	return minimal_overlaps(m, p->family, &r);
}

bool
minimal_carries(const struct minimal *m, const struct prefix *p)
{
	size_t n;
	uint32_t i = routes_find(&m->w->routes, p, &n);

	return m->all_routes || (i != MAP_NONE && n > 0 && m->carried[i]);
}

/* The handles of registries are the same in any case (RFC 2622 section 2). */
static void
lower(char *p)
{
	for (; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
}

static int
word_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
word_add(struct minimal *m, struct span word)
{
	char *copy;

	if (word.len == 0)
		return;
	copy = arena_strdup(m->arena, word);
	lower(copy);
	m->words = grow(m->words, &m->cap_words, m->n_words + 1, sizeof(*m->words));
	m->words[m->n_words++] = copy;
}

bool
minimal_word(const struct minimal *m, struct span word)
{
	char buf[256];
	const char *key = buf;

	if (word.len >= sizeof(buf) || m->n_words == 0)
		return false;
	memcpy(buf, word.p, word.len);
	buf[word.len] = '\0';
	lower(buf);
	return bsearch(&key, m->words, m->n_words, sizeof(*m->words), word_cmp) != NULL;
}

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
			near_add(m, &w->rpki.roas[ids[k]].prefix);
		}
		n = irr_of(&w->irr, (uint32_t)m->subjects.v[i], &ids);
		for (k = 0; k < n; k++)
			near_add(m, &w->irr.routes[ids[k]].prefix);
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
			near_add(m, &r->routes[i].prefix);
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
holders_add(struct minimal *m, const char *holders)
{
	struct span rest = span_of(holders), one;
	size_t k;

	while (span_cut(&rest, ' ', &one)) {
		for (k = 0; k < one.len && one.p[k] != '@'; k++)
			;
		word_add(m, (struct span){one.p, k});
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
			word_add(m, span_of(o->org_id));
	}
	for (i = 0; i < w->irr.n_autnums; i++)
		if (numbers_has(&m->subjects, w->irr.autnums[i].asn) && w->irr.autnums[i].holders != NULL)
			holders_add(m, w->irr.autnums[i].holders);
	for (i = 0; i < w->contacts.n_nets; i++)
		if (numbers_has(&m->ases, w->contacts.nets[i].asn)) {
			numbers_add(&m->nets, w->contacts.nets[i].id);
			numbers_add(&m->orgs, w->contacts.nets[i].org_id);
		}
	numbers_seal(&m->nets);
	numbers_seal(&m->orgs);
	if (m->n_words > 0)
		qsort(m->words, m->n_words, sizeof(*m->words), word_cmp);
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
	near_seal(m);
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
