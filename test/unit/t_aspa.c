/* ASPA verification against an oracle that follows the draft's text step by step, in its own 1-based words, and
 * quadratically; one million random paths; and each mistake that others shipped, by name. */
#include "addr/aspath.h"
#include "aspa_oracle.h"
#include "base/limits.h"
#include "tap.h"

#define WORLDS 20000
#define PATHS_EACH 50

static uint64_t seed = 20261126;

static uint32_t
rnd(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % below;
}

/* --- worlds --- */

static void
add_aspa(struct rpki *t, uint32_t customer, const uint32_t *p, size_t n)
{
	if (rpki_add_aspa(t, customer, p, n) != OK)
		abort();
}

static void
random_world(struct aspa_naive *w, struct rpki *t)
{
	uint32_t set[ASPA_POOL + 1], zero = 0, percent = 5 + rnd(90);
	size_t x, y, n;

	*w = (struct aspa_naive){0};
	rpki_init(t);
	for (x = 0; x < ASPA_POOL; x++) {
		if (rnd(4) == 0)
			continue;
		w->has[x] = true;
		for (y = n = 0; y < ASPA_POOL; y++)
			if (x != y && rnd(100) < percent) {
				w->lists[x][y] = true;
				set[n++] = aspa_pool[y];
			}
		if (n == 0 || rnd(5) == 0)
			add_aspa(t, aspa_pool[x], &zero, 1);		/* beside others it adds nothing */
		if (n > 1 && rnd(3) == 0) {			/* two objects: the union counts */
			add_aspa(t, aspa_pool[x], set + n / 2, n - n / 2);
			n /= 2;
		}
		if (n > 0)
			add_aspa(t, aspa_pool[x], set, n);
	}
	rpki_seal(t);
}

/* --- one case --- */

static bool
part_agrees(const struct aspa_text *whole, uint32_t k, const struct aspa_naive *w, struct aspa_seen seen)
{
	struct aspa_text part = *whole;

	part.n = k;
	return aspa_text_verify(&part, w, ASPA_UPSTREAM, false, false, 0) == (enum aspa_verdict)seen.up &&
	    aspa_text_verify(&part, w, ASPA_DOWNSTREAM, false, false, 0) == (enum aspa_verdict)seen.down;
}

static bool
turn_agrees(const struct aspa_turn *turn, const struct aspa_path *p, const struct aspa_naive *w, enum aspa_verdict lenient,
    const struct aspa_seen *seen)
{
	if (p->has_set)
		return true;
	if (turn->found != (lenient == ASPA_INVALID))
		return false;
	if (!turn->found)
		return true;
	return turn->in > turn->out && aspa_text_auth(w, p->as[turn->in + 1], p->as[turn->in]) == ASPA_NOT_PROVIDER &&
	    aspa_text_auth(w, p->as[turn->out], p->as[turn->out + 1]) == ASPA_NOT_PROVIDER &&
	    seen[turn->out].up == ASPA_INVALID;	/* the acceptor had to refuse it */
}

static bool
one_case(const struct rpki *t, const struct aspa_naive *w, uint32_t longest)
{
	uint32_t word[ASPA_LONGEST + 4], as[ASPA_LONGEST], len = 1 + rnd(longest), i;
	bool set = rnd(20) == 0, check = rnd(4) == 0, good = true, got_set;
	struct aspa_hop hop[ASPA_LONGEST];
	struct aspa_seen seen[ASPA_LONGEST];
	struct aspa_text text = {0};
	struct aspa_path p = {.as = as, .check_first = check};
	struct aspa_ramps r;
	struct aspa_turn turn;

	for (i = 1; i <= len; i++)
		word[i] = i > 1 && rnd(4) == 0 ? word[i - 1] : aspa_pool[rnd(ASPA_POOL)];
	word[0] = 2u << 16 | len;
	word[len + 1] = 1u << 16 | 2;	/* an AS_SET of two */
	word[len + 2] = 65551;
	word[len + 3] = 65552;
	p.n = aspath_hops((struct aspath){word, len + 1 + (set ? 3 : 0)}, as, ASPA_LONGEST, &got_set);
	p.has_set = got_set;
	p.neighbour = rnd(2) == 0 ? as[0] : aspa_pool[rnd(ASPA_POOL)];
	for (i = len; i >= 1; i--)	/* "collapse consecutive duplicates" */
		if (text.n == 0 || text.a[text.n] != word[i])
			text.a[++text.n] = word[i];
	aspa_hops(t, as, p.n, hop);
	aspa_observe(hop, p.n, seen);
	turn = aspa_turn(hop, p.n);
	for (i = 0; i < 2; i++)
		good = good && aspa_verify(&p, hop, (enum aspa_direction)i, NULL) ==
		    aspa_text_verify(&text, w, (enum aspa_direction)i, set, check, p.neighbour);
	aspa_text_ramps(&text, w);
	r = aspa_ramps(hop, p.n);
	good = good && got_set == set && r.n == text.n && r.max_up == text.max_up && r.min_up == text.min_up &&
	    r.max_down == text.max_down && r.min_down == text.min_down;
	good = good && turn_agrees(&turn, &p, w, aspa_by_ramps(&r, ASPA_DOWNSTREAM), seen);
	for (i = 0; i + 1 < p.n; i++)
		good = good && part_agrees(&text, text.n - i - 1, w, seen[i]);
	return good;
}

