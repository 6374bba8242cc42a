/* parcel_paths: the AS paths of an incident, and by which of them it was seen when. */
#include "archive/incidents_import_int.h"
#include "archive/parcel_int.h"

#include <stdlib.h>

/* --- writing --- */

/* A sighting's first turn is when it began. */
void
parcel_paths_write(struct str *out, const struct incident_paths *p)
{
	size_t i, k;

	wire_u64(out, p->left_out);
	wire_u32(out, (uint32_t)p->n_paths);
	for (i = 0; i < p->n_paths; i++) {
		wire_u32(out, p->paths[i].n);
		for (k = 0; k < p->paths[i].n; k++)
			wire_u32(out, p->paths[i].as[k]);
	}
	for (i = 0; i < p->n_seen; i++) {
		k = p->first[i];
		wire_u32(out, p->turns[k].path);
		wire_u32(out, p->first[i + 1] - p->first[i] - 1);
		while (++k < p->first[i + 1]) {
			wire_u64(out, (uint64_t)p->turns[k].at_us);
			wire_u32(out, p->turns[k].path);
		}
	}
}

/* --- reading --- */

#define PATH_BYTES (4 + 4)
#define TURN_BYTES (8 + 4)

static void
path_read(struct rd *r, struct arena *a, struct path_list *p)
{
	uint32_t *as, i;

	p->n = wire_count(r, AS_PATH_HOPS_MAX, 4, "incident.path");
	if (p->n == 0)
		rd_fail(r, ERR_RANGE, "incident.path", 4);
	p->as = as = arena_raw(a, p->n + 1, sizeof(*as));
	for (i = 0; i < p->n; i++) {
		as[i] = rd_u32(r, "incident.path");
		if (i > 0 && as[i] == as[i - 1])
			rd_fail(r, ERR_CONTRADICT, "incident.path", 4);
	}
}

struct turns { struct path_turn *t; size_t n, cap; };	/* owned */

static void
turn_add(struct turns *all, int64_t at_us, uint32_t path)
{
	all->t = grow(all->t, &all->cap, all->n + 1, sizeof(*all->t));
	all->t[all->n++] = (struct path_turn){at_us, path};
}

/* Within the sighting, ascending, each by another path. */
static void
turns_read(struct rd *r, const struct timeline_interval *s, struct turns *all)
{
	const struct path_turn *last;
	uint32_t n, path;
	int64_t at;

	turn_add(all, s->from_us, rd_u32(r, "incident.turn.path"));
	n = wire_count(r, ARCHIVE_PARTS_MAX, TURN_BYTES, "incident.turns");
	while (n-- > 0 && r->err == OK) {
		last = &all->t[all->n - 1];
		at = (int64_t)wire_max(r, IMPORT_US_MAX, "incident.turn");
		path = rd_u32(r, "incident.turn.path");
		if (at <= last->at_us || at >= s->to_us || path == last->path)
			rd_fail(r, ERR_CONTRADICT, "incident.turn", 0);
		turn_add(all, at, path);
	}
}

static void
all_turns_read(struct rd *r, struct arena *a, const struct archive_incident *i, struct incident_paths *p)
{
	struct turns all = {0};
	size_t k, m;

	for (k = 0; k < i->n_by; k++)
		p->n_seen += i->by[k].n_seen;
	p->first = arena_array(a, p->n_seen + 1, sizeof(*p->first));
	p->n_seen = 0;
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen && r->err == OK; m++) {
			turns_read(r, &i->by[k].seen[m], &all);
			p->first[++p->n_seen] = (uint32_t)all.n;
		}
	p->turns = arena_raw(a, all.n + 1, sizeof(*p->turns));
	if (all.n > 0)
		memcpy(p->turns, all.t, all.n * sizeof(*p->turns));
	free(all.t);
}

void
parcel_paths_read(struct rd *r, struct arena *a, struct archive_incident *i)
{
	struct incident_paths *p = arena_array(a, 1, sizeof(*p));
	const char *field = "incident.paths";
	size_t k;

	i->paths = p;
	p->left_out = wire_max(r, INT64_MAX, "incident.paths_left_out");
	p->n_paths = wire_count(r, INCIDENT_PATHS_MAX, PATH_BYTES, field);
	p->paths = arena_array(a, p->n_paths + 1, sizeof(*p->paths));
	for (k = 0; k < p->n_paths && r->err == OK; k++)
		path_read(r, a, &p->paths[k]);
	all_turns_read(r, a, i, p);
	if (r->err == OK && incident_paths_wrong(i, p, a, &field) != NULL)
		rd_fail(r, ERR_CONTRADICT, field, 0);
}
