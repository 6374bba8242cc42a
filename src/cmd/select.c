#include "cmd/select.h"
#include "addr/asn.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "source/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 40	/* bytes of a line that is not understood */
#define CANDIDATES 20	/* organisations listed when a name fits several */

static void
add(struct as_list *l, uint32_t asn)
{
	l->asn = grow(l->asn, &l->cap, l->n + 1, sizeof(*l->asn));
	l->asn[l->n++] = asn;
}

int
select_operands(struct as_list *l, const struct opt_table *t, int argc, char **argv, int first)
{
	uint32_t asn;
	int i;

	for (i = first; i < argc; i++) {
		if (asn_parse(span_of(argv[i]), &asn) != OK)
			return opt_misuse(t, "\"%s\" is not an ASN", argv[i]);
		add(l, asn);
	}
	return OPT_GO_ON;
}

/* --- a file --- */

static enum err
participant(void *arg, const struct manrs_participant *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		add(arg, p->asn[i]);
	return OK;
}

static int
read_lines(struct as_list *l, const struct opt_table *t, const char *path, struct feed *f)
{
	struct span line, text;
	unsigned long number = 0;
	enum err e = OK;
	uint32_t asn;

	while (feed_line(f, &line, &e)) {
		if (number++ == 0 && span_starts(line, "\xef\xbb\xbf"))	/* Windows' editors write one */
			line = (struct span){line.p + 3, line.len - 3};
		if (!span_cut(&line, '#', &text))
			continue;
		text = span_trim(text);
		if (text.len == 0)
			continue;
		if (e != OK || asn_parse(text, &asn) != OK) {
			note(t->command, "%s: line %lu: \"%.*s\" is not an ASN; one a line, \"#\" begins a comment",
			    path, number, text.len < SHOWN ? (int)text.len : SHOWN, text.p);
			return EXIT_UNANSWERED;
		}
		add(l, asn);
	}
	return OPT_GO_ON;
}

static int
read_participants(struct as_list *l, const struct opt_table *t, const char *path, struct feed *f)
{
	struct diags d = {0};
	uint64_t n = 0;
	char buf[256];
	enum err e = manrs_decode(f, participant, l, &d, &n);

	if (d.n_kept > 0)	/* a list that is not whole must not pass for one */
		note(t->command, "%s: %s", path,
		    diag_format(&d.kept[0], buf, sizeof(buf)));
	if (e != OK || diags_stopped(&d) || d.n_level[DIAG_SKIP_RECORD] > 0) {
		diags_release(&d);
		return EXIT_UNANSWERED;
	}
	diags_release(&d);
	return OPT_GO_ON;
}

int
select_file(struct as_list *l, const struct opt_table *t, const char *path)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	enum err e = source_open(path, &s);
	int status;

	if (e != OK) {
		note(t->command, "%s: %s", path, strerror(errno));
		return EXIT_UNANSWERED;
	}
	status = source_kind(s) == KIND_MANRS_CSV ? read_participants(l, t, path, source_feed(s))
	    : read_lines(l, t, path, source_feed(s));
	e = source_close(s, &sum);
	if (e == OK)
		e = sum.err;
	if (status == OPT_GO_ON && e != OK) {
		note(t->command, "%s: %s", path, err_text(e));
		return EXIT_UNANSWERED;
	}
	return status;
}

/* --- an organisation --- */

static bool
holds_nocase(const char *text, struct span part)
{
	for (; *text != '\0'; text++)
		if (strlen(text) >= part.len && strncasecmp(text, part.p, part.len) == 0)
			return true;
	return false;
}

/* The first organisation that fits; *n of them. exact: id or whole name. */
static const struct org *
org_match(const struct orgs *o, const char *name, bool exact, size_t *n)
{
	const struct org *first = NULL;
	size_t i;

	*n = 0;
	for (i = 0; i < o->n_orgs; i++) {
		const struct org *c = &o->orgs[i];

		if (exact ? !span_is_nocase(span_of(c->id), name) && !span_is_nocase(span_of(c->name), name)
		    : !holds_nocase(c->name, span_of(name)))
			continue;
		if ((*n)++ == 0)
			first = c;
	}
	return first;
}

static int
org_candidates(const struct opt_table *t, const struct orgs *o, const char *name, bool exact, size_t n)
{
	size_t i, shown = 0;

	note(t->command, "%zu organisations fit \"%s\"; give one by its id:", n, name);
	for (i = 0; i < o->n_orgs && shown < CANDIDATES; i++) {
		const struct org *c = &o->orgs[i];
		const struct orgs one = {.orgs = &o->orgs[i], .n_orgs = 1};
		size_t fits;

		org_match(&one, name, exact, &fits);
		if (fits == 0)
			continue;
		note_more("%-20s %s (%s)", c->id, c->name, c->country);
		shown++;
	}
	if (n > shown)
		note_more("... and %zu more", n - shown);
	return EXIT_UNANSWERED;
}

int
select_org(struct as_list *l, const struct opt_table *t, const struct orgs *orgs, const char *name)
{
	const struct org *org;
	bool exact = true;
	size_t n, i;

	org = org_match(orgs, name, true, &n);
	if (n == 0) {
		exact = false;
		org = org_match(orgs, name, false, &n);
	}
	if (n > 1)
		return org_candidates(t, orgs, name, exact, n);
	if (n == 0) {
		note(t->command, "no organisation \"%s\" in the data%s", name,
		    orgs->present ? "" : ", which holds no AS organisations");
		return EXIT_UNANSWERED;
	}
	for (i = 0; i < orgs->n_ases; i++)
		if (orgs->ases[i].org_id != NULL && strcmp(orgs->ases[i].org_id, org->id) == 0)
			add(l, orgs->ases[i].asn);
	return OPT_GO_ON;
}

void
select_all(struct as_list *l, const struct facts *f)
{
	const uint32_t *asns;
	size_t i, n;

	asns = facts_ases(f, &n);
	for (i = 0; i < n; i++)
		add(l, asns[i]);
}

/* --- the list --- */

static int
cmp(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void
as_list_sort(struct as_list *l)
{
	size_t i, n = 0;

	if (l->n == 0)
		return;
	qsort(l->asn, l->n, sizeof(*l->asn), cmp);
	for (i = 0; i < l->n; i++)
		if (n == 0 || l->asn[n - 1] != l->asn[i])
			l->asn[n++] = l->asn[i];
	l->n = n;
}

void
as_list_release(struct as_list *l)
{
	free(l->asn);
	*l = (struct as_list){0};
}
