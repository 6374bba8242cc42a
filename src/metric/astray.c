/*
 * astray: what all networks have in common: what can be told, and which routes are others'.
 */
#include "metric/astray_int.h"

#include <stdlib.h>
#include <string.h>

static const struct { enum offence_class class; unsigned sure; const char *word, *confidence, *text; } kinds[ASTRAY_N] = {
#define X(id, class, sure, word, confidence, text) [id] = {class, sure, word, confidence, text},
	ASTRAY_LIST(X)
#undef X
};

enum offence_class
astray_class(enum astray_kind k)
{
	return kinds[k].class;
}

const char *
astray_word(enum astray_kind k)
{
	return kinds[k].word;
}

const char *
astray_confidence(enum astray_kind k)
{
	return kinds[k].confidence;
}

const char *
astray_text(enum astray_kind k)
{
	return kinds[k].text;
}

enum astray_kind
astray_kind_of(const struct offence *of)
{
	unsigned sure = offence_sureness(of), k;

	for (k = 0; k < ASTRAY_N; k++)
		if (kinds[k].class == of->class && kinds[k].sure == sure)
			break;
	return (enum astray_kind)k;
}

const char *
astray_role_word(enum astray_role r)
{
	static const char *const word[ASTRAY_ROLES] = {"culprit", "accomplice", "beyond"};

	return word[r];
}

/* --- what can be told --- */

static const char *
dated_why(enum offence_class c)
{
	static const char *const why[OFF_N] = {
		[OFF_ADMIN_PREFIX] = "the registries' statistics are over 31 days from the window of updates",
		[OFF_ADMIN_ASN] = "the registries' statistics are over 31 days from the window of updates",
		[OFF_INVALID] = "VRPs are over 31 days from the window of updates",
		[OFF_MISORIGIN] = "VRPs or route objects are over 31 days from the window of updates",
		[OFF_LEAK] = "relationships or ASPAs are over 31 days from the window of updates",
	};

	_Static_assert(WATCH_DAYS_MAX == 31, "the texts above say so");
	return why[c];
}

static const char *
missing_why(enum offence_class c)
{
	static const char *const why[OFF_N] = {
		[OFF_BOGON_PREFIX] = "it was not looked for", [OFF_BOGON_ASN] = "it was not looked for",
		[OFF_ADMIN_PREFIX] = "no registry statistics", [OFF_ADMIN_ASN] = "no registry statistics",
		[OFF_INVALID] = "no VRP input", [OFF_MISORIGIN] = "neither VRPs nor route objects",
		[OFF_LEAK] = "neither AS relationships nor ASPAs",
	};

	return why[c];
}

static void
whys_set(struct astray_ground *g)
{
	const struct window *x = g->s->window;
	unsigned k;

	if (x != NULL && g->s->why[0] != '\0')
		g->partial = g->s->why;
	for (k = 0; k < ASTRAY_N; k++) {
		enum offence_class c = kinds[k].class;

		if (x == NULL)
			g->why[k] = g->s->why;
		else if (x->result.ways_cut)
			g->why[k] = "the incidents have more paths than a named limit (TIMELINE_WAYS_MAX, TIMELINE_HOPS_MAX)";
		else if ((x->classes >> c & 1) == 0)
			g->why[k] = missing_why(c);
		else if ((g->s->dated >> c & 1) != 0)
			g->why[k] = dated_why(c);
	}
}

const char *
astray_none_why(const struct astray_ground *g)
{
	unsigned k;

	for (k = 0; k < ASTRAY_N; k++)
		if (g->why[k] == NULL)
			return NULL;
	return g->why[0];
}

/* --- which routes are others' --- */

bool
astray_is_other(const struct astray_ground *g, uint32_t route)
{
	return (g->other[route / 64] >> route % 64 & 1) != 0;
}

/* Is there a path to it that the culprit is not on? */
static bool
is_avoided(const struct facts *f, const struct route *r, uint32_t culprit)
{
	const struct routes *t = &f->w->routes;
	uint32_t hop[AS_PATH_HOPS_MAX], bad = ases_id(&t->paths.ases, culprit), i, k, n;
	bool set;

	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];

		if (t->vps[s->vp].kind == VP_ORIGINS)
			return true;
		n = path_hops(&t->paths, s->path, hop, &set);
		for (k = 0; k < n && hop[k] != bad; k++)
			continue;
		if (k == n)
			return true;
	}
	return false;
}

static void
other_not(struct astray_ground *g, const struct timeline_offence *o)
{
	const struct routes *t = &g->f->w->routes;
	bool by_path = o->of.class == OFF_LEAK || o->of.class == OFF_BOGON_ASN || o->of.class == OFF_ADMIN_ASN;
	size_t n, i;
	uint32_t id = routes_find(t, &o->prefix, &n);

	for (i = 0; id != MAP_NONE && i < n; i++) {
		const struct route *r = &t->routes[id + i];

		if (r->origin == o->of.origin && !(by_path && is_avoided(g->f, r, o->of.culprit)))
			g->other[(id + i) / 64] &= ~(UINT64_C(1) << (id + i) % 64);
	}
}

static void
incidents_count(struct astray_ground *g, const struct timeline_incident *x)
{
	const struct timeline_offence *o = &g->s->window->result.offences[x->first];
	bool has[ASTRAY_N] = {false};
	uint32_t i;
	unsigned k;

	for (i = 0; i < x->n; i++) {
		k = astray_kind_of(&o[i].of);
		if (k == ASTRAY_N || g->why[k] != NULL)
			continue;
		has[k] = true;
		other_not(g, &o[i]);
	}
	for (k = 0; k < ASTRAY_N; k++)
		g->incidents[k][o->prefix.family] += has[k];
}

struct astray_ground *
astray_ground_new(const struct facts *f, const struct scored *s)
{
	struct astray_ground *g = xcalloc(1, sizeof(*g));
	const struct routes *t = &f->w->routes;
	size_t i;

	*g = (struct astray_ground){.f = f, .s = s};
	whys_set(g);
	if (astray_none_why(g) != NULL)
		return g;
	g->other = xcalloc(t->n_routes / 64 + 1, sizeof(*g->other));
	for (i = 0; i < t->n_routes; i++)
		g->other[i / 64] |= (uint64_t)t->routes[i].visible << i % 64;
	for (i = 0; i < s->window->result.n_incidents; i++)
		if (s->window->result.incidents[i].n_spans > 0)
			incidents_count(g, &s->window->result.incidents[i]);
	return g;
}

void
astray_ground_free(struct astray_ground *g)
{
	if (g == NULL)
		return;
	free(g->other);
	free(g);
}
