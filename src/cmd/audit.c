/* audit: the verdicts on ASes, for people, as JSON, as CSV, as pages or as OSCAL documents. */
#include "cmd/audit_archive.h"
#include "cmd/audit_bundle.h"
#include "cmd/audit_html.h"
#include "cmd/audit_oscal.h"
#include "cmd/cmd.h"
#include "cmd/disputes.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/select.h"
#include "cmd/session.h"
#include "report/summary.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define MANY 1000	/* ASes */

struct audit {
	struct session session;
	const char *list, *org, *output, *oscal;
	bool all, json, csv, summary_only, gate, force;
	struct audit_html html;		/* path NULL: no pages */
	struct audit_archive archive;
	struct disputes disputes;
	struct audit_bundle bundle;
	struct as_list ases;
	struct product product;
	struct text_style style;
	struct text_sheet *sheet;
	struct summary summary;
	pthread_mutex_t lock;		/* of summary: results come from any thread */
	bool progress, broken;
};

/* --- one result, from any thread --- */

static void
show(const struct audit *a, const struct as_result *r, size_t index, struct str *out)
{
	if (a->summary_only)
		return;
	if (a->json) {
		report_json_as(out, r, index == 0);
	} else if (a->csv) {
		report_csv_as(out, &a->session.head, r);
	} else {
		str_addc(out, '\n');
		report_text_as(out, a->sheet, r);
	}
}

static void
render(void *arg, const struct as_result *r, size_t index, struct str *out)
{
	struct audit *a = arg;
	size_t from;

	pthread_mutex_lock(&a->lock);
	summary_add(&a->summary, r);
	pthread_mutex_unlock(&a->lock);
	from = audit_archive_row(&a->archive, r, out);
	show(a, r, index, out);
	audit_archive_row_end(&a->archive, out, from);
}

static enum err
emit(void *arg, struct span bytes, size_t done)
{
	struct audit *a = arg;

	if (a->progress) {
		fprintf(stderr, "\r\033[K%zu of %zu ASes", done, a->ases.n);
		fflush(stderr);
	}
	return audit_archive_emit(&a->archive, bytes, &a->product) ? OK : ERR_IO;
}

/* --- all of them --- */

static bool
write_piece(struct audit *a, void (*fill)(struct str *, const struct audit *))
{
	struct str s = {0};
	bool good;

	fill(&s, a);
	good = product_write(&a->product, str_span(&s));
	str_release(&s);
	return good;
}

static void
head(struct str *out, const struct audit *a)
{
	if (a->json && !a->summary_only)	/* a summary is one document, written at the end */
		report_json_begin(out, &a->session.head);
	else if (a->csv)
		report_csv_head(out);
	else if (!a->json)
		report_text_head(out, &a->session.head, a->style);
}

static void
tail(struct str *out, const struct audit *a)
{
	if (a->json && a->summary_only) {
		report_json_summary(out, &a->session.head, &a->summary);
	} else if (a->json) {
		report_json_end(out, &a->summary);
	} else if (!a->csv && (a->ases.n > 1 || a->summary_only)) {
		str_addc(out, '\n');
		summary_text(out, &a->summary, a->style);
	}
}

/* How much of each result is shown. */
static enum judge_detail
detail(const struct audit *a)
{
	if (a->summary_only || a->csv)
		return JUDGE_VERDICTS;
	return a->json ? JUDGE_RECORD : JUDGE_FINDINGS;
}

static int
verdict_of(const struct audit *a)
{
	if (!a->gate)
		return EXIT_DONE;
	if (summary_required(&a->summary, VERDICT_FAIL) > 0)
		return EXIT_NO;
	/* what does not apply to a network that nobody sees is not answered either */
	return summary_required(&a->summary, VERDICT_NO_DATA) > 0 || a->summary.n_unseen > 0 ? EXIT_UNANSWERED : EXIT_DONE;
}

