#include "seal/note.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "seal/line.h"

#include <assert.h>
#include <stdlib.h>

#define DASH "\xe2\x80\x94 "
#define ID 4			/* bytes of a key id */
#define TIME 8			/* bytes of a witness's time */

/* --- form --- */

static bool
plain(struct span text)
{
	const unsigned char *s = (const unsigned char *)text.p;
	size_t i, n;

	for (i = 0; i < text.len; i += n) {
		n = utf8_len(s + i, text.len - i);
		if (n == 0 || (s[i] < 0x20 && s[i] != '\n'))
			return false;
	}
	return true;
}

bool
note_text_good(struct span text)
{
	return text.len > 1 && text.len < NOTE_BYTES_MAX && text.p[text.len - 1] == '\n' && plain(text);
}

static enum err
syntax(const char **why, const char *text)
{
	*why = text;
	return ERR_SYNTAX;
}

static enum err
sig_read(struct span line, struct arena *a, struct note_sig *out, const char **why)
{
	struct span rest = line, name;
	size_t n = 0, cap;
	uint8_t *b;

	if (!span_starts(line, DASH))
		return syntax(why, "a line of the signatures does not begin with U+2014 and a space [signed-note v1.0.0]");
	rest.p += strlen(DASH);
	rest.len -= strlen(DASH);
	if (!span_cut(&rest, ' ', &name) || rest.p == NULL || !key_name_good(name))
		return syntax(why, "a signature has no name and base64, or the name is not a key's [signed-note v1.0.0]");
	cap = rest.len / 4 * 3;
	b = arena_alloc(a, cap + 1);
	if (base64_read(rest, b, cap, &n) != OK || n <= ID)
		return syntax(why, "a signature is not the base64 of more than 4 bytes [signed-note v1.0.0]");
	out->line = line;
	out->name = name;
	out->id = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	out->bytes = (struct span){(const char *)b + ID, n - ID};
	return OK;
}

/* Where the signatures begin: behind the last empty line. 0: there is none. */
static size_t
parting(struct span bytes)
{
	size_t i;

	for (i = bytes.len; i > 1; i--)
		if (bytes.p[i - 1] == '\n' && bytes.p[i - 2] == '\n')
			return i;
	return 0;
}

enum err
note_read(struct span bytes, struct arena *a, struct note *out, const char **why)
{
	struct note n = {0};
	struct note_sig *sigs;
	struct span rest, line;
	size_t at;

	if (bytes.len > NOTE_BYTES_MAX) {
		*why = "is longer than any note (NOTE_BYTES_MAX)";
		return ERR_LIMIT;
	}
	if (!plain(bytes))
		return syntax(why, "is not UTF-8, or has a control character [signed-note v1.0.0]");
	at = parting(bytes);
	if (at < 2 || at == bytes.len || bytes.p[bytes.len - 1] != '\n')
		return syntax(why, "has no text, empty line and lines of signatures [signed-note v1.0.0]");
	n.text = (struct span){bytes.p, at - 1};
	sigs = arena_array(a, NOTE_SIGS_MAX, sizeof(*sigs));
	for (rest = (struct span){bytes.p + at, bytes.len - at}; line_next(&rest, &line); n.n++) {
		if (n.n == NOTE_SIGS_MAX) {
			*why = "has more signatures than any note (NOTE_SIGS_MAX)";
			return ERR_LIMIT;
		}
		TRY(sig_read(line, a, &sigs[n.n], why));
	}
	n.sigs = sigs;
	*out = n;
	return OK;
}

/* --- signatures --- */

static void
witness_message(struct str *out, struct span text, uint64_t time)
{
	str_adds(out, "cosignature/v1\ntime ");
	str_addu(out, time);
	str_addc(out, '\n');
	str_add(out, text);
}

static bool
witness_good(const struct note_sig *s, const struct key_pub *k, struct span text, struct note_check *c)
{
	const uint8_t *b = (const uint8_t *)s->bytes.p;
	struct str m = {0};
	uint64_t time = 0;
	int i;
	bool good;

	if (s->bytes.len != TIME + ED25519_SIGNATURE)
		return false;
	for (i = 0; i < TIME; i++)
		time = time << 8 | b[i];
	if (time > INT64_MAX)
		return false;
	witness_message(&m, text, time);
	good = key_verify(k, str_span(&m), b + TIME);
	str_release(&m);
	/* of two by the same witness the later is what it has seen */
	if (good && (!c->good || time > c->time))
		*c = (struct note_check){true, time};
	return good;
}

static bool
sig_good(const struct note_sig *s, const struct key_pub *k, struct span text, struct note_check *c)
{
	if (k->use == KEY_WITNESS)
		return witness_good(s, k, text, c);
	if (s->bytes.len != ED25519_SIGNATURE || !key_verify(k, text, (const uint8_t *)s->bytes.p))
		return false;
	c->good = true;
	return true;
}

static bool
goes_by(const struct note_sig *s, const struct key_pub *k)
{
	return s->id == k->id && span_is(s->name, k->name);
}

static bool
ambiguous(const struct key_pub *known, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			if (known[i].id == known[k].id && strcmp(known[i].name, known[k].name) == 0)
				return true;
	return false;
}

enum err
note_verify(const struct note *n, const struct key_pub *known, size_t n_known, struct note_check *checks,
    const char **why)
{
	struct note_check *c = xcalloc(n_known + 1, sizeof(*c));
	enum err e = ERR_UNKNOWN;
	size_t i, k;

	*why = "carries no signature by a key that is known here";
	if (ambiguous(known, n_known)) {
		e = ERR_CONTRADICT;
		*why = "two of the keys that are known have the same name and id";
	}
	for (i = 0; i < n->n && e != ERR_CONTRADICT && e != ERR_SIGNATURE; i++)
		for (k = 0; k < n_known && e != ERR_SIGNATURE; k++)
			if (goes_by(&n->sigs[i], &known[k]))
				e = sig_good(&n->sigs[i], &known[k], n->text, &c[k]) ? OK : ERR_SIGNATURE;
	if (e == ERR_SIGNATURE)
		*why = "carries a signature in the name of a known key that does not verify";
	if (e == OK)
		memcpy(checks, c, n_known * sizeof(*c));
	free(c);
	return e;
}

void
note_begin(struct str *out, struct span text)
{
	assert(note_text_good(text));
	str_add(out, text);
	str_addc(out, '\n');
}

void
note_add(struct str *out, struct span text, const struct key *k, uint64_t time)
{
	const struct key_pub *pub = key_pub(k);
	uint8_t b[ID + TIME + ED25519_SIGNATURE] = {
		(uint8_t)(pub->id >> 24), (uint8_t)(pub->id >> 16), (uint8_t)(pub->id >> 8), (uint8_t)pub->id};
	size_t at = ID, i;
	struct str m = {0};

	if (pub->use == KEY_WITNESS) {
		assert(time <= INT64_MAX);
		for (i = 0; i < TIME; i++)
			b[at++] = (uint8_t)(time >> (56 - 8 * i));
		witness_message(&m, text, time);
		key_sign(k, str_span(&m), b + at);
		str_release(&m);
	} else {
		key_sign(k, text, b + at);
	}
	str_addf(out, DASH "%s ", pub->name);
	base64_add(out, b, at + ED25519_SIGNATURE);
	str_addc(out, '\n');
}
