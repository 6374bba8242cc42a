/* Windows in a history: which are shown, what is new, ended and still open (a naive count beside the merge), which class
 * says nothing, and what stands against comparing two. */
#include "archive/history.h"
#include "incident_hand.h"
#include "tap.h"

static char dir[] = "/tmp/t_history_windows.XXXXXX";
static char path[80];

static struct archive *
fresh(void)
{
	struct archive *a = NULL;
	struct str why = {0};

	unlink(path);
	if (archive_open(&a, path, ARCHIVE_WRITE, &why) != OK)
		abort();
	return a;
}

static void
put(struct archive *a, const struct hand_window *h)
{
	enum archive_fate fate;

	if (hand_window_put(a, h, &fate) != OK) {
		printf("# %s\n", archive_why(a));
		abort();
	}
}

static struct archive_history
told(struct archive *a, struct arena *arena, struct history_query q)
{
	struct archive_history h;

	if (q.as_of.s == 0)
		q.as_of = UTC_NONE;
	if (history_make(a, 64500, &q, arena, &h) != OK)
		abort();
	return h;
}

static bool
warns(const struct history_window *w, const char *of)
{
	size_t i;

	for (i = 0; i < w->n_cautions; i++)
		if (strstr(w->cautions[i], of) != NULL)
			return true;
	return false;
}

static void
which(struct arena *arena)
{
	struct archive *a = fresh();
	struct archive_history h;
	struct hand_window jan, week, feb;

	hand_window(&jan, 1);
	hand_window(&week, 1);
	hand_window(&feb, 2);
	week.w.to = utc_from_date(2024, 1, 8, 0, 0, 0);
	week.w.seen_s = 604800;
	put(a, &feb);
	put(a, &jan);
	put(a, &week);
	h = told(a, arena, (struct history_query){0});
	ok(h.known && h.n_packs == 0 && h.n_windows == 2 && strcmp(h.windows[0].label, "2024-01") == 0 &&
	    h.windows[0].of->w.to.s == jan.w.to.s && strcmp(h.windows[1].label, "2024-02") == 0,
	    "of each month the window that ends last, whatever came first");
	h = told(a, arena, (struct history_query){.all = true});
	ok(h.n_windows == 3 && strcmp(h.windows[0].label, "2024-01-01") == 0 && warns(&h.windows[0], "this is window ") &&
	    warns(&h.windows[0], "the window is 2024-01-01T00:00 to 2024-01-08T00:00"), "all of them, told apart");
	ok(h.windows[0].first && !h.windows[1].first && warns(&h.windows[1], "overlaps"), "a week in the month overlaps it");
	h = told(a, arena, (struct history_query){.as_of = utc_from_date(2024, 1, 31, 23, 59, 58)});
	ok(h.n_windows == 1 && h.windows[0].of->w.to.s == week.w.to.s, "as of a moment before January is over: the week");
	h = told(a, arena, (struct history_query){.as_of = utc_from_date(2024, 1, 31, 23, 59, 59)});
	ok(h.n_windows == 1 && h.windows[0].of->w.to.s == jan.w.to.s, "as of its last second: January");
	h = told(a, arena, (struct history_query){.as_of = utc_from_date(2024, 1, 2, 0, 0, 0)});
	ok(!h.known && h.n_windows == 0, "before any was over: nothing is known");
	h = told(a, arena, (struct history_query){.pack = "hand"});
	ok(!h.known && h.n_windows == 0, "by a pack: no incidents");
	ok(history_make(a, 64999, &(struct history_query){.as_of = UTC_NONE}, arena, &h) == OK && !h.known && h.n_windows == 0,
	    "of a network that is in none nothing is known");
	archive_close(a);
}

/* A month of leaks by AS64500: of each prefix a bit in has, one in open. */
static void
leaks(struct hand_window *h, int month, unsigned has, unsigned open, struct archive_incident out[static 8],
    struct archive_by by[static 8], struct timeline_interval seen[static 8])
{
	char text[PREFIX_TEXT];
	unsigned i, n = 0;

	hand_window(h, month);
	for (i = 0; i < 8; i++) {
		if ((has >> i & 1) == 0)
			continue;
		seen[n] = (struct timeline_interval){h->t0, h->t0 + HAND_US, 0, 0, TL_ANNOUNCED,
		    (uint8_t)((open >> i & 1) != 0 ? TL_OPEN : TL_WITHDRAWN)};
		by[n] = (struct archive_by){64501, &seen[n], NULL, 1, 0};
		snprintf(text, sizeof(text), "10.%u.0.0/16", i);
		out[n] = h->i[2];
		out[n].prefix = hand_prefix(text);
		out[n].origin = i;
		out[n].by = &by[n];
		out[n].spans = NULL;
		out[n].n_spans = 0;
		n++;
	}
	h->n = 0;
	memset(h->i, 0, sizeof(h->i));
}

