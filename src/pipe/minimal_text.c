/* minimal_text: what a piece of text names, and the forms of a record a line, or an object between empty lines. */
#include "pipe/minimal_int.h"
#include "base/limits.h"
#include "decode/csv.h"

#include <string.h>

#define TOKEN_MAX 256

/* --- what a piece of text names --- */

static bool
in_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == ':' || c == '/' ||
	    c == '-' || c == '_' || c == '@' || c == '\\' || (uint8_t)c >= 0x80;
}

static void
token_mention(const struct minimal *m, struct span t, struct mention *out)
{
	struct span digits;
	struct prefix p;
	uint32_t asn;
	bool host_bits;

	if (t.len > 1 && t.p[0] == ':' && t.p[1] != ':')	/* "asn":64500 */
		t = (struct span){t.p + 1, t.len - 1};
	digits = t;
	if (memchr(t.p, '/', t.len) != NULL && prefix_parse(t, &p, &host_bits) == OK) {
		out->prefix = true;
		out->near = out->near || minimal_near(m, &p);
		return;
	}
	if (t.len > 2 && (t.p[0] == 'A' || t.p[0] == 'a') && (t.p[1] == 'S' || t.p[1] == 's'))
		digits = (struct span){t.p + 2, t.len - 2};
	if (span_u32(digits, UINT32_MAX, &asn) == OK) {
		out->subject = out->subject || numbers_has(&m->subjects, asn);
		out->as = out->as || numbers_has(&m->ases, asn);
	}
	out->word = out->word || minimal_word(m, t);
}

struct mention
minimal_mention(const struct minimal *m, struct span text)
{
	struct mention out = {0};
	char buf[TOKEN_MAX];
	size_t i, n = 0;

	for (i = 0; i <= text.len; i++) {
		if (i < text.len && in_token(text.p[i])) {
			if (text.p[i] != '\\' && n < sizeof(buf))	/* "192.0.2.0\/24" of some JSON */
				buf[n++] = text.p[i];
			continue;
		}
		if (n > 0 && n < sizeof(buf))
			token_mention(m, (struct span){buf, n}, &out);
		n = 0;
	}
	return out;
}

/* --- a record a line --- */

#define FIELDS 3

/* 192.0.2.0 TAB 24 TAB 64500, and 64500 TAB 192.0.2.0/24 TAB 300 */
static bool
origin_stays(const struct minimal *m, enum input_kind kind, struct span line)
{
	struct span f[FIELDS];
	struct prefix p = {0};
	struct addr a;
	uint32_t len;
	bool host_bits;

	if (csv_plain(line, '\t', f, FIELDS) < FIELDS)
		return false;
	if (kind == KIND_RISWHOIS)
		return prefix_parse(f[1], &p, &host_bits) == OK && minimal_carries(m, &p);
	if (addr_parse(f[0], &a) != OK || span_u32(f[1], 128, &len) != OK)
		return false;
	p = (struct prefix){.family = a.family, .len = (uint8_t)len};
	memcpy(p.addr, a.b, sizeof(p.addr));
	return minimal_carries(m, &p);
}

static bool
link_stays(const struct minimal *m, struct span line)
{
	struct span f[FIELDS];
	uint32_t a, b;

	if (csv_plain(line, '|', f, FIELDS) < FIELDS || span_u32(f[0], UINT32_MAX, &a) != OK ||
	    span_u32(f[1], UINT32_MAX, &b) != OK)
		return false;
	return numbers_has(&m->subjects, a) || numbers_has(&m->subjects, b) ||
	    (numbers_has(&m->ases, a) && numbers_has(&m->ases, b));
}

static bool
org_stays(const struct minimal *m, struct span line)
{
	struct span rest = line, field;
	bool first = true;
	uint32_t asn;

	while (span_cut(&rest, '|', &field)) {
		if (minimal_word(m, field) || (first && span_u32(field, UINT32_MAX, &asn) == OK && numbers_has(&m->ases, asn)))
			return true;
		first = false;
	}
	return false;
}

bool
reduce_keeps_line(const struct minimal *m, enum input_kind kind, struct span line, bool first)
{
	struct mention x;

	if (first || span_starts(line, "#"))
		return true;
	if (kind == KIND_PFX2AS || kind == KIND_RISWHOIS)
		return span_starts(line, "%") || origin_stays(m, kind, line);
	if (kind == KIND_AS_REL || kind == KIND_AS_REL2)
		return link_stays(m, line);
	if (kind == KIND_AS_ORG)
		return org_stays(m, line);
	x = minimal_mention(m, line);
	return x.subject || (x.prefix && x.near);
}

static enum err
line_add(struct str *out, struct span line)
{
	str_add(out, line);
	str_addc(out, '\n');
	return out->len > BUNDLE_FILE_MAX ? ERR_LIMIT : OK;
}

/* The first record stays whatever it says, as the header does: by it the kind is told. */
enum err
reduce_lines(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out)
{
	struct span line;
	unsigned records = 0;
	enum err e = OK;

	while (feed_line(f, &line, &e)) {
		bool comment = span_starts(line, "#") || span_starts(line, "%");

		TRY(e);
		if (!reduce_keeps_line(m, kind, line, comment || records < 2))
			continue;
		records += !comment;
		TRY(line_add(out, line));
	}
	return feed_err(f);
}

/* --- registry statistics --- */

