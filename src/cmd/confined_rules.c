#include "cmd/confined_rules.h"
#include "base/arena.h"
#include "base/below.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SESSION "data* rules~ baseline"
#define KNOWN "known network auditor"

/* The first that fits. Products of JAIL_DECODE and JAIL_KEEP are errands; JAIL_SIGN makes its own. */
static const struct confined_rule rules[] = {
	{"audit", NULL, "archive", JAIL_DECODE, SESSION " list past% disputes/ " KNOWN " origins", "archive% output", 0},
	{"audit", NULL, "minimal", JAIL_DECODE, SESSION " list " KNOWN " origins", "bundle", CONFINED_TEMP},
	{"audit", NULL, NULL, JAIL_DECODE, SESSION " list past% disputes/ " KNOWN " origins", "html oscal bundle output", 0},
	{"compare", NULL, NULL, JAIL_DECODE, SESSION " require~ answers list", "html oscal output", 0},
	{"explain", NULL, NULL, JAIL_DECODE, SESSION " disputes/ " KNOWN, "", 0},
	{"exposure", NULL, "archive", JAIL_DECODE, SESSION, "archive% output", 0},
	{"exposure", NULL, NULL, JAIL_DECODE, SESSION, "output", 0},
	{"path", NULL, NULL, JAIL_DECODE, "data* aspa", "output", 0},
	{"score", NULL, NULL, JAIL_DECODE, "@0", "output", 0},
	{"incidents", NULL, "archive", JAIL_DECODE, "data*", "archive% output", 0},
	{"incidents", NULL, NULL, JAIL_DECODE, "data*", "output", 0},
	{"rules", NULL, NULL, JAIL_DECODE, "@0~", "", 0},
	{"crosswalk", NULL, NULL, JAIL_DECODE, "@0~", "output", 0},
	{"require", NULL, NULL, JAIL_DECODE, "@1~", "output", 0},
	{"history", NULL, NULL, JAIL_DECODE, "archive%", "output", 0},
	{"archive", "import", NULL, JAIL_DECODE, "@2+", "@1%", 0},
	{"archive", "upgrade", NULL, JAIL_KEEP, "", "@1%", 0},
	{"archive", NULL, NULL, JAIL_DECODE, "@1%", "", 0},
	{"replay", NULL, NULL, JAIL_DECODE, "@0 data*", "", CONFINED_TEMP},
	{"verify", NULL, NULL, JAIL_DECODE,
	    "@0! key network auditor envelope signature evidence policy proof log^ mark data*", "", 0},
	{"dump", NULL, NULL, JAIL_DECODE, "@0", "", 0},
	{"inspect", NULL, NULL, JAIL_DECODE, "@0* baseline", "", 0},
	{"mark", "show", NULL, JAIL_DECODE, "log^ mark! policy proof " KNOWN, "badge", 0},
	{"mark", NULL, NULL, JAIL_SIGN, "report pack~ mark key log-key", "log out/", CONFINED_ALONE},
	{"dispute", "open", NULL, JAIL_SIGN, "report attach key", "@1/ log", CONFINED_ALONE},
	{"dispute", "answer", NULL, JAIL_SIGN, "attach key", "@1/ log", CONFINED_ALONE},
	{"dispute", "decide", NULL, JAIL_SIGN, "attach reviewer", "@1/ log", CONFINED_ALONE},
	{"dispute", "log", NULL, JAIL_KEEP, "", "log.", CONFINED_ITSELF},
	{"dispute", NULL, NULL, JAIL_DECODE, "@1/ log policy " KNOWN, "", 0},
	{"key", "new", NULL, JAIL_SIGN, "", "output/", CONFINED_ALONE},
	{"key", NULL, NULL, JAIL_SIGN, "@1", "", CONFINED_ALONE},
	{"seal", NULL, NULL, JAIL_SIGN, "@0 key oscal attest=", "@0/ output", CONFINED_ALONE},
	{"lab", NULL, NULL, JAIL_KEEP, "", "@0.", CONFINED_ITSELF},
	{"log", "init", NULL, JAIL_SIGN, "key", "@1/ @1", CONFINED_ALONE},
	{"log", "append", NULL, JAIL_KEEP, "@2+", "@1.", CONFINED_ALONE},
	{"log", "status", "policy", JAIL_DECODE, "@1^ @2 policy signer", "", 0},
	{"log", "status", NULL, JAIL_SIGN, "@3 key", "@1", CONFINED_ALONE},
	{"log", "checkpoint", NULL, JAIL_SIGN, "key", "@1", CONFINED_ALONE},
	{"log", "prove", NULL, JAIL_DECODE, "@1", "output", 0},
	{"log", "fsck", NULL, JAIL_DECODE, "@1", "", 0},
	{"log", "witness", NULL, JAIL_KEEP, "policy", "@1.", CONFINED_ITSELF},
	{"witness", "init", NULL, JAIL_SIGN, "key", "@1/ @1", CONFINED_ALONE},
};

