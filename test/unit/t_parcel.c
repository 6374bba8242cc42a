/* Parcels: what is written is read, by random values and their digests; no part of one is one; a bit that was changed is
 * found, or is another value that is written as it was read; what cannot be is refused with the field's name. */
#include "base/limits.h"
#include "parcel_hand.h"
#include "tap.h"

#include <stdint.h>

static uint64_t seed = 20261126;

/* xorshift: the same on every machine */
static uint64_t
dice(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return n > 0 ? (seed >> 11) % n : 0;
}

static struct span
body_of(const struct str *s)
{
	return (struct span){s->p + PARCEL_FRAME, s->len - PARCEL_FRAME};
}

static bool
same_again(const struct parcel *p, const struct str *first)
{
	struct str again = {0};
	bool same = parcel_write(&again, p) && span_eq(str_span(&again), str_span(first));

	str_release(&again);
	return same;
}

/* --- by hand --- */

static void
whole(struct hand_parcels *h)
{
	size_t i, good = 0, len;
	enum parcel_kind kind;

	for (i = 0; i < h->n; i++) {
		struct arena *a = arena_new();
		const char *field = NULL;
		struct str s = {0};
		struct parcel p;

		good += parcel_write(&s, &h->p[i]) && parcel_frame((const uint8_t *)s.p, &kind, &len) == OK &&
		    kind == h->p[i].kind && len == s.len - PARCEL_FRAME &&
		    parcel_read(kind, body_of(&s), a, &p, &field) == OK && field == NULL && same_again(&p, &s);
		if (field != NULL)
			printf("# parcel %zu: %s\n", i, field);
		str_release(&s);
		arena_free(a);
	}
	ok(h->n == 11 && good == h->n, "a parcel of each kind is read, and written again as the same bytes (%zu of %zu)", good, h->n);
}

/* Of a row row_read says; the other bodies are read here. */
static enum err
read_all(enum parcel_kind kind, struct span body, struct arena *a, struct parcel *p, const char **field)
{
	struct archive_row row;
	enum err e = parcel_read(kind, body, a, p, field);

	return e != OK || kind != PARCEL_ROW ? e : row_read(p->row, a, &row, field);
}

static void
parts(struct hand_parcels *h)
{
	size_t i, n, cuts = 0, refused = 0;

	for (i = 0; i < h->n; i++) {
		struct str s = {0};

		if (!parcel_write(&s, &h->p[i]))
			continue;
		for (n = 0; n + PARCEL_FRAME < s.len; n++) {
			struct arena *a = arena_new();
			char *exact = xmalloc(n);	/* so that ASan sees a read one past the end */
			const char *field = NULL;
			struct parcel p;

			memcpy(exact, s.p + PARCEL_FRAME, n);
			cuts++;
			refused += read_all(h->p[i].kind, (struct span){exact, n}, a, &p, &field) != OK && field != NULL;
			free(exact);
			arena_free(a);
		}
		str_release(&s);
	}
	ok(cuts > 3000 && refused == cuts, "no part of one is one, and each names a field (%zu of %zu)", refused, cuts);
}

static void
bits(struct hand_parcels *h)
{
	size_t i, n, tried = 0, refused = 0, again = 0;

	for (i = 0; i < h->n; i++) {
		struct str s = {0};

		if (h->p[i].kind == PARCEL_EXPOSURES || !parcel_write(&s, &h->p[i]))	/* a text: t_exposed.c */
			continue;
		for (n = PARCEL_FRAME * 8; n < s.len * 8; n++) {
			struct arena *a = arena_new();
			const char *field = NULL;
			struct parcel p;

			s.p[n / 8] ^= (char)(1 << n % 8);
			tried++;
			if (read_all(h->p[i].kind, body_of(&s), a, &p, &field) != OK)
				refused += field != NULL;
			else
				again += same_again(&p, &s);
			s.p[n / 8] ^= (char)(1 << n % 8);
			arena_free(a);
		}
		str_release(&s);
	}
	ok(refused > tried / 4 && again > 0 && refused + again == tried,
	    "each bit that changes is refused by field (%zu), or is another value that is written as it was read (%zu of %zu)",
	    refused, again, tried);
}

/* --- what cannot be --- */

