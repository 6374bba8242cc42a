/* parcel_hand: one parcel of each kind, made by hand, and random ones, for tests. */
#ifndef PARCEL_HAND_H
#define PARCEL_HAND_H

#include "archive/parcel.h"
#include "incident_hand.h"

struct hand_parcels {
	struct hand_month month;
	struct hand_window window;
	struct str row;			/* owned */
	struct arena *a;		/* owned */
	enum archive_fate fates[2];
	struct parcel p[12];
	size_t n;
};

static inline void
hand_exposures(struct hand_parcels *h, const char *file)
{
	struct str text = hand_file(file);
	const char *why = NULL;
	struct parcel *p = &h->p[h->n];

	*p = (struct parcel){.kind = PARCEL_EXPOSURES};
	if (exposed_read(file, str_span(&text), h->a, &p->exposures, &why) != OK)
		printf("# %s\n", why);
	else
		h->n++;
	str_release(&text);
}

/* From the root of the tree. */
static inline void
hand_parcels(struct hand_parcels *h)
{
	size_t i;

	*h = (struct hand_parcels){.a = arena_new(), .fates = {ARCHIVE_NEW, ARCHIVE_THERE}};
	hand_month(&h->month, 3, 3, 4, 1);
	hand_no_data(&h->month);
	hand_window(&h->window, 3);
	row_write(&h->row, &h->month.row);
	h->p[h->n++] = (struct parcel){.kind = PARCEL_ASSESSMENT, .basis = {1}, .content = {2}, .known = true, .head = h->month.head};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_ASSESSMENT, .basis = {3}, .head = h->month.head};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_ROW, .row = str_span(&h->row)};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_WINDOW, .basis = {4}, .content = {5}, .window = h->window.w};
	for (i = 0; i < h->window.n; i++)
		h->p[h->n++] = (struct parcel){.kind = PARCEL_INCIDENT, .incident = h->window.i[i]};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_ANSWER, .err = ERR_CONTRADICT, .why = "is another one",
	    .fates = h->fates, .n_fates = 2};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_COMMIT};
	h->p[h->n++] = (struct parcel){.kind = PARCEL_ROLLBACK};
	hand_exposures(h, "test/fuzz/seed/exposed/prefixes.json");
}

static inline void
hand_parcels_release(struct hand_parcels *h)
{
	str_release(&h->row);
	arena_free(h->a);
}

#endif
