#include "cmd/log_told.h"
#include "base/json_w.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "cmd/log_source.h"
#include "cmd/note.h"
#include "cmd/policy_file.h"
#include "cmd/slurp.h"
#include "seal/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct telling {
	const struct log_told *o;
	struct arena *a, *entry;	/* of all; of one entry */
	struct policy policy;
	struct verify_keys known;
	char sha256[SHA256_HEX + 1];	/* of the report; "": any */
	struct str rows;		/* owned: of the entries, as they are printed */
	struct json_w json;		/* into rows */
	uint64_t n;
	struct checkpoint at;
	struct policy_verdict verdict;
};

/* --- entries --- */

static void
row_text(struct telling *t, uint64_t index, const struct status *s, bool known)
{
	str_addf(&t->rows, "%8" PRIu64 "  %-9s  %s  ", index, status_name(s->word), s->at);
	str_add_plain(&t->rows, span_of(s->signer));
	str_adds(&t->rows, known ? "\n" : "  (unchecked: by no --signer)\n");
	if (t->sha256[0] == '\0')
		str_addf(&t->rows, "          on %s\n", s->sha256);
	if (s->reason != NULL) {
		str_adds(&t->rows, "          ");
		str_add_plain(&t->rows, span_of(s->reason));
		str_addc(&t->rows, '\n');
	}
}

static void
row_json(struct telling *t, uint64_t index, const struct status *s, bool known)
{
	struct json_w *w = &t->json;

	json_obj(w);
	json_kstrz(w, "at", s->at);
	json_ku64(w, "index", index);
	json_kbool(w, "known", known);
	json_kopt(w, "reason", s->reason);
	json_kstrz(w, "sha256", s->sha256);
	json_kstrz(w, "signer", s->signer);
	json_kstrz(w, "status", status_name(s->word));
	json_obj_end(w);
}

static void
look(void *arg, uint64_t index, struct span entry)
{
	struct telling *t = arg;
	const char *why = NULL;
	struct status s;
	bool known;

	if (entry.len == 0 || entry.p[0] != '{' ||
	    (t->sha256[0] != '\0' && memmem(entry.p, entry.len, t->sha256, SHA256_HEX) == NULL))
		return;
	if (status_read(entry, t->entry, &s, &why) == OK && (t->sha256[0] == '\0' || strcmp(s.sha256, t->sha256) == 0)) {
		known = status_by(&s, t->known.pub, t->known.n) < t->known.n;
		t->n++;
		if (t->o->json)
			row_json(t, index, &s, known);
		else
			row_text(t, index, &s, known);
	}
	arena_reset(t->entry);
}

/* --- the whole --- */

static void
say_text(const struct telling *t)
{
	char at[UTC_TEXT];
	size_t i;

	printf("%s: %" PRIu64 " entries; all were read, and they are those of its checkpoint\n", t->verdict.log->key.name, t->at.size);
	for (i = 0; i < t->policy.n_witnesses; i++)
		if (t->verdict.witness[i].good)
			printf("  seen by %s, who says that this was at %s\n", t->policy.witnesses[i].name,
			    utc_format((struct utc){(int64_t)t->verdict.witness[i].time}, at));
	if (t->verdict.n_witnesses == 0)
		printf("  seen by no witness of the policy, which asks for none\n");
	printf("%" PRIu64 " %s how somebody stands to %s\n", t->n, t->n == 1 ? "says" : "say",
	    t->o->report != NULL ? "this report" : "a report");
	fwrite(t->rows.p, 1, t->rows.len, stdout);
}

static void
say_json(struct telling *t)
{
	struct str out = {0};
	struct json_w w;
	size_t i;

	json_w_init(&w, &out);
	json_obj(&w);
	json_kstrz(&w, "format", "routemark-log-status/1");
	json_kstrz(&w, "log", t->verdict.log->key.name);
	json_kopt(&w, "report", t->sha256[0] != '\0' ? t->sha256 : NULL);
	json_ku64(&w, "size", t->at.size);
	json_key(&w, "statuses");
	str_add(&out, str_span(&t->rows));
	w.comma = true;
	json_key(&w, "witnesses");
	json_arr(&w);
	for (i = 0; i < t->policy.n_witnesses; i++) {
		if (!t->verdict.witness[i].good)
			continue;
		json_obj(&w);
		json_kstrz(&w, "name", t->policy.witnesses[i].name);
		json_ku64(&w, "time", t->verdict.witness[i].time);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
}

static bool
report_digest(struct telling *t)
{
	uint8_t digest[SHA256_BYTES];
	struct str bytes = {0};
	bool good = slurp("log", t->o->report, SEAL_REPORT_MAX, &bytes);

	if (good) {
		sha256_of(bytes.p, bytes.len, digest);
		sha256_hex(digest, t->sha256);
	}
	str_release(&bytes);
	return good;
}

static enum err
scan(struct telling *t, struct log_source *from, const char **why)
{
	struct scan_source source = log_source_scan(from);

	if (!log_source_is(t->o->where))
		return scan_log(t->o->where, &t->policy, t->a, look, t, NULL, &t->at, &t->verdict, why);
	*why = NULL;
	if (!log_source_open(from, "log", t->o->where, t->o->ms))
		return ERR_OPEN;
	return scan_from(&source, &t->policy, t->a, look, t, NULL, &t->at, &t->verdict, why);
}

static int
run(struct telling *t)
{
	struct log_source from = {.url = NULL};
	const char *why = NULL;
	enum err e;

	if (!policy_file("log", t->o->policy, t->a, &t->policy) || !known_add(&t->known, t->o->signers, VERIFY_ISSUER, "log") ||
	    (t->o->report != NULL && !report_digest(t)))
		return EXIT_UNANSWERED;
	json_w_init(&t->json, &t->rows);
	if (t->o->json)
		json_arr(&t->json);
	e = scan(t, &from, &why);
	if (t->o->json)
		json_arr_end(&t->json);
	if (e != OK && why != NULL)
		note("log", "%s: %s", t->o->where, why);
	else if (e == OK && t->o->json)
		say_json(t);
	else if (e == OK)
		say_text(t);
	return e == OK ? EXIT_DONE : EXIT_UNANSWERED;
}

int
log_told(const struct log_told *o)
{
	struct telling t = {.o = o, .a = arena_new(), .entry = arena_new()};
	int status = run(&t);

	str_release(&t.rows);
	free(t.known.pub);
	free(t.known.role);
	arena_free(t.entry);
	arena_free(t.a);
	return status;
}
