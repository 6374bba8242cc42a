/* api_bundles: /api/v1/bundles: which bundles there are, and each of them as it lies in its folder, byte for byte. */
#include "report/csv.h"
#include "serve/api.h"
#include "serve/docket_say.h"
#include "serve/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static void
bundle_csv(struct ask *q, const struct bundle_file *f)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i;

	str_addf(out, "%s,%s,%s,%zu,%zu,%s,%llu,", f->sha256, f->report, utc_known(f->at) ? utc_format(f->at, when) : "", f->n_asns,
	    f->n_inputs, f->minimal ? "yes" : "no", (unsigned long long)f->stat.size);
	csv_field(out, f->version);
	{
		struct str packs = {0};

		for (i = 0; i < f->n_packs; i++)
			str_addf(&packs, "%s%s %s%s", i > 0 ? "; " : "", f->packs[i].id, f->packs[i].version,
			    mark_label(f->packs[i].status));
		csv_field(out, packs.p != NULL ? packs.p : "");
		str_release(&packs);
	}
	out->p[out->len - 1] = '\n';
}

static void
bundles_json(struct ask *q, const struct bundle_file *const *f, size_t n, const struct api_range *r)
{
	const struct bundles *b = q->docket->bundles;
	struct json_w w;
	size_t i;

	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "bundles");
	json_arr(&w);
	for (i = r->offset; i < n && i - r->offset < r->limit; i++)
		docket_json_bundle(&w, f[i]);
	json_arr_end(&w);
	json_kbool(&w, "complete", !b->more && !b->unreadable);
	json_kstrz(&w, "format", API_CHANGES);
	json_ku64(&w, "limit", r->limit);
	api_next(&w, q, r, n);
	json_ku64(&w, "offset", r->offset);
	json_ku64(&w, "refused", b->n_broken);
	json_ku64(&w, "total", n);
	json_obj_end(&w);
	json_done(&w);
}

void
api_bundles(struct ask *q)
{
	static const char *const keys[] = {"asns", "limit", "offset", "format", NULL};
	const struct bundles *b = q->docket->bundles;
	const struct bundle_file **f;
	struct api_range r;
	uint32_t *asns;
	size_t n_asns, n = 0, i, k;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_asns(q, "asns", SERVE_ASNS_MAX, &asns, &n_asns) || !api_range(q, &r))
		return;
	if (b == NULL) {
		ask_problem(q, 404, "No bundles here", "This site offers no evidence bundles.");
		return;
	}
	f = arena_array(q->a, b->n_good + 1, sizeof(*f));
	for (i = 0; i < b->n_good; i++) {
		for (k = 0; k < n_asns && !bundle_file_has(b->good[i], asns[k]); k++)
			;
		if (n_asns == 0 || k < n_asns)
			f[n++] = b->good[i];
	}
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (!csv) {
		bundles_json(q, f, n, &r);
		return;
	}
	str_adds(&q->r->body, "sha256,report_sha256,at,networks,inputs,evidence,size,program_version,packs\n");
	for (i = r.offset; i < n && i - r.offset < r.limit; i++)
		bundle_csv(q, f[i]);
}

static bool
room(struct ask *q)
{
	atomic_uint *taken = &q->site->counters->taken;

	if (atomic_fetch_add(taken, 1) < SERVE_DOWNLOADS)
		return true;
	atomic_fetch_sub(taken, 1);
	ask_problem(q, 503, "Busy", "As many bundles as may be are being taken just now. Ask again in a while.");
	q->r->retry = "30";
	return false;
}

void
api_bundle(struct ask *q)
{
	static const char *const keys[] = {NULL};
	const struct bundle_file *f;

	if (!ask_only(q, keys))
		return;
	f = bundles_find(q->docket->bundles, q->rest);
	if (f == NULL) {
		ask_problem(q, 404, "No such bundle", "A bundle is at /api/v1/bundles/SHA256, by the digest of its file.");
		return;
	}
	if (!room(q))
		return;
	q->r->fd = bundle_file_open(q->docket->folder, f);
	if (q->r->fd < 0) {
		atomic_fetch_sub(&q->site->counters->taken, 1);
		ask_problem(q, 404, "Not there any more", "The file of that bundle is gone, or is another by now.");
		return;
	}
	q->r->taken = &q->site->counters->taken;
	q->r->size = (uint64_t)f->stat.size;
	q->r->type = "application/x-tar";
	q->r->embeds = true;
	q->r->cache_control = "public, max-age=31536000, immutable";
	snprintf(q->r->etag, sizeof(q->r->etag), "\"%.24s\"", f->sha256);
	q->r->disposition = strdup(arena_printf(q->a, "attachment; filename=\"routemark-%.16s.tar\"", f->sha256));
}
