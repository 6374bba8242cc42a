/* bundle_read: bundle.json, strictly: every member there, none that is not known, each in its range and order; and
 * the head of a report, which has the same members under the same names. */
#include "report/bundle.h"
#include "base/limits.h"
#include "base/tar.h"
#include "report/bundle_node.h"

#include <string.h>

/* --- parts --- */

static enum input_kind
kind_named(const struct node *n)
{
	const char *word = node_text(n, "kind");
	struct node c = {.doc = n->doc, .up = n, .key = "kind"};
	int k;

	for (k = 0; k < (int)KIND_N; k++)
		if (strcmp(kind_word((enum input_kind)k), word) == 0)
			return (enum input_kind)k;
	node_fail(&c, BUNDLE_RULE, "is no kind of input that is known here");
	return KIND_UNKNOWN;
}

static void
diags_read(const struct node *n, struct diags *d)
{
	static const char *const keys[] = {"fields_skipped", "notes", "records_skipped", "stops", NULL};
	struct node c = node_object(n, "diags");

	node_only(&c, keys);
	d->n_level[DIAG_SKIP_FIELD] = node_number(&c, "fields_skipped", 0, INT64_MAX);
	d->n_level[DIAG_NOTE] = node_number(&c, "notes", 0, INT64_MAX);
	d->n_level[DIAG_SKIP_RECORD] = node_number(&c, "records_skipped", 0, INT64_MAX);
	d->n_level[DIAG_STOP_SOURCE] = node_number(&c, "stops", 0, INT64_MAX);
}

static uint32_t
evidence_read(const struct node *n)
{
	struct node c = node_list(n, "evidence", EV_N);
	uint32_t bits = 0;
	size_t i;
	int e;

	for (i = 0; i < node_count(&c); i++) {
		const char *word = node_text_at(&c, i);

		for (e = 0; e < EV_N && strcmp(evidence_word((enum evidence)e), word) != 0; e++)
			;
		if (e < EV_N && bits < EV_BIT(e))
			bits |= EV_BIT(e);
		else
			node_fail(&c, BUNDLE_RULE, "has a word that is no evidence, or is out of order");
	}
	return bits;
}

static void
carried_read(const struct node *n, struct bundle_input *b)
{
	static const char *const keys[] = {"file", "sha256", "size", "whole", NULL};
	struct node c, file;

	if (node_is_null(n, "carried"))
		return;
	c = node_object(n, "carried");
	file = (struct node){.doc = n->doc, .up = &c, .key = "file"};
	node_only(&c, keys);
	b->file = node_text_max(&c, "file", TAR_NAME_MAX - sizeof(BUNDLE_EVIDENCE));
	if (n->doc->why == NULL && (!tar_name_good(span_of(b->file)) || strchr(b->file, '/') != NULL))
		node_fail(&file, BUNDLE_RULE, "is no plain name of a file");
	node_digest(&c, "sha256", b->file_sha256);
	b->file_size = node_number(&c, "size", 0, BUNDLE_FILE_MAX);
	b->whole = node_boolean(&c, "whole");
	if (n->doc->why == NULL && b->whole != (memcmp(b->file_sha256, b->in.sha256, SHA256_BYTES) == 0))
		node_fail(&c, BUNDLE_RULE, "is whole just when it has the digest of the input");
}

/* What a report has of it, too. */
static void
input_read(const struct node *n, struct input *in)
{
	in->complete = node_boolean(n, "complete");
	diags_read(n, &in->diags);
	if (!in->complete) {
		in->detail = node_text(n, "error");
		in->err_offset = node_number(n, "error_offset", 0, INT64_MAX);
	}
	in->kind = kind_named(n);
	in->packing = node_text_max(n, "packing", SEAL_WORD_MAX);
	in->plain = node_number(n, "plain_size", 0, INT64_MAX);
	in->records = node_number(n, "records", 0, INT64_MAX);
	node_digest(n, "sha256", in->sha256);
	in->size = node_number(n, "size", 0, INT64_MAX);
	in->time = node_time_or_null(n, "time");
	in->time_from_name = node_boolean(n, "time_from_name");
	in->used = node_number(n, "used", 0, INT64_MAX);
}

static void
input_rest_read(const struct node *n, struct bundle_input *b)
{
	static const char *const keys[] = {"carried", "complete", "diags", "error", "error_offset", "evidence", "kind",
	    "origin", "packing", "plain_size", "records", "sha256", "size", "time", "time_from_name", "used", NULL};

	node_only(n, keys);
	b->in.evidence = evidence_read(n);
	b->origin = node_is_null(n, "origin") ? NULL : node_text_max(n, "origin", ORIGIN_TEXT_MAX);
	carried_read(n, b);
}

