/*
 * incidents: a document of incidents for the archive. What is read fits together as incidents_import.h promises, does not
 * hang on the size of the pieces, sums to what a naive count sums to, and a document without its last byte is never
 * complete.
 */
#undef NDEBUG
#include <assert.h>

#include "archive/incidents_import.h"
#include "archive/sql.h"
#include "base/doc.h"
#include "mutate_json.h"
#include "report/incidents.h"

#include <string.h>

struct reading {
	struct incidents_result r;
	struct archive_incident last;
	uint64_t n;
	uint32_t max_vp;
	int64_t from_us, to_us;
	uint32_t classes;
	uint64_t let_in;	/* pairs of incident and accomplice */
	struct parties *sums;
};

static void
check_by(struct reading *run, const struct archive_by *by)
{
	size_t m;

	assert(by->n_seen > 0);
	for (m = 0; m < by->n_seen; m++) {
		const struct timeline_interval *s = &by->seen[m];

		assert(s->from_us >= 0 && s->from_us <= s->to_us && s->began <= TL_BEFORE && s->ended <= TL_NOT_IN_TABLE);
		run->max_vp = s->vp > run->max_vp ? s->vp : run->max_vp;
		run->from_us = s->from_us < run->from_us ? s->from_us : run->from_us;
		run->to_us = s->to_us > run->to_us ? s->to_us : run->to_us;
	}
	for (m = 1; m < by->n_during; m++)
		assert(by->during[m - 1].to_us <= by->during[m].from_us);
	run->let_in += by->accomplice != 0;
}

/* Turns ascend within their sighting, each by another path that the table has; each path was seen, and holds the culprit. */
static void
check_paths(const struct archive_incident *i)
{
	const struct incident_paths *p = i->paths;
	bool met[INCIDENT_PATHS_MAX] = {false};
	size_t k, m, no = 0;
	uint32_t t;

	assert(p->n_paths <= INCIDENT_PATHS_MAX && p->first[0] == 0);
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen; m++, no++) {
			assert(no < p->n_seen && p->first[no] < p->first[no + 1]);
			assert(p->turns[p->first[no]].at_us == i->by[k].seen[m].from_us);
			for (t = p->first[no]; t < p->first[no + 1]; t++) {
				assert(p->turns[t].path == PATH_NONE || p->turns[t].path < p->n_paths);
				if (p->turns[t].path != PATH_NONE)
					met[p->turns[t].path] = true;
				if (t > p->first[no])
					assert(p->turns[t].at_us > p->turns[t - 1].at_us && p->turns[t].path != p->turns[t - 1].path &&
					    p->turns[t].at_us < i->by[k].seen[m].to_us);
			}
		}
	assert(no == p->n_seen);
	for (k = 0; k < p->n_paths; k++)
		assert(met[k] && path_list_find(&p->paths[k], i->culprit) < p->paths[k].n);
}

static enum err
check_incident(void *arg, const struct archive_incident *i)
{
	struct reading *run = arg;
	size_t k;

	assert(run->n == 0 || archive_incident_cmp(&run->last, i) < 0);
	assert(i->class < OFF_N && i->culprit != 0 && i->why != NULL && i->n_by > 0 && i->peak <= i->vantage_points);
	assert((i->confidence != NULL) == (i->class == OFF_MISORIGIN || i->class == OFF_LEAK));
	assert(i->says == 0 || i->class == OFF_MISORIGIN);
	for (k = 0; k < i->n_by; k++) {
		assert(k == 0 || i->by[k - 1].accomplice < i->by[k].accomplice);
		check_by(run, &i->by[k]);
	}
	if (i->paths != NULL)
		check_paths(i);
	parties_add(run->sums, i);
	run->last = (struct archive_incident){.class = i->class, .prefix = i->prefix, .origin = i->origin,
	    .culprit = i->culprit};
	run->classes |= 1u << i->class;
	run->n++;
	return OK;
}

static void
check_sums(struct reading *run)
{
	const struct archive_party *p;
	uint64_t did = 0, let_in = 0;
	size_t n, i;

	p = parties_end(run->sums, &n);
	for (i = 0; i < n; i++) {
		assert(p[i].open <= p[i].incidents && p[i].began_us <= p[i].ended_us);
		assert(p[i].seen_us <= (uint64_t)(p[i].ended_us - p[i].began_us));
		did += p[i].role == ROLE_CULPRIT ? p[i].incidents : 0;
		let_in += p[i].role == ROLE_ACCOMPLICE ? p[i].incidents : 0;
	}
	assert(did == run->n && let_in == run->let_in);
}

static enum err
run_one(struct reading *run, struct arena *a, const uint8_t *data, size_t size, size_t chunk)
{
	struct feed_mem m = {data, size, chunk};
	const struct archive_window *w = &run->r.w;
	const char *why = NULL;
	struct feed f;
	enum err e;

	*run = (struct reading){.from_us = INT64_MAX, .to_us = INT64_MIN, .sums = parties_new()};
	feed_init_mem(&f, &m);
	e = incidents_import(&f, a, check_incident, run, &run->r, &why);
	feed_release(&f);
	assert((e == OK) == (why == NULL));
	if (e == OK) {
		assert(run->n == run->r.incidents && w->to.s > w->from.s && w->parameters[0] == '{' && w->counts[0] == '{');
		assert(run->n == 0 || (run->max_vp < w->n_vps && run->from_us >= w->from.s * 1000000 &&
		    run->to_us <= w->to.s * 1000000));
		assert((run->classes & ~w->looked_for) == 0 && (w->not_scored & ~w->looked_for) == 0);
		check_sums(run);
	}
	parties_free(run->sums);
	return e;
}

static bool
is_one(const uint8_t *data, size_t size)
{
	struct feed_mem m = {data, size, 0};
	struct feed f;
	char format[DOC_FORMAT_MAX];

	feed_init_mem(&f, &m);
	doc_format(&f, format);
	feed_release(&f);
	return strcmp(format, INCIDENTS_FORMAT) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct reading whole, pieces, cut;
	size_t end = size;
	enum err e = run_one(&whole, a, data, size, 0);

	assert(run_one(&pieces, a, data, size, 1 + size % 7) == e && whole.n == pieces.n);
	if (e == OK) {
		assert(is_one(data, size));
		assert(memcmp(whole.r.content, pieces.r.content, SHA256_BYTES) == 0);
		assert(memcmp(whole.r.basis, pieces.r.basis, SHA256_BYTES) == 0);
		while (end > 0 && data[end - 1] != '}')
			end--;
		assert(run_one(&cut, a, data, end - 1, 0) != OK);
	}
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
