/*
 * astray: by hand, then random worlds against an oracle that asks every second and every block anew, from the raw events.
 */
#include "measure.h"
#include "metric/astray.h"
#include "metric/leak.h"

#define US 1000000ll

static struct timeline *t;
static struct timeline_vp_info info[8];
static struct window x;
static struct scored scored;
static struct measure me;
static struct astray_ground *g;

static void
window_begin(int64_t from_s, int64_t to_s, uint32_t n_vps, uint32_t need)
{
	struct timeline_params p;
	uint32_t i;

	timeline_params_init(&p);
	p.from_us = from_s * US;
	p.to_us = to_s * US;
	p.visibility = p.bogon_visibility = need;
	p.ways = WAYS_TO_CULPRIT;
	t = timeline_new(&p);
	x = (struct window){.from = {from_s}, .to = {to_s}, .begin = {from_s}, .classes = (1u << OFF_N) - 1, .seen_s = 1};
	x.coverage.n_vps = n_vps;
	for (i = 0; i < n_vps; i++) {
		timeline_vp(t);
		info[i] = (struct timeline_vp_info){{true, true}, to_s * US};
	}
}

static void
window_end(void)
{
	if (timeline_finish(t, info, &x.result) != OK)
		abort();
	scored = (struct scored){.window = &x};
	measure_start(&me);
	g = astray_ground_new(me.f, &scored);
}

static void
window_free(void)
{
	astray_ground_free(g);
	timeline_result_release(&x.result);
	timeline_free(t);
	measure_release(&me);
}

/* "1 50 66": the last is the origin and culprit, the one before it the accomplice. */
static void
announce(uint32_t vp, const char *prefix, int64_t s, const char *path)
{
	uint32_t as[16];
	char copy[64], *save = NULL, *word;
	struct timeline_key k = {hand_prefix(prefix), vp, 0};
	struct offence of = {.class = OFF_INVALID};
	size_t n = 0;

	snprintf(copy, sizeof(copy), "%s", path);
	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
		as[n++] = (uint32_t)strtoul(word, NULL, 10);
	of.origin = of.culprit = as[n - 1];
	of.accomplice = n > 1 ? as[n - 2] : 0;
	timeline_path(t, as, n);
	timeline_announce(t, &k, s * US, &of, 1);
}

static void
withdraw(uint32_t vp, const char *prefix, int64_t s)
{
	struct timeline_key k = {hand_prefix(prefix), vp, 0};

	timeline_withdraw(t, &k, s * US);
}

/* "kind/family incidents c+a+b vps blocks/attracting block_s/attracting_s seconds; ..." */
static const char *
said(const struct astray *a)
{
	static char text[1024];
	size_t i, n = 0;

	text[0] = '\0';
	for (i = 0; i < a->n; i++) {
		const struct astray_row *r = &a->rows[i];

		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s/%u %d+%d+%d by %u: %d/%d %d/%d %d", n > 0 ? "; " : "",
		    astray_text(r->kind), r->family, (int)r->incidents[0], (int)r->incidents[1], (int)r->incidents[2], r->n_vps,
		    (int)r->blocks, (int)r->attracting, (int)r->block_s, (int)r->attracting_s, (int)r->seconds);
	}
	return text;
}

static struct astray out[8];
static const uint32_t who[] = {66, 50, 60, 1, 70};
static const bool counts[] = {false, true, true, false, true};

static void
compute(void)
{
	if (astray_compute(g, who, counts, 5, me.a, out) != OK)
		abort();
}

