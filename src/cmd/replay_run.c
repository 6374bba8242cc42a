#include "cmd/replay_run.h"
#include "base/json_diff.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/render.h"
#include "cmd/replay_lacks.h"
#include "cmd/unpacked.h"
#include "source/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- packs --- */

/* One file of a pack: from the bundle, or the one that is compiled in. */
static bool
pack_part(const struct unpacked *store, const char *name, struct pack_bytes own, const uint8_t want[static SHA256_BYTES],
    struct arena *a, struct pack_bytes *out, const char *command)
{
	struct span bytes = store != NULL ? unpacked_get(store, name) : own.bytes;
	uint8_t d[SHA256_BYTES];

	*out = (struct pack_bytes){store != NULL ? arena_strdup(a, span_of(name)) : own.name, bytes};
	if (bytes.p != NULL)
		sha256_of(bytes.p, bytes.len, d);
	if (bytes.p != NULL && memcmp(d, want, SHA256_BYTES) == 0)
		return true;
	if (store == NULL)
		note(command, "%s: the pack that is compiled in is another one than the report was made by; only a bundle carries its packs",
		    name);
	else
		note(command, "%s/%s: %s", store->path, name, bytes.p == NULL ? "is missing" : "has another digest than " BUNDLE_HEAD " says");
	return false;
}

struct pack *
replay_packs(const struct bundle *b, const struct unpacked *store, struct arena *a, const char *command)
{
	struct pack *packs = arena_array(a, b->n_packs, sizeof(*packs));
	char buf[BUNDLE_NAME];
	const char *why = NULL;
	size_t i;

	for (i = 0; i < b->n_packs; i++) {
		const struct bundle_pack *p = &b->packs[i];
		struct pack_bytes catalog = pack_catalog_bytes(p->id), profile = pack_profile_bytes(p->id);

		if (!pack_part(store, store != NULL ? bundle_pack_name(i, false, buf) : p->id, catalog, p->catalog_sha256, a, &catalog,
		    command))
			return NULL;
		if (!p->has_profile)
			profile = (struct pack_bytes){0};
		else if (!pack_part(store, store != NULL ? bundle_pack_name(i, true, buf) : p->id, profile, p->profile_sha256, a,
		    &profile, command))
			return NULL;
		if (pack_read(catalog, profile, a, &packs[i], &why) != OK) {
			note(command, "%s", why);
			return NULL;
		}
	}
	return packs;
}

/* --- the inputs --- */

struct wanted {
	struct load_wanted *want;	/* owned */
	struct input *more;		/* owned */
	size_t n_want, n_more;
};

static void
wanted_make(const struct replay_ask *ask, struct wanted *w)
{
	const struct bundle *b = ask->bundle;
	size_t i;

	w->want = xcalloc(b->n_inputs, sizeof(*w->want));
	w->more = xcalloc(b->n_inputs, sizeof(*w->more));
	for (i = 0; i < b->n_inputs; i++) {
		const struct bundle_input *in = &b->inputs[i];
		struct load_wanted *l = &w->want[w->n_want];

		if (ask->evidence && in->file == NULL) {
			w->more[w->n_more++] = in->in;
			continue;
		}
		w->n_want++;
		*l = (struct load_wanted){.size = ask->evidence ? in->file_size : in->in.size, .time = in->in.time,
		    .time_from_name = in->in.time_from_name, .is = ask->evidence ? &in->in : NULL, .name = in->file};
		memcpy(l->sha256, ask->evidence ? in->file_sha256 : in->in.sha256, SHA256_BYTES);
	}
}

static bool
file_digest(const char *path, uint8_t out[static SHA256_BYTES])
{
	struct source_sum sum;
	struct source *s;

	if (source_open(path, &s) != OK || source_close(s, &sum) != OK)
		return false;
	memcpy(out, sum.sha256, SHA256_BYTES);
	return true;
}

static void
missing_add(struct replay *r, const struct bundle_input *in, const char *same_size)
{
	char hex[SHA256_HEX + 1], at[UTC_TEXT];

	sha256_hex(in->in.sha256, hex);
	str_addf(&r->why, "%s: %llu bytes, %s of %s", hex, (unsigned long long)in->in.size, kind_text(in->in.kind),
	    utc_format(in->in.time, at));
	if (in->origin != NULL)
		str_addf(&r->why, ", from %s", in->origin);
	if (same_size != NULL)
		str_addf(&r->why, ": %s has that size, but another digest\n", same_size);
	else
		str_adds(&r->why, ": no such file\n");
	r->n_missing++;
}

