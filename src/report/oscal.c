/* oscal: one chain of documents, and the ids in it. */
#include "report/oscal_int.h"
#include "report/json.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool
oscal_can_date(const struct assessment *head)
{
	return utc_known(head->at);
}

/* --- ids --- */

const char *
chain_id(const struct chain *c, char out[static UUID_TEXT], const char *fmt, ...)
{
	struct str name = {0};
	struct uuid u;
	va_list ap;

	va_start(ap, fmt);
	str_addv(&name, fmt, ap);
	va_end(ap);
	u = uuid5(&c->space, str_span(&name));
	str_release(&name);
	return uuid_format(&u, out);
}

const char *
chain_id_result(const struct chain *c, char out[static UUID_TEXT], const char *what, const char *name)
{
	return chain_id(c, out, "%s/%s/%s", c->basis, what, name);
}

const char *
chain_id_statement(const struct chain *c, char out[static UUID_TEXT], const struct control *control)
{
	return chain_id(c, out, "AS%" PRIu32 "/%s/statement/%s", c->as->asn, c->pack->id, control->id);
}

/* All that a result depends on. An input that is not used is part of it: it keeps others from being judged. */
static void
basis_make(struct chain *c)
{
	uint8_t digest[SHA256_BYTES];
	struct str s = {0};
	struct json_w w;
	char name[UTC_TEXT];

	json_w_init(&w, &s);
	json_arr(&w);
	json_strz(&w, utc_format(c->head->at, name));
	json_u64(&w, c->as->asn);
	json_inputs(&w, c->head->world);
	json_parameters(&w, c->head);
	json_pack(&w, c->pack);
	if (c->answers != NULL) {
		sha256_hex(c->answers->sha256, c->basis);
		json_strz(&w, c->basis);
	}
	json_arr_end(&w);
	sha256_of(s.p, s.len, digest);
	sha256_hex(digest, c->basis);
	str_release(&s);
}

/* Fills what the caller has not. */
static void
chain_init(struct chain *c)
{
	const struct uuid url = UUID_URL;

	c->pack = c->result->pack;
	c->space = uuid5(&url, span_of(RULE_NS));
	utc_format(c->head->at, c->at);
	basis_make(c);
	chain_id(c, c->subject, "AS%" PRIu32, c->as->asn);
	chain_id(c, c->tool, "routemark");
}

/* --- the chain --- */

static void
put(const struct chain *c, const struct oscal_sink *sink, const char *name, struct span bytes)
{
	struct str path = {0};

	str_addf(&path, "AS%" PRIu32 "/%s/%s", c->as->asn, c->docs->folder, name);
	sink->put(sink->arg, path.p, bytes);
	str_release(&path);
}

static void
chain_write(struct chain *c, const struct oscal_sink *sink)
{
	static const struct {
		const char *name;
		void (*write)(struct document *d, const struct chain *c);
	} own[] = {{EXPORT_SSP, document_ssp}, {EXPORT_PLAN, document_plan}, {EXPORT_RESULTS, document_results}};
	struct document d;
	size_t i;

	chain_init(c);
	for (i = 0; i < c->docs->n; i++)
		put(c, sink, c->docs->docs[i].name, c->docs->docs[i].bytes);
	for (i = 0; i < sizeof(own) / sizeof(*own); i++) {
		own[i].write(&d, c);
		put(c, sink, own[i].name, str_span(&d.out));
		str_release(&d.out);
	}
}

void
oscal_chain(const struct assessment *head, const struct export *docs, const struct as_result *as,
    const struct pack_result *result, const struct oscal_sink *sink)
{
	struct chain c = {.head = head, .docs = docs, .as = as, .result = result};

	chain_write(&c, sink);
}

void
oscal_chain_held(const struct comparison *of, const struct export *docs, const struct compared *net,
    const struct oscal_sink *sink)
{
	struct chain c = {.head = of->head, .docs = docs, .as = &net->as, .result = &net->as.packs[0], .held = net->held,
	    .answers = of->answers};

	chain_write(&c, sink);
}
