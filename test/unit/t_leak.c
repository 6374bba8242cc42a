/* OTC, relationships, and what they and ASPAs say together. Paths are written neighbour first. */
#include "hand.h"
#include "metric/leak.h"
#include "tap.h"

static struct path_scratch scratch;

struct scene {
	struct hand h;
	struct path_tables t;
	uint32_t as[32];
	size_t n;
	struct path_view v;
};

/* "1>2 2>0" ASPAs; "1>2" is 1 the provider of 2, "1-2" peers, "1~2" siblings; "" and NULL: no data. */
static void
scene_init(struct scene *s, const char *aspas, const char *relations)
{
	char *copy, *save = NULL, *word, *end;

	*s = (struct scene){0};
	hand_init(&s->h);
	copy = strdup(aspas != NULL ? aspas : "");
	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		uint32_t a = (uint32_t)strtoul(word, &end, 10), b = (uint32_t)strtoul(end + 1, NULL, 10);

		if (rpki_add_aspa(&s->h.w.rpki, a, &b, 1) != OK)
			abort();
	}
	free(copy);
	copy = strdup(relations != NULL ? relations : "");
	for (word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		struct asrel l = {.a = (uint32_t)strtoul(word, &end, 10)};

		l.b = (uint32_t)strtoul(end + 1, NULL, 10);
		l.kind = *end == '>' ? ASREL_P2C : *end == '-' ? ASREL_P2P : ASREL_S2S;
		if (graph_add(&s->h.w.graph, &l) != OK)
			abort();
	}
	free(copy);
	hand_seal(&s->h);
	s->t = (struct path_tables){aspas != NULL ? &s->h.w.rpki : NULL, relations != NULL ? &s->h.w.graph : NULL,
	    relations != NULL ? &s->h.w.orgs : NULL};
}

static void
scene_look(struct scene *s, const char *path, struct otc_mark mark)
{
	char *end;

	for (s->n = 0; *path != '\0'; path = *end == ' ' ? end + 1 : end)
		s->as[s->n++] = (uint32_t)strtoul(path, &end, 10);
	path_look(&s->v, &s->t, s->as, s->n, false, mark, &scratch);
}

static void
scene_release(struct scene *s)
{
	world_release(&s->h.w);
}

/* otc 0: absent. want: "proven otc 3>2 type 4"; 0 for who is not named. */
static void
judged(const char *aspas, const char *relations, const char *path, uint32_t otc, enum leak_history history,
    const char *want, const char *what)
{
	struct scene s;
	struct leak l;
	char got[64] = "none";

	scene_init(&s, aspas, relations);
	scene_look(&s, path, (struct otc_mark){.present = otc != 0, .asn = otc});
	l = leak_judge(&s.v, history);
	if (l.class != LEAK_NONE)
		snprintf(got, sizeof(got), "%s %s %u>%u type %d", leak_class_word(l.class), leak_by_word(l.by),
		    l.leaker, l.acceptor, (int)l.type);
	is_str(got, want, "%s", what);
	ok((l.leaker == 0) == (l.class == LEAK_NONE || l.first < l.last), "%s: named when there is one suspect", what);
	scene_release(&s);
}

static void
otc_is(const char *aspas, const char *relations, const char *path, struct otc_mark mark, const char *want, size_t at,
    const char *what)
{
	struct scene s;

	scene_init(&s, aspas, relations);
	scene_look(&s, path, mark);
	is_str(otc_word(s.v.otc.state), want, "%s", what);
	ok(s.v.otc.at == at, "%s: where X stands", what);
	scene_release(&s);
}