static void
refuses(const struct parcel *p, const char *want, const char *what)
{
	struct arena *a = arena_new();
	const char *field = "";
	struct str s = {0};
	struct parcel out;
	bool bad = parcel_write(&s, p) && read_all(p->kind, body_of(&s), a, &out, &field) != OK;

	ok(bad && strcmp(field, want) == 0, "%s: %s", what, field);
	str_release(&s);
	arena_free(a);
}

static void
row_refused(struct hand_month *m, const char *want, const char *what)
{
	struct str s = {0};
	struct parcel p = {.kind = PARCEL_ROW};

	row_write(&s, &m->row);
	p.row = str_span(&s);
	refuses(&p, want, what);
	str_release(&s);
}

static void
impossible_rows(void)
{
	struct hand_month m;

	hand_month(&m, 1, 3, 4, 0);
	m.verdicts[0].decides = "another";
	row_refused(&m, "row.verdict.decides", "a verdict on a number that is not there");
	hand_month(&m, 1, 3, 4, 0);
	hand_no_data(&m);
	m.verdicts[0].verdict = VERDICT_PASS;
	row_refused(&m, "row.verdict", "a pass where there is no data");
	hand_month(&m, 1, 3, 4, 0);
	m.numbers[0].why = "no reason";
	row_refused(&m, "row.number.why", "a number with a reason why there is none");
	hand_month(&m, 1, 3, 4, 0);
	m.row.name = "\xff";
	row_refused(&m, "row.name", "a name that is not UTF-8");
	hand_month(&m, 1, 3, 4, 0);
	m.numbers[0].num = UINT64_MAX;
	row_refused(&m, "row.number.num", "a count past what the archive holds");
}

static void
impossible_heads(struct hand_parcels *h)
{
	struct parcel p = h->p[0];
	struct archive_pack twice[2];

	p.head.parameters = "{\"a\":1}, \"b\"";
	refuses(&p, "parameters", "parameters that are more than an object");
	p.head.parameters = "{\"a\": 1}";
	refuses(&p, "parameters", "parameters as we do not write them");
	p = h->p[0];
	p.head.at = UTC_NONE;
	refuses(&p, "at", "a moment that is not known");
	p = h->p[0];
	twice[0] = twice[1] = p.head.packs[0];
	p.head.packs = twice;
	p.head.n_packs = 2;
	refuses(&p, "pack.id", "a pack twice");
}

static void
impossible_windows(struct hand_parcels *h)
{
	struct parcel p = h->p[3], i = h->p[4];
	struct timeline_span s[2];
	struct path_turn turns[3];
	struct incident_paths paths = *i.incident.paths;

	p.window.seen_s = (uint64_t)(p.window.to.s - p.window.from.s) + 1;
	refuses(&p, "window.seen", "more seen than there was");
	p = h->p[3];
	p.window.not_scored = 1u << OFF_ADMIN_ASN;
	refuses(&p, "looked_for, not_scored", "a class that was not looked for");
	i.incident.confidence = "proven";
	refuses(&i, "incident.confidence", "a confidence that its class has not");
	i = h->p[4];
	i.incident.vantage_points = 3;
	refuses(&i, "incident.vantage_points", "more vantage points than saw it");
	i = h->p[4];
	s[0] = s[1] = i.incident.spans[0];
	i.incident.spans = s;
	i.incident.n_spans = 2;
	refuses(&i, "incident.spans", "spans that overlap");
	i = h->p[4];
	memcpy(turns, paths.turns, sizeof(turns));
	turns[0].path = 7;
	paths.turns = turns;
	i.incident.paths = &paths;
	refuses(&i, "incidents[].by_accomplice[].seen[].path", "a path that is not in the table");
	i = h->p[4];
	ok(parcel_outside(&i.incident, &h->window.w) == NULL, "an incident of the window");
	h->window.w.looked_for = 0;
	ok(parcel_outside(&i.incident, &h->window.w) != NULL, "and of a class that was not looked for");
	h->window.w.looked_for = h->p[3].window.looked_for;
	h->window.w.to.s = h->window.w.from.s + 1;
	ok(parcel_outside(&i.incident, &h->window.w) != NULL, "and out of its time");
	h->window.w.to = h->p[3].window.to;
}

