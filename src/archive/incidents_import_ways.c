/* incidents_import_ways: the AS paths of an incident, and by which of them it was seen when. Paths come behind the sightings
 * that name them, so that all is held against each other at the end. Documents of before there were paths have none. */
#include "archive/incidents_import_int.h"
#include "archive/ways.h"

#include <stdlib.h>
#include <string.h>

#define PATHS "incidents[].paths"
#define SEEN "incidents[].by_accomplice[].seen[]"

/* --- of a sighting --- */

static void
turn_add(struct incidents_reader *x, int64_t at_us, uint32_t path)
{
	struct import_ways *w = &x->ways;

	w->turns = grow(w->turns, &w->cap_turns, w->n_turns + 1, sizeof(*w->turns));
	w->turns[w->n_turns++] = (struct path_turn){at_us, path};
}

bool
import_path_index(struct importer *im, const char *field, uint32_t *out)
{
	enum json_tok t = json_next(&im->doc.r);
	uint64_t v = 0;

	*out = PATH_NONE;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_NUM || span_u64(im->doc.r.text, INCIDENT_PATHS_MAX - 1, &v) != OK)
		return doc_refuse(&im->doc, field, "is neither null nor an index below INCIDENT_PATHS_MAX (512)");
	*out = (uint32_t)v;
	return true;
}

static bool
turn_read(struct incidents_reader *x, struct path_turn *t)
{
	static const char words[] = "at at_us path";
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	struct utc at = {0};
	uint64_t us = 0;
	bool good = true;

	*t = (struct path_turn){0, PATH_NONE};
	while (good && im_pick(im, SEEN ".turns[]", words, &has, &which))
		good = which == 0 ? im_time(im, SEEN ".turns[].at", &at) : which == 1 ?
		    doc_number(&im->doc, SEEN ".turns[].at_us", IMPORT_US_MAX, &us) :
		    import_path_index(im, SEEN ".turns[].path", &t->path);
	t->at_us = (int64_t)us;
	return good && im_whole(im, SEEN ".turns[]", has, words) &&
	    (at.s == t->at_us / 1000000 || doc_refuse(&im->doc, SEEN ".turns[]", "at, at_us are not the same moment"));
}

/* The first stands for what the sighting began by, which is known when it ends. */
bool
import_turns(struct incidents_reader *x)
{
	struct importer *im = &x->im;
	struct path_turn t;
	size_t n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, SEEN ".turns", "is not an array");

	turn_add(x, 0, PATH_NONE);
	while (good && doc_element(&im->doc, SEEN ".turns")) {
		good = (n++ < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, SEEN ".turns", "holds more than ARCHIVE_PARTS_MAX (1048576)")) &&
		    turn_read(x, &t);
		if (good)
			turn_add(x, t.at_us, t.path);
	}
	return good && im->doc.why == NULL;
}

bool
import_way_end(struct incidents_reader *x, const struct timeline_interval *s, bool has_path, bool has_turns, uint32_t path)
{
	struct import_ways *w = &x->ways;
	struct importer *im = &x->im;
	size_t first = w->n_first > 0 ? w->first[w->n_first - 1] : 0, i;

	if (!has_turns)
		turn_add(x, 0, PATH_NONE);
	if (has_turns && !has_path)
		return doc_refuse(&im->doc, SEEN ".turns", "is there without a path that it began by");
	w->with += has_path;
	w->turns[first] = (struct path_turn){s->from_us, path};
	for (i = first + 1; i < w->n_turns; i++)
		if (w->turns[i].at_us <= w->turns[i - 1].at_us || w->turns[i].at_us >= s->to_us ||
		    w->turns[i].path == w->turns[i - 1].path)
			return doc_refuse(&im->doc, SEEN ".turns[]", "is not within it, does not ascend, or turns to the same path");
	w->first = grow(w->first, &w->cap_first, w->n_first + 1, sizeof(*w->first));
	w->first[w->n_first++] = (uint32_t)w->n_turns;	/* where the next one begins */
	return true;
}

/* --- the table --- */

