/* require: a buyer's profile over the catalogues that it imports: which controls, and with which bars. All that is
 * wrong is found in one reading, as far as one fault does not hide the next. */
#include "base/limits.h"
#include "rule/require_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const class_words[CLASS_N] = {"attested", "measured", "tested", "audited"};

const char *
class_word(enum evidence_class c)
{
	return class_words[c];
}

enum evidence_class
class_find(const char *word)
{
	enum evidence_class c;

	for (c = 0; c < CLASS_N && strcmp(class_words[c], word) != 0; c++)
		;
	return c;
}

/* --- problems --- */

void
problem_pass(struct require_reading *r, const char *text)
{
	struct problems *p = r->problems;

	p->list = grow(p->list, &p->cap, p->n + 1, sizeof(*p->list));
	p->list[p->n++] = (struct problem){true, text};
	p->n_fatal++;
}

void
problem_add(struct require_reading *r, bool fatal, const char *where, const char *section, const char *fmt, ...)
{
	struct str s = {0};
	va_list ap;

	str_addf(&s, "%s: ", where);
	va_start(ap, fmt);
	str_addv(&s, fmt, ap);
	va_end(ap);
	str_addf(&s, " [" REQUIREMENT_DOC " %s]", section);
	problem_pass(r, arena_strdup(r->arena, str_span(&s)));
	if (!fatal) {
		r->problems->list[r->problems->n - 1].fatal = false;
		r->problems->n_fatal--;
	}
	str_release(&s);
}

void
problems_release(struct problems *p)
{
	free(p->list);
	*p = (struct problems){0};
}

/* --- imports --- */

/* The import that brings a control of this id, before import i; n_imports: none. */
static size_t
brought_by(const struct require_reading *r, size_t i, const char *id)
{
	size_t b, k;

	for (b = 0; b < i; b++)
		for (k = 0; k < r->cats[b].n; k++)
			if (r->taken[b][k] && span_is_nocase(span_of(r->cats[b].controls[k].id), id))
				return b;
	return r->profile.n_imports;
}

static void
control_take(struct require_reading *r, size_t i, size_t k, const char *where)
{
	const char *id = r->cats[i].controls[k].id;
	size_t b = brought_by(r, i, id);

	if (b < r->profile.n_imports)
		problem_add(r, true, where, "2", "control \"%s\" comes from %s, too, and one name cannot mean both: leave it "
		    "out of one import", id, r->out->from[b].id);
	else
		r->taken[i][k] = true;
}

static void
import_select(struct require_reading *r, size_t i)
{
	const struct profile_import *in = &r->profile.imports[i];
	const struct catalog *c = &r->cats[i];
	size_t k, at;

	for (k = 0; in->all && k < c->n; k++)
		control_take(r, i, k, in->where);
	for (k = 0; k < in->n; k++) {
		for (at = 0; at < c->n && strcmp(c->controls[at].id, in->ids[k].id) != 0; at++)
			;
		if (at == c->n)
			problem_add(r, true, in->ids[k].where, "2", "pack %s has no control \"%s\"; \"routemark rules %s\" "
			    "lists them", r->out->from[i].id, in->ids[k].id, r->out->from[i].id);
		else
			control_take(r, i, at, in->ids[k].where);
	}
}

/* The catalogue twice: as it is, for from[]; and to be tuned. */
static void
import_read(struct require_reading *r, size_t i)
{
	const struct profile_import *in = &r->profile.imports[i];
	struct pack *from = &r->out->from[i];
	struct pack_bytes bytes = {0};
	const char *why = NULL;
	size_t b;

	if (import_load(in, r->file, r->arena, &bytes, &why) != OK ||
	    pack_read(bytes, (struct pack_bytes){0}, r->arena, from, &why) != OK ||
	    catalog_read(bytes, r->arena, &r->cats[i], &why) != OK) {
		problem_pass(r, why);
		r->cats[i].n = r->cats[i].n_params = 0;	/* it may have been read in part */
		return;
	}
	for (b = 0; b < i; b++)
		if (r->out->from[b].id != NULL && span_is_nocase(span_of(r->out->from[b].id), from->id)) {
			problem_add(r, true, in->where, "2", "pack %s is imported above: name its controls there", from->id);
			r->cats[i].n = r->cats[i].n_params = 0;
			return;
		}
	r->taken[i] = arena_array(r->arena, r->cats[i].n, sizeof(**r->taken));
	import_select(r, i);
}