static void
otc_alone(void)
{
	const struct otc_mark two = {.present = true, .asn = 2}, nine = {.present = true, .asn = 9};

	otc_is(NULL, NULL, "1 2 3", (struct otc_mark){0}, "absent", 0, "no attribute");
	otc_is(NULL, NULL, "1 2 3", (struct otc_mark){.present = true, .malformed = true}, "malformed", 0,
	    "a wrong length is malformed");
	otc_is("1>2 2>3", "1-2", "1 2 3", nine, "not-on-path", 0, "a transparent route server is not on the path");
	otc_is("1>9", "1-2", "1 2 3", two, "kept", 1, "from X it may go to a peer");
	otc_is("1>9 2>9", NULL, "1 2 3", (struct otc_mark){.present = true, .asn = 1}, "kept", 0, "X is the neighbour");
	otc_is("1>9 2>9", NULL, "1 2 3", (struct otc_mark){.present = true, .asn = 3}, "broken", 2,
	    "from the one after X it may not");
	otc_is("1>2", "1-2", "1 2 3", (struct otc_mark){.present = true, .asn = 3}, "kept", 2,
	    "an ASPA goes before an inferred peering");
	otc_is(NULL, "1-2", "1 2 3", (struct otc_mark){.present = true, .asn = 3}, "broken", 2,
	    "an inferred peering breaks it");
	otc_is(
	    "1>9", "1~2", "1 2 3", (struct otc_mark){.present = true, .asn = 3}, "kept", 2, "siblings break nothing");
	otc_is("1>9", NULL, "1 2 3 2", two, "kept", 1, "of two X the one nearest the collector");
}

/* want: as judged, of leak_named. */
static void
named(const char *aspas, const char *relations, const char *path, uint32_t otc, enum leak_history history,
    const char *want, const char *what)
{
	struct scene s;
	struct leak l;
	char got[64] = "none";

	scene_init(&s, aspas, relations);
	scene_look(&s, path, (struct otc_mark){.present = otc != 0, .asn = otc});
	l = leak_named(&s.v, history);
	if (l.class != LEAK_NONE)
		snprintf(got, sizeof(got), "%s %s %u>%u type %d", leak_class_word(l.class), leak_by_word(l.by),
		    l.leaker, l.acceptor, (int)l.type);
	is_str(got, want, "%s", what);
	ok((l.leaker == 0) == (l.class == LEAK_NONE), "%s: named", what);
	scene_release(&s);
}

static void
by_name(void)
{
	named("2>9", "3-2 2-1", "1 2 3 5 4", 4, TRIPLE_NEW, "possible relationships 2>1 type 2",
	    "behind a proof that names nobody, who it probably was");
	named("1>9", NULL, "1 2 4 3", 3, TRIPLE_NO_HISTORY, "none", "nobody is named by anything");
	named("1>9", NULL, "1 2 3", 3, TRIPLE_NO_HISTORY, "proven otc 2>1 type 0", "a proof that names goes first");
}

