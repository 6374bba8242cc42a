/* exposure: the networks that one's own routes depend on, and what is known of them. */
#include "addr/asn.h"
#include "cmd/cmd.h"
#include "cmd/keep_exposure.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "report/exposure.h"

#include <inttypes.h>

#define MIN_SHARE_DEFAULT 10	/* percent */

struct exposing {
	struct session session;
	const char *output, *archive;
	bool json, csv, incidents;
	uint32_t min_percent;
	struct arena *a;
	struct exposure_asked *asked;
	size_t n;
	struct astray_ground *ground;	/* owned */
	struct product product;
};

/* --- what is asked for --- */

static int
operand(struct exposure_asked *q, const struct opt_table *t, const char *text)
{
	bool host_bits = false;

	if (asn_parse(span_of(text), &q->asn) == OK)
		return OPT_GO_ON;
	q->is_prefix = true;
	if (prefix_parse(span_of(text), &q->prefix, &host_bits) != OK)
		return opt_misuse(t, "\"%s\" is neither an ASN nor a prefix with its length", text);
	if (host_bits)
		return opt_misuse(t, "\"%s\" has bits set behind its length", text);
	if (q->prefix.len == 0)
		return opt_misuse(t, "\"%s\" is a default route, which counts nowhere", text);
	return OPT_GO_ON;
}

static int
operands(struct exposing *x, const struct opt_table *t, int argc, char **argv, int first)
{
	int status = OPT_GO_ON, i;

	if (first >= argc)
		return opt_misuse(t, "say whose routes: ASNs or prefixes");
	x->asked = arena_array(x->a, (size_t)(argc - first), sizeof(*x->asked));
	for (i = first; i < argc && status == OPT_GO_ON; i++)
		status = operand(&x->asked[x->n++], t, argv[i]);
	return status;
}

/* --- the answer --- */

static void
result_make(struct exposing *x, uint32_t origin, const struct prefix *within, struct exposure_result *r)
{
	struct exposure *e = arena_array(x->a, 1, sizeof(*e));
	struct as_result *as;
	size_t i;

	exposure_compute(x->session.facts, origin, within, x->min_percent * 10000u, x->a, e);
	exposure_astray(x->ground, x->a, e);
	as = arena_array(x->a, e->n_ases + 1, sizeof(*as));
	judge_as(&x->session.judge, origin, JUDGE_VERDICTS, x->a, &as[0]);
	for (i = 0; i < e->n_ases; i++)
		judge_as(&x->session.judge, e->ases[i].asn, JUDGE_VERDICTS, x->a, &as[i + 1]);
	*r = (struct exposure_result){e, &as[0], as + 1};
}

static int
answer(struct exposing *x, const struct opt_table *t, struct exposure_asked *q)
{
	uint32_t origin[EXPOSURE_ORIGINS_MAX];
	struct exposure_result *r;
	char text[PREFIX_TEXT];
	size_t i, n = 1;

	origin[0] = q->asn;
	if (q->is_prefix)
		n = exposure_origins(x->session.facts, &q->prefix, origin, EXPOSURE_ORIGINS_MAX);
	if (n > EXPOSURE_ORIGINS_MAX) {
		note(t->command, "%s: %zu networks announce routes there, %u are the most for one question; ask for "
		    "longer prefixes", prefix_format(&q->prefix, text), n, EXPOSURE_ORIGINS_MAX);
		return EXIT_UNANSWERED;
	}
	r = arena_array(x->a, n, sizeof(*r));
	for (i = 0; i < n; i++)
		result_make(x, origin[i], q->is_prefix ? &q->prefix : NULL, &r[i]);
	q->results = r;
	q->n = n;
	return OPT_GO_ON;
}

/* The archive takes what --json says, and nothing else: both ways in give the same rows. */
static bool
archive(struct exposing *x, const struct exposure_sheet *sheet)
{
	struct keep_exposure k = {.command = "exposure", .file = x->archive};
	struct arena *a = arena_new();
	struct str text = {0};
	size_t i, there = 0;
	bool good;

	exposure_json(&text, sheet);
	good = keep_exposure_text(&k, "--archive", str_span(&text), a);
	for (i = 0; good && i < k.d.n; i++)
		there += k.fate[i] == ARCHIVE_THERE;
	if (there > 0)
		note("exposure", "%s: %zu of %zu exposure%s in it already; nothing of %s was changed", x->archive, there, k.d.n,
		    k.d.n == 1 ? " was" : "s were", there == 1 ? "it" : "them");
	if (good && k.d.n_nobody > 0)
		note("exposure", "--archive: nobody announces %zu of the prefixes; nothing is known of %s that could be kept",
		    k.d.n_nobody, k.d.n_nobody == 1 ? "it" : "them");
	str_release(&text);
	arena_free(a);
	return good;
}

