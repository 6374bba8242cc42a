/* Routes that an AS is not seen to have announced, though it stands as their origin: by hand, and against a naive count. */
#include "enforce.h"

/* 900 announces 20.0.0.0/16, signed, by its provider 10; 700 has signed 21.0.0.0/16. */
static void
world_plain(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_vrp(h, "20.0.0.0/16", 16, 900);
	hand_vrp(h, "21.0.0.0/16", 24, 700);
	hand_route(h, "20.0.0.0/16", 900, "RIPE");
	hand_see_all(h, "20.0.0.0/16", "10 900");
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_IRR);
}

static void
with_relations(struct hand *h)
{
	hand_evidence(h, EV_GRAPH);
	h->w.evidence[EV_GRAPH].oldest = utc_from_date(2026, 10, 1, 0, 0, 0);
	hand_provider(h, 10, 900);
}

static void
provider(struct hand *h)
{
	with_relations(h);
	hand_provider(h, 30, 900);
}

static void
sibling(struct hand *h)
{
	hand_org(h, 900, "A");
	hand_org(h, 30, "A");
}

static void
seen_beside(struct hand *h)	/* a route that nobody has signed for */
{
	hand_see_all(h, "22.0.0.0/16", "30 900");
}

static void
invalid_beside(struct hand *h)	/* as invalid as the other: whoever made that made this */
{
	hand_see_all(h, "21.0.6.0/24", "30 900");
}

static void
own_vrp(struct hand *h)
{
	hand_vrp(h, "21.0.0.0/16", 16, 900);
}

static void
by_both(struct hand *h)
{
	hand_see(h, "21.0.5.0/24", "3 10 900");
}

static void
at_session(struct hand *h)
{
	hand_see(h, "21.0.5.0/24", "900");
}

/* What is said of 900 when it stands as the origin of 21.0.5.0/24 behind 30, who stands behind 40. */
static void
is_counted(const char *what, void (*change)(struct hand *), uint64_t invalid, uint64_t den, uint64_t left_out)
{
	struct measure t;

	world_plain(&t);
	hand_see_all(&t.h, "21.0.5.0/24", "40 30 900");
	if (change != NULL)
		change(&t.h);
	measure_start(&t);
	measure(&t, 900, M_ROV_INVALID);
	ok(t.m.state == METRIC_OK && t.m.num == invalid && t.m.den == den && part_of(&t.m, "by-strangers") == left_out,
	    "%s: %u of %u, %u left out", what, (unsigned)invalid, (unsigned)den, (unsigned)left_out);
	measure_release(&t);
}

static void
test_cases(void)
{
	is_counted("never seen beside it: somebody put it there", NULL, 0, 1, 1);
	is_counted("... as far as relationships go, too", with_relations, 0, 1, 1);
	is_counted("its provider: it announced that", provider, 1, 2, 0);
	is_counted("a sibling", sibling, 1, 2, 0);
	is_counted("seen beside it on another route", seen_beside, 1, 3, 0);
	is_counted("a second one of the kind proves nothing", invalid_beside, 0, 1, 2);
	is_counted("covered by a VRP of its own: too long, but its own", own_vrp, 1, 2, 0);
	is_counted("its provider has it, too", by_both, 1, 2, 0);
	is_counted("it gave it to a collector itself", at_session, 1, 2, 0);
}

static void
test_rest(void)
{
	struct measure t;

	world_plain(&t);
	with_relations(&t.h);
	hand_see_all(&t.h, "21.0.5.0/24", "40 30 900");
	measure_start(&t);
	is_share(&t, 900, M_IRR_AUTHORITATIVE, 1, 1, "nor is it unregistered");
	ok((t.m.evidence & EV_BIT(EV_GRAPH)) != 0 && t.m.oldest.s == utc_from_date(2026, 10, 1, 0, 0, 0).s,
	    "what is left out rests on relationships: on the day of these");
	measure(&t, 900, M_M7RPKI);
	ok(t.m.den == 2 && t.m.part[1].n == 1, "as MANRS defines it, it counts");
	measure(&t, 900, M_IMC22_A4);
	ok(t.m.state != METRIC_OK || t.m.den == 2, "... and as that study does");
	measure_release(&t);

	measure_init(&t);
	hand_vrp(&t.h, "21.0.0.0/16", 24, 700);
	hand_see_all(&t.h, "21.0.5.0/24", "40 30 900");
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_VRPS);
	measure_start(&t);
	is_share(&t, 900, M_ROV_INVALID, 1, 1, "of whom nothing else is known nothing is left out");
	measure_release(&t);

	measure_init(&t);
	hand_vrp(&t.h, "21.0.0.0/16", 24, 700);
	hand_see_all(&t.h, "21.0.5.0/24", "40 30 900");
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_VRPS);
	with_relations(&t.h);
	measure_start(&t);
	is_state(&t, 900, M_ROV_INVALID, METRIC_NO_DATA,
	    "not observable: all its routes come by networks that were never seen beside it", "left out is no pass");
	measure_release(&t);
}

