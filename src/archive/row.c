#include "archive/row.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool
row_reason_needed(enum verdict v, const struct archive_number *decides)
{
	return decides == NULL || decides->state != METRIC_OK || v == VERDICT_NO_DATA || v == VERDICT_NOT_APPLICABLE;
}

const struct archive_number *
row_number(const struct archive_row *r, const char *metric)
{
	size_t lo = 0, hi = r->n_numbers, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(r->numbers[mid].metric, metric) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->n_numbers && strcmp(r->numbers[lo].metric, metric) == 0 ? &r->numbers[lo] : NULL;
}

size_t
head_controls(const struct archive_head *head)
{
	size_t i, n = 0;

	for (i = 0; i < head->n_packs; i++)
		n += head->packs[i].n;
	return n;
}

int64_t
row_value(enum metric_unit unit, uint64_t num, uint64_t den)
{
	__extension__ unsigned __int128 v = num;

	switch (unit) {
	case UNIT_COUNT:
		return (int64_t)num;
	case UNIT_BOOL:
		return num > 0 ? 1000000 : 0;
	case UNIT_SHARE:
	case UNIT_SCORE:
		break;
	}
	v = den > 0 ? v * 1000000 / den : 0;
	return v > INT64_MAX ? INT64_MAX : (int64_t)v;
}

const void *
row_settle(struct arena *a, void *table, size_t n, size_t size)
{
	void *kept = arena_raw(a, n + 1, size);

	if (n > 0)
		memcpy(kept, table, n * size);
	free(table);
	return kept;
}

/* --- bytes --- */

static void
put_u64(struct str *out, uint64_t v)
{
	char b[8];
	unsigned i;

	for (i = 0; i < 8; i++)
		b[i] = (char)(v >> (56 - 8 * i) & 0xff);
	str_add(out, (struct span){b, sizeof(b)});
}

/* With its NUL, so that it can be read where it lies; NULL is told from "". */
static void
put_text(struct str *out, const char *text)
{
	str_addc(out, text != NULL ? 1 : 0);
	if (text != NULL)
		str_add(out, (struct span){text, strlen(text) + 1});
}

static void
put_number(struct str *out, const struct archive_number *n)
{
	put_text(out, n->metric);
	str_addc(out, (char)n->unit);
	str_addc(out, (char)n->state);
	put_text(out, n->why);
	put_text(out, n->evidence);
	put_u64(out, (uint64_t)n->oldest.s);
	put_u64(out, n->num);
	put_u64(out, n->den);
	put_u64(out, (uint64_t)n->value);
}

/* A row without a place has the bytes, and so the digest, that it had before places were kept. */
enum { ROW_CDN = 1, ROW_PLACED = 2 };

void
row_write(struct str *out, const struct archive_row *r)
{
	bool placed = r->place.service != SERVICE_NONE;
	size_t from = out->len, i;
	uint64_t len;

	put_u64(out, 0);
	put_u64(out, r->asn);
	str_addc(out, r->seen ? 1 : 0);
	str_addc(out, (char)((r->cdn ? ROW_CDN : 0) | (placed ? ROW_PLACED : 0)));
	put_text(out, r->name);
	put_text(out, r->org);
	if (placed) {
		str_addc(out, (char)r->place.service);
		put_text(out, r->place.country);
	}
	put_u64(out, r->n_numbers);
	for (i = 0; i < r->n_numbers; i++) {
		assert(i == 0 || strcmp(r->numbers[i - 1].metric, r->numbers[i].metric) < 0);
		put_number(out, &r->numbers[i]);
	}
	put_u64(out, r->n_verdicts);
	for (i = 0; i < r->n_verdicts; i++) {
		str_addc(out, (char)r->verdicts[i].verdict);
		put_text(out, r->verdicts[i].decides);
		put_text(out, r->verdicts[i].reason);
	}
	len = out->len - from - 8;
	for (i = 0; i < 8; i++)
		out->p[from + i] = (char)(len >> (56 - 8 * i) & 0xff);
}

static uint64_t
get_u64(const char **p)
{
	uint64_t v = 0;
	unsigned i;

	for (i = 0; i < 8; i++)
		v = v << 8 | (uint8_t)*(*p)++;
	return v;
}

static const char *
get_text(const char **p)
{
	const char *text;

	if (*(*p)++ == 0)
		return NULL;
	text = *p;
	*p += strlen(text) + 1;
	return text;
}