static void
random_cases(void)
{
	uint32_t bad = 0, i, k;

	for (i = 0; i < WORLDS; i++) {
		struct aspa_naive w;
		struct rpki t;

		random_world(&w, &t);
		for (k = 0; k < PATHS_EACH; k++)
			bad += !one_case(&t, &w, ASPA_LONGEST);
		rpki_release(&t);
	}
	ok(bad == 0,
	    "%u random paths: ramps, both verdicts, every AS's view and the turn, as the text has it (%u differ)",
	    WORLDS * PATHS_EACH, bad);
}

/* --- by name --- */

/* "20>200,300 20>0": ASPAs by customer */
static struct rpki
aspas(const char *text)
{
	char *copy = strdup(text), *save = NULL, *word;
	struct rpki t;

	rpki_init(&t);
	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		uint32_t set[16], customer = (uint32_t)strtoul(word, &word, 10);
		size_t n = 0;

		while (*word == '>' || *word == ',')
			set[n++] = (uint32_t)strtoul(word + 1, &word, 10);
		add_aspa(&t, customer, set, n);
	}
	free(copy);
	rpki_seal(&t);
	return t;
}

static size_t
path(const char *text, uint32_t *as)
{
	size_t n = 0;
	char *end;

	while (*text != '\0') {
		uint32_t asn = (uint32_t)strtoul(text, &end, 10);

		text = *end == ' ' ? end + 1 : end;
		if (n == 0 || as[n - 1] != asn)
			as[n++] = asn;
	}
	return n;
}

static void
is(const char *set, const char *route, enum aspa_verdict up, enum aspa_verdict down, const char *what)
{
	struct rpki t = aspas(set);
	uint32_t as[64];
	struct aspa_path p = {.as = as, .n = path(route, as)};
	struct aspa_hop hop[64];
	enum aspa_verdict u, d;

	aspa_hops(&t, as, p.n, hop);
	u = aspa_verify(&p, hop, ASPA_UPSTREAM, NULL);
	d = aspa_verify(&p, hop, ASPA_DOWNSTREAM, NULL);
	ok(u == up && d == down, "%s: [%s] is upstream %s, downstream %s", what, route, aspa_verdict_text(up),
	    aspa_verdict_text(down));
	if (u != up || d != down)
		printf("# got %s, %s\n", aspa_verdict_text(u), aspa_verdict_text(d));
	rpki_release(&t);
}

static void
traps(void)
{
	is("100>200,300,4200000000", "4200000000 100", ASPA_VALID, ASPA_VALID,
	    "rtrlib ed3393b: provider 4200000000 among small ones, compared and not subtracted");
	is("100>200,300,4200000000 200>0", "200 4200000000 100", ASPA_UNKNOWN, ASPA_VALID,
	    "rtrlib ed3393b: the same one hop on");
	is("20>0 40>0", "10 20 30 40 50", ASPA_INVALID, ASPA_INVALID,
	    "rtrlib ed3393b: opposing hops that share the single middle AS");
	is("50>40 10>20", "10 20 40 50", ASPA_UNKNOWN, ASPA_VALID,
	    "BIRD < 2.19: a lateral apex, two tops that touch, with no ASPA");
	is("50>40 40>0 10>20 20>0", "10 20 40 50", ASPA_INVALID, ASPA_VALID,
	    "BIRD < 2.19: a lateral apex, attested by both tops");
	is("50>40 40>0 30>0 10>20 20>0", "10 20 30 40 50", ASPA_INVALID, ASPA_INVALID, "two lateral hops are no apex");
	is("50>40 40>30 10>20 20>30", "10 20 30 40 50", ASPA_INVALID, ASPA_VALID,
	    "BIRD <= 2.16-dev: one top, off by none");
	is("10>0 20>0", "10 20", ASPA_INVALID, ASPA_VALID, "bgpipe: two ASes are always Valid downstream");
	is("10>0", "10", ASPA_VALID, ASPA_VALID, "bgpipe: one AS is always Valid");
	is("20>0 30>0", "10 20 30", ASPA_INVALID, ASPA_UNKNOWN, "bgpipe: n - 1, not n - 2, at three ASes");
	is("10>0 30>0", "10 20 30", ASPA_INVALID, ASPA_INVALID, "three ASes can be Invalid downstream");
	is("50>40 10>20", "10 10 10 20 40 40 50 50", ASPA_UNKNOWN, ASPA_VALID,
	    "rtrlib < 2026-01: prepends are collapsed");
	is("30>0", "20 30", ASPA_INVALID, ASPA_VALID, "AS0 alone: no providers");
	is("30>0,20", "20 30", ASPA_VALID, ASPA_VALID,
	    "Routinator #1115: AS0 beside others in one object adds nothing");
	is("30>0 30>20", "20 30", ASPA_VALID, ASPA_VALID,
	    "AS0 in one object, others in another: the union without AS0");
	is("30>20 30>40", "40 30", ASPA_VALID, ASPA_VALID, "the union of two objects");
	is("30>0", "0 30", ASPA_INVALID, ASPA_VALID, "AS0 on the path is nobody's provider");
	is("", "10 20 30", ASPA_UNKNOWN, ASPA_UNKNOWN, "no ASPAs");
	is("30>20 20>10", "10 20 30", ASPA_VALID, ASPA_VALID, "all the way up");
	is("10>20 20>30", "10 20 30", ASPA_INVALID, ASPA_VALID, "all the way down");
}

