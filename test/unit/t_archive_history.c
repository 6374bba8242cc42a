/* The history of a network: which months are shown, what changed, and what stands against comparing
 * two of them. */
#include "archive/history.h"
#include "archive_hand.h"
#include "tap.h"

static char dir[] = "/tmp/t_history.XXXXXX";
static char path[64];

static void
put(struct archive *a, const struct hand_month *m)
{
	enum archive_fate fate;

	if (hand_put(a, m, &fate) != OK) {
		printf("# %s\n", archive_why(a));
		abort();
	}
}

static void
tell(struct archive *a, const struct history_query *q, struct arena *arena, struct archive_history *h)
{
	if (history_make(a, 64500, q, arena, h) != OK) {
		printf("# %s\n", archive_why(a));
		abort();
	}
}

static const char *
change_of(struct arena *arena, const struct history_cell *c)
{
	struct str s = {0};
	const char *text;

	if (!c->has_change)
		return "none";
	history_change(&s, c);
	text = arena_strdup(arena, str_span(&s));
	str_release(&s);
	return text;
}

/* January: 3 of 4. February: twice, the later one 1 of 8. March: no VRPs. April: 8 of 8. */
static void
fill(struct archive *a)
{
	struct hand_month m;

	hand_month(&m, 2, 1, 8, 2);
	put(a, &m);
	hand_month(&m, 1, 3, 4, 0);
	put(a, &m);
	hand_month(&m, 2, 8, 8, 0);
	m.head.at.s -= 3600;		/* still January, and newer */
	m.input.sha256[1] = 1;
	put(a, &m);
	hand_month(&m, 3, 0, 0, 0);
	hand_no_data(&m);
	m.numbers[0].den = 4;
	put(a, &m);
	hand_month(&m, 4, 8, 8, 5);
	put(a, &m);
}

static void
months(struct archive *a, struct arena *arena)
{
	struct history_query q = {.as_of = UTC_NONE};
	const struct history_pack *p;
	struct archive_history h;

	tell(a, &q, arena, &h);
	p = &h.packs[0];
	ok(h.known && h.n_packs == 1 && p->n_months == 4 && p->n_controls == 2, "four months, of two controls");
	is_str(p->months[0].label, "2024-01", "in their order");
	ok(p->controls[0].cells[0].num == 8 && p->controls[0].cells[0].verdict == VERDICT_PASS,
	    "the newest assessment of a month is shown, whenever it was archived");
	q.all = true;
	tell(a, &q, arena, &h);
	ok(h.packs[0].n_months == 5 && h.packs[0].controls[0].cells[0].num == 3, "all of them when asked for");
	is_str(h.packs[0].months[1].label, "2024-01-31", "with their days");
	q = (struct history_query){.as_of = utc_from_date(2024, 1, 31, 22, 59, 59)};
	tell(a, &q, arena, &h);
	ok(h.packs[0].n_months == 1 && h.packs[0].controls[0].cells[0].num == 3,
	    "as of a second before the newer one, it is not known");
	q.as_of.s++;
	tell(a, &q, arena, &h);
	ok(h.packs[0].n_months == 1 && h.packs[0].controls[0].cells[0].num == 8, "and at its second it is");
	q.as_of = utc_from_date(2023, 1, 1, 0, 0, 0);
	tell(a, &q, arena, &h);
	ok(!h.known && h.n_packs == 0, "before all of them nothing is known");
	q = (struct history_query){.as_of = UTC_NONE, .pack = "HAND", .control = "b"};
	tell(a, &q, arena, &h);
	ok(h.known && h.packs[0].n_controls == 1, "one pack and control, whatever their case");
	q.control = "C";
	tell(a, &q, arena, &h);
	ok(!h.known, "and not one that no month has");
}

static void
changes(struct archive *a, struct arena *arena)
{
	const struct history_query q = {.as_of = UTC_NONE};
	const struct history_cell *c;
	struct archive_history h;

	tell(a, &q, arena, &h);
	c = h.packs[0].controls[0].cells;
	is_str(change_of(arena, &c[0]), "none", "the first month has no change");
	is_str(change_of(arena, &c[1]), "-87.50 points", "a share changes by points");
	ok(c[2].verdict == VERDICT_NO_DATA && !c[2].has_number && !c[2].has_change, "no data is no number and no change");
	ok(c[3].has_number && !c[3].has_change && c[3].verdict == VERDICT_PASS, "and the month after it has no change");
	c = h.packs[0].controls[1].cells;
	is_str(change_of(arena, &c[1]), "+2", "a count by counts");
	is_str(change_of(arena, &c[2]), "-2", "down, too");
	ok(h.packs[0].months[1].n_cautions == 0 && c[1].n_cautions == 0 && !h.packs[0].months[3].gap, "nothing stands against it");
}