static void
inputs_read(const struct node *root, struct arena *a, bool of_bundle, struct bundle *out)
{
	struct node all = node_list(root, "inputs", FILES_MAX), one;
	size_t i;

	out->n_inputs = node_count(&all);
	out->inputs = arena_array(a, out->n_inputs, sizeof(*out->inputs));
	for (i = 0; i < out->n_inputs && root->doc->why == NULL; i++) {
		struct bundle_input *b = &out->inputs[i];

		*b = (struct bundle_input){.in.time = UTC_NONE};
		one = node_at(&all, i);
		input_read(&one, &b->in);
		if (of_bundle)
			input_rest_read(&one, b);
		if (i > 0 && memcmp(b[-1].in.sha256, b->in.sha256, SHA256_BYTES) >= 0)
			node_fail(&one, BUNDLE_RULE, "does not follow the one before by its digest");
	}
}

static void
pack_name_read(const struct node *n, const char *key, size_t i, bool profile)
{
	char buf[BUNDLE_NAME];
	struct node c = {.doc = n->doc, .up = n, .key = key};

	if (strcmp(node_text(n, key), bundle_pack_name(i, profile, buf)) != 0)
		node_fail(&c, BUNDLE_RULE, "is not %s", buf);
}

static void
pack_one_read(const struct node *n, size_t i, struct bundle_pack *p)
{
	static const char *const keys[] = {"catalog", "catalog_sha256", "id", "profile", "profile_sha256", "status",
	    "title", "version", NULL};

	node_only(n, keys);
	pack_name_read(n, "catalog", i, false);
	node_digest(n, "catalog_sha256", p->catalog_sha256);
	p->id = node_text_max(n, "id", SEAL_WORD_MAX);
	p->has_profile = !node_is_null(n, "profile");
	if (p->has_profile) {
		pack_name_read(n, "profile", i, true);
		node_digest(n, "profile_sha256", p->profile_sha256);
	} else {
		node_is_null(n, "profile_sha256");
	}
	p->status = node_text_max(n, "status", SEAL_WORD_MAX);
	node_text(n, "title");
	p->version = node_text_max(n, "version", SEAL_WORD_MAX);
}

static void
packs_read(const struct node *root, struct arena *a, struct bundle *out)
{
	struct node all = node_list(root, "packs", BUNDLE_PACKS_MAX), one;
	size_t i;

	out->n_packs = node_count(&all);
	out->packs = arena_array(a, out->n_packs, sizeof(*out->packs));
	for (i = 0; i < out->n_packs && root->doc->why == NULL; i++) {
		one = node_at(&all, i);
		pack_one_read(&one, i, &out->packs[i]);
	}
}

static void
report_packs_read(const struct node *root, struct arena *a, struct bundle *out)
{
	struct node all = node_list(root, "packs", BUNDLE_PACKS_MAX), one;
	size_t i;

	out->n_packs = node_count(&all);
	out->packs = arena_array(a, out->n_packs, sizeof(*out->packs));
	for (i = 0; i < out->n_packs && root->doc->why == NULL; i++) {
		one = node_at(&all, i);
		out->packs[i] = (struct bundle_pack){.id = node_text_max(&one, "id", SEAL_WORD_MAX),
		    .version = node_text_max(&one, "version", SEAL_WORD_MAX), .status = node_text_max(&one, "status", SEAL_WORD_MAX),
		    .has_profile = !node_is_null(&one, "profile_sha256")};
		node_digest(&one, "catalog_sha256", out->packs[i].catalog_sha256);
		if (out->packs[i].has_profile)
			node_digest(&one, "profile_sha256", out->packs[i].profile_sha256);
	}
}

static void
ases_read(const struct node *root, struct arena *a, struct bundle *out)
{
	struct node all = node_list(root, "ases", BUNDLE_ASES_MAX);
	uint32_t *asns;
	size_t i;

	out->n_asns = node_count(&all);
	out->asns = asns = arena_array(a, out->n_asns, sizeof(*asns));
	for (i = 0; i < out->n_asns && root->doc->why == NULL; i++) {
		struct node c = {.doc = root->doc, .up = &all, .index = i, .v = json_array_get(all.v, i)};

		asns[i] = (uint32_t)node_whole(&c, 0, UINT32_MAX);
		if (i > 0 && asns[i - 1] >= asns[i])
			node_fail(&c, BUNDLE_RULE, "does not ascend");
	}
}

static void
window_read(const struct node *params, struct arena *a, struct bundle *out)
{
	struct node n;

	if (!node_has(params, "window"))
		return;
	n = node_object(params, "window");
	out->window = arena_printf(a, "%s/%s", node_time(&n, "from"), node_time(&n, "to"));
}

static void
parameters_read(const struct node *root, struct arena *a, struct bundle *out)
{
	static const char *const keys[] = {"bogon_visibility_min", "contact_days", "full_feed_percent", "irr_same_origin",
	    "records_max", "route_server", "spoofer_days", "visibility_min", "window", NULL};
	struct node n = node_object(root, "parameters");

	node_only(&n, keys);
	out->params.bogon_visibility_min = (uint32_t)node_number(&n, "bogon_visibility_min", 0, UINT32_MAX);
	out->params.contact_days = (uint32_t)node_number(&n, "contact_days", 0, UINT32_MAX);
	out->routes_params.full_feed_percent = (uint32_t)node_number(&n, "full_feed_percent", 1, 100);
	out->params.irr_same_origin = node_boolean(&n, "irr_same_origin");
	out->params.records_max = (uint32_t)node_number(&n, "records_max", 0, UINT32_MAX);
	out->params.route_server = node_has(&n, "route_server") ? (uint32_t)node_number(&n, "route_server", 1, UINT32_MAX) : 0;
	out->params.spoofer_days = (uint32_t)node_number(&n, "spoofer_days", 0, UINT32_MAX);
	out->routes_params.visibility_min = (uint32_t)node_number(&n, "visibility_min", 1, 65535);
	window_read(&n, a, out);
}