static void
test_hand(void)
{
	measure_init(&me);
	hand_see_all(&me.h, "20.0.0.0/20", "50 100");
	hand_see_all(&me.h, "20.0.1.0/24", "50 100");
	hand_see_all(&me.h, "21.0.0.0/24", "50 100");
	hand_see_all(&me.h, "20.0.0.0/21", "50 66");	/* the incident, in a table */
	hand_see(&me.h, "20.0.8.0/24", "1 50 100");	/* does not count */
	window_begin(0, 1000, 3, 2);
	announce(0, "20.0.0.0/21", 100, "1 60 50 50 66");	/* more specific than the /20; a /24 in it is not his */
	announce(0, "21.0.0.0/24", 100, "1 60 66");		/* the same prefix as another's */
	announce(1, "21.0.0.0/24", 100, "2 60 66");
	announce(2, "20.0.4.0/22", 100, "3 66");		/* one alone is no incident */
	withdraw(0, "21.0.0.0/24", 150);
	announce(1, "20.0.0.0/21", 200, "2 60 70 66");
	announce(1, "20.0.0.0/21", 300, "2 50 66");
	withdraw(0, "20.0.0.0/21", 400);
	withdraw(1, "20.0.0.0/21", 500);
	window_end();
	compute();
	is_str(said(&out[0]), "RPKI-invalid/0 2+0+0 by 2: 8/7 1450/1400 250", "the culprit: 7 blocks for 200 s, 1 for 50");
	is_str(said(&out[1]), "RPKI-invalid/0 0+1+0 by 2: 7/7 1400/1400 200", "50: on one path or the other all the time");
	is_str(said(&out[2]), "RPKI-invalid/0 0+1+1 by 2: 8/7 1450/1400 250", "60: beyond for one, accomplice of the other");
	is_str(said(&out[3]), "RPKI-invalid/0 0+0+2 by 1: 8/7 1450/1400 250", "a vantage point's own network has it, too");
	is_str(said(&out[4]), "RPKI-invalid/0 0+1+0 by 1: 7/7 700/700 100", "70: until the path changed");
	is_str(said(&out[5]), "RPKI-invalid/0 0+2+0 by 2: 8/7 1450/1400 250", "together each block is counted once");
	ok(g->incidents[ASTRAY_INVALID][FAMILY_V4] == 2 && astray_none_why(g) == NULL && g->partial == NULL, "two stood");
	window_free();
}

static void
test_v6(void)
{
	measure_init(&me);
	hand_see_all(&me.h, "2001:db8::/32", "50 100");
	hand_see_all(&me.h, "2001:db8:1::/48", "50 100");
	hand_see_all(&me.h, "2001:db8:2:1::/64", "50 100");	/* no whole /48 */
	window_begin(0, 1000, 1, 1);
	announce(0, "2001:db8::/44", 100, "1 50 66");
	announce(0, "2001:db8:2:3::/64", 100, "1 50 66");	/* in it */
	announce(0, "10.0.0.0/25", 100, "1 50 66");
	announce(0, "10.0.0.128/25", 300, "1 50 66");		/* the same /24 */
	withdraw(0, "10.0.0.0/25", 400);
	withdraw(0, "10.0.0.128/25", 500);
	withdraw(0, "2001:db8::/44", 500);
	window_end();
	compute();
	is_str(said(&out[1]), "RPKI-invalid/0 0+2+0 by 1: 1/1 400/400 400; RPKI-invalid/1 0+2+0 by 1: 15/15 6500/6500 900",
	    "IPv6 in /48, less one of another's; longer prefixes are the block that they lie in");
	window_free();
}

/* A prefix so large that JSON readers would lose the last digits. */
static void
test_most(void)
{
	measure_init(&me);
	window_begin(0, 31 * 86400, 1, 1);
	announce(0, "4000::/2", 1, "1 50 66");
	window_end();
	compute();
	ok(out[1].n == 1 && out[1].rows[0].blocks == UINT64_C(1) << 46 && out[1].rows[0].block_s == ASTRAY_BLOCK_S_MAX,
	    "more block-seconds than can be written are the most that can");
	window_free();
}

