/* incident_row: windows and incidents as words and as bytes, which their digests are over. */
#include "archive/incidents.h"
#include "archive/sql.h"
#include "archive/ways.h"

#include <string.h>

void
class_words(struct str *out, uint32_t classes)
{
	unsigned c;

	for (c = 0; c < OFF_N; c++)
		if ((classes >> c & 1) != 0)
			str_addf(out, "%s%s", out->len > 0 ? " " : "", offence_class_word((enum offence_class)c));
}

uint32_t
class_bits(const char *words)
{
	struct span rest = span_of(words), one;
	uint32_t bits = 0;

	while (span_cut(&rest, ' ', &one) && one.len > 0)
		bits |= 1u << offence_class_find(one);
	return bits;
}

void
says_words(struct str *out, uint32_t says)
{
	unsigned i;

	for (i = 0; i < MIS_N; i++)
		if ((says >> i & 1) != 0)
			str_addf(out, "%s%s", out->len > 0 ? " " : "", misorigin_word((enum misorigin_says)i));
}

uint32_t
says_bits(const char *words)
{
	struct span rest = span_of(words), one;
	uint32_t bits = 0;
	unsigned i;

	while (span_cut(&rest, ' ', &one) && one.len > 0) {
		for (i = 0; i < MIS_N; i++)
			if (span_is(one, misorigin_word((enum misorigin_says)i)))
				break;
		bits |= 1u << i;
	}
	return bits;
}

const char *
archive_role_word(enum archive_role r)
{
	return r == ROLE_CULPRIT ? "culprit" : "accomplice";
}

int
archive_incident_cmp(const struct archive_incident *a, const struct archive_incident *b)
{
	int c;

	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	c = prefix_cmp(&a->prefix, &b->prefix);
	if (c != 0)
		return c;
	if (a->origin != b->origin)
		return a->origin < b->origin ? -1 : 1;
	return (a->culprit > b->culprit) - (a->culprit < b->culprit);
}

/* --- bytes --- */

/* Into a digest: numbers with eight bytes, texts with their length in front, NULL told from "". */
static void
add_text(struct sha256 *h, const char *text)
{
	sha256_add_u64(h, text != NULL ? strlen(text) : UINT64_MAX);
	if (text != NULL)
		sha256_add(h, text, strlen(text));
}

static void
add_utc(struct sha256 *h, struct utc t)
{
	sha256_add_u64(h, (uint64_t)t.s);
}

static void
add_spans(struct sha256 *h, const struct timeline_span *s, size_t n)
{
	size_t i;

	sha256_add_u64(h, n);
	for (i = 0; i < n; i++) {
		sha256_add_u64(h, (uint64_t)s[i].from_us);
		sha256_add_u64(h, (uint64_t)s[i].to_us);
	}
}

void
archive_window_basis(const struct archive_window *w, uint8_t out[static SHA256_BYTES])
{
	static const char form[] = "routemark-archive/1 window";
	struct sha256 h;
	size_t i;

	sha256_init(&h);
	sha256_add(&h, form, sizeof(form));
	add_utc(&h, w->from);
	add_utc(&h, w->to);
	add_text(&h, w->parameters);
	add_text(&h, curve_word(w->curve));
	sha256_add_u64(&h, w->looked_for);
	sha256_add_u64(&h, w->n_inputs);
	for (i = 0; i < w->n_inputs; i++) {
		const struct archive_input *in = &w->inputs[i];

		sha256_add(&h, in->sha256, SHA256_BYTES);
		sha256_add_u64(&h, in->size);
		add_text(&h, in->kind);
		add_utc(&h, in->time);
		sha256_add_u64(&h, (uint64_t)in->time_from_name << 1 | (uint64_t)in->complete);
	}
	sha256_end(&h, out);
}

void
archive_found_begin(struct sha256 *h)
{
	static const char form[] = "routemark-archive/1 found";

	sha256_init(h);
	sha256_add(h, form, sizeof(form));
}

