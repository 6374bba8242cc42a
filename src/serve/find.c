#include "serve/find.h"
#include "addr/prefix.h"

#include <string.h>

#define PREFIX_ASNS_MAX 1000u

static bool
by_prefix(struct ask *q, const char *text, struct found *out)
{
	const struct shown_name *n;
	struct prefix p;
	char canonical[PREFIX_TEXT];
	bool host_bits;
	uint32_t *asns;
	size_t i, found;
	enum err e;

	if (strchr(text, '/') == NULL || prefix_parse(span_of(text), &p, &host_bits) != OK)
		return false;
	out->by_prefix = true;
	prefix_format(&p, canonical);
	e = archive_prefix_asns(q->archive, canonical, PREFIX_ASNS_MAX, q->a, &asns, &found);
	if (e != OK) {
		ask_broken(q, e);
		return true;
	}
	for (i = 0; i < found; i++) {
		n = shown_name(q->view, asns[i]);
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