static void
test_none(void)
{
	struct scored none;
	struct astray_ground *n;

	measure_init(&me);
	hand_see_all(&me.h, "20.0.0.0/20", "50 100");
	window_begin(0, 1000, 1, 1);
	announce(0, "20.0.0.0/21", 100, "1 50 66");
	x.classes = 1u << OFF_INVALID | 1u << OFF_LEAK;
	window_end();
	ok(g->why[ASTRAY_MIS_STRONG] != NULL && g->why[ASTRAY_INVALID] == NULL, "what was not looked for has a reason");
	compute();
	is_str(said(&out[1]), "RPKI-invalid/0 0+1+0 by 1: 8/8 7200/7200 900", "what stands when the window ends is clipped");
	scored.dated = 1u << OFF_INVALID;
	n = astray_ground_new(me.f, &scored);
	ok(n->why[ASTRAY_INVALID] != NULL && n->incidents[ASTRAY_INVALID][FAMILY_V4] == 0 &&
	    astray_compute(n, who, counts, 5, me.a, out) == OK && out[1].n == 0, "VRPs of another time tell nothing");
	astray_ground_free(n);
	scored.dated = 0;
	snprintf(scored.why, sizeof(scored.why), "half of it was seen");
	n = astray_ground_new(me.f, &scored);
	is_str(n->partial, "half of it was seen", "a window that was not seen whole says so, and what was found stays");
	ok(astray_compute(n, who, counts, 5, me.a, out) == OK && out[1].n == 1, "... and it is told");
	astray_ground_free(n);
	scored_make_none(&none, "no updates");
	n = astray_ground_new(me.f, &none);
	is_str(astray_none_why(n), "no updates", "without updates there is no data");
	ok(astray_compute(n, who, counts, 5, me.a, out) == OK && out[1].n == 0, "... and no row");
	astray_ground_free(n);
	x.result.ways_cut = true;
	n = astray_ground_new(me.f, &scored);
	ok(strstr(astray_none_why(n), "TIMELINE_WAYS_MAX") != NULL, "a limit is named");
	astray_ground_free(n);
	window_free();
}

/* --- random worlds --- */

enum { VPS = 4, PREFIXES = 5, EVENTS = 60, SECONDS = 200, BLOCKS = 64, ROUTES = 40, HOPS = 6, ASES = 5, NEED = 2 };

struct event {
	int s;
	uint32_t vp, prefix, path[HOPS], n_path;
	struct offence of[2];
	size_t n;		/* 0: withdrawn, or nothing wrong */
	bool withdrawn;
};
struct table_route { struct prefix prefix; uint32_t path[HOPS], n; };	/* of a peer */

static struct event ev[EVENTS];
static struct table_route table[ROUTES];
static struct prefix prefixes[PREFIXES];
static int n_ev, n_table, from_s, to_s;
static uint64_t seed = 7;

static unsigned
draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

/* In 20.0.0.0/18. */
static struct prefix
random_prefix(void)
{
	struct prefix p = {.addr = {20, 0, (uint8_t)draw(BLOCKS), (uint8_t)draw(256)}, .family = FAMILY_V4,
	    .len = (uint8_t)(18 + draw(9))};

	prefix_mask(&p);
	return p;
}

static uint32_t
random_path(uint32_t vp, uint32_t *path)
{
	uint32_t n = 2 + draw(HOPS - 2), i;

	path[0] = vp + 1;
	for (i = 1; i < n; i++)
		path[i] = draw(5) == 0 ? path[i - 1] : 10 + draw(ASES);
	return n;
}

/* Last: the origin. A leak's culprit stands somewhere on the way. */
static struct offence
random_offence(const struct event *e, unsigned class)
{
	struct offence of = {.class = (uint8_t)class, .origin = e->path[e->n_path - 1]};
	uint32_t at = class == OFF_LEAK ? 1 + draw(e->n_path - 1) : e->n_path - 1;

	of.culprit = e->path[at];
	while (at > 0 && e->path[at] == of.culprit)
		at--;
	of.accomplice = e->path[at] != of.culprit ? e->path[at] : 0;
	of.detail = (uint32_t)(class == OFF_LEAK ? (1 + draw(3)) << 6 : class == OFF_MISORIGIN ? (1 + draw(3)) << MIS_N : 0);
	return of;
}

static void
make_events(void)
{
	static const unsigned classes[] = {OFF_BOGON_PREFIX, OFF_INVALID, OFF_MISORIGIN, OFF_LEAK};
	int s = 0;

	for (n_ev = 0; n_ev < EVENTS && s < SECONDS - 6; n_ev++) {
		struct event *e = &ev[n_ev];
		unsigned a = draw(4), b = draw(4);

		s += 1 + (int)draw(5);
		*e = (struct event){.s = s, .vp = draw(VPS), .prefix = draw(PREFIXES), .withdrawn = draw(5) == 0};
		e->n_path = random_path(e->vp, e->path);
		if (e->withdrawn || draw(6) == 0)
			continue;
		e->of[e->n++] = random_offence(e, classes[a]);
		if (b != a && draw(3) == 0)
			e->of[e->n++] = random_offence(e, classes[b]);
	}
}

