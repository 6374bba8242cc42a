/* explain: one verdict on one AS in full. */
#include "addr/asn.h"
#include "cmd/cmd.h"
#include "cmd/disputes.h"
#include "cmd/note.h"
#include "cmd/session.h"

#include <stdio.h>
#include <string.h>

/* PACK/ID or ID: the first pack, in the order asked for, that has it. */
static const struct control *
control_find(const struct session *s, const char *name, size_t *pack)
{
	const char *slash = strrchr(name, '/');
	struct span id = span_of(slash != NULL ? slash + 1 : name);
	const struct control *c;
	size_t i;

	for (i = 0; i < s->n_packs; i++) {
		if (slash != NULL && !span_is_nocase((struct span){name, (size_t)(slash - name)}, s->packs[i].id))
			continue;
		c = pack_control(&s->packs[i], id);
		if (c != NULL) {
			*pack = i;
			return c;
		}
	}
	return NULL;
}

static void
print_one(const struct session *s, const struct as_result *r, size_t pack, const struct control *c, bool json)
{
	const struct pack_result *p = &r->packs[pack];
	const struct judgement *j = &p->judgements[c - p->pack->controls];
	struct str out = {0};

	if (json)
		report_explain_json(&out, &s->head, r, p->pack, j);
	else
		report_explain(&out, &s->head, r, p->pack, j, session_style(true));
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
}

static int
explain(struct session *s, struct disputes *d, const struct opt_table *t, char **operands, bool json)
{
	const struct control *c;
	struct as_result r;
	struct arena *a;
	uint32_t asn;
	size_t pack = 0;
	int status;

	if (asn_parse(span_of(operands[0]), &asn) != OK)
		return opt_misuse(t, "\"%s\" is not an ASN", operands[0]);
	status = disputes_open(d, t);
	if (status == OPT_GO_ON)
		status = session_open(s, t, UINT32_MAX);
	if (status != OPT_GO_ON)
		return status;
	disputes_attach(d, s);
	c = control_find(s, operands[1], &pack);
	if (c == NULL) {
		note("explain", "no pack in use has a control \"%s\"; see \"routemark rules PACK\"",
		    operands[1]);
		return EXIT_UNANSWERED;
	}
	a = arena_new();
	judge_as(&s->judge, asn, JUDGE_RECORD, a, &r);
	print_one(s, &r, pack, c, json);
	arena_free(a);
	return EXIT_DONE;
}

#define OWN_OPTS 1

int
cmd_explain(int argc, char **argv)
{
	struct disputes d = {0};
	struct session s;
	bool json = false;
	struct opt rows[OWN_OPTS + SESSION_OPTS + DISPUTES_OPTS] = {
		{"json", 0, OPT_FLAG, NULL, &json, 0, 0, "as canonical JSON"},
	};
	const struct opt_table t = {"explain", "[options] --data DIR ASN CONTROL",
	    "Explain one verdict: the requirement, the numbers, every deciding record, the remedy.",
	    "  routemark explain 64500 P-RPKI-2 --data evidence/\n"
	    "  routemark explain 64500 imc22/A1 --data evidence/ --json\n", rows,
	    OWN_OPTS + SESSION_OPTS + DISPUTES_OPTS};
	int first = 0, status;

	session_init(&s);
	session_opts(&s, rows + OWN_OPTS);
	disputes_opts(&d, rows + OWN_OPTS + SESSION_OPTS);
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON && argc - first != 2)
		status = opt_misuse(&t, "takes an ASN and a control");
	if (status == OPT_GO_ON)
		status = explain(&s, &d, &t, argv + first, json);
	session_close(&s);
	disputes_close(&d);
	return status;
}