static void
impossible_frames(void)
{
	const uint8_t other[PARCEL_FRAME] = {0, 0, 0, 0, PARCEL_N}, large[PARCEL_FRAME] = {0xff, 0xff, 0xff, 0xff, PARCEL_ROW};
	enum parcel_kind kind;
	size_t len;

	ok(parcel_frame(other, &kind, &len) == ERR_RANGE, "a frame of no kind is refused");
	ok(parcel_frame(large, &kind, &len) == ERR_LIMIT, "and one longer than any");
}

static void
impossible_exposures(struct hand_parcels *h)
{
	struct parcel p = h->p[h->n - 1];
	struct exposed_subject *s = arena_array(h->a, p.exposures.n, sizeof(*s));
	char *text;

	if (p.kind != PARCEL_EXPOSURES)
		return;
	memcpy(s, p.exposures.subjects, p.exposures.n * sizeof(*s));
	p.exposures.subjects = s;
	s[0].text = span_of(arena_printf(h->a, "%s ", s[0].text.p));
	refuses(&p, "exposures", "a text that is not canonical");
	s[0].text = span_of(arena_printf(h->a, "{\"asked\":1,\"origin\":{}],\"why\":null},%s", h->p[h->n - 1].exposures.subjects[0].text.p));
	refuses(&p, "exposures", "a text that is two");
	s[0] = h->p[h->n - 1].exposures.subjects[0];
	text = arena_strdup(h->a, p.exposures.head);
	text[p.exposures.head.len - 1] = ' ';
	p.exposures.head.p = text;
	refuses(&p, "exposures", "a head that is none");
}

/* --- random ones --- */

#define ROUNDS 400

static const char *
random_text(struct arena *a)
{
	static const char *const some[] = {"", "x", "a longer text", "\xc3\xa9t\xc3\xa9", "\xf0\x9f\x9a\x80", "\"\\\n\x01"};

	return dice(4) > 0 ? some[dice(6)] : arena_printf(a, "text %u", (unsigned)dice(1000));
}

static struct utc
random_time(void)
{
	return dice(4) == 0 ? UTC_NONE : (struct utc){(int64_t)dice(4000000000)};
}

static uint64_t
random_number(void)
{
	return dice(3) == 0 ? dice(INT64_MAX) : dice(3);
}

static const struct archive_input *
random_inputs(struct arena *a, size_t *n)
{
	struct archive_input *in = arena_array(a, 8, sizeof(*in));
	size_t i;

	*n = dice(5);
	for (i = 0; i < *n; i++) {
		in[i] = (struct archive_input){.sha256 = {(uint8_t)(i * 40 + dice(40)), (uint8_t)dice(256)}, .size = random_number(),
		    .kind = random_text(a), .time = random_time(), .time_from_name = dice(2), .complete = dice(2)};
	}
	return in;
}

static void
random_head(struct arena *a, struct archive_head *h)
{
	struct archive_pack *packs = arena_array(a, 4, sizeof(*packs));
	struct archive_control *c;
	size_t i, k;

	*h = (struct archive_head){.at = {(int64_t)dice(4000000000)}, .parameters = dice(2) ? "{}" : "{\"a\":1,\"window\":{\"x\":\"H1\"}}",
	    .packs = packs, .n_packs = dice(4), .collectors = random_number(), .vantage_points = random_number()};
	h->family[dice(2)] = (struct archive_family){random_number(), random_number(), random_number()};
	for (i = 0; i < h->n_packs; i++) {
		c = arena_array(a, 8, sizeof(*c));
		packs[i] = (struct archive_pack){.id = arena_printf(a, "pack %zu", i), .version = random_text(a), .title = random_text(a),
		    .status = random_text(a), .sha256 = {(uint8_t)dice(256)}, .has_profile = dice(2), .controls = c, .n = dice(8)};
		if (packs[i].has_profile)
			packs[i].profile_sha256[31] = (uint8_t)dice(256);
		for (k = 0; k < packs[i].n; k++)
			c[k] = (struct archive_control){random_text(a), random_text(a), dice(2)};
	}
	h->inputs = random_inputs(a, &h->n_inputs);
}