static int
report(struct audit *a, const struct opt_table *t)
{
	const struct judge_sink sink = {.detail = detail(a), .render = render, .emit = emit, .arg = a};
	bool good;

	if (a->ases.n > MANY)
		facts_prepare(a->session.facts);
	summary_init(&a->summary, a->session.packs, a->session.n_packs);
	if (a->html.path != NULL)
		return audit_html(&a->html, &a->session, &a->ases, &a->summary) ? verdict_of(a) : EXIT_UNANSWERED;
	if (a->oscal != NULL)
		return audit_oscal(a->oscal, a->force, &a->session, &a->ases, &a->summary) ? verdict_of(a)
		    : EXIT_UNANSWERED;
	if (a->bundle.path != NULL)
		return audit_bundle(&a->bundle, &a->session, t, &a->ases, &a->summary) ? verdict_of(a) : EXIT_UNANSWERED;
	if (!audit_archive_begin(&a->archive, &a->session, &a->ases) || !product_open(&a->product, a->output, "audit"))
		return EXIT_UNANSWERED;
	a->style = session_style(a->product.path == NULL);
	a->progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) && a->ases.n > MANY;
	a->sheet = text_sheet_new(&a->session.head, a->style);
	good = write_piece(a, head) &&
	    judge_many(&a->session.judge, a->ases.asn, a->ases.n, a->session.threads, &sink) == OK &&
	    write_piece(a, tail) && audit_archive_commit(&a->archive);
	if (a->progress)
		fputs("\r\033[K", stderr);
	good = good && product_commit(&a->product);
	product_abandon(&a->product);
	return good ? verdict_of(a) : EXIT_UNANSWERED;
}

static int
choose(struct audit *a, const struct opt_table *t, int argc, char **argv, int first)
{
	int status = select_operands(&a->ases, t, argc, argv, first);

	if (status == OPT_GO_ON && a->ases.n == 0 && a->list == NULL && a->org == NULL && !a->all)
		return opt_misuse(t, "say which ASes: ASNs, --list, --org or --all");
	if (status == OPT_GO_ON && a->list != NULL)
		status = select_file(&a->ases, t, a->list);
	if (status == OPT_GO_ON)
		status = disputes_open(&a->disputes, t);
	if (status == OPT_GO_ON)
		status = session_open(&a->session, t, a->bundle.path != NULL ? UINT32_MAX : a->html.path != NULL ? PAGE_RECORDS : 0);
	if (status == OPT_GO_ON)
		disputes_attach(&a->disputes, &a->session);
	if (status == OPT_GO_ON && a->org != NULL)
		status = select_org(&a->ases, t, &a->session.world.orgs, a->org);
	if (status == OPT_GO_ON && a->all)
		select_all(&a->ases, a->session.facts);
	as_list_sort(&a->ases);
	if (status == OPT_GO_ON && a->ases.n == 0) {	/* no AS is no AS that passed */
		note("audit", "no AS to judge: %s", a->all ? "no route was read" :
		    a->org != NULL ? "the organisation has none" : "the list is empty");
		return EXIT_UNANSWERED;
	}
	return status;
}

/* What goes together. OPT_GO_ON, or EXIT_USAGE after a message. */
static int
agree(const struct audit *a, const struct opt_table *t)
{
	if (a->json && a->csv)
		return opt_misuse(t, "--json and --csv exclude each other");
	if (a->summary_only && a->csv)
		return opt_misuse(t, "--summary and --csv exclude each other: a row is of one AS");
	if (a->html.path != NULL && a->oscal != NULL)
		return opt_misuse(t, "--html and --oscal exclude each other");
	if (a->html.path != NULL && (a->json || a->csv || a->summary_only || a->output != NULL))
		return opt_misuse(t, "--html goes to a place of its own: without --json, --csv, --summary and -o");
	if (a->html.path == NULL && a->html.past.n > 0)
		return opt_misuse(t, "--past is for the trends of --html");
	if (a->oscal != NULL && (a->json || a->csv || a->summary_only || a->output != NULL))
		return opt_misuse(t, "--oscal goes to a folder of its own: without --json, --csv, --summary and -o");
	if (a->archive.path != NULL && (a->html.path != NULL || a->oscal != NULL))
		return opt_misuse(t, "--archive goes with the text, --json, --csv and --summary");
	if (a->disputes.path != NULL && (a->csv || a->summary_only || a->oscal != NULL || a->bundle.path != NULL))
		return opt_misuse(t, "--disputes goes with the text, --json and --html: the other forms have no place for them");
	if (a->bundle.path != NULL && (a->html.path != NULL || a->oscal != NULL || a->json || a->csv || a->summary_only ||
	    a->output != NULL || a->archive.path != NULL))
		return opt_misuse(t, "--bundle goes to a place of its own: without other forms, -o and --archive");
	if (a->bundle.path != NULL && a->session.baseline != NULL)
		return opt_misuse(t, "--bundle and --baseline exclude each other: a bundle has no place for the earlier report");
	if (a->bundle.path == NULL && (a->bundle.minimal || a->bundle.origins != NULL))
		return opt_misuse(t, "--minimal and --origins are for --bundle");
	if (a->oscal == NULL && a->force)
		return opt_misuse(t, "--force is for --oscal");
	return OPT_GO_ON;
}

