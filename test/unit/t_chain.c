/* The graph of an exposure: no two boxes in one place, the same drawing each time, circles, one network and many, and that
 * a hostile name stays text. */
#include "base/limits.h"
#include "report/chain.h"
#include "tap.h"

#include <inttypes.h>

#define MANY 600u

struct net_world {
	struct exposed x;
	struct exposed_net nets[MANY];
	struct exposure_node nodes[2 * MANY];
};

static void
net_world_init(struct net_world *w, uint32_t origin)
{
	memset(w, 0, sizeof(*w));
	w->x = (struct exposed){.asked = "64500", .origin = origin, .name = "SELF", .org = "", .weakest = SIZE_MAX, .nets = w->nets};
	w->x.family[FAMILY_V4] = (struct exposed_family){.asked = true, .ok = true, .nodes = w->nodes, .n_nodes = 1};
	w->nodes[0] = (struct exposure_node){.asn = origin, .parent = EXPOSURE_NONE, .mean_ppm = 1000000};
}

static uint32_t
node_add(struct net_world *w, uint32_t asn, uint32_t parent, uint32_t ppm)
{
	size_t i = w->x.family[FAMILY_V4].n_nodes++;

	w->nodes[i] = (struct exposure_node){.asn = asn, .parent = parent, .depth = w->nodes[parent].depth + 1, .mean_ppm = ppm};
	return (uint32_t)i;
}

static void
net_add(struct net_world *w, uint32_t asn, uint32_t ppm, enum verdict v, const char *name)
{
	struct exposed_net *n = &w->nets[w->x.n_nets++];

	*n = (struct exposed_net){.asn = asn, .hops = 1, .name = name, .org = "", .v = {.all = v, .required = 1}};
	n->of[FAMILY_V4] = (struct exposed_share){.known = true, .share_ppm = ppm, .mean_ppm = ppm, .paths = 1};
	n->v.n[v] = 1;
}

/* --- what a drawing has --- */

struct rect { int x, y, w, h; };

static size_t
boxes(const char *svg, struct rect *out, size_t max)
{
	size_t n = 0;
	const char *p;

	for (p = svg; (p = strstr(p, "<rect class=\"box")) != NULL && n < max; p++)
		if (sscanf(strstr(p, " x="), " x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", &out[n].x, &out[n].y, &out[n].w,
		    &out[n].h) == 4)
			n++;
	return n;
}

static size_t
overlaps(const struct rect *r, size_t n, int width, int height)
{
	size_t i, k, bad = 0;

	for (i = 0; i < n; i++) {
		bad += r[i].x < 0 || r[i].y < 0 || r[i].x + r[i].w > width || r[i].y + r[i].h > height;
		for (k = 0; k < i; k++)
			bad += r[i].x < r[k].x + r[k].w && r[k].x < r[i].x + r[i].w && r[i].y < r[k].y + r[k].h &&
			    r[k].y < r[i].y + r[i].h;
	}
	return bad;
}

static void
drawn(struct net_world *w, size_t want, const char *what)
{
	struct arena *a = arena_new();
	const struct chain *c = chain_make(&w->x, a);
	struct rect *r = arena_array(a, MANY + 1, sizeof(*r));
	struct str one = {0}, two = {0};
	int width = 0, height = 0;
	size_t n;

	chain_draw(&one, &w->x, c, 100000, "g", NULL);
	chain_draw(&two, &w->x, chain_make(&w->x, a), 100000, "g", NULL);
	n = boxes(one.p, r, MANY + 1);
	if (sscanf(strstr(one.p, "width="), "width=\"%d\" height=\"%d\"", &width, &height) != 2)
		abort();
	ok(n == want && c->n == want, "%s: %zu boxes", what, n);
	ok(overlaps(r, n, width, height) == 0, "%s: no two overlap, none sticks out of %d x %d", what, width, height);
	is_str(two.p, one.p, "%s: drawn again it is the same", what);
	str_release(&one);
	str_release(&two);
	arena_free(a);
}

/* --- worlds --- */

static const struct chain_net *
place(const struct chain *c, uint32_t asn)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->nets[i].asn == asn)
			return &c->nets[i];
	abort();
}

static const struct chain_link *
link_of(const struct chain *c, uint32_t from, uint32_t to)
{
	size_t i;

	for (i = 0; i < c->n_links; i++)
		if (c->nets[c->links[i].from].asn == from && c->nets[c->links[i].to].asn == to)
			return &c->links[i];
	return NULL;
}