#define N_RULES (sizeof(rules) / sizeof(*rules))

const struct confined_rule *
confined_rule_at(size_t i)
{
	return i < N_RULES ? &rules[i] : NULL;
}

/* --- what the command line has --- */

static void
add(struct confined_paths *p, const char *path, size_t len, enum confined_access access)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, path, len);
	copy[len] = '\0';
	p->path = grow(p->path, &p->cap, p->n + 1, sizeof(*p->path));
	p->path[p->n++] = (struct confined_path){copy, access};
}

char *
confined_folder_of(const char *path)
{
	size_t len = strlen(path);
	char *dir;

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	dir = xmalloc(len + 2);
	memcpy(dir, len == 0 ? "." : path, len == 0 ? 1 : len);
	dir[len == 0 ? 1 : len] = '\0';
	return dir;
}

static void
add_folder(struct confined_paths *p, const char *path, enum confined_access access)
{
	char *dir = confined_folder_of(path);

	add(p, dir, strlen(dir), access);
	free(dir);
}

static void
add_beside(struct confined_paths *p, const char *path, const char *suffix)
{
	struct str s = {0};

	str_addf(&s, "%s%s", path, suffix);
	add(p, s.p, s.len, CONFINED_READ);
	str_release(&s);
}

/* DIR/NAME of DIR/FILE, when it is there. */
static bool
add_sibling(struct confined_paths *p, const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct str s = {0};
	bool there;

	if (slash != NULL)
		str_add(&s, (struct span){path, (size_t)(slash - path) + 1});
	str_adds(&s, name);
	there = access(s.p, F_OK) == 0;
	if (there)
		add(p, s.p, s.len, CONFINED_READ);
	str_release(&s);
	return there;
}

/* A file by a link in a folder of evidence is evidence. */
static void
add_linked(struct confined_paths *p, const char *dir)
{
	struct below_entry e;
	struct below b;
	struct stat st;

	below_begin(&b, dir);
	while (below_next(&b, &e))
		if (e.level > 0 && e.kind == BELOW_OTHER && e.name[0] != '.' && lstat(e.path, &st) == 0 && S_ISLNK(st.st_mode) &&
		    stat(e.path, &st) == 0 && S_ISREG(st.st_mode))
			add(p, e.path, strlen(e.path), CONFINED_READ);
	below_end(&b);
}

/* What a pack imports lies beside it. */
static void
add_pack(struct confined_paths *p, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str dir = {0};
	struct below_entry e;
	struct below b;
	size_t len;

	if (access(path, F_OK) != 0)
		return;
	add(p, path, strlen(path), CONFINED_READ);
	str_add(&dir, slash != NULL ? (struct span){path, (size_t)(slash - path) + 1} : SPAN("./"));
	below_begin(&b, dir.p);
	while (below_next(&b, &e)) {
		len = strlen(e.name);
		if (e.level > 0 && e.kind == BELOW_FOLDER)
			below_skip(&b);
		else if (e.kind == BELOW_FILE && len > 5 && strcmp(e.name + len - 5, ".json") == 0)
			add(p, e.path, strlen(e.path), CONFINED_READ);
	}
	below_end(&b);
	str_release(&dir);
}

/* Of one that is read; a journal that is left is that of a crash, or of who writes at this moment. */
static void
add_archive(struct confined_paths *p, const char *path)
{
	struct str journal = {0};
	struct stat st;

	str_addf(&journal, "%s-journal", path);
	if (stat(journal.p, &st) == 0 && st.st_size > 0)
		add(p, path, strlen(path), CONFINED_MEND);
	add(p, path, strlen(path), CONFINED_READ);
	add(p, journal.p, journal.len, CONFINED_READ);
	add_beside(p, path, "-wal");
	str_release(&journal);
}

/* One that is written: the process itself has it in its jail only when it does nothing else. */
static void
add_archive_written(struct confined_paths *p, const struct confined_rule *r, const char *path)
{
	if (confined_archives(r)) {
		add(p, path, strlen(path), CONFINED_ARCHIVE);
		return;
	}
	add_archive(p, path);
	add_folder(p, path, CONFINED_WRITE);
}

bool
confined_archives(const struct confined_rule *r)
{
	return r->kind == JAIL_DECODE && strchr(r->writes, '%') != NULL;
}