static void
get_number(const char **p, struct archive_number *n)
{
	n->metric = get_text(p);
	n->unit = (enum metric_unit)*(*p)++;
	n->state = (enum metric_state)*(*p)++;
	n->why = get_text(p);
	n->evidence = get_text(p);
	n->oldest.s = (int64_t)get_u64(p);
	n->num = get_u64(p);
	n->den = get_u64(p);
	n->value = (int64_t)get_u64(p);
}

void
row_read(struct span bytes, struct arena *a, struct archive_row *out)
{
	struct archive_number *numbers;
	struct archive_verdict *verdicts;
	const char *p = bytes.p + 8;
	size_t i;
	char flags;

	out->asn = (uint32_t)get_u64(&p);
	out->seen = *p++ != 0;
	flags = *p++;
	out->cdn = flags & ROW_CDN;
	out->name = get_text(&p);
	out->org = get_text(&p);
	out->place = (struct place){0};
	if (flags & ROW_PLACED) {
		out->place.service = (uint8_t)*p++;
		(void)country_read(span_of(get_text(&p)), out->place.country);
	}
	out->n_numbers = get_u64(&p);
	out->numbers = numbers = arena_raw(a, out->n_numbers, sizeof(*numbers));
	for (i = 0; i < out->n_numbers; i++)
		get_number(&p, &numbers[i]);
	out->n_verdicts = get_u64(&p);
	out->verdicts = verdicts = arena_raw(a, out->n_verdicts, sizeof(*verdicts));
	for (i = 0; i < out->n_verdicts; i++) {
		verdicts[i].verdict = (enum verdict)*p++;
		verdicts[i].decides = get_text(&p);
		verdicts[i].reason = get_text(&p);
	}
	assert(p == bytes.p + bytes.len);
}

bool
row_cut(struct span *rows, struct span *row)
{
	const char *p = rows->p;
	uint64_t len;

	if (rows->len == 0)
		return false;
	len = get_u64(&p) + 8;
	assert(len <= rows->len);
	*row = (struct span){rows->p, len};
	*rows = (struct span){rows->p + len, rows->len - len};
	return true;
}

/* --- digests --- */

void
pack_digest(const struct archive_pack *p, uint8_t out[static SHA256_BYTES])
{
	struct str s = {0};
	size_t i;

	put_text(&s, p->id);
	put_text(&s, p->version);
	put_text(&s, p->title);
	put_text(&s, p->status);
	str_add(&s, (struct span){(const char *)p->sha256, SHA256_BYTES});
	str_addc(&s, p->has_profile ? 1 : 0);
	str_add(&s, (struct span){(const char *)p->profile_sha256, p->has_profile ? SHA256_BYTES : 0});
	put_u64(&s, p->n);
	for (i = 0; i < p->n; i++) {
		put_text(&s, p->controls[i].id);
		put_text(&s, p->controls[i].title);
		str_addc(&s, p->controls[i].required ? 1 : 0);
	}
	sha256_of(s.p, s.len, out);
	str_release(&s);
}

void
head_digest(const struct archive_head *head, struct sha256 *h)
{
	uint8_t pack[SHA256_BYTES];
	struct str s = {0};
	size_t i;

	put_u64(&s, (uint64_t)head->at.s);
	put_text(&s, head->parameters);
	put_u64(&s, head->n_packs);
	for (i = 0; i < head->n_packs; i++) {
		pack_digest(&head->packs[i], pack);
		str_add(&s, (struct span){(const char *)pack, sizeof(pack)});
	}
	put_u64(&s, head->n_inputs);
	for (i = 0; i < head->n_inputs; i++) {
		const struct archive_input *in = &head->inputs[i];

		str_add(&s, (struct span){(const char *)in->sha256, SHA256_BYTES});
		put_u64(&s, in->size);
		put_text(&s, in->kind);
		put_u64(&s, (uint64_t)in->time.s);
		str_addc(&s, in->time_from_name ? 1 : 0);
		str_addc(&s, in->complete ? 1 : 0);
	}
	put_u64(&s, head->collectors);
	put_u64(&s, head->vantage_points);
	for (i = 0; i < FAMILY_N; i++) {
		put_u64(&s, head->family[i].full_feed);
		put_u64(&s, head->family[i].visibility);
		put_u64(&s, head->family[i].visible_routes);
	}
	sha256_add(h, s.p, s.len);
	str_release(&s);
}
