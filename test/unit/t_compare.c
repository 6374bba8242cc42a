/* Networks held against demands and put in order, beside a naive reading of the header; and what stands in cells. */
#include "report/compare.h"
#include "report/compare_lay.h"
#include "tap.h"
#include "world/world.h"

#include <inttypes.h>

#define DEMANDS 6
#define NETS 9

static const struct utc noon = {1700000000};
static uint32_t seed = 7;

static uint32_t
roll(uint32_t n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 12) % n;
}

/* A requirement and networks, all drawn by lot. */
struct lot {
	struct control controls[DEMANDS];
	struct demand demands[DEMANDS];
	struct requirement req;
	struct metric metrics[NETS][DEMANDS];
	struct judgement judgements[NETS][DEMANDS];
	struct pack_result packs[NETS];
	struct as_result as[NETS];
	struct answer list[NETS * DEMANDS];
	struct answers answers;
};

static const char *const ids[DEMANDS] = {"A", "B", "C", "D", "E", "F"};

static void
judgement_draw(struct lot *l, size_t i, size_t k)
{
	const struct control *c = &l->controls[k];
	struct metric *m = &l->metrics[i][k];
	struct judgement *j = &l->judgements[i][k];

	*m = (struct metric){.id = M_ROA_COVERAGE, .asn = l->as[i].asn, .state = METRIC_OK, .num = roll(11), .den = 10,
	    .oldest = noon};
	m->num = m->num > 10 ? 10 : m->num;
	m->value_ppm = (int64_t)m->num * 100000;
	*j = (struct judgement){.control = c, .verdict = (enum verdict)roll(VERDICT_N), .because = BECAUSE_NUMBER, .at = noon,
	    .decides = m, .test = &c->tests[0]};
	if (j->verdict == VERDICT_NO_DATA || j->verdict == VERDICT_NOT_APPLICABLE) {
		m->state = j->verdict == VERDICT_NO_DATA ? METRIC_NO_DATA : METRIC_NOT_APPLICABLE;
		m->why = "by lot";
		j->because = BECAUSE_STATE;
	}
}

static void
lot_draw(struct lot *l)
{
	size_t i, k;

	*l = (struct lot){0};
	for (k = 0; k < DEMANDS; k++) {
		l->controls[k] = (struct control){.id = ids[k], .title = "T", .evidence_class = "measured", .n_tests = 1,
		    .required = roll(2), .tests = {{.metric = M_ROA_COVERAGE, .compare = COMPARE_AT_LEAST, .judged = true,
		    .pass = 2000000, .warn = 2000000, .pass_cdn = -1}}};
		l->demands[k] = (struct demand){.control = &l->controls[k], .class = CLASS_MEASURED,
		    .least = roll(2) ? CLASS_ATTESTED : CLASS_MEASURED, .weight = roll(4)};
	}
	l->req = (struct requirement){.pack = {.id = "R", .controls = l->controls, .n = DEMANDS}, .demands = l->demands};
	for (i = 0; i < NETS; i++) {
		l->as[i] = (struct as_result){.asn = 100 + roll(1000) * NETS + (uint32_t)i, .seen = roll(4) > 0, .name = "",
		    .org = "", .packs = &l->packs[i], .n_packs = 1};
		l->packs[i] = (struct pack_result){&l->req.pack, l->judgements[i], DEMANDS};
		for (k = 0; k < DEMANDS; k++)
			judgement_draw(l, i, k);
	}
}

static int
answer_cmp(const void *x, const void *y)
{
	const struct answer *a = x, *b = y;

	return a->asn != b->asn ? (a->asn < b->asn ? -1 : 1) : strcmp(a->control, b->control);
}

/* Some of them, and one for a network that is not compared. */
static void
answers_draw(struct lot *l)
{
	size_t i, k;

	for (i = 0; i < NETS; i++)
		for (k = 0; k < DEMANDS; k++)
			if (roll(3) == 0)
				l->list[l->answers.n++] = (struct answer){.asn = l->as[i].asn, .control = ids[k],
				    .value = (enum answer_value)roll(3), .text = "", .by = "J", .on = noon, .until = UTC_NONE};
	l->list[l->answers.n++] = (struct answer){.asn = 1, .control = "A", .text = "", .by = "J", .on = noon};
	qsort(l->list, l->answers.n, sizeof(*l->list), answer_cmp);
	l->answers.list = l->list;
}

/* --- the oracle --- */

