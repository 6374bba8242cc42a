/* oscal_kit: pieces that every document has. Keys stand in ascending order, which json_w asserts. */
#include "report/oscal_int.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- text --- */

/* Bytes of a character at s that OSCAL takes for white space (the \s of its patterns); 0: none. */
static size_t
space_at(const unsigned char *s, size_t left)
{
	uint32_t c;

	if (left > 0 && *s == ' ')
		return 1;
	if (left > 1 && s[0] == 0xc2 && s[1] == 0xa0)
		return 2;
	if (left < 3)
		return 0;
	c = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
	if (c == 0xe19a80 || (c >= 0xe28080 && c <= 0xe2808a) || c == 0xe280a8 || c == 0xe280a9 || c == 0xe280af ||
	    c == 0xe2819f || c == 0xe38080 || c == 0xefbbbf)	/* U+1680, 2000-200A, 2028, 2029, 202F, 205F, 3000, FEFF */
		return 3;
	return 0;
}

void
text_line(struct str *out, const char *text, const char *otherwise)
{
	struct str plain = {0};
	const unsigned char *p;
	size_t from = out->len, left, n;
	bool gap = false;

	str_add_plain(&plain, span_of(text));
	p = (const unsigned char *)(plain.p != NULL ? plain.p : "");
	for (left = plain.len; left > 0; p += n, left -= n) {
		n = space_at(p, left);
		if (n > 0) {
			gap = out->len > from;
			continue;
		}
		if (gap)
			str_addc(out, ' ');
		gap = false;
		n = utf8_len(p, left);
		n = n > 0 ? n : 1;
		str_add(out, (struct span){(const char *)p, n});
	}
	str_release(&plain);
	if (out->len == from)
		str_adds(out, otherwise);
}

void
text_markup(struct str *out, const char *text)
{
	struct str line = {0};
	size_t i;

	text_line(&line, text, "");
	for (i = 0; i < line.len; i++) {
		if (strchr("\\`*_[]<>&{}", line.p[i]) != NULL)
			str_addc(out, '\\');
		str_addc(out, line.p[i]);
	}
	str_release(&line);
}

void
text_as(struct str *out, const struct chain *c)
{
	str_addf(out, "AS%" PRIu32, c->as->asn);
	if (*c->as->name == '\0')
		return;
	str_addc(out, ' ');
	text_markup(out, c->as->name);
}

/* The moment judged for alone would hide how old the evidence is. */
static void
evidence_days(struct str *out, const struct chain *c)
{
	const struct evidence_state *e = c->head->world->evidence;
	struct utc oldest = UTC_NONE, newest = UTC_NONE;
	char a[UTC_TEXT], b[UTC_TEXT];
	size_t i;

	for (i = 0; i < EV_N; i++) {
		if (e[i].n_inputs == 0 || !utc_known(e[i].oldest))
			continue;
		if (!utc_known(oldest) || e[i].oldest.s < oldest.s)
			oldest = e[i].oldest;
		if (!utc_known(newest) || e[i].newest.s > newest.s)
			newest = e[i].newest;
	}
	if (!utc_known(oldest)) {
		str_adds(out, ", evidence without a date");
		return;
	}
	str_addf(out, ", evidence of %.10s", utc_format(oldest, a));
	if (strncmp(a, utc_format(newest, b), 10) != 0)
		str_addf(out, " to %.10s", b);
}

void
text_pack(struct str *out, const struct chain *c)
{
	str_addf(out, "%s, version %s%s, as of %.10s", c->pack->title, c->pack->version, pack_label(c->pack), c->at);
	evidence_days(out, c);
}

/* --- documents --- */

void
document_open(struct document *d, const char *kind)
{
	*d = (struct document){.kind = kind};
	json_w_init(&d->w, &d->out);
	json_obj(&d->w);
	json_key(&d->w, kind);
	json_obj(&d->w);
}

