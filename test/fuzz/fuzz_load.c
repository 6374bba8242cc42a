/*
 * load: a folder of files, any bytes, read by one thread and by two: the report on every AS in it is the same, byte for byte.
 * The input is up to FILES files with PART between them, so that one can be of each kind. Whatever they hold, the folder loads;
 * an input that is not complete says why.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "pipe/judge.h"
#include "pipe/load.h"
#include "report/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PART "\n#-8<-\n"
#define FILES 6
#define ASES 128u	/* more than judge_many gives a thread at a time */

static char folder[64];

static void
folder_remove(void)
{
	char path[96];
	int i;

	for (i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "%s/%d", folder, i);
		unlink(path);
	}
	rmdir(folder);
}

static void
folder_make(void)
{
	if (*folder != '\0')
		return;
	snprintf(folder, sizeof(folder), "%s/fuzz_load.XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert(mkdtemp(folder) != NULL);
	atexit(folder_remove);
}

/* Files are named by their order; those that are not there are removed. */
static size_t
put_files(const uint8_t *data, size_t size)
{
	size_t n, at = 0, len;
	char path[96];

	for (n = 0; n < FILES; n++) {
		const uint8_t *end = at < size ? memmem(data + at, size - at, PART, strlen(PART)) : NULL;
		FILE *f;

		snprintf(path, sizeof(path), "%s/%zu", folder, n);
		unlink(path);
		if (at >= size)
			continue;
		len = end == NULL ? size - at : (size_t)(end - (data + at));
		f = fopen(path, "wb");
		assert(f != NULL && fwrite(data + at, 1, len, f) == len && fclose(f) == 0);
		at += len + strlen(PART);
	}
	return n;
}

static void
inputs_are_sound(const struct world *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		assert(in->kind < KIND_N && (i == 0 || memcmp(in[-1].sha256, in->sha256, SHA256_BYTES) <= 0));
		assert(in->complete || in->duplicate || in->err != OK || in->detail != NULL || in->diags.n_kept > 0);
	}
	for (i = 0; i < EV_N; i++)
		assert(w->evidence[i].n_incomplete <= w->evidence[i].n_inputs && w->evidence[i].n_inputs <= w->n_inputs);
}

static void
render(void *arg, const struct as_result *r, size_t index, struct str *out)
{
	(void)arg;
	report_json_as(out, r, index == 0);
}

static enum err
emit(void *arg, struct span bytes, size_t done)
{
	(void)done;
	str_add(arg, bytes);
	return OK;
}

static const struct pack *
pack(void)
{
	static struct arena *a;
	static struct pack p;
	const char *why = NULL;

	if (a == NULL) {
		a = arena_new();
		assert(pack_load(pack_names()[0], a, &p, &why) == OK);
	}
	return &p;
}

static void
report(unsigned threads, struct str *out)
{
	struct judge_sink sink = {.detail = JUDGE_RECORD, .render = render, .emit = emit, .arg = out};
	struct metric_params params;
	struct load_params load;
	const uint32_t *asns;
	struct facts *f;
	struct world w;
	char why[512] = "";
	size_t n;

	load_params_init(&load);
	load.threads = threads;
	assert(load_dir(folder, &load, &w, why, sizeof(why)) == OK);
	inputs_are_sound(&w);
	metric_params_init(&params);
	params.threads = threads;
	f = facts_new(&w, &params);
	asns = facts_ases(f, &n);
	report_json_begin(out, &(struct assessment){.at = w.at, .world = &w, .params = &params, .routes_params = &load.routes,
	    .packs = pack(), .n_packs = 1});
	assert(judge_many(&(struct judge){.facts = f, .world = &w, .packs = pack(), .n_packs = 1}, asns, n < ASES ? n : ASES,
	    threads, &sink) == OK);
	facts_free(f);
	world_release(&w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str one = {0}, two = {0};

	folder_make();
	put_files(data, size);
	report(1, &one);
	report(2, &two);
	assert(span_eq(str_span(&one), str_span(&two)));
	str_release(&one);
	str_release(&two);
	return 0;
}