static void
random_heads(void)
{
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	size_t i, good = 0;

	for (i = 0; i < ROUNDS; i++) {
		struct parcel p = {.kind = PARCEL_ASSESSMENT, .known = dice(2)}, q;
		struct arena *a = arena_new();
		const char *field = "";
		struct str s = {0};

		p.basis[dice(32)] = (uint8_t)dice(256);
		random_head(a, &p.head);
		if (parcel_write(&s, &p) && parcel_read(p.kind, body_of(&s), a, &q, &field) == OK && same_again(&q, &s)) {
			archive_basis(&p.head, NULL, 0, want);
			archive_basis(&q.head, NULL, 0, got);
			good += memcmp(want, got, sizeof(want)) == 0 && q.known == p.known && memcmp(q.basis, p.basis, sizeof(p.basis)) == 0 &&
			    q.head.family[1].visible_routes == p.head.family[1].visible_routes;
		} else {
			printf("# %s\n", field);
		}
		str_release(&s);
		arena_free(a);
	}
	ok(good == ROUNDS, "random heads are what they were, by their digests (%zu)", good);
}

static void
random_row(struct arena *a, struct archive_row *r)
{
	static const char *const metrics[] = {"a", "b", "rov-invalid", "z"};
	struct archive_number *n = arena_array(a, 4, sizeof(*n));
	struct archive_verdict *v = arena_array(a, 8, sizeof(*v));
	size_t i;

	*r = (struct archive_row){.asn = (uint32_t)dice(UINT32_MAX), .seen = dice(2), .cdn = dice(2), .name = random_text(a),
	    .org = random_text(a), .numbers = n, .n_numbers = dice(5), .verdicts = v, .n_verdicts = dice(8)};
	if (dice(2))
		r->place = (struct place){.service = (uint8_t)(1 + dice(5)), .country = {'D', 'E'}};
	for (i = 0; i < r->n_numbers; i++) {
		n[i] = (struct archive_number){.metric = metrics[i], .unit = (enum metric_unit)dice(4), .state = (enum metric_state)dice(3),
		    .evidence = random_text(a), .oldest = random_time()};
		if (n[i].state != METRIC_OK)
			n[i].why = random_text(a);
		else
			n[i].num = random_number(), n[i].den = random_number(), n[i].value = (int64_t)random_number();
	}
	for (i = 0; i < r->n_verdicts; i++) {
		const struct archive_number *on = r->n_numbers > 0 && dice(3) > 0 ? &n[dice(r->n_numbers)] : NULL;

		v[i].decides = on != NULL ? on->metric : NULL;
		v[i].verdict = on != NULL && on->state != METRIC_OK ? VERDICT_NO_DATA : (enum verdict)dice(VERDICT_N);
		v[i].reason = row_reason_needed(v[i].verdict, on) ? random_text(a) : NULL;
	}
}

static void
random_rows(void)
{
	size_t i, good = 0;

	for (i = 0; i < ROUNDS; i++) {
		struct arena *a = arena_new();
		struct str s = {0}, again = {0};
		struct archive_row r, q;
		const char *field = "";

		random_row(a, &r);
		row_write(&s, &r);
		if (row_read(str_span(&s), a, &q, &field) == OK) {
			row_write(&again, &q);
			good += span_eq(str_span(&s), str_span(&again)) && q.asn == r.asn && strcmp(q.name, r.name) == 0 &&
			    q.n_numbers == r.n_numbers && q.n_verdicts == r.n_verdicts && place_same(&q.place, &r.place) &&
			    (q.n_verdicts == 0 || q.verdicts[0].verdict == r.verdicts[0].verdict);
		} else {
			printf("# %s\n", field);
		}
		str_release(&s);
		str_release(&again);
		arena_free(a);
	}
	ok(good == ROUNDS, "random rows are what they were (%zu)", good);
}