/* What is not there is named before hours are spent on what is. Only files of a size that is wanted are hashed. */
static bool
inputs_there(const struct replay_ask *ask, const struct wanted *w, struct replay *r)
{
	const struct bundle *b = ask->bundle;
	bool *found = xcalloc(w->n_want, sizeof(*found));
	const char **near = xcalloc(w->n_want, sizeof(*near));
	struct source_list list;
	uint8_t d[SHA256_BYTES];
	struct stat st;
	size_t i, k;

	if (source_list_dir(ask->data, &list) != OK) {
		str_addf(&r->why, "%s: cannot be read\n", ask->data);
		free(found);
		free(near);
		return false;
	}
	for (i = 0; i < list.n; i++) {
		bool hashed = false;

		for (k = 0; k < w->n_want && stat(list.path[i], &st) == 0; k++) {
			if ((uint64_t)st.st_size != w->want[k].size || (!hashed && !file_digest(list.path[i], d)))
				continue;
			hashed = true;
			if (memcmp(d, w->want[k].sha256, SHA256_BYTES) == 0)
				found[k] = true;
			else if (bundle_find(b, d) == NULL)
				near[k] = list.path[i];
		}
	}
	for (k = 0; k < w->n_want; k++)
		if (!found[k])
			missing_add(r, ask->evidence ? bundle_find(b, w->want[k].is->sha256) : bundle_find(b, w->want[k].sha256), near[k]);
	source_list_release(&list);
	free(found);
	free(near);
	return r->n_missing == 0;
}

/* --- the run --- */

static void
session_set(struct session *s, const struct replay_ask *ask, const struct wanted *w)
{
	const struct bundle *b = ask->bundle;

	session_init(s);
	s->data = ask->data;
	s->at = b->at;
	s->threads = ask->threads;
	s->visibility = b->routes_params.visibility_min;
	s->full_feed = b->routes_params.full_feed_percent;
	s->route_server = b->params.route_server;
	s->window = b->window;
	s->params = b->params;
	s->load.wanted = w->want;
	s->load.n_wanted = w->n_want;
	s->load.more = w->more;
	s->load.n_more = w->n_more;
	s->load.routes.stated = ask->evidence ? &b->stated : NULL;
}

static void
compare(const struct replay_ask *ask, struct replay *r)
{
	bool differs;

	if (r->n_shown == 0 && r->n_verdicts > 0) {
		str_adds(&r->why, "the bundle says of every verdict that its evidence does not show it\n");
		return;
	}
	if (ask->evidence && ask->bundle->n_lacks > 0)
		differs = replay_lacks_diff(ask, r);
	else
		differs = json_diff(ask->report, str_span(&r->computed), &r->path, &r->was, &r->is);
	r->answer = !differs ? REPLAY_SAME : r->other_version ? REPLAY_CANNOT : REPLAY_DIFFERENT;
}

static bool
render(const struct replay_ask *ask, const struct session *s, struct replay *r)
{
	struct summary summary;
	bool good;

	summary_init(&summary, ask->packs, ask->n_packs);
	good = render_report(s, ask->bundle->asns, ask->bundle->n_asns, &summary, &r->computed);
	summary_release(&summary);
	return good;
}

static void
count_verdicts(const struct replay_ask *ask, struct replay *r)
{
	size_t i, n = 0;

	for (i = 0; i < ask->n_packs; i++)
		n += ask->packs[i].n;
	r->n_verdicts = n * ask->bundle->n_asns;
	r->n_shown = r->n_verdicts - (ask->evidence ? replay_lacks_verdicts(ask) : 0);
}

void
replay_run(const struct replay_ask *ask, struct replay *out)
{
	const struct bundle *b = ask->bundle;
	struct wanted w = {0};
	struct session s;

	*out = (struct replay){.answer = REPLAY_CANNOT, .at = b->at,
	    .other_version = b->version != NULL && strcmp(b->version, routemark_version()) != 0};
	count_verdicts(ask, out);
	wanted_make(ask, &w);
	session_set(&s, ask, &w);
	if (inputs_there(ask, &w, out) &&
	    session_open_with(&s, ask->table, ask->packs, ask->n_packs, b->params.records_max) == OPT_GO_ON) {
		if (render(ask, &s, out))
			compare(ask, out);
		else
			str_adds(&out->why, "the report could not be made\n");
	}
	session_close(&s);
	free(w.want);
	free(w.more);
}

void
replay_release(struct replay *r)
{
	str_release(&r->computed);
	str_release(&r->path);
	str_release(&r->was);
	str_release(&r->is);
	str_release(&r->why);
}
