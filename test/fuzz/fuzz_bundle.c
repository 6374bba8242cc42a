/* bundle: bundle.json of a stranger. What is taken keeps what its header promises; what is not has a reason. */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "base/tar.h"
#include "report/bundle.h"
#include "mutate_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct bundle *b, bool of_report)
{
	size_t i;

	assert(b->n_asns <= BUNDLE_ASES_MAX && b->n_packs <= BUNDLE_PACKS_MAX && b->n_inputs <= FILES_MAX);
	for (i = 1; i < b->n_asns; i++)
		assert(b->asns[i - 1] < b->asns[i]);
	for (i = 0; i < b->n_inputs; i++) {
		const struct bundle_input *in = &b->inputs[i];

		assert(i == 0 || memcmp(in[-1].in.sha256, in->in.sha256, SHA256_BYTES) < 0);
		assert(bundle_find(b, in->in.sha256) == in);
		assert(in->in.name == NULL && in->in.traffic == NULL && in->in.diags.counts == NULL && in->in.kind < KIND_N);
		assert(in->file == NULL || (b->minimal && tar_name_good(span_of(in->file)) && strchr(in->file, '/') == NULL));
		assert(of_report || !b->minimal || !in->in.complete || in->in.kind == KIND_TEXT || in->file != NULL);
	}
	for (i = 0; i < b->n_lacks; i++)
		assert(b->minimal && metric_find(span_of(b->lacks[i].metric)) < METRIC_N);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct bundle b;

	if (bundle_read(in, a, &b, &why) == OK)
		check(&b, false);
	else
		assert(why != NULL);
	why = NULL;
	if (bundle_from_report(in, a, &b, &why) == OK)
		check(&b, true);
	else
		assert(why != NULL);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
