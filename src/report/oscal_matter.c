/* oscal_matter: the back-matter of the results: what they rest on, by digest. An input has no place that others
 * could fetch it from: its link is the name that its digest gives it (RFC 6920). */
#include "report/oscal_int.h"
#include "base/base64.h"

#include <inttypes.h>
#include <string.h>

static bool
used(const struct input *in)
{
	return in->complete && !in->duplicate;
}

size_t
evidence_inputs(const struct chain *c, unsigned e)
{
	const struct world *w = c->head->world;
	size_t i, n = 0;

	for (i = 0; i < w->n_inputs; i++)
		n += used(&w->inputs[i]) && (w->inputs[i].evidence & EV_BIT(e)) != 0;
	return n;
}

const char *
evidence_id(const struct chain *c, char out[static UUID_TEXT], unsigned e)
{
	return chain_id_result(c, out, "evidence", evidence_word((enum evidence)e));
}

/* --- links --- */

/* href NULL: a named thing of no place. */
static void
rlink(struct json_w *w, const uint8_t sha256[static SHA256_BYTES], const char *href)
{
	char hex[SHA256_HEX + 1];
	size_t from;

	sha256_hex(sha256, hex);
	json_obj(w);
	json_key(w, "hashes");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "algorithm", "SHA-256");
	json_kstrz(w, "value", hex);
	json_obj_end(w);
	json_arr_end(w);
	json_key(w, "href");
	from = json_str_begin(w);
	if (href != NULL) {
		str_adds(w->out, href);
	} else {
		str_adds(w->out, "ni:///sha-256;");
		base64_add_url(w->out, sha256, SHA256_BYTES);
	}
	json_str_end(w, from);
	if (href != NULL)
		json_kstrz(w, "media-type", "application/json");
	json_obj_end(w);
}

/* --- resources --- */

static void
kind_times(struct json_w *w, const struct evidence_state *s)
{
	char a[UTC_TEXT], b[UTC_TEXT];
	size_t from;

	json_key(w, "description");
	from = json_str_begin(w);
	str_adds(w->out, "Inputs read as evidence of this kind");
	if (utc_known(s->oldest))
		str_addf(w->out, ", of %s to %s", utc_format(s->oldest, a), utc_format(s->newest, b));
	if (s->n_untimed > 0)
		str_addf(w->out, ", %" PRIu32 " of them without a time", s->n_untimed);
	str_addc(w->out, '.');
	json_str_end(w, from);
}

static void
kind(struct json_w *w, const struct chain *c, unsigned e)
{
	const struct world *world = c->head->world;
	char id[UUID_TEXT];
	size_t i;

	json_obj(w);
	kind_times(w, &world->evidence[e]);
	json_key(w, "props");
	json_arr(w);
	json_prop(w, "evidence", evidence_word((enum evidence)e));
	json_prop_u64(w, "inputs", evidence_inputs(c, e));
	json_prop_time(w, "oldest", world->evidence[e].oldest);
	json_prop_time(w, "newest", world->evidence[e].newest);
	json_arr_end(w);
	json_key(w, "rlinks");
	json_arr(w);
	for (i = 0; i < world->n_inputs; i++)
		if (used(&world->inputs[i]) && (world->inputs[i].evidence & EV_BIT(e)) != 0)
			rlink(w, world->inputs[i].sha256, NULL);
	json_arr_end(w);
	json_key(w, "title");
	json_strz(w, evidence_word((enum evidence)e));
	json_kstrz(w, "uuid", evidence_id(c, id, e));
	json_obj_end(w);
}

/* What was not used, so that nobody takes it for a ground. */
static void
unused(struct json_w *w, const struct chain *c)
{
	const struct world *world = c->head->world;
	char id[UUID_TEXT];
	size_t i, n = 0;

	for (i = 0; i < world->n_inputs; i++)
		n += !world->inputs[i].complete && !world->inputs[i].duplicate;
	if (n == 0)
		return;
	json_obj(w);
	json_kstrz(w, "description", "Inputs that are cut short, damaged, contradict themselves or were not recognised. "
	    "Nothing rests on them; what needs their kind of evidence has no data.");
	json_key(w, "rlinks");
	json_arr(w);
	for (i = 0; i < world->n_inputs; i++)
		if (!world->inputs[i].complete && !world->inputs[i].duplicate)
			rlink(w, world->inputs[i].sha256, NULL);
	json_arr_end(w);
	json_kstrz(w, "title", "Inputs that were not used");
	json_kstrz(w, "uuid", chain_id_result(c, id, "evidence", "not-used"));
	json_obj_end(w);
}

const char *
answers_id(const struct chain *c, char out[static UUID_TEXT])
{
	return chain_id_result(c, out, "evidence", "answers");
}

static void
answers(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];

	if (c->answers == NULL)
		return;
	json_obj(w);
	json_kstrz(w, "description", "What providers answered: attested evidence, never measured.");
	json_key(w, "rlinks");
	json_arr(w);
	rlink(w, c->answers->sha256, NULL);
	json_arr_end(w);
	json_kstrz(w, "title", "Answers");
	json_kstrz(w, "uuid", answers_id(c, id));
	json_obj_end(w);
}

static void
rules(struct json_w *w, const struct chain *c, const struct export_doc *d)
{
	char id[UUID_TEXT];

	json_obj(w);
	json_kstrz(w, "description", d->as_read ? "The file that the verdicts rest on, byte for byte."
	    : "Made of the pack by routemark, so that its import can be followed; the verdicts are the pack's.");
	json_key(w, "rlinks");
	json_arr(w);
	rlink(w, d->sha256, d->name);
	json_arr_end(w);
	json_kstrz(w, "title", d->is_profile ? "Profile of the rule pack" : "Catalogue of the rule pack");
	json_kstrz(w, "uuid", chain_id_result(c, id, "rules", d->name));
	json_obj_end(w);
}

void
json_back_matter(struct json_w *w, const struct chain *c)
{
	size_t i;
	unsigned e;

	json_key(w, "back-matter");
	json_obj(w);
	json_key(w, "resources");
	json_arr(w);
	for (i = 0; i < c->docs->n; i++)
		rules(w, c, &c->docs->docs[i]);
	for (e = 0; e < EV_N; e++)
		if (evidence_inputs(c, e) > 0)
			kind(w, c, e);
	unused(w, c);
	answers(w, c);
	json_arr_end(w);
	json_obj_end(w);
}
