/* parcel_exposures: a document of exposures, as the canonical texts that are kept of it. They are read again as a document:
 * the texts are what the archive holds and what every reader of it parses, so there is one strict reader for them
 * (report/exposed.h), and no second form that it could disagree with. */
#include "archive/parcel_int.h"

void
parcel_exposures_write(struct str *out, const struct exposed_document *d)
{
	size_t i;

	wire_text(out, d->head.p);
	wire_u32(out, (uint32_t)d->n);
	for (i = 0; i < d->n; i++)
		wire_text(out, d->subjects[i].text.p);
}

/* {"asked":A,"origin":{...}} is an operand's with its origin in a list. */
static bool
subject_add(struct str *out, const char *text)
{
	static const char key[] = ",\"origin\":";
	const char *origin = strstr(text, key);
	size_t len = strlen(text);

	if (origin == NULL || text[len - 1] != '}')
		return false;
	str_add(out, (struct span){text, (size_t)(origin - text)});
	str_adds(out, ",\"origins\":[");
	origin += sizeof(key) - 1;
	str_add(out, (struct span){origin, (size_t)(text + len - 1 - origin)});
	str_adds(out, "],\"why\":null}");
	return true;
}

/* The document of these texts is one, and says the same in the same bytes. */
static bool
document_read(struct rd *r, const struct str *text, struct arena *a, const char *head, const char *const *texts, size_t n,
    struct exposed_document *d)
{
	const char *why = NULL;
	enum err e = exposed_read("parcel", str_span(text), a, d, &why);
	size_t i;

	if (e != OK) {
		rd_fail(r, e, "exposures", 0);
		return false;
	}
	if (d->n != n || d->n_nobody != 0 || strcmp(d->head.p, head) != 0)
		return false;
	for (i = 0; i < n; i++)
		if (strcmp(d->subjects[i].text.p, texts[i]) != 0)
			return false;
	return true;
}

void
parcel_exposures_read(struct rd *r, struct arena *a, struct exposed_document *d)
{
	const char *head = wire_word(r, "exposures.head"), **texts;
	size_t len = strlen(head), n = wire_count(r, EXPOSURE_SUBJECTS_MAX, 2, "exposures.subjects"), i;
	struct str text = {0};
	bool good = len > 2 && head[0] == '{' && head[len - 1] == '}';

	texts = arena_array(a, n + 1, sizeof(*texts));
	for (i = 0; i < n; i++)
		texts[i] = wire_word(r, "exposures.subject");
	str_add(&text, (struct span){head, len > 0 ? len - 1 : 0});
	str_adds(&text, ",\"exposures\":[");
	for (i = 0; i < n && good && r->err == OK; i++) {
		if (i > 0)
			str_addc(&text, ',');
		good = subject_add(&text, texts[i]);
	}
	str_adds(&text, "]}");
	if (r->err == OK && (!good || !document_read(r, &text, a, head, texts, n, d)))
		rd_fail(r, ERR_SYNTAX, "exposures", 0);
	str_release(&text);
}
