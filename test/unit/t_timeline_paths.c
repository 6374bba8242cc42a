/* The paths of an incident over time, by hand and against an oracle that writes down, for each second and vantage point,
 * which path was told last. */
#include "metric/timeline_paths.h"
#include "tap.h"

#include <stdlib.h>

#define US 1000000ll

static struct timeline *t;
static struct timeline_result r;

static struct timeline_key
key(uint32_t vp, uint32_t path_id)
{
	struct timeline_key k = {.vp = vp, .path_id = path_id};
	bool host_bits;

	if (prefix_parse(SPAN("198.51.100.0/24"), &k.prefix, &host_bits) != OK)
		abort();
	return k;
}

static void
begin(uint32_t n_vps, int64_t to_s)
{
	struct timeline_params p;

	timeline_params_init(&p);
	p.from_us = 0;
	p.to_us = to_s * US;
	p.ways = WAYS_WHOLE;
	p.visibility = 1;
	t = timeline_new(&p);
	while (n_vps-- > 0)
		timeline_vp(t);
}

/* A leak of AS7, by way of first, then 7, then behind; origin 900. */
static void
tell(uint32_t vp, uint32_t path_id, int64_t us, uint32_t first, uint32_t behind)
{
	const uint32_t as[] = {100 + vp, first, first, 7, behind, 900};
	const struct offence of = {.class = OFF_LEAK, .origin = 900, .culprit = 7, .accomplice = 50};
	const struct timeline_key k = key(vp, path_id);

	timeline_path(t, as, sizeof(as) / sizeof(*as));
	timeline_announce(t, &k, us, &of, 1);
}

static void
end(uint32_t n_vps, int64_t to_s)
{
	static struct timeline_vp_info info[8];
	uint32_t i;

	for (i = 0; i < n_vps; i++)
		info[i] = (struct timeline_vp_info){{true, true}, to_s * US};
	if (timeline_finish(t, info, &r) != OK)
		abort();
	timeline_free(t);
}

/* "100 5 7 8 900 | 100 6 7 8 900; 0 10:0 20:1; 1 10:-" and how many were left out */
static const char *
said(const struct incident_paths *p)
{
	static char text[4096];
	size_t n = 0, i, k;

	text[0] = '\0';
	for (i = 0; i < p->n_paths; i++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s", i > 0 ? " |" : "");
		for (k = 0; k < p->paths[i].n; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%u", i + k > 0 ? " " : "", p->paths[i].as[k]);
	}
	for (i = 0; i < p->n_seen; i++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, ";");
		for (k = p->first[i]; k < p->first[i + 1]; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, p->turns[k].path == PATH_NONE ? " %lld:-" : " %lld:%u",
			    (long long)(p->turns[k].at_us / US), p->turns[k].path);
	}
	return text;
}

static void
says(const char *want, const char *name)
{
	struct paths_maker *m = paths_maker_new(&r, INCIDENT_PATHS_MAX);

	is_str(r.n_incidents == 1 ? said(paths_maker_of(m, &r.incidents[0])) : "not one incident", want, "%s", name);
	paths_maker_free(m);
	timeline_result_release(&r);
}

static void
by_hand(void)
{
	struct timeline_key k = key(0, 0);

	begin(2, 100);
	tell(0, 0, 10 * US, 5, 8);
	tell(0, 0, 20 * US, 6, 8);
	tell(0, 0, 20 * US, 5, 8);	/* for no time at all */
	tell(0, 0, 30 * US, 6, 8);
	timeline_withdraw(t, &k, 40 * US);
	tell(1, 0, 50 * US, 5, 8);
	end(2, 100);
	says("101 5 7 8 900 | 100 5 7 8 900 | 100 6 7 8 900; 10:1 30:2; 50:0",
	    "the whole path, prepends once; a path for no time shows nowhere; of as many vantage points the longest first");
	begin(1, 100);
	tell(0, 0, 10 * US, 5, 8);
	tell(0, 0, 20 * US, 5, 9);
	end(1, 100);
	says("100 5 7 9 900 | 100 5 7 8 900; 10:1 20:0", "what changes behind the culprit is another path");
	begin(1, 100);
	tell(0, 0, 10 * US, 5, 8);
	timeline_down(t, 0, 20 * US);
	timeline_up(t, 0, 30 * US);
	tell(0, 0, 40 * US, 6, 8);
	end(1, 100);
	says("100 6 7 8 900 | 100 5 7 8 900; 10:1 20:- 40:0", "between a session that was lost and what came after it no path is known");
	begin(1, 100);
	tell(0, 1, 10 * US, 5, 8);
	tell(0, 2, 20 * US, 6, 8);
	timeline_withdraw(t, &(struct timeline_key){k.prefix, 0, 1}, 30 * US);
	end(1, 100);
	says("100 6 7 8 900 | 100 5 7 8 900; 10:1; 20:0", "with ADD-PATH each has its own");
	begin(1, 100);
	tell(0, 0, 10 * US, 5, 8);
	timeline_withdraw(t, &k, 20 * US);
	tell(0, 0, 20 * US, 6, 8);
	timeline_withdraw(t, &k, 20 * US);
	tell(0, 0, 20 * US, 9, 8);
	end(1, 100);
	says("100 9 7 8 900 | 100 5 7 8 900 | 100 6 7 8 900; 10:1; 20:2; 20:0", "a moment's interval between two others keeps its path");
	begin(1, 100);
	timeline_announce(t, &k, 10 * US, &(struct offence){.class = OFF_LEAK, .origin = 900, .culprit = 7}, 1);
	end(1, 100);
	says("; 10:-", "without a path none is made up");
}