static void
sets_and_neighbours(void)
{
	uint32_t as[] = {10, 20};
	struct aspa_hop hop[2];
	struct aspa_path p = {.as = as, .n = 2, .has_set = true};
	enum aspa_why why;

	aspa_hops(NULL, as, 2, hop);
	ok(aspa_verify(&p, hop, ASPA_DOWNSTREAM, &why) == ASPA_INVALID && why == ASPA_HAS_SET,
	    "BIRD < 2.18: an AS_SET is Invalid, whatever its length");
	p.n = 0;
	ok(aspa_verify(&p, hop, ASPA_UPSTREAM, &why) == ASPA_INVALID && why == ASPA_HAS_SET, "a path of a set alone");
	p.has_set = false;
	ok(aspa_verify(&p, hop, ASPA_UPSTREAM, &why) == ASPA_INVALID && why == ASPA_EMPTY, "an empty path is Invalid");
	p = (struct aspa_path){.as = as, .n = 2, .check_first = true, .neighbour = 20};
	ok(aspa_verify(&p, hop, ASPA_DOWNSTREAM, &why) == ASPA_INVALID && why == ASPA_FIRST_AS,
	    "the first AS is not the neighbour");
	p.neighbour = 10;
	ok(aspa_verify(&p, hop, ASPA_DOWNSTREAM, &why) == ASPA_VALID && why == ASPA_BY_RAMPS,
	    "the first AS is the neighbour");
	p.check_first = false;
	p.neighbour = 20;
	ok(aspa_verify(&p, hop, ASPA_DOWNSTREAM, NULL) == ASPA_VALID, "without a neighbour nothing is compared");
}

static void
longest(void)
{
	static uint32_t as[AS_PATH_HOPS_MAX];
	static struct aspa_hop hop[AS_PATH_HOPS_MAX];
	static struct aspa_seen seen[AS_PATH_HOPS_MAX];
	struct rpki t = aspas("2>0 4095>0");
	struct aspa_ramps r;
	struct aspa_turn turn;
	uint32_t i;

	for (i = 0; i < AS_PATH_HOPS_MAX; i++)
		as[i] = i + 1;
	aspa_hops(&t, as, AS_PATH_HOPS_MAX, hop);
	r = aspa_ramps(hop, AS_PATH_HOPS_MAX);
	aspa_observe(hop, AS_PATH_HOPS_MAX, seen);
	turn = aspa_turn(hop, AS_PATH_HOPS_MAX);
	ok(r.max_up == 2 && r.min_up == 1 && r.max_down == 2 && r.min_down == 1 && turn.found &&
	    turn.in == AS_PATH_HOPS_MAX - 3 && turn.out == 1, "a path of %u ASes", AS_PATH_HOPS_MAX);
	/* AS2 hears of it from AS3, whom it does not list: that is its own matter until it passes it on to AS1 */
	ok(seen[1].down == ASPA_UNKNOWN && seen[1].up == ASPA_INVALID && seen[0].down == ASPA_INVALID,
	    "the last of its ASes is the first that had to refuse it whatever its neighbour is");
	rpki_release(&t);
}

int
main(void)
{
	traps();
	sets_and_neighbours();
	longest();
	random_cases();
	return tap_done();
}
