#include "cmd/opt.h"
#include "base/arena.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/note.h"

#include <assert.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
opt_misuse(const struct opt_table *t, const char *fmt, ...)
{
	struct str what = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&what, fmt, ap);
	va_end(ap);
	note(t->command, "%s", what.p);
	str_release(&what);
	fprintf(stderr, "usage: routemark %s %s\n", t->command, t->synopsis);
	return EXIT_USAGE;
}

static void
print_row(char letter, const char *name, const char *arg, const char *help)
{
	char left[80];
	int n;

	n = snprintf(left, sizeof(left), "  %c%c%s--%s%s%s", letter != 0 ? '-' : ' ',
	    letter != 0 ? letter : ' ', letter != 0 ? ", " : "  ", name, arg != NULL ? " " : "",
	    arg != NULL ? arg : "");
	assert(n > 0 && (size_t)n < sizeof(left));
	printf("%-28s%s%s\n", left, n >= 28 ? "\n                            " : "", help);
}

static void
print_help(const struct opt_table *t)
{
	size_t i;

	printf("usage: routemark %s %s\n\n%s\n\n%s\n", t->command, t->synopsis, t->line, t->examples);
	for (i = 0; i < t->n; i++)
		print_row(t->opts[i].letter, t->opts[i].name, t->opts[i].arg, t->opts[i].help);
	print_row('h', "help", NULL, "this text");
}

static void
list_add(struct opt_list *l, const char *value)
{
	struct span rest = span_of(value), piece;
	char *copy;

	while (span_cut(&rest, ',', &piece)) {
		if (piece.len == 0)
			continue;
		l->item = grow(l->item, &l->cap, l->n + 1, sizeof(*l->item));
		copy = xmalloc(piece.len + 1);
		memcpy(copy, piece.p, piece.len);
		copy[piece.len] = '\0';
		l->item[l->n++] = copy;
	}
}

void
opt_list_release(struct opt_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->item[i]);
	free(l->item);
	*l = (struct opt_list){0};
}

/* Store one value; OPT_GO_ON or EXIT_USAGE. */
static int
take(const struct opt_table *t, const struct opt *o, const char *value)
{
	enum err e;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)o->to = true;
		return OPT_GO_ON;
	case OPT_TEXT:
		*(const char **)o->to = value;
		return OPT_GO_ON;
	case OPT_LIST:
		list_add(o->to, value);
		return OPT_GO_ON;
	case OPT_NUMBER: {
		uint32_t v = 0;

		e = span_u32(span_of(value), o->max, &v);
		if (e != OK || v < o->min)
			return opt_misuse(t, "--%s takes a number from %u to %u, not \"%s\"", o->name, o->min,
			    o->max, value);
		*(uint32_t *)o->to = v;
		return OPT_GO_ON;
	}
	case OPT_TIME:
		if (utc_parse(span_of(value), o->to) != OK)
			return opt_misuse(t, "--%s takes a time as 2022-05-01 or 2022-05-01T00:00:00Z, not \"%s\"",
			    o->name, value);
		return OPT_GO_ON;
	}
	abort();	/* no such kind */
}

/* The tables of getopt_long from ours: a long option's val is 256 + its row. */
static void
getopt_tables(const struct opt_table *t, struct option *longs, char *shorts)
{
	size_t i;

	assert(t->n <= OPT_MAX);
	*shorts++ = ':';
	for (i = 0; i < t->n; i++) {
		assert((t->opts[i].kind == OPT_FLAG) == (t->opts[i].arg == NULL));
		longs[i] = (struct option){t->opts[i].name,
		    t->opts[i].arg != NULL ? required_argument : no_argument, NULL, 256 + (int)i};
		if (t->opts[i].letter != 0) {
			*shorts++ = t->opts[i].letter;
			if (t->opts[i].arg != NULL)
				*shorts++ = ':';
		}
	}
	longs[i] = (struct option){"help", no_argument, NULL, 'h'};
	longs[i + 1] = (struct option){0};
	strcpy(shorts, "h");
}

static const struct opt *
row_of(const struct opt_table *t, int c)
{
	size_t i;

	if (c >= 256 && (size_t)c - 256 < t->n)
		return &t->opts[c - 256];
	for (i = 0; i < t->n; i++)
		if (c != 0 && t->opts[i].letter == c)
			return &t->opts[i];
	return NULL;
}

int
opt_parse(const struct opt_table *t, int argc, char **argv, int *first)
{
	struct option longs[OPT_MAX + 2];
	char shorts[2 * OPT_MAX + 3];
	const struct opt *o;
	int c, status;

	getopt_tables(t, longs, shorts);
	opterr = 0;
	optind = 0;	/* start anew, also in tests that parse twice */
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (c == 'h') {
			print_help(t);
			return EXIT_DONE;
		}
		if (c == ':')
			return opt_misuse(t, "%s needs a value", argv[optind - 1]);
		o = row_of(t, c);
		if (o == NULL)
			return opt_misuse(t, "unknown option %s", argv[optind - 1]);
		status = take(t, o, optarg);
		if (status != OPT_GO_ON)
			return status;
	}
	*first = optind;
	return confined_enter(t, argc - optind, argv + optind);
}