static void
text_of(char *out_text, const struct table_route *r)
{
	uint32_t i;
	int n = 0;

	for (i = 0; i < r->n; i++)
		n += sprintf(out_text + n, "%u ", r->path[i]);
}

static void
make_world(void)
{
	char text[64], path[64];
	int i;

	measure_init(&me);
	for (i = 0; i < PREFIXES; i++)
		prefixes[i] = random_prefix();
	make_events();
	for (n_table = 0; n_table < ROUTES; n_table++) {
		struct table_route *r = &table[n_table];

		r->prefix = draw(2) == 0 ? prefixes[draw(PREFIXES)] : random_prefix();
		if (n_table > 0 && draw(2) == 0)
			r->prefix = table[n_table - 1].prefix;
		r->n = random_path(draw(VPS), r->path);
		if (n_table > 0 && draw(2) == 0)
			r->path[r->n - 1] = table[n_table - 1].path[table[n_table - 1].n - 1];
		if (draw(3) == 0) {	/* the path of an event: so it may be the incident */
			const struct event *e = &ev[draw((unsigned)n_ev)];

			r->prefix = prefixes[e->prefix];
			r->n = e->n_path;
			memcpy(r->path, e->path, sizeof(r->path));
		}
		text_of(path, r);
		hand_see(&me.h, prefix_format(&r->prefix, text), path);
	}
	from_s = (int)draw(30);
	to_s = SECONDS - (int)draw(60);
	window_begin(from_s, to_s, VPS, NEED);
	for (i = 0; i < n_ev; i++) {
		struct timeline_key k = {prefixes[ev[i].prefix], ev[i].vp, 0};

		if (ev[i].withdrawn) {
			timeline_withdraw(t, &k, ev[i].s * US);
			continue;
		}
		timeline_path(t, ev[i].path, ev[i].n_path);
		timeline_announce(t, &k, ev[i].s * US, ev[i].of, ev[i].n);
	}
	window_end();
}

/* --- the oracle --- */

/* What the vantage point was last told of the prefix; NULL: nothing that stands. */
static const struct event *
now(uint32_t vp, const struct prefix *p, int s)
{
	int i;

	for (i = n_ev - 1; i >= 0; i--)
		if (ev[i].s <= s && ev[i].vp == vp && prefix_eq(&prefixes[ev[i].prefix], p))
			return ev[i].withdrawn ? NULL : &ev[i];
	return NULL;
}

static bool
same_incident(const struct offence *a, const struct offence *b)
{
	return a->class == b->class && a->origin == b->origin && a->culprit == b->culprit;
}

static bool
stands(const struct prefix *p, const struct offence *of, int s)
{
	uint32_t vp, n = 0;
	size_t i;

	for (vp = 0; vp < VPS; vp++) {
		const struct event *e = now(vp, p, s);

		for (i = 0; e != NULL && i < e->n; i++)
			n += same_incident(&e->of[i], of);
	}
	return n >= NEED;
}

static bool
stood(const struct prefix *p, const struct offence *of)
{
	int s;

	for (s = from_s; s < to_s; s++)
		if (stands(p, of, s))
			return true;
	return false;
}

/* The surest that was ever said of it. */
static enum astray_kind
kind_at(const struct prefix *p, struct offence of)
{
	size_t k;
	int i;

	for (i = 0; i < n_ev; i++)
		for (k = 0; k < ev[i].n && prefix_eq(&prefixes[ev[i].prefix], p); k++)
			if (same_incident(&ev[i].of[k], &of) && ev[i].of[k].accomplice == of.accomplice &&
			    ev[i].of[k].detail > of.detail)
				of.detail = ev[i].of[k].detail;
	return astray_kind_of(&of);
}

static bool
is_on(const uint32_t *path, uint32_t n, uint32_t as)
{
	uint32_t i;

	for (i = 0; i < n && path[i] != as; i++)
		continue;
	return i < n;
}