static const struct answer *
answer_of(const struct lot *l, uint32_t asn, const char *control)
{
	size_t i;

	for (i = 0; i < l->answers.n; i++)
		if (l->list[i].asn == asn && strcmp(l->list[i].control, control) == 0)
			return &l->list[i];
	return NULL;
}

static enum outcome
outcome_of(const struct lot *l, size_t i, size_t k)
{
	const struct answer *a = answer_of(l, l->as[i].asn, ids[k]);

	switch (l->judgements[i][k].verdict) {
	case VERDICT_PASS:
		return OUTCOME_MEETS;
	case VERDICT_WARN:
	case VERDICT_FAIL:
		return OUTCOME_SHORT;
	case VERDICT_NOT_APPLICABLE:
		return l->as[i].seen ? OUTCOME_NOT_APPLICABLE : OUTCOME_UNKNOWN;
	case VERDICT_NO_DATA:
		break;
	}
	if (a == NULL || l->demands[k].least > CLASS_ATTESTED || a->value == ANSWER_NOT_APPLICABLE)
		return OUTCOME_UNKNOWN;
	return a->value == ANSWER_YES ? OUTCOME_MEETS : OUTCOME_SHORT;
}

/* Smaller is better: nothing known (the rest is 0 then), required short, required unknown, share not met, weight short. */
static void
key_of(const struct lot *l, size_t i, double key[5])
{
	double met = 0, of = 0;
	unsigned known = 0, unknown = 0;
	size_t k;

	key[0] = key[1] = key[2] = key[4] = 0;
	for (k = 0; k < DEMANDS; k++) {
		enum outcome o = outcome_of(l, i, k);
		double w = l->demands[k].weight;

		key[1] += l->controls[k].required && o == OUTCOME_SHORT;
		key[2] += l->controls[k].required && o == OUTCOME_UNKNOWN;
		met += o == OUTCOME_MEETS ? w : 0;
		of += o == OUTCOME_NOT_APPLICABLE ? 0 : w;
		key[4] += o == OUTCOME_SHORT ? w : 0;
		known += o == OUTCOME_MEETS || o == OUTCOME_SHORT;
		unknown += o == OUTCOME_UNKNOWN;
	}
	key[3] = of > 0 ? 1 - met / of : 1;
	if (known == 0 && unknown > 0) {
		key[0] = 1;
		key[1] = key[2] = key[3] = key[4] = 0;
	}
}