/* --- random worlds against a naive count --- */

static bool
naive_stranger(const struct world *w, const struct route *r)
{
	uint32_t hop[64], words[AS_PATH_HOPS_MAX + 1], i, k, known = graph_knows(&w->graph, r->origin);
	size_t n, j;
	bool set, beside;

	for (i = 0; i < w->rpki.n_roas; i++)
		if (w->rpki.roas[i].asn == r->origin && prefix_covers(&w->rpki.roas[i].prefix, &r->prefix))
			return false;
	for (j = 0; j < w->routes.n_routes; j++)
		known += w->routes.routes[j].origin == r->origin && !rov_is_invalid(rpki_rov(&w->rpki,
		    &w->routes.routes[j].prefix, r->origin));
	if (!rov_is_invalid(rpki_rov(&w->rpki, &r->prefix, r->origin)) || known == 0)
		return false;
	for (i = 0; i < r->n; i++) {
		n = aspath_hops(path_words(&w->routes.paths, w->routes.sightings[r->first + i].path, words), hop, 64, &set);
		if (n < 2)
			return false;
		beside = graph_relation(&w->graph, r->origin, hop[n - 2]) != REL_NONE || kin(w, r->origin, hop[n - 2]);
		for (j = 0; j < w->routes.n_routes && !beside; j++) {
			const struct route *o = &w->routes.routes[j];

			if (o->origin != r->origin || rov_is_invalid(rpki_rov(&w->rpki, &o->prefix, o->origin)))
				continue;
			for (k = 0; k < o->n; k++) {
				uint32_t other[64];
				size_t m = aspath_hops(path_words(&w->routes.paths,
				    w->routes.sightings[o->first + k].path, words), other, 64, &set);

				beside = beside || (m > 1 && other[m - 2] == hop[n - 2]);
			}
		}
		if (beside)
			return false;
	}
	return true;
}

static void
test_oracle(void)
{
	uint64_t seed, left = 0, kept = 0;
	bool good = true;

	for (seed = 1; seed <= 200; seed++) {
		uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
		char prefix[40], path[64];
		struct measure t;
		uint32_t i, asn;

		measure_init(&t);
		for (i = 0; i < 4; i++)
			hand_provider(&t.h, 4 + rnd(&s, 6), 18 + rnd(&s, 5));
		for (i = 0; i < 40; i++) {
			snprintf(prefix, sizeof(prefix), "20.%u.0.0/16", rnd(&s, 12));
			snprintf(path, sizeof(path), "%u %u %u", 1 + rnd(&s, 3), 4 + rnd(&s, 6), 18 + rnd(&s, 5));
			hand_see(&t.h, prefix, path);
		}
		for (i = 0; i < 6; i++) {
			snprintf(prefix, sizeof(prefix), "20.%u.0.0/16", rnd(&s, 12));
			hand_vrp(&t.h, prefix, 16, 18 + rnd(&s, 5));
		}
		hand_evidence(&t.h, EV_TABLE);
		hand_evidence(&t.h, EV_VRPS);
		hand_evidence(&t.h, EV_GRAPH);
		measure_start(&t);
		for (asn = 18; asn < 23; asn++) {
			uint64_t out = 0, bad = 0, den = 0;

			for (i = 0; i < t.h.w.routes.n_routes; i++) {
				const struct route *r = &t.h.w.routes.routes[i];
				bool stranger = r->origin == asn && r->visible && naive_stranger(&t.h.w, r);

				out += stranger;
				den += r->origin == asn && r->visible && !stranger;
				bad += r->origin == asn && r->visible && !stranger &&
				    rov_is_invalid(rpki_rov(&t.h.w.rpki, &r->prefix, asn));
			}
			measure(&t, asn, M_ROV_INVALID);
			left += out;
			kept += bad;
			if (den == 0)
				good = good && t.m.state == (out > 0 ? METRIC_NO_DATA : METRIC_NOT_APPLICABLE);
			else
				good = good && t.m.den == den && t.m.num == bad && part_of(&t.m, "by-strangers") == out;
		}
		measure_release(&t);
	}
	ok(good && left > 50 && kept > 50, "200 random worlds as counted naively: %llu left out, %llu invalid",
	    (unsigned long long)left, (unsigned long long)kept);
}

int
main(void)
{
	test_cases();
	test_rest();
	test_oracle();
	return tap_done();
}