/* Of the r-th line of the tables: does its route count, and is it no incident? */
static bool
other(int r)
{
	bool by[VPS + 1] = {false};
	uint32_t origin = table[r].path[table[r].n - 1];
	int i, k, n = 0;
	size_t o;

	for (i = 0; i < n_table; i++)
		if (prefix_eq(&table[i].prefix, &table[r].prefix) && table[i].path[table[i].n - 1] == origin)
			by[table[i].path[0]] = true;
	for (i = 0; i <= VPS; i++)
		n += by[i];
	if (n < 2)
		return false;
	for (i = 0; i < n_ev; i++)
		for (o = 0; o < ev[i].n && prefix_eq(&prefixes[ev[i].prefix], &table[r].prefix); o++) {
			bool avoided = false;

			if (ev[i].of[o].origin != origin || !stood(&table[r].prefix, &ev[i].of[o]))
				continue;
			for (k = 0; k < n_table; k++)
				avoided = avoided || (prefix_eq(&table[k].prefix, &table[r].prefix) &&
				    table[k].path[table[k].n - 1] == origin &&
				    !is_on(table[k].path, table[k].n, ev[i].of[o].culprit));
			if (ev[i].of[o].class != OFF_LEAK || !avoided)
				return false;
		}
	return true;
}

static bool is_other[ROUTES];

static bool
in_block(const struct prefix *p, int block)
{
	struct prefix b = {.addr = {20, 0, (uint8_t)block}, .family = FAMILY_V4, .len = 24};

	return prefix_covers(p, &b) || prefix_covers(&b, p);
}

static bool
taken(const struct prefix *p, int block)
{
	int i;

	for (i = 0; i < n_table; i++)
		if (is_other[i] && table[i].prefix.len <= 24 && table[i].prefix.len > p->len &&
		    prefix_covers(p, &table[i].prefix) && in_block(&table[i].prefix, block))
			return true;
	return false;
}

static bool
attracts(const struct prefix *p)
{
	int i;

	for (i = 0; i < n_table; i++)
		if (is_other[i] && prefix_eq(&table[i].prefix, p))
			return false;
	return true;
}

/* Its role on that path; ASTRAY_ROLES: none. */
static enum astray_role
role_of(const struct event *e, const struct offence *of, uint32_t as)
{
	uint32_t i;

	if (as == of->culprit)
		return ASTRAY_CULPRIT;
	for (i = 0; i < e->n_path && e->path[i] != of->culprit; i++)
		if (e->path[i] == as)
			return as == of->accomplice ? ASTRAY_ACCOMPLICE : ASTRAY_BEYOND;
	return ASTRAY_ROLES;
}

struct sum {
	struct astray_row r;
	bool block[BLOCKS], attracting[BLOCKS], vp[VPS];
	enum astray_role role[EVENTS];	/* by the first event with that incident */
};

/* One offence at one vantage point in one second. */
static void
add(struct sum *y, const struct event *e, const struct offence *of, uint32_t as, bool now_block[2][BLOCKS])
{
	const struct prefix *p = &prefixes[e->prefix];
	enum astray_role role = role_of(e, of, as);
	size_t o;
	int i, b, first = -1;

	if (role == ASTRAY_ROLES)
		return;
	for (i = 0; i < n_ev && first < 0; i++)
		for (o = 0; o < ev[i].n; o++)
			if (prefix_eq(&prefixes[ev[i].prefix], p) && same_incident(&ev[i].of[o], of))
				first = i;
	if (role < y->role[first])
		y->role[first] = role;
	y->vp[e->vp] = true;
	for (b = 0; b < BLOCKS; b++)
		if (in_block(p, b) && !taken(p, b)) {
			y->block[b] = now_block[0][b] = true;
			if (attracts(p))
				y->attracting[b] = now_block[1][b] = true;
		}
}

static void
sum_up(struct sum *y)
{
	int i;

	for (i = 0; i < BLOCKS; i++) {
		y->r.blocks += y->block[i];
		y->r.attracting += y->attracting[i];
	}
	for (i = 0; i < VPS; i++)
		y->r.n_vps += y->vp[i];
	for (i = 0; i < n_ev; i++)
		if (y->role[i] < ASTRAY_ROLES)
			y->r.incidents[y->role[i]]++;
}