static void
by_otc(void)
{
	judged("1>9", NULL, "1 2 3", 3, TRIPLE_NO_HISTORY, "proven otc 2>1 type 0", "OTC and the acceptor's ASPA");
	judged("1>9 2>1", NULL, "1 2 3", 3, TRIPLE_NO_HISTORY, "proven otc 2>1 type 0",
	    "the leaker lists the acceptor: up");
	judged("1>9 2>1 2>3", NULL, "1 2 3", 3, TRIPLE_NO_HISTORY, "proven otc 2>1 type 1",
	    "and it had it from a provider");
	judged("1>9", "3-2 2-1", "1 2 3", 3, TRIPLE_KNOWN, "proven otc 2>1 type 2", "history does not undo a proof");
	judged("1>9", NULL, "1 2 4 3", 3, TRIPLE_NO_HISTORY, "proven otc 0>1 type 0",
	    "a hop between of which nothing is known: the leaker may be either");
	judged(
	    "1>9 2>4", NULL, "1 2 4 3", 3, TRIPLE_NO_HISTORY, "proven otc 2>1 type 3", "an attested way down between");
	judged("1>9", "4>2", "1 2 4 3", 3, TRIPLE_NO_HISTORY, "proven otc 0>1 type 0",
	    "an inferred way down between does not name a leaker for a proof");
	judged(NULL, "4>2 1>2", "1 2 4 3", 3, TRIPLE_NO_HISTORY, "probable otc 2>1 type 1",
	    "OTC and inferred relationships are probable");
	judged(NULL, "3>2 1>2", "1 2 3", 3, TRIPLE_KNOWN, "probable otc 2>1 type 1",
	    "also when the triple was seen before");
	judged(NULL, "3-2 2-1", "1 2 3 5 4", 4, TRIPLE_NO_HISTORY, "probable otc 0>2 type 0",
	    "OTC that names nobody goes before relationships that are less sure");
	judged(NULL, "3-2 2-1", "1 2 3 5 4", 4, TRIPLE_NEW, "probable otc 0>2 type 0",
	    "a name by relationships does not make up for a mark");
	judged("2>9", "3-2 2-1", "1 2 3 5 4", 4, TRIPLE_NEW, "proven otc 0>2 type 0",
	    "a name does not make up for a proof");
	judged(NULL, "1-2", "1 2 4 3", 3, TRIPLE_NEW, "probable otc 0>1 type 0", "nor for a surer class");
	judged("3>9 1>9", "3>2 1>2", "1 2 3 4", 4, TRIPLE_NEW, "proven aspa 2>1 type 1",
	    "an attested break before an inferred one, and ASPAs name the leaker");
	judged("4>9 2>9", NULL, "1 2 3 4 5", 5, TRIPLE_NEW, "proven aspa 3>2 type 0",
	    "of two proofs the one that names the leaker");
	judged("4>9 2>9", "2>3 1-2 3-4", "1 2 3 4", 4, TRIPLE_NEW, "proven otc 3>2 type 4",
	    "the attested one nearest to X");
	judged("2>9 1>9", NULL, "1 2 3 4", 4, TRIPLE_NEW, "proven otc 3>2 type 0", "of two attested breaks the one nearest to X");
	judged("1>2", "1>2", "1 2 3", 3, TRIPLE_NEW, "none", "a known provider's route down is fine");
}

static void
by_aspa(void)
{
	judged("3>9 1>9", NULL, "1 2 3", 0, TRIPLE_NO_HISTORY, "proven aspa 2>1 type 0",
	    "both around the leaker attest it");
	judged("3>9 1>9", "3>2 1>2", "1 2 3", 0, TRIPLE_NO_HISTORY, "proven aspa 2>1 type 1",
	    "relationships add the type");
	judged(
	    "4>9 1>9", NULL, "1 2 3 4", 0, TRIPLE_NO_HISTORY, "proven aspa 0>1 type 0", "two between: nobody is named");
	judged("3>9 2>9", NULL, "1 2 3", 0, TRIPLE_NO_HISTORY, "none", "one lateral hop is the top");
	judged("3>9 1>9", "1~2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 0",
	    "within an organisation it proves nothing");
	judged("3>9 1>9", "1~2", "1 2 3", 3, TRIPLE_NEW, "possible aspa 2>1 type 0", "nor with OTC");
	judged("3>9 1>9", "3>2 1>2", "1 2 3", 9, TRIPLE_KNOWN, "proven aspa 2>1 type 1", "OTC that speaks of no hop");
}

