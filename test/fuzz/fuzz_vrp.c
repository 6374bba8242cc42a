/*
 * vrp: the first byte picks JSON (even) or CSV. What comes out keeps the rules of vrp.h, does not
 * hang on the size of the pieces, nor do the diags, and JSON without its last byte is never complete.
 * With white space behind it, a whole document is read the quick way (decode/vrp_quick.c), and in small
 * pieces never: both must give the same.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "decode/vrp.h"
#include "diag_fuzz.h"
#include "mutate_json.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct seen {
	uint64_t vrps, aspas, hash, diags;
	uint32_t customer;
};

static enum err
on_vrp(void *arg, const struct vrp *v)
{
	struct seen *s = arg;
	struct prefix p = v->prefix;

	assert(v->prefix.family < FAMILY_N && v->prefix.len <= v->max_len);
	assert(v->max_len <= family_bits(v->prefix.family));
	assert(!prefix_mask(&p) && v->ta.len <= VRP_TA_MAX);
	s->hash = s->hash * 31 + XXH3_64bits(&p, sizeof(p)) + v->asn + v->max_len;
	s->hash ^= XXH3_64bits(v->ta.p, v->ta.len);
	s->vrps++;
	return OK;
}

static enum err
on_aspa(void *arg, const struct aspa *a)
{
	struct seen *s = arg;
	size_t i;

	assert(a->customer > s->customer && a->n > 0);
	for (i = 0; i < a->n; i++) {
		assert(a->provider[i] != a->customer);
		assert(i == 0 || a->provider[i] > a->provider[i - 1]);
	}
	assert(a->n == 1 || a->provider[0] != 0);
	s->hash = s->hash * 31 + XXH3_64bits(a->provider, a->n * sizeof(*a->provider)) + a->customer;
	s->customer = a->customer;
	s->aspas++;
	return OK;
}

/* True when the source is complete. */
static bool
decode(const uint8_t *data, size_t size, size_t chunk, enum input_kind kind, struct seen *s)
{
	struct feed_mem m = {data, size, chunk};
	struct vrp_sink sink = {.vrp = on_vrp, .aspa = on_aspa, .arg = s};
	struct vrp_stats st;
	struct diags d = {0};
	struct feed f;
	enum err e;
	bool complete;
	size_t i;

	*s = (struct seen){0};
	feed_init_mem(&f, &m);
	e = vrp_decode(&f, kind, &sink, &d, &st);
	assert(e == OK && st.vrps == s->vrps && st.aspas == s->aspas);
	complete = !diags_stopped(&d);
	diag_fuzz(&d, size);
	for (i = 0; i < d.n_kept; i++) {
		const struct diag *g = &d.kept[i];
		const uint64_t what[] = {(uint64_t)g->level, (uint64_t)g->err, g->record, g->offset,
		    XXH3_64bits(g->field, strlen(g->field)),
		    g->rule == NULL ? 0 : XXH3_64bits(g->rule, strlen(g->rule))};

		s->diags = s->diags * 31 + XXH3_64bits(what, sizeof(what));
	}
	s->diags += diags_total(&d);
	diags_release(&d);
	feed_release(&f);
	return complete;
}

#define PAD 512

static void
quick_and_slow(const uint8_t *data, size_t size)
{
	uint8_t *padded = malloc(size + PAD);
	struct seen quick, slow;
	bool complete;

	assert(padded != NULL);
	memcpy(padded, data, size);
	memset(padded + size, ' ', PAD);
	complete = decode(padded, size + PAD, 0, KIND_VRP_JSON, &quick);
	assert(decode(padded, size + PAD, 3, KIND_VRP_JSON, &slow) == complete);
	assert(quick.hash == slow.hash && quick.vrps == slow.vrps && quick.aspas == slow.aspas);
	assert(quick.diags == slow.diags);
	free(padded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum input_kind kind;
	struct seen whole, cut;
	bool complete;

	if (size == 0)
		return 0;
	kind = data[0] % 2 == 0 ? KIND_VRP_JSON : KIND_VRP_CSV;
	data++;
	size--;
	complete = decode(data, size, 0, kind, &whole);
	assert(decode(data, size, 3, kind, &cut) == complete);
	assert(cut.hash == whole.hash && cut.vrps == whole.vrps && cut.aspas == whole.aspas);
	if (kind == KIND_VRP_JSON)
		quick_and_slow(data, size);
	if (kind == KIND_VRP_JSON && complete && data[size - 1] == '}')
		assert(!decode(data, size - 1, 0, kind, &cut) && cut.aspas == 0);
	return 0;
}

MUTATE_JSON(1)