static bool
hops_read(struct incidents_reader *x, struct path_list *l)
{
	struct importer *im = &x->im;
	uint32_t *as = NULL, v = 0;
	size_t n = 0, cap = 0;
	enum json_tok t;
	bool good = true;

	while (good && (t = json_next(&im->doc.r)) == JSON_NUM) {
		good = span_u32(im->doc.r.text, UINT32_MAX, &v) == OK || doc_refuse(&im->doc, PATHS "[]", "holds something that is not an ASN");
		good = good && (n < AS_PATH_HOPS_MAX || doc_refuse(&im->doc, PATHS "[]", "holds more than AS_PATH_HOPS_MAX (4096)"));
		good = good && (n == 0 || as[n - 1] != v || doc_refuse(&im->doc, PATHS "[]", "holds an ASN twice in a row"));
		as = grow(as, &cap, n + 1, sizeof(*as));
		as[n++] = v;
	}
	l->as = row_settle(im->row, as, n, sizeof(*as));
	l->n = (uint32_t)n;
	if (!good)
		return false;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, PATHS "[]");
	if (t != JSON_ARR_END)
		return doc_refuse(&im->doc, PATHS "[]", "holds something that is not an ASN");
	return n > 0 || doc_refuse(&im->doc, PATHS "[]", "is empty");
}

bool
import_paths(struct incidents_reader *x)
{
	struct import_ways *w = &x->ways;
	struct importer *im = &x->im;
	enum json_tok t;

	if (!doc_expect(&im->doc, JSON_ARR, PATHS, "is not an array"))
		return false;
	while ((t = json_next(&im->doc.r)) == JSON_ARR) {
		if (w->n_paths == INCIDENT_PATHS_MAX)
			return doc_refuse(&im->doc, PATHS, "holds more than INCIDENT_PATHS_MAX (512)");
		w->paths = grow(w->paths, &w->cap_paths, w->n_paths + 1, sizeof(*w->paths));
		if (!hops_read(x, &w->paths[w->n_paths++]))
			return false;
	}
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, PATHS);
	return t == JSON_ARR_END || doc_refuse(&im->doc, PATHS, "holds something that is not an array");
}

/* --- at the end of an incident --- */

/* NULL, or the rule that the paths break. */
const char *
incident_paths_wrong(const struct archive_incident *i, const struct incident_paths *p, struct arena *arena, const char **field)
{
	size_t n_seen, k;
	struct path_sighting *seen = incident_sightings(i, arena, &n_seen);
	struct path_count *n = arena_array(arena, p->n_paths + 1, sizeof(*n));

	*field = SEEN ".path";
	for (k = 0; k < p->first[p->n_seen]; k++)
		if (p->turns[k].path != PATH_NONE && p->turns[k].path >= p->n_paths)
			return "is not in the table of paths";
	incident_paths_count(p, seen, n);
	*field = PATHS "[]";
	for (k = 0; k < p->n_paths; k++) {
		if (n[k].n_vps == 0)
			return "is of no vantage point";
		if (path_list_find(&p->paths[k], i->culprit) == p->paths[k].n)
			return "is without the culprit";
		if (k > 0 && incident_paths_cmp(&p->paths[k - 1], &n[k - 1], &p->paths[k], &n[k]) >= 0) {
			*field = PATHS;
			return "does not descend by vantage points and time, then ascend by ASNs";
		}
	}
	return NULL;
}

bool
import_ways_fit(struct incidents_reader *x, struct archive_incident *i, bool has_paths, bool has_left)
{
	struct import_ways *w = &x->ways;
	struct importer *im = &x->im;
	struct incident_paths *p;
	const char *rule, *field;

	if (has_paths != has_left)
		return doc_refuse(&im->doc, "incidents[].paths, paths_left_out", "are there both or not at all");
	if (w->with != (has_paths ? w->n_first : 0))
		return doc_refuse(&im->doc, SEEN ".path", has_paths ? "is lacking" : "is there without a table of paths");
	if (!has_paths)
		return true;
	p = arena_array(im->row, 1, sizeof(*p));
	*p = (struct incident_paths){.paths = w->paths, .n_paths = w->n_paths, .left_out = w->left_out, .turns = w->turns,
	    .first = arena_raw(im->row, w->n_first + 1, sizeof(*p->first)), .n_seen = w->n_first};
	p->first[0] = 0;
	if (w->n_first > 0)
		memcpy(p->first + 1, w->first, w->n_first * sizeof(*p->first));
	i->paths = p;
	rule = incident_paths_wrong(i, p, im->row, &field);
	return rule == NULL || doc_refuse(&im->doc, field, rule);
}

void
import_ways_reset(struct incidents_reader *x)
{
	x->ways.n_turns = x->ways.n_first = x->ways.n_paths = x->ways.with = 0;
	x->ways.left_out = 0;
}

void
import_ways_release(struct incidents_reader *x)
{
	free(x->ways.turns);
	free(x->ways.first);
	free(x->ways.paths);
}