static int
report(struct exposing *x)
{
	const struct exposure_sheet sheet = {&x->session.head, x->asked, x->n, x->ground, x->min_percent * 10000u};
	struct str s = {0};
	bool good;


	if (!product_open(&x->product, x->output, "exposure"))
		return EXIT_UNANSWERED;
	if (x->json)
		exposure_json(&s, &sheet);
	else if (x->incidents)
		exposure_incidents_csv(&s, &sheet);
	else if (x->csv)
		exposure_csv(&s, &sheet);
	else
		exposure_text(&s, &sheet, session_style(x->product.path == NULL));
	good = product_write(&x->product, str_span(&s)) && (x->archive == NULL || archive(x, &sheet)) &&
	    product_commit(&x->product);
	product_abandon(&x->product);
	str_release(&s);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

#define OWN_OPTS 6

int
cmd_exposure(int argc, char **argv)
{
	struct exposing x = {.min_percent = MIN_SHARE_DEFAULT, .a = arena_new()};
	struct opt rows[OWN_OPTS + SESSION_OPTS] = {
		{"min-share", 0, OPT_NUMBER, "PERCENT", &x.min_percent, 0, 100,
		    "leave out what has less than this share of the paths; default 10"},
		{"json", 0, OPT_FLAG, NULL, &x.json, 0, 0, "the whole record, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &x.csv, 0, 0, "a row per network that is depended on and address family"},
		{"incidents", 0, OPT_FLAG, NULL, &x.incidents, 0, 0,
		    "with --csv: a row per network, family and kind of incident instead"},
		{"archive", 0, OPT_TEXT, "FILE", &x.archive, 0, 0,
		    "also put it into this archive: \"routemark serve\" then draws it"},
		{"output", 'o', OPT_TEXT, "FILE", &x.output, 0, 0, "write to FILE, whole or not at all"},
	};
	const struct opt_table t = {"exposure", "[options] --data DIR ASN|PREFIX ...",
	    "Show the networks that routes really depend on, how each of them is judged, and how much address space would\n"
	    "have followed the incidents of a window of updates through it: in /24 and /48, less what more specific routes\n"
	    "of others take. It attracts traffic where no other route has the same prefix; doc/formats/exposure.md.",
	    "  routemark exposure 64500 --data evidence/\n"
	    "  routemark exposure 192.0.2.0/24 --data evidence/ --rules manrs-netops\n"
	    "  routemark exposure AS64500 AS64501 --data evidence/ --min-share 1 --csv -o upstreams.csv\n"
	    "  routemark exposure 64500 --data evidence/ --archive months.rma\n"
	    "  routemark exposure 64500 --data october/ --window 2026-10-01/2026-11-01 --csv --incidents\n", rows,
	    OWN_OPTS + SESSION_OPTS};
	int first = 0, status;
	size_t i;

	session_init(&x.session);
	x.session.ways = true;
	session_opts(&x.session, rows + OWN_OPTS);
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON && x.json && x.csv)
		status = opt_misuse(&t, "--json and --csv exclude each other");
	if (status == OPT_GO_ON && x.incidents && !x.csv)
		status = opt_misuse(&t, "--incidents is for --csv; the text and --json have them anyway");
	if (status == OPT_GO_ON)
		status = operands(&x, &t, argc, argv, first);
	if (status == OPT_GO_ON)
		status = session_open(&x.session, &t, 0);
	if (status == OPT_GO_ON)
		x.ground = astray_ground_new(x.session.facts, x.session.params.scored);
	for (i = 0; i < x.n && status == OPT_GO_ON; i++)
		status = answer(&x, &t, &x.asked[i]);
	if (status == OPT_GO_ON)
		status = report(&x);
	astray_ground_free(x.ground);
	arena_free(x.a);
	session_close(&x.session);
	return status;
}
