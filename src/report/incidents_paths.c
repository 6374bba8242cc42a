#include "report/incidents_paths.h"
#include "report/json.h"
#include "report/layout.h"

#include <inttypes.h>

static void
index_json(struct json_w *w, uint32_t path)
{
	if (path != PATH_NONE)
		json_u64(w, path);
	else
		json_null(w);
}

void
incidents_paths_json(struct json_w *w, const struct incident_paths *p)
{
	size_t i, k;

	json_key(w, "paths");
	json_arr(w);
	for (i = 0; i < p->n_paths; i++) {
		json_arr(w);
		for (k = 0; k < p->paths[i].n; k++)
			json_u64(w, p->paths[i].as[k]);
		json_arr_end(w);
	}
	json_arr_end(w);
	json_ku64(w, "paths_left_out", p->left_out);
}

void
incidents_path_json(struct json_w *w, const struct incident_paths *p, size_t no)
{
	json_key(w, "path");
	index_json(w, p->turns[p->first[no]].path);
}

void
incidents_turns_json(struct json_w *w, const struct incident_paths *p, size_t no)
{
	uint32_t k = p->first[no] + 1;

	if (k == p->first[no + 1])
		return;
	json_key(w, "turns");
	json_arr(w);
	for (; k < p->first[no + 1]; k++) {
		json_obj(w);
		json_ktime(w, "at", (struct utc){p->turns[k].at_us / 1000000});
		json_ki64(w, "at_us", p->turns[k].at_us);
		json_key(w, "path");
		index_json(w, p->turns[k].path);
		json_obj_end(w);
	}
	json_arr_end(w);
}

void
incidents_paths_csv(struct str *out, const struct incident_paths *p, size_t no)
{
	uint32_t k, i;

	for (k = p->first[no]; k < p->first[no + 1]; k++) {
		const struct path_list *l = p->turns[k].path != PATH_NONE ? &p->paths[p->turns[k].path] : NULL;

		if (k > p->first[no])
			str_addc(out, ';');
		for (i = 0; l != NULL && i < l->n; i++)
			str_addf(out, i > 0 ? " %" PRIu32 : "%" PRIu32, l->as[i]);
		if (l == NULL)
			str_addc(out, '?');
	}
}

void
incidents_path_say(struct str *out, const struct timeline_result *r, const struct timeline_incident *x,
    struct text_style style)
{
	struct paths_maker *m = paths_maker_new(r, INCIDENT_PATHS_MAX);
	const struct incident_paths *p = paths_maker_of(m, x);
	const uint32_t culprit = r->offences[x->first].of.culprit;
	const uint64_t others = p->n_paths + p->left_out - 1;
	struct str t = {0};
	size_t i;

	for (i = 0; p->n_paths > 0 && i < p->paths[0].n; i++)
		str_addf(&t, p->paths[0].as[i] == culprit ? "%s[%" PRIu32 "]" : "%s%" PRIu32, i > 0 ? " " : "path ",
		    p->paths[0].as[i]);
	if (p->n_paths > 0) {
		if (others > 0)
			str_addf(&t, "; %" PRIu64 " other%s", others, others == 1 ? "" : "s");
		lay_spaces(out, 6);
		lay_wrapped(out, style, 6, 6, t.p);
		str_addc(out, '\n');
	}
	str_release(&t);
	paths_maker_free(m);
}
