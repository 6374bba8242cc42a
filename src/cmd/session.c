#include "cmd/session.h"
#include "cmd/baseline_file.h"
#include "cmd/cmd.h"
#include "cmd/follow.h"
#include "cmd/note.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_DEFAULT 100
#define WIDTH_LEAST 60
#define NO_DATA_OPTION "--data DIR says where the evidence is"

uint32_t
session_threads(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	return cpus < 1 ? 1 : cpus > (long)JUDGE_THREADS_MAX ? JUDGE_THREADS_MAX : (uint32_t)cpus;
}

void
session_init(struct session *s)
{
	*s = (struct session){.at = UTC_NONE};
	load_params_init(&s->load);
	metric_params_init(&s->params);
	s->threads = session_threads();
	s->visibility = s->load.routes.visibility_min;
	s->full_feed = s->load.routes.full_feed_percent;
	s->load.traffic = s->load.sightings_too = true;
}

void
session_opts(struct session *s, struct opt rows[static SESSION_OPTS])
{
	const struct opt shared[SESSION_OPTS] = {
		{"data", 'd', OPT_TEXT, "DIR", &s->data, 0, 0, "the folder of evidence, or one file"},
		{"rules", 'r', OPT_LIST, "PACK", &s->rules, 0, 0,
		    "judge by these packs, by id or file; default: the built-in ones about any network"},
		{"at", 0, OPT_TIME, "TIME", &s->at, 0, 0,
		    "the moment to judge for; default: the time of the newest input"},
		{"threads", 0, OPT_NUMBER, "N", &s->threads, 1, JUDGE_THREADS_MAX,
		    "threads to use; never shows in the output"},
		{"visibility", 0, OPT_NUMBER, "N", &s->visibility, 1, 65535,
		    "full-feed peers that must carry a route before it counts; default 5"},
		{"full-feed", 0, OPT_NUMBER, "PCT", &s->full_feed, 1, 100,
		    "share of the largest table that makes a peer full-feed; default 75"},
		{"route-server", 0, OPT_NUMBER, "ASN", &s->route_server, 1, UINT32_MAX,
		    "the MRT tables were dumped on the route server of this AS (manrs-ixp)"},
		{"window", 'w', OPT_TEXT, "FROM/TO", &s->window, 0, 0,
		    "the updates that incidents are from; default: the calendar month of the newest"},
		{"baseline", 0, OPT_TEXT, "FILE", &s->baseline, 0, 0,
		    "an earlier report of audit --json: evidence that has shrunk since is not believed"},
	};

	memcpy(rows, shared, sizeof(shared));
}

void
session_opts_with(struct session *s, struct opt rows[static SESSION_OPTS_WITH])
{
	struct opt all[SESSION_OPTS];
	size_t i, n = 0;

	session_opts(s, all);
	for (i = 0; i < SESSION_OPTS; i++)
		if (all[i].to != &s->rules)
			rows[n++] = all[i];
}

/* --- packs --- */

static int
packs_load(struct session *s, const struct opt_table *t)
{
	const char *const *names = pack_names(), *why = NULL;
	size_t i, n = s->rules.n;

	if (n == 0)
		while (names[n] != NULL)
			n++;
	s->packs = arena_array(s->arena, n, sizeof(*s->packs));
	for (i = 0; i < n; i++) {
		struct pack *p = &s->packs[s->n_packs];

		if (pack_load(s->rules.n > 0 ? s->rules.item[i] : names[i], s->arena, p, &why) != OK) {
			note(t->command, "%s", why);
			return EXIT_UNANSWERED;
		}
		s->n_packs += s->rules.n > 0 || !p->on_request;
	}
	return OPT_GO_ON;
}

/* --- data --- */

static void
progress(void *arg, uint64_t done, uint64_t all, const char *name)
{
	(void)arg;
	(void)name;
	fprintf(stderr, "\r\033[Kreading %llu of %llu MB", (unsigned long long)(done >> 20),
	    (unsigned long long)(all >> 20));
	fflush(stderr);
}

void
session_name_unusable(const struct world *w, const struct opt_table *t)
{
	struct str why = {0};
	char buf[256];
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (in->complete || in->duplicate || *in->path == '\0')	/* told of without a file */
			continue;
		str_clear(&why);
		if (in->detail != NULL)
			str_addf(&why, ": %s", in->detail);
		if (in->err != OK)
			str_addf(&why, ": %s", err_text(in->err));
		if (in->diags.n_kept > 0)
			str_addf(&why, "; %s", diag_format(&in->diags.kept[0], buf, sizeof(buf)));
		note(t->command, "%s: not used (%s)%s", in->name, kind_word(in->kind), why.p == NULL ? "" : why.p);
	}
	str_release(&why);
}