static void
by_add(struct sha256 *h, const struct archive_by *by)
{
	size_t i;

	sha256_add_u64(h, by->accomplice);
	sha256_add_u64(h, by->n_seen);
	for (i = 0; i < by->n_seen; i++) {
		const struct timeline_interval *s = &by->seen[i];

		sha256_add_u64(h, (uint64_t)s->vp << 32 | s->path_id);
		sha256_add_u64(h, (uint64_t)s->from_us);
		sha256_add_u64(h, (uint64_t)s->to_us);
		sha256_add_u64(h, (uint64_t)s->began << 8 | s->ended);
	}
	add_spans(h, by->during, by->n_during);
}

void
archive_found_add(struct sha256 *h, const struct archive_incident *x)
{
	char text[PREFIX_TEXT];
	size_t i;

	add_text(h, offence_class_word(x->class));
	add_text(h, prefix_format(&x->prefix, text));
	sha256_add_u64(h, (uint64_t)x->origin << 32 | x->culprit);
	add_text(h, x->confidence);
	sha256_add_u64(h, x->says);
	add_text(h, x->why);
	sha256_add_u64(h, (uint64_t)x->needed << 32 | x->peak);
	sha256_add_u64(h, x->vantage_points);
	add_spans(h, x->spans, x->n_spans);
	sha256_add_u64(h, x->n_by);
	for (i = 0; i < x->n_by; i++)
		by_add(h, &x->by[i]);
	ways_digest(h, x->paths);
}

static void
collector_add(struct sha256 *h, const struct archive_collector *c)
{
	size_t i;

	sha256_add_u64(h, c->local_as);
	sha256_add_u64(h, c->vantage_points);
	sha256_add_u64(h, c->messages);
	sha256_add_u64(h, c->update_files);
	sha256_add_u64(h, c->tables);
	sha256_add_u64(h, c->silence_s);
	sha256_add_u64(h, c->cadence_s);
	sha256_add_u64(h, c->n_gaps);
	for (i = 0; i < c->n_gaps; i++) {
		add_utc(h, c->gaps[i].from);
		add_utc(h, c->gaps[i].to);
	}
}

static void
vantage_add(struct sha256 *h, const struct archive_vantage *v)
{
	char text[PREFIX_TEXT];

	add_text(h, addr_format(&v->addr, text));
	sha256_add_u64(h, (uint64_t)v->asn << 32 | v->collector);
	sha256_add_u64(h, (uint64_t)v->full_feed[FAMILY_V4] << 1 | (uint64_t)v->full_feed[FAMILY_V6]);
}

void
archive_found_end(struct sha256 *h, const struct archive_window *w, uint8_t out[static SHA256_BYTES])
{
	size_t i;

	add_text(h, w->counts);
	add_utc(h, w->first_update);
	sha256_add_u64(h, w->seen_s);
	sha256_add_u64(h, w->not_scored);
	sha256_add_u64(h, w->n_collectors);
	for (i = 0; i < w->n_collectors; i++)
		collector_add(h, &w->collectors[i]);
	sha256_add_u64(h, w->n_vps);
	for (i = 0; i < w->n_vps; i++)
		vantage_add(h, &w->vps[i]);
	sha256_add_u64(h, w->n_dated);
	for (i = 0; i < w->n_dated; i++) {
		add_text(h, w->dated[i].evidence);
		sha256_add_u64(h, (uint64_t)w->dated[i].days);
		add_utc(h, w->dated[i].newest);
		add_utc(h, w->dated[i].oldest);
	}
	sha256_add_u64(h, w->n_scores);
	for (i = 0; i < w->n_scores; i++) {
		sha256_add_u64(h, w->scores[i].asn);
		add_text(h, incident_metric_word(w->scores[i].metric));
		sha256_add_u64(h, w->scores[i].incidents);
		sha256_add_u64(h, w->scores[i].raw_e7);
	}
	sha256_end(h, out);
}