/* Of one network, or of all that count. */
static void
oracle(enum astray_kind kind, const uint32_t *as, size_t n_as, struct sum *y)
{
	int s, i, b;
	uint32_t vp, p;
	size_t o, k;

	*y = (struct sum){.r = {.kind = kind}};
	for (i = 0; i < EVENTS; i++)
		y->role[i] = ASTRAY_ROLES;
	for (s = from_s; s < to_s; s++) {
		bool now_block[2][BLOCKS] = {{false}}, any = false;

		for (vp = 0; vp < VPS; vp++)
			for (p = 0; p < PREFIXES; p++) {
				const struct event *e = now(vp, &prefixes[p], s);

				if (e == NULL || e->prefix != p)
					continue;
				for (o = 0; o < e->n; o++)
					for (k = 0; k < n_as && kind_at(&prefixes[p], e->of[o]) == kind &&
					    stands(&prefixes[p], &e->of[o], s); k++)
						add(y, e, &e->of[o], as[k], now_block);
			}
		for (b = 0; b < BLOCKS; b++) {
			y->r.block_s += now_block[0][b];
			y->r.attracting_s += now_block[1][b];
			any = any || now_block[0][b];
		}
		y->r.seconds += any;
	}
	sum_up(y);
}

static bool
row_agrees(const struct astray *got, const struct astray_row *want)
{
	static const struct astray_row none;
	const struct astray_row *r = NULL;
	size_t i;

	for (i = 0; i < got->n; i++)
		if (got->rows[i].kind == want->kind)
			r = &got->rows[i];
	if (want->n_vps == 0)
		return r == NULL;
	if (r != NULL && memcmp(r->incidents, want->incidents, sizeof(r->incidents)) == 0 && r->n_vps == want->n_vps &&
	    r->blocks == want->blocks && r->attracting == want->attracting && r->block_s == want->block_s &&
	    r->attracting_s == want->attracting_s && r->seconds == want->seconds)
		return true;
	r = r != NULL ? r : &none;
	printf("# %s: got %d+%d+%d by %u %d/%d %d/%d %d, want %d+%d+%d by %u %d/%d %d/%d %d\n", astray_text(want->kind),
	    (int)r->incidents[0], (int)r->incidents[1], (int)r->incidents[2], r->n_vps, (int)r->blocks, (int)r->attracting,
	    (int)r->block_s, (int)r->attracting_s, (int)r->seconds, (int)want->incidents[0], (int)want->incidents[1],
	    (int)want->incidents[2], want->n_vps, (int)want->blocks, (int)want->attracting, (int)want->block_s,
	    (int)want->attracting_s, (int)want->seconds);
	return false;
}

static void
test_random(void)
{
	static const uint32_t asked[] = {10, 11, 12, 13, 1, 2}, together[] = {10, 12, 13};
	static const bool counted[] = {true, false, true, true, false, false};
	static struct astray got[7];
	static struct sum y;
	int round, bad = 0, rows = 0, partly = 0, i;
	size_t a;
	unsigned k;

	for (round = 0; round < tap_rounds(80) && bad == 0; round++) {
		make_world();
		for (i = 0; i < n_table; i++)
			is_other[i] = other(i);
		if (astray_compute(g, asked, counted, 6, me.a, got) != OK)
			bad++;
		for (k = 0; k < ASTRAY_N; k++)
			for (a = 0; a <= 6; a++) {
				oracle((enum astray_kind)k, a < 6 ? &asked[a] : together, a < 6 ? 1 : 3, &y);
				bad += !row_agrees(&got[a], &y.r);
				rows += y.r.n_vps > 0;
				partly += y.r.attracting > 0 && y.r.attracting < y.r.blocks;
			}
		window_free();
	}
	ok(bad == 0, "random worlds: %d rounds, %d rows as the oracle has them", round, rows);
	ok(rows > tap_rounds(400) && partly > tap_rounds(15), "the worlds had incidents (%d rows, %d partly attracting)", rows, partly);
}

int
main(void)
{
	test_hand();
	test_v6();
	test_most();
	test_none();
	test_random();
	return tap_done();
}