/* What every reader has to know, whichever document they open. */
static void
remarks(struct json_w *w, const struct chain *c)
{
	size_t from;

	json_key(w, "remarks");
	from = json_str_begin(w);
	if (c->pack->composed && c->pack->proposal)
		str_adds(w->out, "Held against what a buyer requires, some of it by controls that bind nobody. ");
	else if (c->pack->proposal)
		str_adds(w->out, strcmp(c->pack->status, "proposed") == 0 ?
		    "Judged by what a public body proposed; it is not in force. " :
		    "Judged by a proposal, not by an agreed standard. ");
	if (c->pack->remarks != NULL) {
		str_adds(w->out, c->pack->remarks);
		str_addc(w->out, ' ');
	}
	str_addf(w->out, "This document is about the moment %s and about what public data of that time shows. It says "
	    "nothing about today, and nothing about intent.", c->at);
	json_str_end(w, from);
}

void
document_metadata(struct document *d, const struct chain *c, const char *what)
{
	struct json_w *w = &d->w;
	size_t from;

	json_key(w, "metadata");
	json_obj(w);
	json_kstrz(w, "last-modified", c->at);
	json_kstrz(w, "oscal-version", OSCAL_VERSION);
	json_key(w, "props");
	json_arr(w);
	json_prop(w, "pack-id", c->pack->id);
	json_prop(w, "pack-version", c->pack->version);
	json_prop(w, "status", c->pack->status);
	json_arr_end(w);
	remarks(w, c);
	json_key(w, "roles");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "id", "network-operator");
	json_kstrz(w, "title", "Operator of the network");
	json_obj_end(w);
	json_arr_end(w);
	json_key(w, "title");
	from = json_str_begin(w);
	text_as(w->out, c);
	str_addf(w->out, ": %s, ", what);
	text_pack(w->out, c);
	json_str_end(w, from);
	json_kstrz(w, "version", c->at);
	json_obj_end(w);
}

void
document_close(struct document *d, const struct chain *c)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1], id[UUID_TEXT];

	sha256_of(d->out.p, d->out.len, digest);
	sha256_hex(digest, hex);
	json_kstrz(&d->w, "uuid", chain_id(c, id, "%s/%s", d->kind, hex));
	json_obj_end(&d->w);
	json_obj_end(&d->w);
	json_done(&d->w);
}

/* --- pieces --- */

void
json_prop(struct json_w *w, const char *name, const char *value)
{
	size_t from;

	json_obj(w);
	json_kstrz(w, "name", name);
	json_kstrz(w, "ns", RULE_NS);
	json_key(w, "value");
	from = json_str_begin(w);
	text_line(w->out, value, "none");
	json_str_end(w, from);
	json_obj_end(w);
}

void
json_prop_u64(struct json_w *w, const char *name, uint64_t value)
{
	char buf[24];

	snprintf(buf, sizeof(buf), "%" PRIu64, value);
	json_prop(w, name, buf);
}

void
json_prop_time(struct json_w *w, const char *name, struct utc t)
{
	char buf[UTC_TEXT];

	json_prop(w, name, utc_format(t, buf));
}

void
json_href(struct json_w *w, const char *key, const char *href)
{
	json_key(w, key);
	json_obj(w);
	json_kstrz(w, "href", href);
	json_obj_end(w);
}

void
json_origins(struct json_w *w, const struct chain *c)
{
	json_key(w, "origins");
	json_arr(w);
	json_obj(w);
	json_key(w, "actors");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "actor-uuid", c->tool);
	json_kstrz(w, "type", "tool");
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
	json_arr_end(w);
}

void
json_reviewed(struct json_w *w, const struct chain *c)
{
	size_t i;

	json_key(w, "reviewed-controls");
	json_obj(w);
	json_key(w, "control-selections");
	json_arr(w);
	json_obj(w);
	json_key(w, "include-controls");
	json_arr(w);
	for (i = 0; i < c->pack->n; i++) {
		json_obj(w);
		json_kstrz(w, "control-id", c->pack->controls[i].id);
		json_key(w, "statement-ids");
		json_arr(w);
		json_strz(w, c->pack->controls[i].statement_id);
		json_arr_end(w);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
}

void
json_subjects(struct json_w *w, const struct chain *c, const char *key, bool title)
{
	size_t from;

	json_key(w, key);
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "subject-uuid", c->subject);
	if (title) {
		json_key(w, "title");
		from = json_str_begin(w);
		text_as(w->out, c);
		json_str_end(w, from);
	}
	json_kstrz(w, "type", "component");
	json_obj_end(w);
	json_arr_end(w);
}