/* One sighting after the other at vantage points of their own, so that all agrees. */
static void
random_incident(struct arena *a, struct archive_incident *x)
{
	struct timeline_interval *s;
	struct timeline_span *d;
	struct archive_by *by = arena_array(a, 5, sizeof(*by));
	uint32_t vp = 0;
	size_t i, k;
	int64_t t = (int64_t)dice(1000000000000000);

	*x = (struct archive_incident){.class = (enum offence_class)dice(OFF_N), .prefix = hand_prefix(dice(2) ? "198.51.100.0/24" : "2001:db8::/33"),
	    .origin = (uint32_t)dice(UINT32_MAX), .culprit = 1 + (uint32_t)dice(1000), .why = random_text(a), .needed = (uint32_t)dice(9),
	    .by = by, .n_by = 1 + dice(4)};
	if (x->class == OFF_MISORIGIN || x->class == OFF_LEAK)
		x->confidence = dice(2) ? "probable" : x->class == OFF_LEAK ? "proven" : "strong";
	if (x->class == OFF_MISORIGIN)
		x->says = (uint32_t)dice(1u << MIS_N);
	for (i = 0; i < x->n_by; i++) {
		s = arena_array(a, 6, sizeof(*s));
		d = arena_array(a, 2, sizeof(*d));
		by[i] = (struct archive_by){.accomplice = (uint32_t)(i * 1000 + dice(1000)), .seen = s, .n_seen = 1 + dice(5), .during = d, .n_during = dice(2)};
		d[0] = (struct timeline_span){t, t + (int64_t)dice(1000)};
		for (k = 0; k < by[i].n_seen; k++)
			s[k] = (struct timeline_interval){t + (int64_t)dice(1000), t + 1000 + (int64_t)dice(1000), vp++, (uint32_t)dice(9),
			    (uint8_t)dice(TL_BEFORE + 1), (uint8_t)dice(TL_NOT_IN_TABLE + 1)};
	}
	x->vantage_points = vp;
	x->peak = (uint32_t)dice(vp + 1);
	x->spans = by[0].during;
	x->n_spans = by[0].n_during;
}

static void
random_incidents(void)
{
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	size_t i, good = 0;

	for (i = 0; i < ROUNDS; i++) {
		struct parcel p = {.kind = PARCEL_INCIDENT}, q;
		struct arena *a = arena_new();
		struct archive_window w = {.counts = "{}"};
		const char *field = "";
		struct sha256 h;
		struct str s = {0};

		random_incident(a, &p.incident);
		if (parcel_write(&s, &p) && parcel_read(p.kind, body_of(&s), a, &q, &field) == OK && same_again(&q, &s)) {
			archive_found_begin(&h);
			archive_found_add(&h, &p.incident);
			archive_found_end(&h, &w, want);
			archive_found_begin(&h);
			archive_found_add(&h, &q.incident);
			archive_found_end(&h, &w, got);
			good += memcmp(want, got, sizeof(want)) == 0;
		} else {
			printf("# %s\n", field);
		}
		str_release(&s);
		arena_free(a);
	}
	ok(good == ROUNDS, "random incidents are what they were, by their digests (%zu)", good);
}

/* The window and incidents by hand, with paths, by their digests. */
static void
digests(struct hand_parcels *h)
{
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES], basis[2][SHA256_BYTES];
	struct arena *a = arena_new();
	const char *field = NULL;
	struct sha256 x, y;
	struct parcel w, p;
	struct str s = {0};
	size_t i;

	archive_found_begin(&x);
	archive_found_begin(&y);
	ok(parcel_write(&s, &h->p[3]) && parcel_read(PARCEL_WINDOW, body_of(&s), a, &w, &field) == OK, "a window");
	for (i = 0; i < h->window.n; i++) {
		struct str one = {0};

		if (parcel_write(&one, &h->p[4 + i]) && parcel_read(PARCEL_INCIDENT, body_of(&one), a, &p, &field) == OK) {
			archive_found_add(&x, &h->window.i[i]);
			archive_found_add(&y, &p.incident);
		}
		str_release(&one);
	}
	archive_found_end(&x, &h->window.w, want);
	archive_found_end(&y, &w.window, got);
	archive_window_basis(&h->window.w, basis[0]);
	archive_window_basis(&w.window, basis[1]);
	ok(memcmp(want, got, sizeof(want)) == 0 && memcmp(basis[0], basis[1], sizeof(basis[0])) == 0,
	    "and its incidents with their paths have the digests that they had");
	str_release(&s);
	arena_free(a);
}

int
main(void)
{
	struct hand_parcels h;

	hand_parcels(&h);
	whole(&h);
	parts(&h);
	bits(&h);
	digests(&h);
	impossible_rows();
	impossible_heads(&h);
	impossible_windows(&h);
	impossible_frames();
	impossible_exposures(&h);
	random_heads();
	random_rows();
	random_incidents();
	hand_parcels_release(&h);
	return tap_done();
}