/* Is there one input that was used? Without any there is nothing to answer from. */
static bool
any_evidence(const struct world *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		if (w->inputs[i].complete && w->inputs[i].kind != KIND_TEXT)
			return true;
	return false;
}

int
session_load(struct session *s, const struct opt_table *t)
{
	char why[512] = "";

	s->load.threads = s->threads;
	s->load.at = s->at;
	s->load.routes.visibility_min = s->visibility;
	s->load.routes.full_feed_percent = s->full_feed;
	s->load.progress = isatty(STDERR_FILENO) ? progress : NULL;
	if (load_dir(s->data, &s->load, &s->world, why, sizeof(why)) != OK) {
		note(t->command, "%s", why);
		return EXIT_UNANSWERED;
	}
	s->loaded = true;
	if (s->load.progress != NULL)
		fputs("\r\033[K", stderr);
	session_name_unusable(&s->world, t);
	if (!any_evidence(&s->world)) {
		note(t->command, s->world.n_inputs == 0 ? "%s holds no files" :
		    "%s holds nothing that can be used; \"routemark inspect\" says what each file is", s->data);
		return EXIT_UNANSWERED;
	}
	return s->baseline == NULL || baseline_file(t->command, s->baseline, &s->world) ? OPT_GO_ON : EXIT_UNANSWERED;
}

static bool
want_tables(const struct session *s)
{
	size_t i, k;

	for (i = 0; i < s->n_packs; i++)
		for (k = 0; k < s->packs[i].n; k++)
			if (s->packs[i].controls[k].as_seen)
				return true;
	return false;
}

/* OPT_GO_ON or an exit status, the message printed. */
static int
session_follow(struct session *s, const struct opt_table *t)
{
	const struct follow_ask ask = {s->window, s->visibility, s->params.bogon_visibility_min, s->threads,
	    s->ways};

	if (!s->ways && !follow_wanted(s->packs, s->n_packs))
		return OPT_GO_ON;
	s->follow = follow_new(&ask);
	s->params.scored = follow_run(s->follow, &s->world, t);
	return s->params.scored != NULL ? OPT_GO_ON : EXIT_UNANSWERED;
}

/* The packs are there: the data, and what is known of it. */
static int
open_rest(struct session *s, const struct opt_table *t, uint32_t records_max)
{
	int status;

	if (s->window != NULL && !follow_window_parse(s->window, NULL, NULL))
		return opt_misuse(t, "--window wants FROM/TO, as 2026-10-01/2026-11-01, and FROM before TO");
	if (s->route_server != 0 && !want_tables(s))
		return opt_misuse(t, "--route-server is for controls about a route server's table, as those of manrs-ixp are");
	status = session_load(s, t);
	if (status == OPT_GO_ON)
		status = session_follow(s, t);
	if (status != OPT_GO_ON)
		return status;
	if (records_max > 0)
		s->params.records_max = records_max;
	s->params.threads = s->threads;
	s->params.tables = want_tables(s);
	s->params.route_server = s->route_server;
	s->facts = facts_new(&s->world, &s->params);
	s->judge = (struct judge){.facts = s->facts, .world = &s->world, .packs = s->packs, .n_packs = s->n_packs};
	s->head = (struct assessment){.at = s->world.at, .world = &s->world, .params = &s->params,
	    .routes_params = &s->load.routes, .packs = s->packs, .n_packs = s->n_packs};
	return OPT_GO_ON;
}

int
session_open(struct session *s, const struct opt_table *t, uint32_t records_max)
{
	int status;

	if (s->data == NULL)
		return opt_misuse(t, NO_DATA_OPTION);
	s->arena = arena_new();
	status = packs_load(s, t);
	return status == OPT_GO_ON ? open_rest(s, t, records_max) : status;
}

int
session_open_with(struct session *s, const struct opt_table *t, struct pack *packs, size_t n, uint32_t records_max)
{
	if (s->data == NULL)
		return opt_misuse(t, NO_DATA_OPTION);
	s->packs = packs;
	s->n_packs = n;
	return open_rest(s, t, records_max);
}

void
session_close(struct session *s)
{
	if (s->facts != NULL)
		facts_free(s->facts);
	follow_free(s->follow);
	if (s->loaded)
		world_release(&s->world);
	if (s->arena != NULL)
		arena_free(s->arena);
	opt_list_release(&s->rules);
}

struct text_style
session_style(bool to_terminal)
{
	struct text_style style = {.width = WIDTH_DEFAULT};
	struct winsize ws;
	const char *no_color = getenv("NO_COLOR");

	if (!to_terminal || !isatty(STDOUT_FILENO))
		return style;
	style.colour = no_color == NULL || *no_color == '\0';
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 && ws.ws_col < WIDTH_DEFAULT)
		style.width = ws.ws_col < WIDTH_LEAST ? WIDTH_LEAST : ws.ws_col;
	return style;
}