/* --- what belongs to a report, a mark --- */

static void
add_report(struct confined_paths *p, const char *path)
{
	const char *slash = strrchr(path, '/');

	add(p, path, strlen(path), CONFINED_READ);
	add_beside(p, path, ".dsse.json");
	add_beside(p, path, ".minisig");
	add_sibling(p, path, "mark.tlog-proof");
	/* a report in a bundle is verified with it */
	if (strcmp(slash != NULL ? slash + 1 : path, "report.json") == 0 && add_sibling(p, path, "bundle.json"))
		add_folder(p, path, CONFINED_READ);
}

static bool
is_address(const char *text)
{
	return strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
}

static void
take(struct confined_paths *p, const struct confined_rule *r, char how, const char *value, bool writes)
{
	bool jailed = how == '.' || r->kind == JAIL_SIGN;
	const char *is;

	if (how == '%' && writes)
		add_archive_written(p, r, value);
	else if (how == '%')
		add_archive(p, value);
	else if (how == '/' && writes)
		add_folder(p, value, CONFINED_WRITE);
	else if (writes)
		add(p, value, strlen(value), jailed ? CONFINED_WRITE : CONFINED_MAKE);
	else if (how == '~')
		add_pack(p, value);
	else if (how == '!')
		add_report(p, value);
	else if (how == '=' && (is = strchr(value, '=')) != NULL)
		add(p, is + 1, strlen(is + 1), CONFINED_READ);
	else if (how == '^' && is_address(value))
		add(p, value, strlen(value), CONFINED_FETCH);
	else
		add(p, value, strlen(value), CONFINED_READ);
	if (how == '*')
		add_linked(p, value);
	if (how == '/' && !writes)
		add_folder(p, value, CONFINED_LIST);
}

static const struct opt *
option(const struct opt_table *t, struct span name)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (span_is(name, t->opts[i].name))
			return &t->opts[i];
	return NULL;
}

static void
word(struct confined_paths *p, const struct confined_rule *r, const struct opt_table *t, struct span w, int argc, char **argv,
    bool writes)
{
	char how = strchr("*~/%=!+.^", w.p[w.len - 1]) != NULL ? w.p[w.len - 1] : '\0';
	const struct opt_list *list;
	const struct opt *o;
	int at;
	size_t i;

	if (w.p[0] == '@') {
		for (at = w.p[1] - '0'; at < argc; at = how == '+' ? at + 1 : argc)
			take(p, r, how, argv[at], writes);
		return;
	}
	w.len -= how != '\0';
	o = option(t, w);
	if (o == NULL)
		return;
	if (o->kind == OPT_TEXT && *(const char *const *)o->to != NULL)
		take(p, r, how, *(const char *const *)o->to, writes);
	for (i = 0, list = o->to; o->kind == OPT_LIST && i < list->n; i++)
		take(p, r, how, list->item[i], writes);
}

static void
words(struct confined_paths *p, const struct confined_rule *r, const struct opt_table *t, const char *text, int argc, char **argv,
    bool writes)
{
	struct span rest = span_of(text), w;

	while (span_cut(&rest, ' ', &w))
		if (w.len > 0)
			word(p, r, t, w, argc, argv, writes);
}

void
confined_paths_make(const struct confined_rule *r, const struct opt_table *t, int argc, char **argv, struct confined_paths *out)
{
	*out = (struct confined_paths){0};
	words(out, r, t, r->reads, argc, argv, false);
	words(out, r, t, r->writes, argc, argv, true);
}

void
confined_paths_pack(struct confined_paths *p, const char *pack)
{
	add_pack(p, pack);
}

void
confined_paths_release(struct confined_paths *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		free(p->path[i].path);
	free(p->path);
	*p = (struct confined_paths){0};
}

static bool
is_given(const struct opt_table *t, const char *name)
{
	const struct opt *o = option(t, span_of(name));

	if (o == NULL)
		return false;
	return o->kind == OPT_FLAG ? *(const bool *)o->to : o->kind == OPT_TEXT && *(const char *const *)o->to != NULL;
}

const struct confined_rule *
confined_rule_find(const struct opt_table *t, int argc, char **argv)
{
	size_t i;

	for (i = 0; i < N_RULES; i++)
		if (strcmp(rules[i].command, t->command) == 0 &&
		    (rules[i].verb == NULL || (argc > 0 && strcmp(argv[0], rules[i].verb) == 0)) &&
		    (rules[i].given == NULL || is_given(t, rules[i].given)))
			return &rules[i];
	return NULL;
}