/* --- bars --- */

/* Where a parameter is: *control of the catalogue that is returned, one that is imported if there is. NULL: nowhere. */
static struct catalog *
param_in(const struct require_reading *r, const char *id, bool *imported)
{
	struct catalog *found = NULL;
	size_t i, k;

	*imported = false;
	for (i = 0; i < r->profile.n_imports; i++)
		for (k = 0; k < r->cats[i].n_params; k++) {
			if (strcmp(r->cats[i].params[k].id, id) != 0)
				continue;
			found = &r->cats[i];
			*imported = r->taken[i][r->cats[i].params[k].control];
			if (*imported)
				return found;
		}
	return found;
}

static void
params_set(struct require_reading *r)
{
	const struct profile_param *p = r->profile.params;
	struct catalog *c;
	bool imported;
	size_t i, k;

	for (i = 0; i < r->profile.n_params; i++) {
		for (k = 0; k < i && strcmp(p[k].id, p[i].id) != 0; k++)
			;
		c = param_in(r, p[i].id, &imported);
		if (k < i)
			problem_add(r, true, p[i].where, "3", "parameter %s is set above", p[i].id);
		else if (c == NULL)
			problem_add(r, true, p[i].where, "3", "no imported pack has a parameter \"%s\"", p[i].id);
		else if (!imported)
			problem_add(r, true, p[i].where, "3", "parameter %s is of a control that is not imported", p[i].id);
		else
			(void)param_set(c, p[i].id, p[i].value, p[i].where);
	}
}

/* Values into bars. A value that is none is told, and the catalogue's own taken instead, to find the next one. */
static void
params_read(struct require_reading *r, size_t i)
{
	const struct profile_param *p = r->profile.params;
	const struct pack_bytes *own = &r->out->from[i].catalog;
	struct catalog plain;
	const char *why = NULL, *ignored;
	size_t k, n;

	while (params_apply(&r->cats[i], r->arena, &why) != OK) {
		for (k = 0; k < r->profile.n_params; k++)
			if (span_starts(span_of(why), p[k].where) && why[strlen(p[k].where)] == ':')
				break;
		if (k == r->profile.n_params) {	/* of two that do not go together; it names the control */
			problem_pass(r, arena_printf(r->arena, "%s: %s", r->file, why));
			return;
		}
		problem_pass(r, why);
		if (catalog_read(*own, r->arena, &plain, &ignored) == OK)
			for (n = 0; n < plain.n_params; n++)
				if (strcmp(plain.params[n].id, p[k].id) == 0)
					(void)param_set(&r->cats[i], p[k].id, plain.params[n].value, plain.params[n].where);
		catalog_release(&plain);
	}
}

/* --- the whole --- */

/* The controls that are imported, in the order of the file, and a demand for each. */
static void
demands_make(struct require_reading *r)
{
	struct requirement *out = r->out;
	const struct profile_import *in;
	size_t i, k, at, n = 0;

	for (i = 0; i < r->profile.n_imports; i++)
		n += r->cats[i].n;
	out->pack.controls = arena_array(r->arena, n, sizeof(*out->pack.controls));
	out->demands = arena_array(r->arena, n, sizeof(*out->demands));
	for (i = 0; i < r->profile.n_imports; i++) {
		in = &r->profile.imports[i];
		for (k = 0; k < (in->all ? r->cats[i].n : in->n); k++) {
			for (at = in->all ? k : 0; !in->all && at < r->cats[i].n; at++)
				if (strcmp(r->cats[i].controls[at].id, in->ids[k].id) == 0)
					break;
			if (at == r->cats[i].n || !r->taken[i][at])
				continue;
			n = out->pack.n++;
			out->pack.controls[n] = r->cats[i].controls[at];
			out->demands[n] = (struct demand){.control = &out->pack.controls[n], .from = &out->from[i],
			    .class = class_find(out->pack.controls[n].evidence_class), .weight = WEIGHT_DEFAULT};
			out->demands[n].least = out->demands[n].class;
		}
	}
}