static void
put_many(struct archive *a, const struct hand_window *h, const struct archive_incident *i, size_t n)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	enum archive_fate fate;
	struct sha256 s;
	size_t k;
	enum err e;

	archive_window_basis(&h->w, basis);
	archive_found_begin(&s);
	for (k = 0; k < n; k++)
		archive_found_add(&s, &i[k]);
	archive_found_end(&s, &h->w, content);
	e = archive_window_begin(a, &h->w, basis, content);
	for (k = 0; k < n && e == OK; k++)
		e = archive_incident_put(a, &i[k]);
	if (e != OK || archive_commit(a, &fate) != OK) {
		printf("# %s\n", archive_why(a));
		abort();
	}
}

static unsigned
bits(unsigned v)
{
	return v == 0 ? 0 : (v & 1) + bits(v >> 1);
}

/* Every pair of a few sets, against counting bits. */
static void
changed(struct arena *arena)
{
	static const unsigned sets[][2] = {{0x00, 0x00}, {0xff, 0x00}, {0xff, 0xff}, {0x0f, 0x05}, {0xf0, 0x30}, {0x5a, 0x12},
	    {0x01, 0x01}};
	const size_t n = sizeof(sets) / sizeof(*sets);
	struct timeline_interval seen[2][8];
	struct archive_incident in[2][8];
	struct archive_by by[2][8];
	const struct history_change *c, *let;
	struct hand_window w[2];
	struct archive_history h;
	size_t i, k, wrong = 0, looked = 0;

	for (i = 0; i < n; i++)
		for (k = 0; k < n; k++) {
			const unsigned had = sets[i][0], was = sets[i][1], has = sets[k][0], is = sets[k][1];
			struct archive *a = fresh();

			leaks(&w[0], 1, had, was, in[0], by[0], seen[0]);
			leaks(&w[1], 2, has, is, in[1], by[1], seen[1]);
			put_many(a, &w[0], in[0], bits(had));
			put_many(a, &w[1], in[1], bits(has));
			h = told(a, arena, (struct history_query){0});
			archive_close(a);
			if ((had | has) == 0)
				continue;
			c = history_change_of(&h.windows[1], ROLE_CULPRIT, OFF_LEAK);
			looked++;
			wrong += c == NULL || c->begun != bits(has & ~had) || c->ended != bits(was & ~is) || c->still != bits(was & is);
			if (c == NULL)
				continue;
			a = fresh();
			put_many(a, &w[0], in[0], bits(had));
			put_many(a, &w[1], in[1], bits(has));
			if (history_make(a, 64501, &(struct history_query){.as_of = UTC_NONE}, arena, &h) != OK)
				abort();
			let = history_change_of(&h.windows[1], ROLE_ACCOMPLICE, OFF_LEAK);
			wrong += let == NULL || let->begun != c->begun || let->ended != c->ended || let->still != c->still;
			archive_close(a);
		}
	ok(wrong == 0 && looked > 40, "new, ended and still open are those of the sets, %zu pairs, culprit and accomplice", looked);
}

static void
unlike(struct arena *arena)
{
	static const char *const want[] = {"", "time since the window before", "parameters or curve", "parameters or curve",
	    "same classes", "hardly seen", "other vantage points", "NO DATA on"};
	struct archive_history h;
	struct hand_window jan, feb;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(*want); i++) {
		struct archive *a = fresh();

		hand_window(&jan, 1);
		hand_window(&feb, i == 1 ? 3 : 2);
		jan.w.looked_for = feb.w.looked_for = i == 7 ? jan.w.looked_for : (1u << OFF_N) - 1;
		jan.w.n_dated = feb.w.n_dated = 0;
		feb.w.parameters = i == 2 ? "{\"visibility\":6}" : feb.w.parameters;
		feb.w.curve = i == 3 ? CURVE_H2 : CURVE_H1;
		feb.w.looked_for &= i == 4 ? ~(1u << OFF_LEAK) : UINT32_MAX;
		jan.w.seen_s = i == 5 ? 3600 : jan.w.seen_s;
		feb.vps[0].addr.b[0] ^= i == 6;
		feb.n -= i == 4;
		put(a, &jan);
		put(a, &feb);
		h = told(a, arena, (struct history_query){0});
		if (i == 0)
			ok(h.windows[1].n_cautions == 0, "two windows of a kind can be compared");
		else
			ok(warns(&h.windows[1], want[i]), "and those that are not say: %s", want[i]);
		if (i == 4)
			ok(history_change_of(&h.windows[1], ROLE_CULPRIT, OFF_LEAK) == NULL &&
			    history_change_of(&h.windows[1], ROLE_CULPRIT, OFF_BOGON_PREFIX) != NULL,
			    "a class that was not looked for has no change: nothing ended");
		archive_close(a);
	}
}

int
main(void)
{
	struct arena *arena = arena_new();

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	which(arena);
	changed(arena);
	unlike(arena);
	unlink(path);
	rmdir(dir);
	arena_free(arena);
	return tap_done();
}
