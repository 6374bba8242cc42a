/* path: AS paths explained hop by hop. */
#include "addr/asn.h"
#include "base/arena.h"
#include "base/feed.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "report/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOWN 10	/* lines that are no paths, by name */
#define LINE_SHOWN 60

struct explaining {
	struct session session;
	const char *aspa, *direction, *otc, *neighbour, *output;
	bool json;
	struct path_asked asked;
	struct world none;		/* when no data is given */
	struct path_line *lines;	/* owned; words of each in words */
	size_t n, cap;
	struct arena *words, *scratch;	/* scratch: of one path */
	struct product product;
	struct text_style style;
	struct path_totals totals;
};

/* --- the paths --- */

static void
tell_fault(const char *where, const struct path_fault *f)
{
	int len = f->text.len < LINE_SHOWN ? (int)f->text.len : LINE_SHOWN;

	if (len > 0)
		note("path", "%s, column %zu: \"%.*s\": must be %s", where, f->column, len, f->text.p, f->rule);
	else
		note("path", "%s, column %zu: must be %s", where, f->column, f->rule);
}

static bool
add_path(struct explaining *x, struct span text, const char *where)
{
	static uint32_t words[PATH_LINE_WORDS];
	struct path_fault fault;
	struct path_line l;
	uint32_t *kept;

	if (!path_line_parse(text, words, &l, &fault)) {
		tell_fault(where, &fault);
		return false;
	}
	kept = arena_raw(x->words, l.path.n, sizeof(*kept));
	memcpy(kept, words, l.path.n * sizeof(*kept));
	l.path.w = kept;
	x->lines = grow(x->lines, &x->cap, x->n + 1, sizeof(*x->lines));
	x->lines[x->n++] = l;
	return true;
}

static enum err
fill_stdin(void *arg, const uint8_t **buf, size_t *len)
{
	static uint8_t piece[FEED_CHUNK];
	ssize_t got;

	(void)arg;
	do {
		got = read(STDIN_FILENO, piece, sizeof(piece));
	} while (got < 0 && errno == EINTR);
	*buf = piece;
	*len = got > 0 ? (size_t)got : 0;
	return got < 0 ? ERR_IO : OK;
}

/* All of them, before one is answered: a list with a line that is no path has no answer. */
static bool
read_stdin(struct explaining *x)
{
	struct feed f;
	struct span line;
	enum err e = OK;
	unsigned long number = 0, bad = 0;
	char where[64];

	feed_init(&f, fill_stdin, NULL);
	while (bad < SHOWN && x->n <= PATHS_ASKED_MAX && feed_line(&f, &line, &e)) {
		snprintf(where, sizeof(where), "standard input, line %lu", ++number);
		if (e != OK) {
			note("path", "%s: %s (LINE_MAX_BYTES)", where, err_text(e));
			bad++;
		} else if (span_trim(line).len > 0 && line.p[0] != '#') {
			bad += !add_path(x, line, where);
		}
	}
	e = feed_err(&f);
	feed_release(&f);
	if (e != OK)
		note("path", "standard input: %s", err_text(e));
	if (x->n > PATHS_ASKED_MAX)
		note("path", "standard input: more than %u paths (PATHS_ASKED_MAX)", PATHS_ASKED_MAX);
	if (bad == 0 && e == OK && x->n == 0)
		note("path", "standard input holds no paths");
	return bad == 0 && e == OK && x->n > 0 && x->n <= PATHS_ASKED_MAX;
}

static bool
read_operands(struct explaining *x, int argc, char **argv, int first)
{
	struct str line = {0};
	bool good;

	if (first == argc || strcmp(argv[first], "-") == 0)
		return read_stdin(x);
	str_adds(&line, argv[first]);
	if (argc - first == 2)
		str_addf(&line, "|%s", argv[first + 1]);
	good = add_path(x, str_span(&line), "the path");
	str_release(&line);
	return good;
}

/* --- the answer --- */

static void
render(struct explaining *x, size_t i, struct str *out)
{
	struct path_result r;

	path_answer(&x->asked, &x->lines[i], x->scratch, &r);
	path_totals_add(&x->totals, &r);
	if (x->json)
		path_json(out, &x->asked, &r, i == 0);
	else
		path_text(out, &x->asked, &r, x->style);
	arena_reset(x->scratch);
}

static int
status_of(const struct explaining *x)
{
	if (x->totals.refused > 0)
		return EXIT_NO;
	/* who asks for a test wants its answer; an explanation was given in any case */
	return x->asked.ask != PATH_ASK_OBSERVER && x->totals.verdict[PATH_NO_DATA] > 0 ? EXIT_UNANSWERED : EXIT_DONE;
}

static int
report(struct explaining *x)
{
	struct str out = {0};
	bool good = true;
	size_t i;

	if (!product_open(&x->product, x->output, "path"))
		return EXIT_UNANSWERED;
	x->style = session_style(x->product.path == NULL);
	if (x->json)
		path_json_begin(&out, &x->asked);
	else
		path_text_head(&out, &x->asked, x->style);
	for (i = 0; i < x->n && good; i++) {
		render(x, i, &out);
		good = product_write(&x->product, str_span(&out));
		str_clear(&out);
	}
	if (x->json)
		path_json_end(&out, &x->totals);
	else if (x->n > 1)
		path_text_totals(&out, &x->totals);
	good = good && product_write(&x->product, str_span(&out)) && product_commit(&x->product);
	product_abandon(&x->product);
	str_release(&out);
	return good ? status_of(x) : EXIT_UNANSWERED;
}