/* 1-2-3 and 1-3-2, and 4 behind both: a circle of 2 and 3. */
static void
circle(struct net_world *w)
{
	struct arena *a = arena_new();
	const struct chain *c;

	net_world_init(w, 1);
	net_add(w, 2, 900000, VERDICT_FAIL, "TWO");
	net_add(w, 3, 800000, VERDICT_PASS, "THREE");
	w->x.weakest = 0;
	node_add(w, 4, node_add(w, 3, node_add(w, 2, 0, 600000), 500000), 300000);
	node_add(w, 4, node_add(w, 2, node_add(w, 3, 0, 400000), 400000), 300000);
	c = chain_make(&w->x, a);
	ok(place(c, 1)->column == 0 && place(c, 2)->column == 1 && place(c, 3)->column == 1 && place(c, 4)->column == 3,
	    "a circle: each in the column of the fewest hops");
	ok(link_of(c, 2, 3) != NULL && link_of(c, 3, 2) != NULL && link_of(c, 3, 2)->ppm[FAMILY_V4] == 400000 && c->n_links == 6,
	    "with a line each way");
	ok(place(c, 2)->ppm[FAMILY_V4] == 1000000 && place(c, 4)->ppm[FAMILY_V4] == 600000, "what runs through one is added up");
	ok(place(c, 2)->row == 0 && place(c, 3)->row == 1, "the larger stands first");
	drawn(w, 4, "a circle");
	arena_free(a);
}

static void
many(struct net_world *w, uint32_t n, const char *what)
{
	uint32_t i, parent[16] = {0};

	net_world_init(w, 4000000000u);
	for (i = 0; i < n - 1; i++) {	/* a tree that fans out by fours, and every seventh without a chain */
		net_add(w, i + 1, 900000 - i * 100, (enum verdict)(i % VERDICT_N), "A NAME THAT IS LONGER THAN ANY BOX IS WIDE");
		if (i % 7 != 6)
			parent[i % 16] = node_add(w, i + 1, parent[i / 4 % 16], 900000 - i * 100);
	}
	w->x.weakest = n > 2 ? 2 : SIZE_MAX;
	drawn(w, n < EXPOSURE_DRAWN_MAX ? n : EXPOSURE_DRAWN_MAX, what);
}

static void
too_many(struct net_world *w)
{
	struct arena *a = arena_new();
	const struct chain *c;
	size_t i, kept = 0;

	many(w, 500, "500 networks, of which 200 are drawn");
	c = chain_make(&w->x, a);
	for (i = 0; i < c->n; i++)
		kept += c->nets[i].asn < 200;
	ok(c->left_out == 300 && kept == 199, "those of the largest shares: %zu", kept);
	arena_free(a);
}

static void
deep(struct net_world *w)
{
	uint32_t i, at = 0;

	net_world_init(w, 9999);
	for (i = 1; i < 60; i++)
		at = node_add(w, i, at, 1000000 - i);
	drawn(w, 60, "a chain of 60");
}

static bool
every(void *arg, uint32_t asn)
{
	(void)arg;
	return asn != 3;
}

static void
hostile(struct net_world *w)
{
	const struct exposed_links links = {"/network/", every, NULL};
	struct arena *a = arena_new();
	struct str s = {0};

	circle(w);
	w->nets[0].name = "<script>alert(1)</script>\"'&\xe2\x80\xae";
	w->nets[1].name = "\xc3\xa9\xe4\xb8\xad\xe5\x9b\xbd\xe7\x94\xb5\xe4\xbf\xa1\xe4\xb8\xad\xe5\x9b\xbd\xe7\x94\xb5\xe4\xbf\xa1\xe4\xb8\xad\xe5\x9b\xbd";
	chain_draw(&s, &w->x, chain_make(&w->x, a), 0, "g", &links);
	ok(strstr(s.p, "<script") == NULL && strstr(s.p, "&lt;script&gt;alert") != NULL && strstr(s.p, "\xe2\x80\xae") == NULL,
	    "a hostile name is text");
	ok(strstr(s.p, "href=\"/network/2\"") != NULL && strstr(s.p, "href=\"/network/3\"") == NULL, "links to those that have a page");
	ok(strstr(s.p, "\xe4\xbf\xa1\xe2\x80\xa6</text>") != NULL || strstr(s.p, "\xe2\x80\xa6</text>") != NULL, "a long name is cut");
	ok(strstr(s.p, "weakest link</text>") != NULL, "the weakest link is named");
	str_release(&s);
	arena_free(a);
}

int
main(void)
{
	struct net_world *w = xcalloc(1, sizeof(*w));

	many(w, 1, "one network");
	many(w, 2, "two networks");
	many(w, 200, "200 networks");
	too_many(w);
	deep(w);
	hostile(w);
	free(w);
	return tap_done();
}
