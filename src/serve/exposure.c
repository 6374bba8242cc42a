#include "serve/exposure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- months --- */

static bool
months_find(struct ask *q, struct exposure_ask *x)
{
	struct archive_exposure_moment *all;
	char text[8];
	size_t n, i;
	enum err e = archive_exposure_moments(q->archive, EXPOSURE_MONTHS_MAX, q->a, &all, &n);

	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	x->months = arena_array(q->a, n + 1, sizeof(*x->months));
	for (i = 0; i < n; i++) {
		shown_month_text(all[i].at, text);
		if (x->n_months == 0 || strcmp(x->months[x->n_months - 1].text, text) != 0)
			memcpy(x->months[x->n_months++].text, text, sizeof(text));
		x->months[x->n_months - 1].n += all[i].n;
	}
	return true;
}

/* "2031-06": from its first second to that of the next one. */
static bool
month_bounds(const char *text, struct utc *from, struct utc *to)
{
	unsigned year, month;
	char again[8];

	if (strlen(text) != 7 || sscanf(text, "%4u-%2u", &year, &month) != 2 || month < 1 || month > 12)
		return false;
	snprintf(again, sizeof(again), "%04u-%02u", year % 10000, month % 100);
	*from = utc_from_date((int)year, (int)month, 1, 0, 0, 0);
	*to = month == 12 ? utc_from_date((int)year + 1, 1, 1, 0, 0, 0) : utc_from_date((int)year, (int)month + 1, 1, 0, 0, 0);
	return strcmp(again, text) == 0;
}

static bool
weakest_read(struct ask *q, struct archive_exposure_query *query)
{
	const char *weakest = ask_arg(q, "weakest");

	if (weakest == NULL)
		return true;
	query->by_verdict = true;
	query->verdict = strcmp(weakest, "fail") == 0 ? VERDICT_FAIL : VERDICT_NO_DATA;
	if (query->verdict == VERDICT_FAIL || strcmp(weakest, "no-data") == 0)
		return true;
	ask_problem(q, 400, "No such verdict", "\"weakest\" is fail or no-data: what the weakest link of an exposure is.");
	return false;
}

bool
exposure_ask(struct ask *q, bool every, struct exposure_ask *out)
{
	const char *month = ask_arg(q, "month");

	*out = (struct exposure_ask){.month = SIZE_MAX, .query = {.from = {INT64_MIN}, .to = {INT64_MAX}}};
	if (!weakest_read(q, &out->query) || !months_find(q, out))
		return false;
	if (month == NULL && (every || out->n_months == 0))
		return true;
	for (out->month = 0; month != NULL && out->month < out->n_months &&
	    strcmp(out->months[out->month].text, month) != 0; out->month++)
		;
	if (out->month < out->n_months && month_bounds(out->months[out->month].text, &out->query.from, &out->query.to))
		return true;
	ask_problem(q, 404, "No such month", "The archive holds no exposure of \"%s\".", month != NULL ? month : "an unknown month");
	return false;
}

/* --- one network --- */

const char *
exposure_name(const struct archive_exposure *e, char out[static EXPOSURE_NAME])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(e->digest, hex);
	memcpy(out, hex, EXPOSURE_NAME - 1);
	out[EXPOSURE_NAME - 1] = '\0';
	return out;
}

static bool
fits(const struct archive_exposure *e, const char *id, const char *month, const char *prefix)
{
	char text[UTC_TEXT], name[EXPOSURE_NAME];

	if (id != NULL && strcmp(exposure_name(e, name), id) != 0)
		return false;
	if (month != NULL && strncmp(utc_format(e->at, text), month, strlen(month)) != 0)
		return false;
	return prefix != NULL ? e->prefix && strcmp(e->asked, prefix) == 0 : true;
}

bool
exposure_named(struct ask *q, struct archive_exposure **all, size_t *n, size_t *at)
{
	const char *id = ask_arg(q, "id"), *month = ask_arg(q, "month"), *prefix = ask_arg(q, "prefix");
	uint32_t asn;
	enum err e;
	size_t i;

	if (!asn_read(span_of(q->rest), &asn)) {
		ask_problem(q, 404, "Not an ASN", "\"%s\" is no ASN: a number up to 4294967295, or AS and a number.", q->rest);
		return false;
	}
	if (month != NULL && strlen(month) != 7 && strlen(month) != 10) {
		ask_problem(q, 400, "Not a month", "\"month\" is a month or a day, 2031-06 or 2031-06-01.");
		return false;
	}
	e = archive_exposures_of(q->archive, asn, EXPOSURE_OF_MAX, q->a, all, n);
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	*at = SIZE_MAX;
	for (i = 0; i < *n; i++)	/* its own, before one of a prefix that is as new or newer */
		if (fits(&(*all)[i], id, month, prefix) && (*at == SIZE_MAX || (prefix == NULL && (*all)[*at].prefix && !(*all)[i].prefix)))
			*at = i;
	if (*at != SIZE_MAX)
		return true;
	if (*n == 0)
		ask_problem(q, 404, "No such exposure", "The archive holds no exposure of AS%" PRIu32 ". \"routemark exposure %" PRIu32
		    " --data DIR --archive FILE\" makes one.", asn, asn);
	else
		ask_problem(q, 404, "No such exposure", "The archive holds exposures of AS%" PRIu32 ", but none%s%s%s%s%s%s.", asn,
		    id != NULL ? " named " : "", id != NULL ? id : "", month != NULL ? " of " : "", month != NULL ? month : "", prefix != NULL ? " for " : "", prefix != NULL ? prefix : "");
	return false;
}
