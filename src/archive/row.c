#include "archive/row.h"
#include "archive/wire.h"

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

/* --- digests --- */

void
pack_digest(const struct archive_pack *p, uint8_t out[static SHA256_BYTES])
{
	struct str s = {0};
	size_t i;

	wire_text(&s, p->id);
	wire_text(&s, p->version);
	wire_text(&s, p->title);
	wire_text(&s, p->status);
	str_add(&s, (struct span){(const char *)p->sha256, SHA256_BYTES});
	str_addc(&s, p->has_profile ? 1 : 0);
	str_add(&s, (struct span){(const char *)p->profile_sha256, p->has_profile ? SHA256_BYTES : 0});
	wire_u64(&s, p->n);
	for (i = 0; i < p->n; i++) {
		wire_text(&s, p->controls[i].id);
		wire_text(&s, p->controls[i].title);
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

	wire_u64(&s, (uint64_t)head->at.s);
	wire_text(&s, head->parameters);
	wire_u64(&s, head->n_packs);
	for (i = 0; i < head->n_packs; i++) {
		pack_digest(&head->packs[i], pack);
		str_add(&s, (struct span){(const char *)pack, sizeof(pack)});
	}
	wire_u64(&s, head->n_inputs);
	for (i = 0; i < head->n_inputs; i++) {
		const struct archive_input *in = &head->inputs[i];

		str_add(&s, (struct span){(const char *)in->sha256, SHA256_BYTES});
		wire_u64(&s, in->size);
		wire_text(&s, in->kind);
		wire_u64(&s, (uint64_t)in->time.s);
		str_addc(&s, in->time_from_name ? 1 : 0);
		str_addc(&s, in->complete ? 1 : 0);
	}
	wire_u64(&s, head->collectors);
	wire_u64(&s, head->vantage_points);
	for (i = 0; i < FAMILY_N; i++) {
		wire_u64(&s, head->family[i].full_feed);
		wire_u64(&s, head->family[i].visibility);
		wire_u64(&s, head->family[i].visible_routes);
	}
	sha256_add(h, s.p, s.len);
	str_release(&s);
}