#define OWN_OPTS 16

int
cmd_audit(int argc, char **argv)
{
	struct audit a = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct opt rows[OWN_OPTS + SESSION_OPTS + DISPUTES_OPTS] = {
		{"list", 'l', OPT_TEXT, "FILE", &a.list, 0, 0, "ASNs one a line, or a MANRS participant CSV"},
		{"org", 0, OPT_TEXT, "NAME", &a.org, 0, 0, "all ASNs of an organisation, by name or id"},
		{"all", 'a', OPT_FLAG, NULL, &a.all, 0, 0, "every AS that announces or passes on a route"},
		{"json", 0, OPT_FLAG, NULL, &a.json, 0, 0, "the whole record, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &a.csv, 0, 0, "a row per AS and control"},
		{"summary", 0, OPT_FLAG, NULL, &a.summary_only, 0, 0,
		    "only the counts over all of them: how many pass of those that could be judged"},
		{"html", 0, OPT_TEXT, "PATH", &a.html.path, 0, 0,
		    "pages to read: a file for one AS, a new folder with an index for several"},
		{"past", 0, OPT_LIST, "FILE", &a.html.past, 0, 0,
		    "with --html: an archive, or an earlier report of audit --json, for the trends; may be given again"},
		{"oscal", 0, OPT_TEXT, "DIR", &a.oscal, 0, 0,
		    "a folder of OSCAL 1.1.2 documents for GRC tools: the five of a chain for each AS and pack"},
		{"force", 0, OPT_FLAG, NULL, &a.force, 0, 0, "with --oscal: replace an earlier export in DIR"},
		{"archive", 0, OPT_TEXT, "FILE", &a.archive.path, 0, 0,
		    "put the assessment into this archive, too, for \"routemark history\""},
		{"bundle", 0, OPT_TEXT, "PATH", &a.bundle.path, 0, 0,
		    "what \"routemark replay\" computes it again from: a new folder, or one file when it ends in .tar"},
		{"minimal", 0, OPT_FLAG, NULL, &a.bundle.minimal, 0, 0,
		    "with --bundle: carry the records that decide, so that nobody needs the whole tables"},
		{"origins", 0, OPT_TEXT, "FILE", &a.bundle.origins, 0, 0,
		    "with --bundle: where inputs were fetched: lines of a SHA-256, two spaces and a URL"},
		{"output", 'o', OPT_TEXT, "FILE", &a.output, 0, 0, "write to FILE, whole or not at all"},
		{"gate", 0, OPT_FLAG, NULL, &a.gate, 0, 0,
		    "exit 1 when a required control fails, 2 when one cannot be judged"},
	};
	const struct opt_table t = {"audit", "[options] --data DIR [ASN ...]",
	    "Give the verdicts on networks, with reasons, from a folder of routing data.",
	    "  routemark audit 64500 --data evidence/\n"
	    "  routemark audit --list participants.csv --data evidence/ --csv -o members.csv\n"
	    "  routemark audit --all --data evidence/ --summary\n"
	    "  routemark audit 64500 --data evidence/ --html AS64500.html --past months.rma\n"
	    "  routemark audit 64500 --data evidence/ --oscal grc/\n"
	    "  routemark audit --all --data evidence/ --summary --archive months.rma\n"
	    "  routemark audit 64500 --data evidence/ --disputes disputes.jsonl --known audits.pub\n"
	    "  routemark audit 64500 --data evidence/ --bundle 64500.tar --minimal\n"
	    "  routemark audit 64500 --data evidence/ --rules manrs-netops --gate\n", rows,
	    OWN_OPTS + SESSION_OPTS + DISPUTES_OPTS};
	int first = 0, status;

	session_init(&a.session);
	session_opts(&a.session, rows + OWN_OPTS);
	disputes_opts(&a.disputes, rows + OWN_OPTS + SESSION_OPTS);
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON)
		status = agree(&a, &t);
	if (status == OPT_GO_ON)
		status = choose(&a, &t, argc, argv, first);
	if (status == OPT_GO_ON)
		status = report(&a, &t);
	audit_archive_close(&a.archive);
	text_sheet_free(a.sheet);
	summary_release(&a.summary);
	as_list_release(&a.ases);
	opt_list_release(&a.html.past);
	session_close(&a.session);
	disputes_close(&a.disputes);
	return status;
}
