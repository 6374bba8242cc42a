/*
 * dump_put: the pieces that the lines of `routemark dump` are made of: " name=value".
 */
#include "cmd/dump.h"

void
dump_number(struct out *o, const char *name, uint64_t v)
{
	out_s(o, name);
	out_u64(o, v);
}

void
dump_address(struct out *o, const char *name, const struct addr *a)
{
	out_s(o, name);
	out_addr(o, a);
}

void
dump_word(struct out *o, const char *name, struct span s)
{
	if (s.len == 0)
		return;
	out_s(o, name);
	out_text(o, s);
}

void
dump_quoted(struct out *o, const char *name, struct span s)
{
	struct span rest = s, piece;
	bool first = true;

	if (s.len == 0)
		return;
	out_s(o, name);
	out_s(o, "\"");
	while (span_cut(&rest, '"', &piece)) {
		out_s(o, first ? "" : "\\\"");
		first = false;
		out_text(o, piece);
	}
	out_s(o, "\"");
}

void
dump_time(struct out *o, const char *name, struct utc t)
{
	char text[UTC_TEXT];

	if (!utc_known(t))
		return;
	out_s(o, name);
	out_s(o, utc_format(t, text));
}

void
dump_list(struct out *o, const char *name, const uint32_t *v, size_t n)
{
	size_t i;

	out_s(o, name);
	for (i = 0; i < n; i++)
		dump_number(o, i > 0 ? "," : "", v[i]);
}

enum err
dump_end(struct out *o)
{
	out_s(o, "\n");
	return o->failed ? ERR_IO : OK;
}
