#include "cmd/audit_bundle.h"
#include "base/limits.h"
#include "base/tar.h"
#include "cmd/audit_origins.h"
#include "cmd/cmd.h"
#include "cmd/folder.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/render.h"
#include "cmd/replay_lacks.h"
#include "cmd/replay_say.h"
#include "cmd/unpacked.h"
#include "pipe/minimal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct file { const char *name; struct str bytes; };

struct job {
	const struct audit_bundle *ask;
	const struct session *session;
	const struct opt_table *table;
	struct arena *arena;
	struct bundle bundle;
	struct str report;
	struct file *files;	/* owned: all but SHA256SUMS */
	size_t n, cap;
	char *temp;		/* owned: the evidence, to be computed from once; NULL */
	size_t n_verdicts, n_shown;
};

static struct str *
file_new(struct job *j, const char *name)
{
	j->files = grow(j->files, &j->cap, j->n + 1, sizeof(*j->files));
	j->files[j->n] = (struct file){.name = arena_strdup(j->arena, span_of(name))};
	str_adds(&j->files[j->n].bytes, "");
	return &j->files[j->n++].bytes;
}

/* --- the manifest --- */

static void
inputs_list(struct job *j)
{
	const struct world *w = &j->session->world;
	struct bundle *b = &j->bundle;
	struct input *in;
	size_t i;

	b->inputs = arena_array(j->arena, w->n_inputs, sizeof(*b->inputs));
	for (i = 0; i < w->n_inputs; i++) {
		if (w->inputs[i].duplicate)
			continue;
		b->inputs[b->n_inputs] = (struct bundle_input){.in = w->inputs[i]};
		in = &b->inputs[b->n_inputs++].in;	/* what the world owns of it stays the world's */
		in->traffic = NULL;
		in->diags.counts = NULL;
		in->diags.n_kept = in->diags.n_counts = in->diags.cap_counts = 0;
	}
}

static bool
head_make(struct job *j, const struct as_list *ases)
{
	const struct session *s = j->session;
	struct bundle *b = &j->bundle;

	if (ases->n > BUNDLE_ASES_MAX) {
		note("audit", "--bundle: %zu networks are too many, at most BUNDLE_ASES_MAX (%u)", ases->n, BUNDLE_ASES_MAX);
		return false;
	}
	*b = (struct bundle){.version = routemark_version(), .at = s->world.at, .asns = ases->asn, .n_asns = ases->n,
	    .params = s->params, .routes_params = s->load.routes, .minimal = j->ask->minimal};
	b->params.scored = NULL;
	inputs_list(j);
	return j->ask->origins == NULL || audit_origins(j->ask->origins, j->arena, b);
}

static void
packs_add(struct job *j)
{
	const struct session *s = j->session;
	char name[BUNDLE_NAME];
	size_t i;

	for (i = 0; i < s->n_packs; i++) {
		str_add(file_new(j, bundle_pack_name(i, false, name)), s->packs[i].catalog.bytes);
		if (s->packs[i].has_profile)
			str_add(file_new(j, bundle_pack_name(i, true, name)), s->packs[i].profile.bytes);
	}
}

/* --- evidence --- */

static bool
evidence_one(struct job *j, const struct minimal *m, struct bundle_input *in)
{
	char hex[SHA256_HEX + 1];
	const char *why = NULL;
	struct str *bytes;

	if (!in->in.complete || in->in.kind == KIND_TEXT)
		return true;
	sha256_hex(in->in.sha256, hex);
	in->file = arena_printf(j->arena, "%s-%.16s", kind_word(in->in.kind), hex);
	bytes = file_new(j, arena_printf(j->arena, BUNDLE_EVIDENCE "/%s", in->file));
	if (minimal_reduce(m, &in->in, bytes, &in->whole, &why) != OK) {
		note("audit", "%s: %s", in->in.path, why);
		return false;
	}
	sha256_of(bytes->p, bytes->len, in->file_sha256);
	in->file_size = bytes->len;
	in->whole = memcmp(in->file_sha256, in->in.sha256, SHA256_BYTES) == 0;
	return temp_folder_write(j->temp, in->file, str_span(bytes), "audit");
}

static bool
evidence_make(struct job *j)
{
	const struct world *w = &j->session->world;
	struct bundle *b = &j->bundle;
	struct minimal *m = minimal_new(w, b->asns, b->n_asns, j->session->params.tables);
	bool good = true;
	size_t i;

	b->stated = (struct routes_stated){w->routes.vps, w->routes.n_vps,
	    {w->routes.n_visible[FAMILY_V4], w->routes.n_visible[FAMILY_V6]}};
	for (i = 0; good && i < b->n_inputs; i++)
		good = evidence_one(j, m, &b->inputs[i]);
	minimal_free(m);
	return good;
}

