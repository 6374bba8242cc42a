/* parcel: frames, answers, and which body is whose. */
#include "archive/parcel_int.h"

#include <assert.h>

void
parcel_digest_write(struct str *out, const uint8_t digest[static SHA256_BYTES])
{
	str_add(out, (struct span){(const char *)digest, SHA256_BYTES});
}

void
parcel_digest_read(struct rd *r, uint8_t out[static SHA256_BYTES], const char *field)
{
	const uint8_t *p = rd_bytes(r, SHA256_BYTES, field);

	if (p != NULL)
		memcpy(out, p, SHA256_BYTES);
}

/* --- an answer --- */

static void
answer_write(struct str *out, const struct parcel *p)
{
	size_t i;

	str_addc(out, (char)p->err);
	wire_text(out, p->why);
	wire_u32(out, (uint32_t)p->n_fates);
	for (i = 0; i < p->n_fates; i++)
		str_addc(out, (char)p->fates[i]);
}

static void
answer_read(struct rd *r, struct arena *a, struct parcel *p)
{
	enum archive_fate *fates;
	size_t i;

	p->err = (enum err)wire_enum(r, ERR_SIGNATURE + 1, "answer.err");
	p->why = wire_word(r, "answer.why");
	p->n_fates = wire_count(r, EXPOSURE_SUBJECTS_MAX, 1, "answer.fates");
	p->fates = fates = arena_array(a, p->n_fates + 1, sizeof(*fates));
	for (i = 0; i < p->n_fates; i++)
		fates[i] = (enum archive_fate)wire_enum(r, ARCHIVE_THERE + 1, "answer.fate");
	if (r->err == OK && (p->err == OK) != (p->why[0] == '\0'))
		rd_fail(r, ERR_CONTRADICT, "answer.why", 0);
}

/* --- bodies --- */

static void
body_write(struct str *out, const struct parcel *p)
{
	switch (p->kind) {
	case PARCEL_ASSESSMENT:
		parcel_digest_write(out, p->basis);
		str_addc(out, p->known ? 1 : 0);
		if (p->known)
			parcel_digest_write(out, p->content);
		parcel_head_write(out, &p->head);
		break;
	case PARCEL_ROW:
		str_add(out, p->row);
		break;
	case PARCEL_WINDOW:
		parcel_digest_write(out, p->basis);
		parcel_digest_write(out, p->content);
		parcel_window_write(out, &p->window);
		break;
	case PARCEL_INCIDENT:
		parcel_incident_write(out, &p->incident);
		break;
	case PARCEL_EXPOSURES:
		parcel_exposures_write(out, &p->exposures);
		break;
	case PARCEL_ANSWER:
		answer_write(out, p);
		break;
	case PARCEL_COMMIT:
	case PARCEL_ROLLBACK:
	case PARCEL_N:
		break;
	}
}

bool
parcel_write(struct str *out, const struct parcel *p)
{
	size_t from = out->len, len, i;

	assert(p->kind < PARCEL_N);
	wire_u32(out, 0);
	str_addc(out, (char)p->kind);
	body_write(out, p);
	len = out->len - from - PARCEL_FRAME;
	if (len > PARCEL_BYTES_MAX) {
		out->len = from;
		return false;
	}
	for (i = 0; i < 4; i++)
		out->p[from + i] = (char)(len >> (24 - 8 * i) & 0xff);
	return true;
}

enum err
parcel_frame(const uint8_t frame[static PARCEL_FRAME], enum parcel_kind *kind, size_t *len)
{
	struct rd r = rd_init(frame, PARCEL_FRAME, 0);

	*len = rd_u32(&r, "parcel");
	*kind = (enum parcel_kind)wire_enum(&r, PARCEL_N, "parcel.kind");
	if (r.err == OK && *len > PARCEL_BYTES_MAX)
		rd_fail(&r, ERR_LIMIT, "parcel", 0);
	return rd_done(&r, "parcel");
}

static void
body_read(struct rd *r, struct arena *a, struct parcel *p)
{
	switch (p->kind) {
	case PARCEL_ASSESSMENT:
		parcel_digest_read(r, p->basis, "basis");
		p->known = wire_bool(r, "known");
		if (p->known)
			parcel_digest_read(r, p->content, "content");
		parcel_head_read(r, a, &p->head);
		break;
	case PARCEL_ROW:
		p->row.len = rd_left(r);
		p->row.p = (const char *)rd_bytes(r, p->row.len, "row");
		break;
	case PARCEL_WINDOW:
		parcel_digest_read(r, p->basis, "basis");
		parcel_digest_read(r, p->content, "content");
		parcel_window_read(r, a, &p->window);
		break;
	case PARCEL_INCIDENT:
		parcel_incident_read(r, a, &p->incident);
		break;
	case PARCEL_EXPOSURES:
		parcel_exposures_read(r, a, &p->exposures);
		break;
	case PARCEL_ANSWER:
		answer_read(r, a, p);
		break;
	case PARCEL_COMMIT:
	case PARCEL_ROLLBACK:
	case PARCEL_N:
		break;
	}
}

enum err
parcel_read(enum parcel_kind kind, struct span body, struct arena *a, struct parcel *out, const char **field)
{
	struct rd r = rd_init(body.p, body.len, 0);

	*out = (struct parcel){.kind = kind};
	body_read(&r, a, out);
	if (rd_done(&r, "parcel") != OK)
		*field = r.field;
	return r.err;
}