/* --- the command line --- */

static int
agree(struct explaining *x, const struct opt_table *t, int argc, int first)
{
	if (x->aspa != NULL && x->session.data != NULL)
		return opt_misuse(t, "--aspa and --data exclude each other: a file of ASPAs can lie in the folder");
	if (argc - first > 2)
		return opt_misuse(t, "one path, quoted, and one prefix; many paths come from standard input");
	x->asked.ask = PATH_ASK_OBSERVER;
	if (x->direction != NULL && strcmp(x->direction, "up") == 0)
		x->asked.ask = PATH_ASK_UP;
	else if (x->direction != NULL && strcmp(x->direction, "down") == 0)
		x->asked.ask = PATH_ASK_DOWN;
	else if (x->direction != NULL)
		return opt_misuse(t, "--direction is up or down, not \"%s\"", x->direction);
	x->asked.otc.present = x->otc != NULL;
	if (x->otc != NULL && (asn_parse(span_of(x->otc), &x->asked.otc.asn) != OK || x->asked.otc.asn == 0))
		return opt_misuse(t, "--otc: \"%s\" is not an ASN", x->otc);
	x->asked.has_neighbour = x->neighbour != NULL;
	if (x->neighbour != NULL && (asn_parse(span_of(x->neighbour), &x->asked.neighbour) != OK ||
	    x->asked.neighbour == 0))
		return opt_misuse(t, "--neighbour: \"%s\" is not an ASN", x->neighbour);
	return OPT_GO_ON;
}

static int
load(struct explaining *x, const struct opt_table *t)
{
	int status = OPT_GO_ON;

	x->asked.no_data = x->session.data == NULL && x->aspa == NULL;
	x->asked.world = &x->none;
	if (x->aspa != NULL)
		x->session.data = x->aspa;
	if (!x->asked.no_data) {
		status = session_load(&x->session, t);
		x->asked.world = &x->session.world;
	}
	if (status != OPT_GO_ON)
		return status;
	path_asked_tables(&x->asked);
	if (x->asked.tables.aspas == NULL)
		note(t->command, "no ASPA data: every hop is without attestation, and no path can be Valid");
	return OPT_GO_ON;
}

#define OPTS 9

static int
run(struct explaining *x, const struct opt_table *t, int argc, char **argv)
{
	int first = 0, status = opt_parse(t, argc, argv, &first);

	if (status == OPT_GO_ON)
		status = agree(x, t, argc, first);
	if (status == OPT_GO_ON && !read_operands(x, argc, argv, first))
		status = EXIT_UNANSWERED;
	if (status == OPT_GO_ON)
		status = load(x, t);
	return status == OPT_GO_ON ? report(x) : status;
}

int
cmd_path(int argc, char **argv)
{
	static struct explaining x;
	struct session *s = &x.session;
	struct opt rows[OPTS] = {
	    {"aspa", 0, OPT_TEXT, "FILE", &x.aspa, 0, 0, "the ASPAs, and VRPs: what a relying party writes, as JSON"},
	    {"data", 'd', OPT_TEXT, "DIR", &s->data, 0, 0,
		"the folder of evidence: ASPAs, VRPs, relationships, organisations"},
	    {"direction", 0, OPT_TEXT, "up|down", &x.direction, 0, 0,
		"ask for one test: up, the route came from a customer or peer; down, from a provider"},
	    {"otc", 0, OPT_TEXT, "ASN", &x.otc, 0, 0, "the route carries Only-to-Customer with this ASN (RFC 9234)"},
	    {"neighbour", 0, OPT_TEXT, "ASN", &x.neighbour, 0, 0,
		"the neighbour that sent the path, which then must begin with it"},
	    {"at", 0, OPT_TIME, "TIME", &s->at, 0, 0,
		"the moment of the answer; default: the time of the newest input"},
	    {"threads", 0, OPT_NUMBER, "N", &s->threads, 1, JUDGE_THREADS_MAX,
		"threads to use; never shows in the output"},
	    {"json", 0, OPT_FLAG, NULL, &x.json, 0, 0, "the whole record, canonical JSON"},
	    {"output", 'o', OPT_TEXT, "FILE", &x.output, 0, 0, "write to FILE, whole or not at all"},
	};
	const struct opt_table t = {"path", "[options] ['ASN ASN ... ORIGIN' [PREFIX] | -]",
	    "Explain an AS path hop by hop, or those on standard input, one a line: path, then \"|\" and prefix.",
	    "  routemark path '64496 64500 64511' 192.0.2.0/24 --aspa rpki.json\n"
	    "  routemark path '64496 64500 64511' --data evidence/ --direction down --otc 64500\n"
	    "  routemark path --data evidence/ --json <paths.txt -o paths.json\n",
	    rows, OPTS};
	int status;

	x = (struct explaining){.words = arena_new(), .scratch = arena_new()};
	session_init(s);
	world_init(&x.none);
	world_seal(&x.none, &s->load.routes, 1);
	status = run(&x, &t, argc, argv);
	world_release(&x.none);
	session_close(s);
	arena_free(x.words);
	arena_free(x.scratch);
	free(x.lines);
	return status;
}