static void
said(void)
{
	struct arena *arena = arena_new();
	struct history_cell c = {.has_change = true, .unit = UNIT_SHARE, .change = 1};

	is_str(change_of(arena, &c), "+0.01 points", "the least change does not read as none");
	c.change = -49;
	is_str(change_of(arena, &c), "-0.01 points", "nor down");
	c.change = 0;
	is_str(change_of(arena, &c), "=", "and none is none");
	c = (struct history_cell){.has_change = true, .unit = UNIT_BOOL, .change = -1000000};
	is_str(change_of(arena, &c), "yes to no", "yes and no in words");
	c = (struct history_cell){.has_change = true, .unit = UNIT_COUNT, .change = INT64_MIN};
	is_str(change_of(arena, &c), "-9223372036854775808", "the largest count that there is");
	arena_free(arena);
}

/* --- what cannot be compared --- */

static const char *
caution(struct archive *a, struct arena *arena, const struct hand_month *then, const struct hand_month *now)
{
	const struct history_query q = {.as_of = UTC_NONE};
	const struct history_month *m;
	const struct history_cell *c;
	struct archive_history h;

	put(a, then);
	put(a, now);
	tell(a, &q, arena, &h);
	m = &h.packs[0].months[h.packs[0].n_months - 1];
	c = &h.packs[0].controls[0].cells[h.packs[0].n_months - 1];
	return m->n_cautions > 0 ? m->cautions[0] : c->n_cautions > 0 ? c->cautions[0] : m->gap ? "gap" : "";
}

static void
cautions(struct arena *arena)
{
	static const char *const want[] = {"judged by hand 2.0.0, before by 1.0.0",
	    "judged by hand 1.0.0, catalogue 050000000000..., before 000000000000... of the same version",
	    "other parameters: visibility_min 3, before 5", "other parameters: c true, before not given; a not given, before 1",
	    "rests on origins vrps, before on table vrps", "another number decides: other, before roa-coverage", "gap", "",
	    "judged by hand 1.0.0 with a profile, before without one",
	    "judged by hand 1.0.0, which has the same digests and other controls than before: one of the two reports is wrong",
	    "the very inputs of the month before, judged for another moment: no new evidence"};
	struct hand_month then, now;
	struct archive *a = NULL;
	struct str why = {0};
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(*want); i++) {
		unlink(path);
		if (archive_open(&a, path, ARCHIVE_WRITE, &why) != OK)
			abort();
		hand_month(&then, 1, 3, 4, 0);
		hand_month(&now, i == 6 ? 3 : 2, 2, 4, 0);
		now.pack.version = i == 0 ? "2.0.0" : "1.0.0";
		now.pack.sha256[0] = i == 1 ? 5 : 0;
		now.pack.has_profile = i == 8;
		now.controls[0].required = i != 9;
		now.input.sha256[0] = i == 10 ? 1 : 2;
		now.head.parameters = i == 2 ? "{\"a\":1,\"visibility_min\":3}" : i == 3 ? "{\"c\":true,\"visibility_min\":5}"
		    : now.head.parameters;
		now.numbers[1].evidence = i == 4 ? "origins vrps" : now.numbers[1].evidence;
		now.numbers[1].metric = now.verdicts[0].decides = i == 5 ? "other" : "roa-coverage";
		is_str(caution(a, arena, &then, &now), want[i], "%s", *want[i] != '\0' ? want[i] : "nothing, for two of a kind");
		archive_close(a);
	}
	str_release(&why);
}

int
main(void)
{
	struct arena *arena = arena_new();
	struct archive *a = NULL;
	struct str why = {0};

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	if (archive_open(&a, path, ARCHIVE_WRITE, &why) != OK)
		return 1;
	fill(a);
	months(a, arena);
	changes(a, arena);
	archive_close(a);
	said();
	cautions(arena);
	unlink(path);
	rmdir(dir);
	str_release(&why);
	arena_free(arena);
	return tap_done();
}