static bool
delegated_stays(const struct minimal *m, const struct span *f, size_t n)
{
	struct range r = {0};
	struct prefix p = {0};
	struct addr a;
	uint64_t first, count;
	int i;

	if (span_is(f[2], "asn") && n > 7 && holders_wide(&m->w->holders, f[0], f[7]))
		return true;	/* by how many ASNs have it an id is known for a national registry's */
	if (span_is(f[2], "asn"))
		return span_u64(f[3], UINT32_MAX, &first) == OK && span_u64(f[4], UINT32_MAX, &count) == OK && count > 0 &&
		    numbers_meet(&m->ases, first, first + count - 1);
	if (addr_parse(f[3], &a) != OK || span_u64(f[4], 1ull << 32, &count) != OK)
		return false;
	if (a.family == FAMILY_V6) {
		p = (struct prefix){.family = FAMILY_V6, .len = (uint8_t)(count < 128 ? count : 128)};
		memcpy(p.addr, a.b, sizeof(p.addr));
		return minimal_near(m, &p);
	}
	first = (uint64_t)a.b[0] << 24 | (uint64_t)a.b[1] << 16 | (uint64_t)a.b[2] << 8 | a.b[3];
	memset(r.last, 0xff, sizeof(r.last));
	for (i = 0; i < 4 && count > 0; i++) {
		r.first[i] = a.b[i];
		r.last[i] = (uint8_t)((first + count - 1) >> (24 - 8 * i));
	}
	return minimal_overlaps(m, FAMILY_V4, &r);
}

/* The version line says how many records there are: that is set to how many are left. What summaries say goes. */
enum err
reduce_delegated(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out)
{
	struct span line, s[8], head[8] = {{0}};
	struct str rest = {0}, version = {0};
	uint64_t n = 0;
	enum err e = OK;
	size_t i, n_fields;

	(void)kind;
	while (feed_line(f, &line, &e) && e == OK) {
		if (span_starts(line, "#") || line.len == 0)
			continue;
		if (version.p == NULL) {
			str_add(&version, line);
			continue;
		}
		n_fields = csv_plain(line, '|', s, 8);
		if (n_fields < 6 || (s[1].len == 1 && s[1].p[0] == '*'))
			continue;
		if (n > 0 && !delegated_stays(m, s, n_fields))
			continue;
		n++;
		e = line_add(&rest, line);
	}
	if (e == OK && csv_plain(str_span(&version), '|', head, 8) == 7) {
		for (i = 0; i < 7; i++) {
			str_adds(out, i > 0 ? "|" : "");
			if (i == 3)
				str_addu(out, n);
			else
				str_add(out, head[i]);
		}
		str_addc(out, '\n');
		str_add(out, str_span(&rest));
	} else if (e == OK) {
		e = ERR_UNKNOWN;
	}
	str_release(&rest);
	str_release(&version);
	return e != OK ? e : feed_err(f);
}

/* --- RPSL --- */

static bool
object_stays(const struct minimal *m, struct span object)
{
	const char *end = memchr(object.p, '\n', object.len);
	struct span line = {object.p, end != NULL ? (size_t)(end - object.p) : object.len}, class;
	struct mention head, x;

	if (!span_cut(&line, ':', &class) || line.p == NULL)
		return false;
	head = minimal_mention(m, line);
	if (span_is_nocase(class, "route") || span_is_nocase(class, "route6")) {
		if (head.near)
			return true;
		x = minimal_mention(m, object);
		return x.subject;
	}
	if (span_is_nocase(class, "aut-num"))
		return head.subject;
	return (span_is_nocase(class, "organisation") || span_is_nocase(class, "mntner")) && head.word;
}

/* Which classes and sources were met: the first object of each stays, so that it is told what a file is, and whether it is
 * authoritative. */
struct met { struct str keys; };

static bool
first_of_its_kind(struct met *met, struct span object)
{
	struct span rest = object, line, class = {0}, source = {0};
	struct str key = {0};
	bool first;

	while (span_cut(&rest, '\n', &line)) {
		struct span value = line, name;

		if (!span_cut(&value, ':', &name) || value.p == NULL)
			continue;
		if (class.p == NULL)
			class = name;
		if (span_is_nocase(name, "source"))
			source = span_trim(value);
	}
	str_addf(&key, "\n%.*s@%.*s\n", (int)class.len, class.p, (int)source.len, source.p);
	first = met->keys.p == NULL || strstr(met->keys.p, key.p) == NULL;
	if (first && met->keys.len < RPSL_OBJECT_MAX)
		str_add(&met->keys, str_span(&key));
	str_release(&key);
	return first;
}

static enum err
object_end(const struct minimal *m, struct str *object, struct met *met, struct str *out)
{
	if (object->len > 0 && (first_of_its_kind(met, str_span(object)) || object_stays(m, str_span(object)))) {
		str_add(out, str_span(object));
		str_addc(out, '\n');
	}
	str_clear(object);
	return out->len > BUNDLE_FILE_MAX ? ERR_LIMIT : OK;
}

enum err
reduce_rpsl(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out)
{
	struct str object = {0};
	struct met met = {0};
	struct span line;
	enum err e = OK;

	(void)kind;
	while (e == OK && feed_line(f, &line, &e) && e == OK) {
		if (span_starts(line, "#") || span_starts(line, "%"))
			continue;
		if (span_trim(line).len == 0)
			e = object_end(m, &object, &met, out);
		else if (object.len + line.len > RPSL_OBJECT_MAX)
			e = ERR_LIMIT;
		else
			e = line_add(&object, line);
	}
	if (e == OK)
		e = object_end(m, &object, &met, out);
	str_release(&object);
	str_release(&met.keys);
	return e != OK ? e : feed_err(f);
}
