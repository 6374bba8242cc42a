#include "serve/ask.h"
#include "base/json_w.h"
#include "serve/page.h"

#include <stdlib.h>
#include <string.h>

void
ask_elsewhere(struct ask *q, const char *to)
{
	q->r->status = 303;
	q->r->location = strdup(to);
	q->r->type = TYPE_TEXT;
	str_addf(&q->r->body, "%s\n", to);
}

void
ask_problem(struct ask *q, unsigned status, const char *title, const char *fmt, ...)
{
	struct str detail = {0};
	struct json_w w;
	va_list ap;

	va_start(ap, fmt);
	str_addv(&detail, fmt, ap);
	va_end(ap);
	str_clear(&q->r->body);
	q->r->status = status;
	q->r->cache_control = "no-store";
	if (q->html) {
		page_problem(q, status, title, detail.p);
	} else {
		q->r->type = "application/problem+json";
		json_w_init(&w, &q->r->body);
		json_obj(&w);
		json_kstrz(&w, "detail", detail.p);
		json_ku64(&w, "status", status);
		json_kstrz(&w, "title", title);
		json_obj_end(&w);
		json_done(&w);
	}
	str_release(&detail);
}

void
ask_broken(struct ask *q, enum err e)
{
	if (e == ERR_STOPPED)
		ask_problem(q, 503, "Busy", "The archive is being written to. Ask again in a moment.");
	else
		ask_problem(q, 500, "The archive cannot be read", "The archive %s.", archive_why(q->archive));
	if (e == ERR_STOPPED)
		q->r->retry = "5";
}

const char *
ask_arg(const struct ask *q, const char *key)
{
	const char *value = target_arg(q->target, key);

	return value != NULL && *value != '\0' ? value : NULL;	/* a form sends what was left empty, too */
}

bool
ask_only(struct ask *q, const char *const *keys)
{
	size_t i, k;

	for (i = 0; i < q->target->n; i++) {
		for (k = 0; keys[k] != NULL && strcmp(keys[k], q->target->args[i].key) != 0; k++)
			;
		if (keys[k] == NULL) {
			ask_problem(q, 400, "No such argument", "\"%s\" is no argument of this.", q->target->args[i].key);
			return false;
		}
	}
	return true;
}

bool
ask_number(struct ask *q, const char *key, uint32_t max, uint32_t fallback, uint32_t *out)
{
	const char *value = ask_arg(q, key);

	*out = fallback;
	if (value == NULL || span_u32(span_of(value), max, out) == OK)
		return true;
	ask_problem(q, 400, "Not a number", "\"%s\" is a number from 0 to %u.", key, max);
	return false;
}

bool
asn_read(struct span s, uint32_t *out)
{
	s = span_trim(s);
	if (s.len > 2 && (s.p[0] | 0x20) == 'a' && (s.p[1] | 0x20) == 's') {
		s.p += 2;
		s.len -= 2;
	}
	return span_u32(s, UINT32_MAX, out) == OK;
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

bool
ask_asns(struct ask *q, const char *key, uint32_t max, uint32_t **out, size_t *n)
{
	const char *value = ask_arg(q, key);
	char *text = value != NULL ? arena_strdup(q->a, span_of(value)) : NULL, *p;
	struct span rest, piece;
	size_t i, k;

	*n = 0;
	*out = arena_array(q->a, max + 1, sizeof(**out));
	if (text == NULL)
		return true;
	for (p = text; *p != '\0'; p++)
		if (*p == ' ' || *p == ';')
			*p = ',';
	rest = span_of(text);
	while (span_cut(&rest, ',', &piece)) {
		if (piece.len == 0)
			continue;
		if (*n == max) {
			ask_problem(q, 400, "Too many networks", "\"%s\" has more than %u networks.", key, max);
			return false;
		}
		if (!asn_read(piece, &(*out)[(*n)++])) {
			ask_problem(q, 400, "Not an ASN", "\"%.*s\" is no ASN: a number up to 4294967295, or AS and a number.",
			    (int)(piece.len < 40 ? piece.len : 40), piece.p);
			return false;
		}
	}
	if (*n > 1)
		qsort(*out, *n, sizeof(**out), by_number);
	for (i = k = 0; i < *n; i++)
		if (k == 0 || (*out)[k - 1] != (*out)[i])
			(*out)[k++] = (*out)[i];
	*n = k;
	return true;
}

bool
ask_series(struct ask *q, const struct shown_series **s, size_t *month)
{
	const char *pack = ask_arg(q, "pack"), *when = ask_arg(q, "month");

	if (q->view->n_series == 0) {
		ask_problem(q, 404, "Nothing is archived yet", "The archive holds no assessment.");
		return false;
	}
	*s = pack != NULL ? shown_series_find(q->view, pack) : &q->view->series[0];
	if (*s == NULL) {
		ask_problem(q, 404, "No such pack", "No assessment in the archive was made by a pack \"%s\".", pack);
		return false;
	}
	*month = shown_month(*s, when);
	if (*month != SIZE_MAX)
		return true;
	ask_problem(q, 404, "No such month", "The archive holds no assessment by %s in \"%s\".", (*s)->id, when);
	return false;
}

bool
ask_format(struct ask *q, bool *csv)
{
	const char *format = ask_arg(q, "format");

	*csv = format != NULL && strcmp(format, "csv") == 0;
	if (format == NULL || *csv || strcmp(format, "json") == 0)
		return true;
	ask_problem(q, 400, "No such format", "\"format\" is json or csv.");
	return false;
}

const struct pack *
site_pack(const struct site *s, const struct archive_pack *p)
{
	size_t i;

	for (i = 0; i < s->n_packs; i++)
		if (strcmp(s->packs[i].id, p->id) == 0 && memcmp(s->packs[i].sha256, p->sha256, SHA256_BYTES) == 0 &&
		    s->packs[i].has_profile == p->has_profile &&
		    (!p->has_profile || memcmp(s->packs[i].profile_sha256, p->profile_sha256, SHA256_BYTES) == 0))
			return &s->packs[i];
	return NULL;
}

const struct requirement *
site_profile(const struct site *s, const char *kind)
{
	size_t i;

	for (i = 0; i < s->n_profiles; i++)
		if (strcmp(require_kinds()[i], kind) == 0)
			return &s->profiles[i];
	return NULL;
}

const struct control *
site_control(const struct pack *p, const char *id)
{
	return p != NULL ? pack_control(p, span_of(id)) : NULL;
}