/* What the evidence leads to is computed from it, as who gets it will; what it does not lead to is said. */
static bool
evidence_check(struct job *j)
{
	struct bundle b = j->bundle;
	struct pack *packs = arena_array(j->arena, j->session->n_packs, sizeof(*packs));
	struct replay_ask ask = {.table = j->table, .bundle = &b, .report = str_span(&j->report), .packs = packs,
	    .n_packs = j->session->n_packs, .data = j->temp, .evidence = true, .threads = j->session->threads};
	const struct scored *scored = j->session->params.scored;
	struct replay r;
	bool good;

	memcpy(packs, j->session->packs, ask.n_packs * sizeof(*packs));
	if (scored != NULL && scored->window != NULL)
		b.window = audit_window(scored, j->arena);
	replay_run(&ask, &r);
	if (r.answer == REPLAY_DIFFERENT) {
		j->bundle.lacks = replay_lacks_find(ask.report, str_span(&r.computed), j->arena, &j->bundle.n_lacks);
		b.lacks = j->bundle.lacks;
		b.n_lacks = j->bundle.n_lacks;
		replay_release(&r);
		replay_run(&ask, &r);
	}
	good = r.answer == REPLAY_SAME;
	j->n_verdicts = r.n_verdicts;
	j->n_shown = r.n_shown;
	if (!good)
		note("audit", "--minimal: the records that were chosen lead to something else at %.*s; make the bundle without --minimal, "
		    "and report this as a bug", (int)r.path.len, r.path.p != NULL ? r.path.p : "");
	replay_release(&r);
	return good;
}

/* --- writing --- */

static int
by_name(const void *pa, const void *pb)
{
	const struct file *a = pa, *b = pb;

	return strcmp(a->name, b->name);
}

/* Over all, in the order of names, SHA256SUMS included: it has its place before the lower-case names. */
static void
files_finish(struct job *j)
{
	struct str sums = {0};
	size_t i;

	str_add(file_new(j, BUNDLE_REPORT), str_span(&j->report));
	bundle_write(file_new(j, BUNDLE_HEAD), &j->bundle, &j->session->head);
	packs_add(j);
	qsort(j->files, j->n, sizeof(*j->files), by_name);
	for (i = 0; i < j->n; i++)
		bundle_sum(&sums, j->files[i].name, str_span(&j->files[i].bytes));
	str_add(file_new(j, BUNDLE_SUMS), str_span(&sums));
	str_release(&sums);
	qsort(j->files, j->n, sizeof(*j->files), by_name);
}

static bool
is_tar(const char *path)
{
	size_t n = strlen(path);

	return n > 4 && strcmp(path + n - 4, ".tar") == 0;
}

static bool
write_tar(const struct job *j)
{
	struct product p = {0};
	struct str out = {0};
	bool good;
	size_t i;

	for (i = 0; i < j->n; i++)
		tar_put(&out, j->files[i].name, str_span(&j->files[i].bytes));
	tar_end(&out);
	good = product_open(&p, j->ask->path, "audit") && product_write(&p, str_span(&out)) && product_commit(&p);
	product_abandon(&p);
	str_release(&out);
	return good;
}

static bool
write_folder(const struct job *j)
{
	struct folder f = {0};
	bool good = folder_open(&f, j->ask->path, "audit");
	size_t i;

	for (i = 0; good && i < j->n; i++)
		good = folder_write(&f, j->files[i].name, str_span(&j->files[i].bytes));
	good = good && folder_commit(&f);
	folder_abandon(&f);
	return good;
}

static bool
say(const struct job *j)
{
	struct text_style style = session_style(true);
	struct product p = {0};
	struct str out = {0};
	uint64_t bytes = 0;
	size_t i;
	bool good;

	for (i = 0; i < j->n; i++)
		bytes += j->files[i].bytes.len;
	str_add_plain(&out, span_of(j->ask->path));
	str_addf(&out, ": %zu files, %" PRIu64 " bytes, on %zu %s and %zu inputs\n", j->n, bytes, j->bundle.n_asns,
	    j->bundle.n_asns == 1 ? "network" : "networks", j->bundle.n_inputs);
	bundle_says(&out, style, &j->bundle, j->ask->minimal, j->n_verdicts, j->n_shown);
	str_adds(&out, "  routemark replay ");
	str_add_plain(&out, span_of(j->ask->path));
	str_adds(&out, j->ask->minimal ? "\n" : " --data DIR\n");
	good = product_open(&p, NULL, "audit") && product_write(&p, str_span(&out)) && product_commit(&p);
	product_abandon(&p);
	str_release(&out);
	return good;
}

static void
release(struct job *j)
{
	size_t i;

	temp_folder_remove(j->temp);
	for (i = 0; i < j->n; i++)
		str_release(&j->files[i].bytes);
	free(j->files);
	str_release(&j->report);
	arena_free(j->arena);
}

bool
audit_bundle(const struct audit_bundle *ask, const struct session *s, const struct opt_table *t, const struct as_list *ases,
    struct summary *summary)
{
	struct job j = {.ask = ask, .session = s, .table = t, .arena = arena_new()};
	bool good = head_make(&j, ases) && render_report(s, ases->asn, ases->n, summary, &j.report);

	if (good && ask->minimal)
		good = (j.temp = temp_folder_new("audit")) != NULL && evidence_make(&j) && evidence_check(&j);
	if (good) {
		files_finish(&j);
		good = (is_tar(ask->path) ? write_tar(&j) : write_folder(&j)) && say(&j);
	}
	release(&j);
	return good;
}
