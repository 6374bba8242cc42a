#include "cmd/audit_origins.h"
#include "base/limits.h"
#include "cmd/note.h"
#include "cmd/slurp.h"

#include <string.h>

const char *
audit_window(const struct scored *s, struct arena *a)
{
	char from[UTC_TEXT], to[UTC_TEXT];

	return arena_printf(a, "%s/%s", utc_format(s->window->from, from), utc_format(s->window->to, to));
}

static bool
hex_digest(struct span s, uint8_t out[static SHA256_BYTES])
{
	size_t i;

	for (i = 0; i < SHA256_HEX; i++) {
		char c = s.p[i];
		int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (v < 0)
			return false;
		out[i / 2] = (uint8_t)(out[i / 2] << 4 | v);
	}
	return true;
}

static bool
plain(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if ((uint8_t)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

static bool
line_take(struct span line, struct arena *a, struct bundle *b)
{
	uint8_t d[SHA256_BYTES] = {0};
	struct span text;
	size_t i;

	if (line.len == 0 || line.p[0] == '#')
		return true;
	if (line.len < SHA256_HEX + 3 || !hex_digest(line, d) || line.p[SHA256_HEX] != ' ' || line.p[SHA256_HEX + 1] != ' ')
		return false;
	text = span_trim((struct span){line.p + SHA256_HEX + 2, line.len - SHA256_HEX - 2});
	if (text.len == 0 || text.len > ORIGIN_TEXT_MAX || !plain(text))
		return false;
	for (i = 0; i < b->n_inputs; i++)
		if (memcmp(b->inputs[i].in.sha256, d, SHA256_BYTES) == 0)
			b->inputs[i].origin = arena_strdup(a, text);
	return true;
}

bool
audit_origins(const char *path, struct arena *a, struct bundle *b)
{
	struct str text = {0};
	struct span rest, line;
	size_t no = 0;
	bool good = slurp("audit", path, ORIGINS_LIST_MAX, &text);

	rest = str_span(&text);
	while (good && rest.len > 0 && span_cut(&rest, '\n', &line)) {
		no++;
		good = line_take(line, a, b);
		if (!good)
			note("audit", "%s: line %zu: is not a SHA-256, two spaces, and where the file is from [doc/formats/bundle.md]", path,
			    no);
	}
	str_release(&text);
	return good;
}