/* --- the oracle --- */

enum { VPS = 3, IDS = 2, SECONDS = 300, MOST = 200, AT_MOST = 64 };

static uint64_t seed = 3;
static uint32_t told_of[VPS][IDS][SECONDS];	/* first hop; 0: not there */

static uint32_t
draw(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % below;
}

static uint32_t
told(uint32_t events, uint32_t choices)
{
	uint32_t i, vp, id, s = 0, first;
	int64_t k;

	memset(told_of, 0, sizeof(told_of));
	for (i = 0; i < events && s < SECONDS; i++, s += 1 + draw(2)) {
		struct timeline_key at = key(vp = draw(VPS), id = draw(IDS));

		first = draw(4) == 0 ? 0 : 1000 + draw(choices);
		if (first == 0)
			timeline_withdraw(t, &at, s * US);
		else
			tell(vp, id, s * US, first, 8);
		for (k = s; k < SECONDS; k++)
			told_of[vp][id][k] = first;
	}
	return s;
}

/* Counted second by second. */
static uint32_t
vps_with(uint32_t vp, uint32_t first)
{
	uint32_t id, s;

	for (id = 0; id < IDS; id++)
		for (s = 0; s < SECONDS; s++)
			if (told_of[vp][id][s] == first)
				return 1;	/* a path begins at its vantage point */
	return 0;
}

/* Each is of one vantage point. */
static uint32_t
seconds_of(const struct path_list *l)
{
	uint32_t id, s, n = 0;

	for (id = 0; id < IDS; id++)
		for (s = 0; s < SECONDS; s++)
			n += told_of[l->as[0] - 100][id][s] == l->as[1];
	return n;
}

static bool
agrees(const struct incident_paths *p)
{
	const struct timeline_incident *x = &r.incidents[0];
	const struct timeline_interval *v = &r.intervals[r.offences[x->first].first];
	uint32_t want = 0, vp, first, s, path;
	size_t i, k;

	for (i = 0; i < p->n_seen; i++, v++)
		for (k = p->first[i], s = (uint32_t)(v->from_us / US); s < v->to_us / US; s++) {
			while (k + 1 < p->first[i + 1] && p->turns[k + 1].at_us <= s * US)
				k++;
			path = p->turns[k].path;
			if (p->turns[p->first[i]].at_us != v->from_us || (path == PATH_NONE ? p->left_out == 0 :
			    p->paths[path].as[0] != 100 + v->vp || p->paths[path].as[1] != told_of[v->vp][v->path_id][s]))
				return false;
		}
	for (vp = 0; vp < VPS; vp++)
		for (first = 1000; first < 1000 + MOST; first++)
			want += vps_with(vp, first);
	for (i = 1; i < p->n_paths; i++)
		if (seconds_of(&p->paths[i - 1]) < seconds_of(&p->paths[i]) || (seconds_of(&p->paths[i - 1]) ==
		    seconds_of(&p->paths[i]) && path_list_cmp(&p->paths[i - 1], &p->paths[i]) >= 0))
			return false;
	return p->n_paths + p->left_out == want && p->n_paths <= AT_MOST;
}

static void
oracle(void)
{
	uint32_t round, bad = 0, cut = 0, many = 0;

	for (round = 0; round < 500; round++) {
		struct paths_maker *m;
		const struct incident_paths *p;

		begin(VPS, SECONDS);
		told(200, round % 2 == 0 ? 3 : MOST);
		end(VPS, SECONDS);
		m = paths_maker_new(&r, AT_MOST);
		p = paths_maker_of(m, &r.incidents[0]);
		bad += !agrees(p);
		cut += p->left_out > 0;
		many += p->n_paths > 8;
		p = paths_maker_of(m, &r.incidents[0]);
		bad += !agrees(p);
		paths_maker_free(m);
		timeline_result_release(&r);
	}
	ok(bad == 0 && cut > 100 && many > 200, "each second has the path that was told last; %u of 500 had too many paths", cut);
}

/* --- the order --- */

static void
order(void)
{
	static const uint32_t a[] = {3, 7}, b[] = {2, 7}, c[] = {1, 7}, d[] = {2, 7, 9};
	struct path_list lists[] = {{a, 2}, {d, 3}, {b, 2}, {c, 2}};
	struct path_turn turns[] = {{10, 0}, {20, 1}, {10, 0}, {15, 3}, {30, 2}, {10, PATH_NONE}};
	struct path_sighting seen[] = {{30, 0}, {35, 4}, {20, 4}};
	uint32_t first[] = {0, 2, 5, 6};
	struct path_count n[4];
	struct incident_paths p = {lists, 4, 0, first, turns, 3};

	incident_paths_settle(&p, seen, 2);
	ok(p.n_paths == 2 && p.left_out == 2 && p.paths[0].as == a && p.paths[1].as == c, "those that most had, then longest");
	is_str(said(&p), "3 7 | 1 7; 0:0 0:-; 0:0 0:1 0:-; 0:-", "turns have the new numbers");
	incident_paths_count(&p, seen, n);
	ok(n[0].n_vps == 2 && n[0].us == 15 && n[1].n_vps == 1 && n[1].us == 15, "and how many had each, how long");
	ok(path_list_find(&p.paths[0], 7) == 1 && path_list_find(&p.paths[0], 8) == 2, "where an AS stands");
}

int
main(void)
{
	by_hand();
	order();
	oracle();
	return tap_done();
}
