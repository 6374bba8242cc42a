#include "seal/ledger_gist.h"
#include "base/limits.h"
#include "seal/line.h"
#include "seal/status.h"

#include <inttypes.h>

#define HEAD "ledger "
#define OPEN "open "

static void
text_put(struct str *out, const char *text)
{
	str_adds(out, text != NULL ? text : "-");
	str_addc(out, '\n');
}

void
ledger_gist_write(struct str *out, const struct ledger *g, size_t open)
{
	const struct dispute_line *l = open < g->n ? &g->lines[open] : NULL;
	char pk[SHA256_HEX + 1];

	str_addf(out, HEAD "%zu\n", g->n);
	text_put(out, g->n > 0 ? g->digests[0] : NULL);
	text_put(out, g->n > 0 ? g->digests[g->n - 1] : NULL);
	if (l == NULL)
		return;
	sha256_hex(l->signer.pk, pk);	/* of as many bytes */
	str_addf(out, OPEN "%zu %" PRIu32 "\n", open, l->asn);
	text_put(out, g->digests[open]);
	text_put(out, pk);
	text_put(out, l->at);
	text_put(out, l->report);
	text_put(out, l->control);
	text_put(out, l->pack_status);
}

void
ledger_digests_write(struct str *out, const struct ledger *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		text_put(out, g->digests[i]);
}

/* --- reading --- */

/* NULL when there is no whole line, or it is none that good takes. */
static const char *
text_get(struct span *rest, struct arena *a, bool (*good)(const char *))
{
	struct span line;
	const char *text;

	if (!line_next(rest, &line) || memchr(line.p, '\0', line.len) != NULL)
		return NULL;
	text = arena_strdup(a, line);
	return good(text) ? text : NULL;
}

static bool
is_none(const char *s)
{
	return strcmp(s, "-") == 0;
}

static bool
is_line(const char *s)
{
	return status_reason_good(span_of(s));
}

static bool
is_control(const char *s)
{
	return dispute_control_good(span_of(s));
}

static int
digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

static bool
number_get(struct span line, const char *word, uint64_t max, uint64_t *out)
{
	struct span value;

	return line_value(line, word, &value) && span_u64(value, max, out) == OK;
}

/* The line that opens, and its place. */
static bool
open_get(struct span *rest, struct arena *a, size_t n, struct dispute_line *l, const char **digest, size_t *open)
{
	struct span line, value, word;
	const char *pk;
	uint64_t index;
	size_t i;

	if (!line_next(rest, &line) || !line_value(line, "open", &value) || !span_cut(&value, ' ', &word) ||
	    span_u64(word, DISPUTE_LINES_MAX, &index) != OK || index >= n || span_u32(value, UINT32_MAX, &l->asn) != OK)
		return false;
	*open = (size_t)index;
	*digest = text_get(rest, a, status_digest_good);
	pk = text_get(rest, a, status_digest_good);
	l->at = text_get(rest, a, status_time_good);
	l->report = text_get(rest, a, status_digest_good);
	l->control = text_get(rest, a, is_control);
	l->pack_status = text_get(rest, a, is_line);
	if (*digest == NULL || pk == NULL || l->at == NULL || l->report == NULL || l->control == NULL || l->pack_status == NULL)
		return false;
	if (is_none(l->pack_status))
		l->pack_status = NULL;
	for (i = 0; i < ED25519_PUBLIC; i++)
		l->signer.pk[i] = (uint8_t)(digit(pk[2 * i]) * 16 + digit(pk[2 * i + 1]));
	return true;
}

enum err
ledger_gist_read(struct span bytes, struct arena *a, struct ledger *out, size_t *open)
{
	struct dispute_line *lines, l = {.act = DISPUTE_OPEN};
	const char **digests, *first, *last, *digest = NULL;
	struct span rest = bytes, line;
	uint64_t n = 0;
	size_t at;

	if (!line_next(&rest, &line) || !number_get(line, "ledger", DISPUTE_LINES_MAX, &n))
		return ERR_SYNTAX;
	first = text_get(&rest, a, n > 0 ? status_digest_good : is_none);
	last = text_get(&rest, a, n > 0 ? status_digest_good : is_none);
	at = (size_t)n;
	if (first == NULL || last == NULL || (rest.len > 0 && !open_get(&rest, a, (size_t)n, &l, &digest, &at)) || rest.len > 0)
		return ERR_SYNTAX;
	lines = arena_array(a, (size_t)n + 1, sizeof(*lines));
	digests = arena_array(a, (size_t)n + 1, sizeof(*digests));
	memset(lines, 0, ((size_t)n + 1) * sizeof(*lines));
	memset(digests, 0, ((size_t)n + 1) * sizeof(*digests));
	if (at < n) {
		lines[at] = l;
		digests[at] = digest;
	}
	if (n > 0) {
		digests[0] = first;
		digests[n - 1] = last;
	}
	if (at < n && strcmp(digests[at], digest) != 0)
		return ERR_SYNTAX;
	*out = (struct ledger){lines, digests, (size_t)n};
	*open = at;
	return OK;
}

enum err
ledger_digests_read(struct span bytes, struct arena *a, struct ledger *out)
{
	const char **digests = arena_array(a, DISPUTE_LINES_MAX + 1, sizeof(*digests));
	struct span rest = bytes;
	size_t n;

	for (n = 0; rest.len > 0; n++) {
		digests[n] = n < DISPUTE_LINES_MAX ? text_get(&rest, a, status_digest_good) : NULL;
		if (digests[n] == NULL)
			return ERR_SYNTAX;
	}
	*out = (struct ledger){NULL, digests, n};
	return OK;
}
