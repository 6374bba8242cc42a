/* description: lines of words to what each world is made of, and the files that it is written to. */
#include "oddity.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct world world;

void
die(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

static void
line_add(const struct line *l, unsigned block)
{
	if (world.n == LINES)
		die("too many lines");
	world.line[world.n] = *l;
	world.line[world.n++].block = block;
}

/* What stands before the first block and names a network of a block's own. */
static bool
is_local(const struct line *l)
{
	bool local = false;
	int k;

	for (k = 1; k < l->n; k++)
		local = local || (strspn(l->word[k], "0123456789") == strlen(l->word[k]) && atoi(l->word[k]) >= SHARED &&
		    strcmp(l->word[0], "vrp") != 0);
	return local;
}

static struct line
line_cut(char *row)
{
	struct line l = {.n = 0};
	char *save, *word;

	row[strcspn(row, "#")] = '\0';
	for (word = strtok_r(row, " \t", &save); word != NULL; word = strtok_r(NULL, " \t", &save))
		if (l.n < WORDS)
			l.word[l.n++] = word;
	return l;
}

void
read_worlds(const char *path, bool list)
{
	static char text[1 << 20];
	static struct line every[64];
	FILE *f = fopen(path, "r");
	char *row, *save;
	unsigned block = 0;
	int n_every = 0, i;
	bool wanted = true;

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	for (row = strtok_r(text, "\n", &save); row != NULL; row = strtok_r(NULL, "\n", &save)) {
		struct line l = line_cut(row);

		if (l.n == 3 && strcmp(l.word[0], "oddity") == 0) {
			block = (unsigned)atoi(l.word[1]);
			wanted = world.name == NULL || strcmp(world.name, l.word[2]) == 0;
			for (i = 0; i < n_every && wanted; i++)
				line_add(&every[i], block);
			if (list)
				printf("%u %s\n", block, l.word[2]);
		} else if (l.n > 0 && block == 0 && is_local(&l) && n_every < 64) {
			every[n_every++] = l;
		} else if (l.n > 0 && wanted) {
			line_add(&l, block);
			if (list && strcmp(l.word[0], "guilty") == 0)
				printf("%u guilty %d\n", block, 1000000 + 1000 * (int)block + atoi(l.word[1]));
		}
	}
}

uint32_t
asn(const struct line *l, const char *word)
{
	uint32_t n = (uint32_t)strtoul(word + (*word == '='), NULL, 10);

	if (!isdigit((unsigned char)word[*word == '=']))
		die("%s ... %s: not an AS number", l->word[0], word);
	return *word == '=' ? n : n < SHARED ? 1000000 + n : 1000000 + 1000 * l->block + n;
}

const char *
prefix(const struct line *l, const char *word)
{
	static char text[4][64];
	static int i;
	char *out = text[i++ % 4];
	int dots = 0;
	const char *p;

	for (p = word; *p != '\0'; p++)
		dots += *p == '.';
	if (word[0] == ':' && word[1] != ':')
		snprintf(out, 64, "2a05:%x%s", l->block, word);
	else if (dots == 1)
		snprintf(out, 64, "19.%u.%s", l->block, word);
	else
		snprintf(out, 64, "%s", word);
	return out;
}

struct prefix
parse(const struct line *l, const char *word)
{
	struct prefix p;
	bool host_bits;

	if (prefix_parse(span_of(prefix(l, word)), &p, &host_bits) != OK || host_bits)
		die("%s ... %s: not a prefix", l->word[0], word);
	return p;
}

bool
is(const struct line *l, const char *what)
{
	return strcmp(l->word[0], what) == 0;
}

bool
has(const char *kind)
{
	return strstr(world.without, kind) == NULL;
}

bool
is_stale(const char *kind)
{
	return strstr(world.stale, kind) != NULL;
}

const char *
dated(const char *kind, const char *format)
{
	static char text[4][64];
	static int i;
	char *out = text[i++ % 4];
	const char *at = strstr(format, "%s");

	snprintf(out, sizeof(text[0]), "%.*s%s%s", (int)(at - format), format, is_stale(kind) ? "20290601" : "20310601", at + 2);
	return out;
}

FILE *
begin(const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", world.dir, name);
	f = fopen(path, "w");
	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	return f;
}

void
end(FILE *f)
{
	if (fclose(f) != 0)
		die("cannot write: %s", strerror(errno));
}