static int
key_cmp(const double a[5], const double b[5])
{
	size_t i;

	for (i = 0; i < 5; i++)
		if (a[i] < b[i] - 1e-9 || a[i] > b[i] + 1e-9)
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* How many networks stand wrong: for each, the place is one more than how many are better. */
static unsigned
misplaced(const struct lot *l, const struct comparison *c)
{
	double mine[5], other[5];
	size_t at, i, k, better, before;
	unsigned wrong = 0;

	for (at = 0; at < c->n; at++) {
		for (i = 0; l->as[i].asn != c->nets[at].as.asn; i++)
			;
		key_of(l, i, mine);
		better = before = 0;
		for (k = 0; k < NETS; k++) {
			key_of(l, k, other);
			better += key_cmp(other, mine) < 0;
			before += key_cmp(other, mine) < 0 || (key_cmp(other, mine) == 0 && l->as[k].asn < l->as[i].asn);
		}
		wrong += at != before || comparison_rank(c, at) != (mine[0] > 0 ? 0 : better + 1);
		for (k = 0; k < DEMANDS; k++)
			wrong += c->nets[at].held[k].outcome != outcome_of(l, i, k) ||
			    c->nets[at].held[k].answer != answer_of(l, l->as[i].asn, ids[k]);
	}
	return wrong;
}

/* Required first, then the heavier, then as in the profile. */
static unsigned
disordered(const struct lot *l, const struct comparison *c)
{
	unsigned wrong = 0, seen = 0;
	size_t i;

	for (i = 0; i < DEMANDS; i++) {
		size_t b = c->order[i], a;

		seen |= 1u << b;
		if (i == 0)
			continue;
		a = c->order[i - 1];
		wrong += l->controls[a].required < l->controls[b].required ||
		    (l->controls[a].required == l->controls[b].required && (l->demands[a].weight < l->demands[b].weight ||
		    (l->demands[a].weight == l->demands[b].weight && a > b)));
	}
	return wrong + (seen != (1u << DEMANDS) - 1);
}

static void
random_lots(void)
{
	unsigned round, wrong = 0, order = 0, unused = 0, shared = 0, none = 0;
	struct comparison c;
	static struct lot l;
	struct arena *a = arena_new();
	const struct assessment head = {.at = noon};
	size_t i;

	for (round = 0; round < 2000; round++) {
		arena_reset(a);
		lot_draw(&l);
		answers_draw(&l);
		comparison_make(&head, &l.req, &l.answers, l.as, NETS, a, &c);
		wrong += misplaced(&l, &c);
		order += disordered(&l, &c);
		unused += c.n_answers_unused != 1;
		for (i = 0; i < c.n; i++)
			none += comparison_rank(&c, i) == 0;
		for (i = 1; i < c.n; i++)
			shared += comparison_rank(&c, i) == comparison_rank(&c, i - 1);
	}
	ok(wrong == 0, "2,000 lots of networks stand where a naive count puts them, with its outcomes (%u wrong)", wrong);
	ok(order == 0, "and their demands in the order that a buyer reads them");
	ok(unused == 0, "the one answer that is for nobody here is counted");
	ok(shared > 0, "some share a place (%u)", shared);
	ok(none > 0, "and some have none, as nothing of them is known (%u)", none);
	arena_free(a);
}

/* --- words --- */

static const char *
cell(enum outcome o, enum held_by by, enum metric_id id, int64_t short_by)
{
	static char text[64];
	static struct judgement j;
	static struct control_test t;
	struct held h = {.outcome = o, .by = by, .short_by = short_by, .judgement = &j};
	struct str s = {0};

	t = (struct control_test){.metric = id, .compare = metric_high_is_bad(id) ? COMPARE_AT_MOST : COMPARE_AT_LEAST};
	j = (struct judgement){.test = &t};
	say_cell(&s, &h);
	snprintf(text, sizeof(text), "%s", s.p);
	str_release(&s);
	return text;
}

static void
cells(void)
{
	is_str(cell(OUTCOME_MEETS, HELD_JUDGEMENT, M_M8, 0), "meets", "met by measurement");
	is_str(cell(OUTCOME_MEETS, HELD_ANSWER, M_M8, 0), "meets, attested", "met by word of mouth");
	is_str(cell(OUTCOME_SHORT, HELD_JUDGEMENT, M_ROA_COVERAGE, 32000), "short by 3.20 points", "short of a share");
	is_str(cell(OUTCOME_SHORT, HELD_JUDGEMENT, M_BOGON_PREFIX_ORIGINATED, 3), "short, 3 too many", "over a count");
	is_str(cell(OUTCOME_SHORT, HELD_JUDGEMENT, M_M8, 0), "short", "not yes");
	is_str(cell(OUTCOME_SHORT, HELD_ANSWER, M_M8, 0), "short, answered no", "short by its own word");
	is_str(cell(OUTCOME_UNKNOWN, HELD_UNSEEN, M_M8, 0), "cannot judge", "not judged");
	is_str(cell(OUTCOME_NOT_APPLICABLE, HELD_JUDGEMENT, M_M8, 0), "n.a.", "does not apply");
}

/* No line of the matrix is wider than the terminal, whatever is asked and however it is called. */
static void
widths(void)
{
	static const char *const id = "A-CONTROL-WITH-A-LONG-NAME";
	static const unsigned widths[] = {60, 77, 80, 100};
	struct arena *a = arena_new();
	const struct assessment head = {.at = noon};
	static struct lot l;
	struct comparison c;
	struct str s = {0};
	size_t w, n, wide = 0, lines = 0;
	struct span rest, line;

	lot_draw(&l);
	l.controls[0].id = id;
	for (n = 0; n < NETS; n++)
		l.as[n].name = n % 2 ? "Gr\xc3\xbc\xc3\x9f" "e aus einem langen Namen" : "\033[31mred";
	for (w = 0; w < sizeof(widths) / sizeof(*widths); w++)
		for (n = 0; n <= NETS; n++) {
			comparison_make(&head, &l.req, NULL, l.as, n, a, &c);
			str_clear(&s);
			compare_matrix(&s, &c, (struct text_style){widths[w], false});
			wide += n > 0 && strchr(s.p, '\033') != NULL;
			for (rest = str_span(&s); n > 0 && span_cut(&rest, '\n', &line); lines++)
				wide += lay_width_of(line) > widths[w] || (line.len > 0 && line.p[line.len - 1] == ' ');
		}
	ok(wide == 0 && lines > 1000, "0 to 9 networks in 60 to 100 columns: %zu lines, all fit and none steers", lines);
	str_release(&s);
	arena_free(a);
}

int
main(void)
{
	random_lots();
	cells();
	widths();
	return tap_done();
}
