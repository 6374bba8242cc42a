#include "serve/find.h"
#include "addr/prefix.h"

#include <stdlib.h>
#include <string.h>

/* An address is the prefix of it alone. */
static bool
prefix_of(const char *text, struct found *out)
{
	const struct span s = span_trim(span_of(text));
	struct addr a;

	if (prefix_parse(s, &out->prefix, &out->host_bits) == OK)
		return true;
	if (addr_parse(s, &a) != OK)
		return false;
	out->prefix = (struct prefix){.family = a.family, .len = (uint8_t)family_bits(a.family)};
	memcpy(out->prefix.addr, a.b, sizeof(a.b));
	return true;
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static bool
by_prefix(struct ask *q, const char *text, struct found *out)
{
	struct archive_prefix_hit *hit;
	const struct shown_name *n;
	uint32_t *asns;
	size_t i, k = 0;
	enum err e;

	if (!prefix_of(text, out))
		return false;
	out->by_prefix = true;
	e = archive_prefix_find(q->archive, &out->prefix, FIND_PREFIXES_MAX, q->a, &hit, &out->n_hits, &out->more);
	if (e != OK) {
		ask_broken(q, e);
		return true;
	}
	out->hit = hit;
	asns = arena_array(q->a, 2 * out->n_hits + 1, sizeof(*asns));
	for (i = 0; i < out->n_hits; i++) {
		asns[k++] = hit[i].culprit;
		if (hit[i].origin != ORIGIN_NONE)
			asns[k++] = hit[i].origin;
	}
	if (k > 1)
		qsort(asns, k, sizeof(*asns), by_number);
	for (i = 0; i < k; i++) {
		n = i > 0 && asns[i] == asns[i - 1] ? NULL : shown_name(q->view, asns[i]);
		if (n != NULL)
			out->name[out->n++] = n;
	}
	return true;
}

/* Each word must be in the name or the organisation, or be the ASN. */
static bool
matches(const struct shown_name *n, char *const *words, const uint32_t *asns, const bool *is_asn, size_t n_words)
{
	size_t i;

	for (i = 0; i < n_words; i++)
		if (!(is_asn[i] && asns[i] == n->asn) && strstr(n->folded, words[i]) == NULL)
			return false;
	return true;
}

#define WORDS_MAX 8

static void
by_words(struct ask *q, const char *text, struct found *out)
{
	char *folded = arena_strdup(q->a, span_of(text)), *words[WORDS_MAX], *p;
	uint32_t asns[WORDS_MAX];
	bool is_asn[WORDS_MAX];
	struct span rest, piece;
	size_t i, n = 0;

	for (p = folded; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	rest = span_of(folded);
	while (n < WORDS_MAX && span_cut(&rest, ' ', &piece)) {
		if (piece.len == 0)
			continue;
		words[n] = arena_strdup(q->a, piece);
		is_asn[n] = asn_read(piece, &asns[n]);
		n++;
	}
	for (i = 0; i < q->view->n_names; i++)
		if (matches(&q->view->names[i], words, asns, is_asn, n))
			out->name[out->n++] = &q->view->names[i];
}

/* Those that are registered there, in their order. */
static void
keep(struct found *f, const struct pick *p)
{
	size_t i, n = 0;

	for (i = 0; i < f->n; i++)
		if (pick_holds(p, &f->name[i]->place))
			f->name[n++] = f->name[i];
	f->n = n;
}

bool
find_networks(struct ask *q, const char *text, const struct pick *p, struct found *out)
{
	size_t i;

	*out = (struct found){.name = arena_array(q->a, q->view->n_names + 1, sizeof(*out->name))};
	if (text == NULL) {
		for (i = 0; i < q->view->n_names; i++)
			out->name[out->n++] = &q->view->names[i];
		keep(out, p);
		return true;
	}
	if (!by_prefix(q, text, out))
		by_words(q, text, out);
	keep(out, p);
	return q->r->status == 200;
}
