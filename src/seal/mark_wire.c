#include "seal/mark_wire.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "seal/line.h"

#include <inttypes.h>

#define HEAD "mark "

static void
text_put(struct str *out, const char *text)
{
	if (text == NULL)
		str_adds(out, "-\n");
	else
		str_addf(out, "=%s\n", text);
}

void
mark_wire_write(struct str *out, const struct mark *m)
{
	const char *const texts[] = {m->name, m->organisation, m->at, m->valid_to, m->oldest, m->newest, m->report,
	    m->pack.id, m->pack.version, m->pack.title, m->pack.status, m->pack.catalog, m->pack.profile};
	const struct mark_control *c;
	size_t i;

	str_addf(out, HEAD "%u %" PRIu64 " %zu\n", m->asn, m->inputs, m->n);
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		text_put(out, texts[i]);
	for (c = m->controls; c < m->controls + m->n; c++) {
		str_addf(out, "%d %u\n", c->applies ? 1 : 0, c->age_max_days);
		text_put(out, c->id);
		text_put(out, c->title);
		text_put(out, c->oldest);
		text_put(out, c->expires);
	}
}

/* --- reading --- */

static bool
text_get(struct span *rest, struct arena *a, bool must, const char **out)
{
	struct span line;

	*out = NULL;
	if (!line_next(rest, &line) || line.len == 0 || memchr(line.p, '\0', line.len) != NULL)
		return false;
	if (span_is(line, "-"))
		return !must;
	if (line.p[0] != '=')
		return false;
	*out = arena_strdup(a, (struct span){line.p + 1, line.len - 1});
	return true;
}

/* Numbers of a line, one space between two, none behind the last. */
static bool
numbers_get(struct span line, uint64_t *out, size_t n)
{
	struct span number;
	size_t i;

	for (i = 0; i < n; i++)
		if (!span_cut(&line, ' ', &number) || span_u64(number, UINT64_MAX, &out[i]) != OK)
			return false;
	return line.p == NULL;
}

static bool
control_get(struct span *rest, struct arena *a, struct mark_control *c)
{
	struct span line;
	uint64_t n[2];

	if (!line_next(rest, &line) || !numbers_get(line, n, 2) || n[0] > 1 || n[1] > MARK_DAYS_MAX)
		return false;
	c->applies = n[0] == 1;
	c->age_max_days = (uint32_t)n[1];
	return text_get(rest, a, true, &c->id) && text_get(rest, a, true, &c->title) && text_get(rest, a, false, &c->oldest) &&
	    text_get(rest, a, false, &c->expires);
}

static bool
texts_get(struct span *rest, struct arena *a, struct mark *m)
{
	return text_get(rest, a, true, &m->name) && text_get(rest, a, true, &m->organisation) &&
	    text_get(rest, a, true, &m->at) && text_get(rest, a, true, &m->valid_to) && text_get(rest, a, false, &m->oldest) &&
	    text_get(rest, a, false, &m->newest) && text_get(rest, a, true, &m->report) &&
	    text_get(rest, a, true, &m->pack.id) && text_get(rest, a, true, &m->pack.version) &&
	    text_get(rest, a, true, &m->pack.title) && text_get(rest, a, true, &m->pack.status) &&
	    text_get(rest, a, true, &m->pack.catalog) && text_get(rest, a, false, &m->pack.profile);
}

enum err
mark_wire_read(struct span bytes, struct arena *a, struct mark *out)
{
	struct mark m = {.asn = 0};
	struct span rest = bytes, line;
	uint64_t n[3];
	size_t i;

	if (!line_next(&rest, &line) || !span_starts(line, HEAD) ||
	    !numbers_get((struct span){line.p + sizeof(HEAD) - 1, line.len - (sizeof(HEAD) - 1)}, n, 3) ||
	    n[0] > UINT32_MAX || n[2] > PACK_CONTROLS_MAX || !texts_get(&rest, a, &m))
		return ERR_SYNTAX;
	m.asn = (uint32_t)n[0];
	m.inputs = n[1];
	m.n = (size_t)n[2];
	m.controls = arena_array(a, m.n + 1, sizeof(*m.controls));
	for (i = 0; i < m.n; i++)
		if (!control_get(&rest, a, &m.controls[i]))
			return ERR_SYNTAX;
	if (rest.len > 0)
		return ERR_SYNTAX;
	*out = m;
	return OK;
}

bool
mark_wire_fits(const struct mark *m, uint32_t asn, struct span report)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of(report.p, report.len, digest);
	sha256_hex(digest, hex);
	return m->asn == asn && m->report != NULL && strcmp(m->report, hex) == 0;
}
