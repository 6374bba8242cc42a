#include "serve/incident.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const incident_confidences[] = {"proven", "strong", "probable", "possible", NULL};

/* --- names --- */

const char *
incident_window_name(const struct archive_window_entry *w, char out[static INCIDENT_WINDOW_HEX + 1])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(w->digest, hex);
	memcpy(out, hex, INCIDENT_WINDOW_HEX);
	out[INCIDENT_WINDOW_HEX] = '\0';
	return out;
}

const char *
incident_name(const struct archive_window_entry *w, uint64_t ord, char out[static INCIDENT_NAME])
{
	char window[INCIDENT_WINDOW_HEX + 1];

	snprintf(out, INCIDENT_NAME, "%s-%" PRIu64, incident_window_name(w, window), ord);
	return out;
}

void
incident_window_text(struct str *out, const struct archive_window *w)
{
	char from[UTC_TEXT], to[UTC_TEXT];

	str_addf(out, "%.10s %.5s to %.10s %.5s UTC", utc_format(w->from, from), from + 11, utc_format(w->to, to), to + 11);
}

/* The digest or its beginning; of two that begin alike the older, which was there first. */
static struct archive_window_entry *
window_find(struct archive_window_entry *all, size_t n, struct span name)
{
	char hex[SHA256_HEX + 1];
	size_t i;

	if (name.len != INCIDENT_WINDOW_HEX && name.len != SHA256_HEX)
		return NULL;
	for (i = 0; i < n; i++) {
		sha256_hex(all[i].digest, hex);
		if (memcmp(hex, name.p, name.len) == 0)
			return &all[i];
	}
	return NULL;
}

/* --- what is asked for --- */

static bool
class_ask(struct ask *q, uint32_t *classes)
{
	const char *value = ask_arg(q, "class");
	struct span rest = span_of(value != NULL ? value : ""), one;
	enum offence_class c;

	while (value != NULL && span_cut(&rest, ',', &one)) {
		c = offence_class_find(span_trim(one));
		if (c == OFF_N) {
			ask_problem(q, 400, "No such class", "\"%.*s\" is no class of incidents: \"class\" is leak, misorigination, "
			    "rpki-invalid, {bogon,admin}-{prefix,asn}, with commas between.", (int)(one.len < 40 ? one.len : 40), one.p);
			return false;
		}
		*classes |= 1u << c;
	}
	return true;
}

static bool
confidence_ask(struct ask *q, const char **out)
{
	size_t i;

	*out = ask_arg(q, "confidence");
	for (i = 0; *out != NULL && incident_confidences[i] != NULL; i++)
		if (strcmp(*out, incident_confidences[i]) == 0)
			return true;
	if (*out == NULL)
		return true;
	ask_problem(q, 400, "No such confidence", "\"confidence\" is proven, strong, probable or possible.");
	return false;
}

static bool
asn_ask(struct ask *q, uint32_t *out)
{
	const char *value = ask_arg(q, "asn");

	if (value == NULL || (asn_read(span_of(value), out) && *out != 0))
		return true;
	ask_problem(q, 400, "Not an ASN", "\"asn\" is an ASN: a number from 1 to 4294967295, or AS and a number.");
	return false;
}

bool
incident_ask(struct ask *q, struct incident_ask *out)
{
	const char *name = ask_arg(q, "window");
	struct archive_window_entry *all;
	enum err e;

	*out = (struct incident_ask){0};
	if (!class_ask(q, &out->query.classes) || !confidence_ask(q, &out->query.confidence) || !asn_ask(q, &out->query.asn))
		return false;
	e = archive_windows(q->archive, q->a, &all, &out->n);
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	out->all = all;
	out->window = name != NULL ? window_find(all, out->n, span_of(name)) : out->n > 0 ? &all[out->n - 1] : NULL;
	if (name == NULL || out->window != NULL)
		return true;
	ask_problem(q, 404, "No such window", "The archive has no window of incidents \"%.64s\".", name);
	return false;
}

/* --- how many --- */

static struct incident_count *
count_get(struct incident_count *all, size_t *n, const struct archive_party *p)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (all[i].class == p->class && strcmp(all[i].confidence, p->confidence) == 0)
			return &all[i];
	all[*n] = (struct incident_count){.class = p->class, .confidence = p->confidence};
	return &all[(*n)++];
}

static unsigned
rank(const char *confidence)
{
	unsigned i;

	for (i = 0; incident_confidences[i] != NULL && strcmp(confidence, incident_confidences[i]) != 0; i++)
		;
	return i;
}

static void
counts_sort(struct incident_count *c, size_t n)
{
	struct incident_count x;
	size_t i, k;

	for (i = 1; i < n; i++) {	/* a dozen */
		x = c[i];
		for (k = i; k > 0 && (c[k - 1].class > x.class ||
		    (c[k - 1].class == x.class && rank(c[k - 1].confidence) > rank(x.confidence))); k--)
			c[k] = c[k - 1];
		c[k] = x;
	}
}

bool
incident_counts(struct ask *q, const struct incident_ask *x, struct incident_count **out, size_t *n)
{
	struct archive_party *p;
	struct incident_count *c;
	size_t i, found;
	enum err e = archive_parties(q->archive, x->window->id, x->query.asn, q->a, &p, &found);

	*n = 0;
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	*out = arena_array(q->a, found + 1, sizeof(**out));
	for (i = 0; i < found; i++) {
		if (x->query.asn == 0 && p[i].role == ROLE_ACCOMPLICE)
			continue;
		c = count_get(*out, n, &p[i]);
		*(p[i].role == ROLE_CULPRIT ? &c->culprit : &c->accomplice) += p[i].incidents;
	}
	counts_sort(*out, *n);
	return true;
}

uint64_t
incident_total(const struct incident_ask *x, const struct incident_count *c, size_t n)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if ((x->query.classes == 0 || (x->query.classes >> c[i].class & 1) != 0) &&
		    (x->query.confidence == NULL || strcmp(x->query.confidence, c[i].confidence) == 0))
			sum += c[i].culprit + c[i].accomplice;
	return sum;
}

/* --- one --- */

bool
incident_named(struct ask *q, struct archive_window_entry *window, struct archive_incident_row *out)
{
	struct span rest = span_of(q->rest), hex;
	struct archive_window_entry *all, *w = NULL;
	bool found = false;
	uint32_t ord;
	size_t n;
	enum err e = archive_windows(q->archive, q->a, &all, &n);

	if (e == OK && span_cut(&rest, '-', &hex) && span_u32(rest, UINT32_MAX, &ord) == OK)
		w = window_find(all, n, hex);
	if (w != NULL && hex.len == INCIDENT_WINDOW_HEX)
		e = archive_incident(q->archive, w->id, ord, q->a, out, &found);
	if (e == OK && found)
		e = archive_window_lists(q->archive, q->a, w);
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	if (!found) {
		ask_problem(q, 404, "No such incident", "The archive has no incident \"%.80s\".", q->rest);
		return false;
	}
	*window = *w;
	return true;
}