static void
pack_describe(struct require_reading *r, struct pack_bytes in)
{
	struct pack *p = &r->out->pack;
	const struct metadata *m = &r->profile.meta;
	struct str remarks = {0};
	struct sha256 h;
	size_t i;

	*p = (struct pack){.id = m->pack_id != NULL ? m->pack_id : "requirement", .title = m->title, .version = m->version,
	    .status = "published", .curve = "H1", .composed = true, .profile = in, .has_profile = true};
	p->catalog_id = p->id;
	r->out->remarks = m->remarks;
	sha256_init(&h);
	for (i = 0; i < r->out->n_from; i++) {
		const struct pack *from = &r->out->from[i];

		if (from->id == NULL)
			continue;
		sha256_add(&h, from->sha256, SHA256_BYTES);
		p->proposal |= from->proposal;
		if (strcmp(from->status, "proposal") == 0 || (from->proposal && strcmp(p->status, "published") == 0))
			p->status = from->status;
		if (from->proposal && from->remarks != NULL)
			str_addf(&remarks, "%s%s%s: %s", remarks.len > 0 ? " " : "", from->id, pack_label(from),
			    from->remarks);
	}
	sha256_end(&h, p->sha256);
	sha256_of(in.bytes.p, in.bytes.len, p->profile_sha256);
	if (remarks.len > 0)
		p->remarks = arena_strdup(r->arena, str_span(&remarks));
	str_release(&remarks);
}

static void
reading_run(struct require_reading *r, struct pack_bytes in)
{
	size_t i, n = r->profile.n_imports;

	if (n > REQUIRE_IMPORTS_MAX) {
		problem_add(r, true, r->profile.imports[REQUIRE_IMPORTS_MAX].where, "2", "over REQUIRE_IMPORTS_MAX (%u)",
		    REQUIRE_IMPORTS_MAX);
		return;
	}
	r->cats = arena_array(r->arena, n, sizeof(*r->cats));
	r->taken = arena_array(r->arena, n, sizeof(*r->taken));
	r->out->from = arena_array(r->arena, n, sizeof(*r->out->from));
	r->out->n_from = n;
	for (i = 0; i < n; i++)
		import_read(r, i);
	params_set(r);
	for (i = 0; i < n; i++)
		params_read(r, i);
	pack_describe(r, in);
	demands_make(r);
	alters_apply(r);
	if (r->problems->n_fatal == 0)
		require_advise(r);
	for (i = 0; i < n; i++)
		catalog_release(&r->cats[i]);
}

enum err
require_read(struct pack_bytes in, struct arena *a, struct requirement *out, struct problems *p)
{
	struct require_reading r = {.arena = a, .file = in.name, .out = out, .problems = p};
	const char *why = NULL;

	*out = (struct requirement){0};
	if (profile_read(in, a, &r.profile, &why) != OK)
		problem_pass(&r, why);
	else
		reading_run(&r, in);
	return p->n_fatal == 0 ? OK : ERR_SYNTAX;
}

enum err
require_load(const char *name, struct arena *a, struct requirement *out, struct problems *p)
{
	struct require_reading r = {.arena = a, .out = out, .problems = p};
	struct pack_bytes in = require_kind_bytes(name);
	size_t len = strlen(name);
	const char *why = NULL;
	enum err e = OK;

	*out = (struct requirement){0};
	if (in.name == NULL && strchr(name, '/') == NULL && (len < 5 || strcmp(name + len - 5, ".json") != 0)) {
		problem_pass(&r, arena_printf(a, "no starting point \"%s\" is built in (\"routemark require init\" lists them); "
		    "a file has a / or ends in .json", name));
		return ERR_UNKNOWN;
	}
	if (in.name == NULL)
		e = pack_file_read(name, a, &in, &why);
	if (e != OK) {
		problem_pass(&r, why);
		return e;
	}
	return require_read(in, a, out, p);
}