/* What looks like a proof and need be nobody's doing: doc/accusations.md. */
static void
excused(void)
{
	judged("3>9 1>9", "3>2 1>2", "1 2 3", 0, TRIPLE_NEW, "proven aspa 2>1 type 1", "both hops are known");
	judged("3>9 1>9", "3-2 1>2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 4",
	    "from a peer: a sibling of whom nobody says so");
	judged("3>9 1>9", "3>2 1-2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 3", "... to one");
	judged("3>9 1>9", "3-2 1>2", "1 2 3", 3, TRIPLE_NEW, "proven otc 2>1 type 4", "... unless it was marked as a peer's");
	judged("3>9 1>9", "2>3 1-2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 0", "a line forgotten in an ASPA");
	judged("3>9 1>9", "1-2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 0", "a new provider, not in the ASPA yet");
	judged("3>9 1>9", "3>2", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 0", "... of the one that took it");
	judged("3>9 1>9", "3-2 2>1", "1 2 3", 0, TRIPLE_NEW, "possible aspa 2>1 type 0", "... or has long been it");
	judged("1>9", "3-2 2>1", "1 2 3", 3, TRIPLE_NEW, "possible otc 2>1 type 0", "the same with a mark");
	judged("1>9", "3-2 2-1", "1 2 3", 3, TRIPLE_NEW, "proven otc 2>1 type 2", "... and where it is a proof");
	judged("2>0 1>9", "2>1 1-5", "5 1 2 1", 0, TRIPLE_NEW, "possible aspa 2>1 type 2", "poisoned: an AS in two places");
	judged("3>9 1>9", "3-2 1-2", "1 2 3 64512", 0, TRIPLE_NEW, "possible aspa 2>1 type 2", "a number that is nobody's");
}

static void
by_relations(void)
{
	static const struct { const char *rel; int type; } types[] = {
		{"3>2 1>2", 1}, {"3-2 1-2", 2}, {"3>2 1-2", 3}, {"3-2 1>2", 4}};
	char want[64];
	size_t i;

	for (i = 0; i < 4; i++) {
		snprintf(want, sizeof(want), "possible relationships 2>1 type %d", types[i].type);
		judged(NULL, types[i].rel, "1 2 3", 0, TRIPLE_NEW, want, leak_type_text((enum leak_type)types[i].type));
	}
	judged(NULL, "3>2 1>2", "1 2 3", 0, TRIPLE_NO_HISTORY, "possible relationships 2>1 type 1", "without history");
	judged(NULL, "3>2 1>2", "1 2 3", 0, TRIPLE_KNOWN, "none", "a triple that is seen every day");
	judged(
	    NULL, "4>3 1>2", "1 2 3 4", 0, TRIPLE_NEW, "possible relationships 0>0 type 0", "an unknown hop between");
	judged(NULL, "4>3 3~2 1>2", "1 2 3 4", 0, TRIPLE_NEW, "possible relationships 2>1 type 1",
	    "siblings between are one");
	judged(NULL, "3>2 1>2 1~3", "1 2 3", 0, TRIPLE_NEW, "none", "back to the organisation it came from");
	judged("1>2", "3>2 1>2", "1 2 3", 0, TRIPLE_NEW, "none", "the acceptor's ASPA lists the leaker");
	judged("3>2", "3>2 1>2", "1 2 3", 0, TRIPLE_NEW, "none", "the leaker's customer attests it");
	judged(NULL, "2>3 1-2", "1 2 3", 0, TRIPLE_NEW, "none", "up, then across");
	judged(NULL, "4>5 3>4 3-2 2>1", "1 2 3 4 5", 0, TRIPLE_NEW, "none", "up, up, across, down");
	judged(NULL, "5>4 4>3 3>2 1>2", "1 2 3 4 5", 0, TRIPLE_NEW, "possible relationships 2>1 type 1",
	    "down, and up again");
	judged(NULL, "3>4 2-3 1-2 8-1", "8 1 2 3 4", 0, TRIPLE_NEW, "possible relationships 2>1 type 2",
	    "the first of two");
	judged(NULL, "1-2", "1 2 3", 0, TRIPLE_NEW, "possible relationships 2>1 type 0",
	    "new, and only how it went out is known");
	judged(NULL, "3>2", "1 2 3", 0, TRIPLE_NEW, "possible relationships 2>1 type 0",
	    "new, and only how it came is known");
	judged(NULL, "1-2", "1 2 3", 0, TRIPLE_NO_HISTORY, "none", "of an unknown hop nothing is said without history");
	judged(NULL, "1-2", "1 2 3", 0, TRIPLE_KNOWN, "none", "nor with it");
	judged("3>2", "1-2", "1 2 3", 0, TRIPLE_NEW, "none", "the unknown hop is attested as a customer's");
	judged(NULL, "2-1 3~2", "1 2 3 4", 0, TRIPLE_NEW, "possible relationships 2>1 type 0",
	    "the unknown hop behind a sibling");
	judged(NULL, "2>1", "1 2 3", 0, TRIPLE_NEW, "none", "unknown and then down");
	judged(NULL, "2>3", "1 2 3", 0, TRIPLE_NEW, "none", "up and then unknown");
	judged(NULL, "", "1 2 3", 0, TRIPLE_NEW, "none", "nothing known");
	judged(NULL, NULL, "1 2 3", 0, TRIPLE_NEW, "none", "no data at all");
	judged("1>9", "3>2 1>2", "1", 0, TRIPLE_NEW, "none", "one AS");
}

static void
triples(void)
{
	struct scene s;
	uint32_t t[3];
	struct valley v;

	scene_init(&s, NULL, "9>8 8~7 6>7 5>6 4-5 4-3");
	scene_look(&s, "3 4 5 6 7 8 9", (struct otc_mark){0});
	ok(path_triple(&s.v, t) && t[0] == 9 && t[1] == 7 && t[2] == 6, "the triple to look up, siblings merged");
	v = valley_find(&s.h.w.graph, NULL, s.as, s.n, s.v.valley, s.v.broken.out + 1);
	ok(v.broken && s.as[v.in + 1] == 5 && s.as[v.out] == 3 && v.type == LEAK_LATERAL, "the next break after it");
	v = valley_find(&s.h.w.graph, NULL, s.as, s.n, s.v.valley, v.out + 1);
	ok(!v.broken, "and no third");
	scene_look(&s, "4 5 6", (struct otc_mark){0});
	ok(!path_triple(&s.v, t), "no triple where nothing is wrong");
	scene_release(&s);
}

/* Random worlds in which every ASPA is true and every route obeys: nothing may be proven, with OTC set by the rules. */
#define TIER 4
static uint64_t seed = 9234;

static uint32_t
rnd(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % below;
}

/* AS t*100+i of tier t has providers in tier t - 1; those of a tier are peers. */
static bool
good_route(struct scene *s)
{
	uint32_t tier = 1 + rnd(TIER), down, as[16], n = 0, i, apex;
	bool peer = rnd(2) == 0;

	as[n++] = tier * 100 + rnd(3);
	while (tier > 1 && rnd(3) > 0)
		as[n++] = --tier * 100 + rnd(3);
	apex = n - 1;
	if (peer)
		as[n++] = tier * 100 + 3 + rnd(2);
	for (down = rnd(TIER); down > 0 && tier < TIER; down--)
		as[n++] = ++tier * 100 + 5 + rnd(2);
	for (i = 0; i < n; i++)
		s->as[i] = as[n - 1 - i];
	s->n = n;
	/* the apex marks it when it sends it to a peer or down, and so does who takes it */
	path_look(&s->v, &s->t, s->as, n, false,
	    (struct otc_mark){.present = apex + 1 < n && rnd(3) > 0, .asn = as[apex]}, &scratch);
	return leak_judge(&s->v, TRIPLE_NEW).class != LEAK_PROVEN;
}

static void
nobody_innocent(void)
{
	uint32_t bad = 0, i, k, t, a;

	for (i = 0; i < tap_rounds(500); i++) {
		struct scene s = {0};

		hand_init(&s.h);
		for (t = 1; t <= TIER; t++)
			for (a = 0; a < 7; a++) {
				uint32_t p[7], zero = 0;

				for (k = 0; k < 7; k++)
					p[k] = (t - 1) * 100 + k;
				if (rnd(2) == 0 &&
				    rpki_add_aspa(&s.h.w.rpki, t * 100 + a, t > 1 ? p : &zero, t > 1 ? 7 : 1) != OK)
					abort();
			}
		hand_seal(&s.h);
		s.t = (struct path_tables){.aspas = &s.h.w.rpki};
		for (k = 0; k < 100; k++)
			bad += !good_route(&s);
		scene_release(&s);
	}
	ok(bad == 0, "50000 routes that obey, under true ASPAs and OTC: none is proven a leak (%u are)", bad);
}

int
main(void)
{
	otc_alone();
	by_otc();
	by_name();
	by_aspa();
	excused();
	by_relations();
	triples();
	nobody_innocent();
	return tap_done();
}