static void
program_read(const struct node *root, struct bundle *out)
{
	static const char *const keys[] = {"name", "version", NULL};
	struct node n = node_object(root, "program"), c = {.doc = root->doc, .up = &n, .key = "name"};

	node_only(&n, keys);
	if (strcmp(node_text(&n, "name"), "routemark") != 0)
		node_fail(&c, BUNDLE_RULE, "is not routemark");
	out->version = node_text_max(&n, "version", SEAL_WORD_MAX);
}

/* Evidence that is not there must not count as if it were. */
static void
carried_check(const struct node *root, const struct bundle *b)
{
	struct node all = {.doc = root->doc, .up = root, .key = "inputs"};
	size_t i;

	for (i = 0; i < b->n_inputs && root->doc->why == NULL; i++) {
		const struct bundle_input *in = &b->inputs[i];
		struct node one = {.doc = root->doc, .up = &all, .index = i};
		bool wants = b->minimal && in->in.complete && in->in.kind != KIND_TEXT;

		if (wants != (in->file != NULL))
			node_fail(&one, BUNDLE_RULE, wants ? "is of use, and nothing of it is carried" :
			    "is carried, in a bundle without evidence or without being of use");
		if (in->file != NULL && i > 0 && in[-1].file != NULL && strcmp(in->file, in[-1].file) == 0)
			node_fail(&one, BUNDLE_RULE, "has the file of another input");
	}
}

static enum err
finish(struct doc *d, const struct bundle *b, struct bundle *out, const char **why)
{
	*why = d->why;
	doc_close(d);
	if (*why != NULL)
		return ERR_SYNTAX;
	*out = *b;
	return OK;
}

enum err
bundle_read(struct span text, struct arena *a, struct bundle *out, const char **why)
{
	static const char *const keys[] = {"ases", "at", "format", "inputs", "minimal", "packs", "parameters", "program", NULL};
	struct bundle b = {.at = UTC_NONE};
	struct doc d;
	struct node root = node_open(&d, BUNDLE_HEAD, text, a), format = {.doc = &d, .up = &root, .key = "format"};

	d.rule = BUNDLE_RULE;
	metric_params_init(&b.params);
	routes_params_init(&b.routes_params);
	if (strcmp(node_text(&root, "format"), BUNDLE_FORMAT) != 0)
		node_fail(&format, BUNDLE_RULE, "is not " BUNDLE_FORMAT);
	node_only(&root, keys);
	ases_read(&root, a, &b);
	b.at = node_time_or_null(&root, "at");
	inputs_read(&root, a, true, &b);
	bundle_minimal_read(&root, a, &b);
	carried_check(&root, &b);
	packs_read(&root, a, &b);
	parameters_read(&root, a, &b);
	program_read(&root, &b);
	return finish(&d, &b, out, why);
}

/* Keys ascend, and no string has a quotation mark in it that is not escaped: this is where the head ends. */
#define RESULTS ",\"results\":["

enum err
bundle_from_report(struct span report, struct arena *a, struct bundle *out, const char **why)
{
	const char *end = memmem(report.p, report.len, RESULTS, sizeof(RESULTS) - 1);
	struct bundle b = {.at = UTC_NONE};
	struct str head = {0};
	struct doc d;
	struct node root;

	if (end == NULL || (size_t)(end - report.p) > BUNDLE_HEAD_MAX) {
		*why = "is no report of \"routemark audit --json\" [doc/formats/assessment.md]";
		return ERR_SYNTAX;
	}
	str_add(&head, (struct span){report.p, (size_t)(end - report.p)});
	str_addc(&head, '}');
	root = node_open(&d, BUNDLE_REPORT, str_span(&head), a);
	d.rule = "doc/formats/assessment.md";
	metric_params_init(&b.params);
	routes_params_init(&b.routes_params);
	b.at = node_time_or_null(&root, "at");
	inputs_read(&root, a, false, &b);
	parameters_read(&root, a, &b);
	report_packs_read(&root, a, &b);
	str_release(&head);
	return finish(&d, &b, out, why);
}

const struct bundle_input *
bundle_find(const struct bundle *b, const uint8_t sha256[static SHA256_BYTES])
{
	size_t lo = 0, hi = b->n_inputs, mid;
	int c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = memcmp(b->inputs[mid].in.sha256, sha256, SHA256_BYTES);
		if (c == 0)
			return &b->inputs[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}
