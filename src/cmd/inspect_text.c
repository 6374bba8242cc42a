#include "cmd/inspect.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAME_WIDTH 27	/* what the other columns leave of INSPECT_WIDTH */

/* A file's name may hold anything; a terminal must not obey it. */
static void
add_name(struct str *out, const char *name)
{
	str_add_plain(out, span_of(name));
}

/* The end of a long name says more than its beginning. */
static void
add_short_name(struct str *out, const char *name)
{
	size_t n = strlen(name);

	if (n > NAME_WIDTH) {
		name += n - NAME_WIDTH + 1;
		while ((*name & 0xc0) == 0x80)	/* not into the middle of a UTF-8 sequence */
			name++;
		str_addc(out, '~');
	}
	add_name(out, name);
}

/* 1023, 4.1k, 75M: six columns at most, truncated. */
static void
add_size(struct str *out, uint64_t n)
{
	static const char unit[] = " kMGTPE";
	char buf[16];
	size_t u = 0;
	uint64_t tenths = n * 10;

	while (n >= 1024 && n < UINT64_MAX / 10) {
		tenths = n * 10 / 1024;
		n /= 1024;
		u++;
	}
	if (u == 0 || tenths >= 100)
		snprintf(buf, sizeof(buf), "%" PRIu64 "%.1s", n, u == 0 ? "" : unit + u);
	else
		snprintf(buf, sizeof(buf), "%" PRIu64 ".%" PRIu64 "%c", tenths / 10, tenths % 10, unit[u]);
	str_addf(out, "%6s", buf);
}

static void
add_time(struct str *out, const struct input *in)
{
	char buf[UTC_TEXT];

	if (!utc_known(in->time))
		str_adds(out, "-                 ");
	else	/* to the minute */
		str_addf(out, "%.16sZ%c", utc_format(in->time, buf), in->time_from_name ? '*' : ' ');
}

static char
mark_of(const struct input *in)
{
	if (in->duplicate)
		return '=';
	if (input_unusable(in))
		return '!';
	return in->kind == KIND_TEXT ? '-' : ' ';
}

static uint64_t
errors_of(const struct input *in)
{
	return diags_total(&in->diags) - in->diags.n_level[DIAG_NOTE];
}

static void
add_row(const struct inspection *v, const struct input *in, struct str *out)
{
	char hex[SHA256_HEX + 1];
	char mark = mark_of(in);

	sha256_hex(in->sha256, hex);
	str_addf(out, "%s%c %-13s ", mark == '!' ? inspect_style(v, STYLE_RED) : "", mark, kind_word(in->kind));
	add_time(out, in);
	str_addf(out, " %.*s ", v->verbose ? SHA256_HEX : 12, hex);
	add_size(out, in->size);
	str_addf(out, " %9" PRIu64 " %6" PRIu64 "  ", in->records, errors_of(in));
	if (v->verbose)
		add_name(out, in->name);
	else
		add_short_name(out, in->name);
	str_addf(out, "%s\n", mark == '!' ? inspect_style(v, STYLE_PLAIN) : "");
}

static void
add_table(const struct inspection *v, struct str *out)
{
	size_t i, n_bad = 0, n_same = 0, n_text = 0, n_named = 0;

	str_addf(out, "%s  %-13s %-18s %-*s %6s %9s %6s  FILE%s\n", inspect_style(v, STYLE_BOLD), "KIND", "TIME",
	    v->verbose ? SHA256_HEX : 12, "SHA-256", "SIZE", "RECORDS", "ERRORS", inspect_style(v, STYLE_PLAIN));
	for (i = 0; i < v->w->n_inputs; i++) {
		const struct input *in = v->inputs[i];

		add_row(v, in, out);
		n_bad += mark_of(in) == '!';
		n_same += mark_of(in) == '=';
		n_text += mark_of(in) == '-';
		n_named += in->time_from_name;
	}
	str_addf(out, "%zu file%s", v->w->n_inputs, v->w->n_inputs == 1 ? "" : "s");
	if (n_bad > 0)
		str_addf(out, "; ! %zu not used", n_bad);
	if (n_same > 0)
		str_addf(out, "; = %zu the same bytes as another", n_same);
	if (n_text > 0)
		str_addf(out, "; - %zu without data", n_text);
	if (n_named > 0)
		str_addf(out, "; * %zu with the time from the name", n_named);
	str_addc(out, '\n');
}

static void
add_reasons(const struct inspection *v, struct str *out)
{
	bool any = false;
	size_t i;

	for (i = 0; i < v->w->n_inputs; i++) {
		if (mark_of(v->inputs[i]) != '!')
			continue;
		if (!any)
			inspect_title(v, "Not used", out);
		any = true;
		str_adds(out, "  ");
		add_name(out, v->inputs[i]->name);
		str_adds(out, ": ");
		input_reason(v->inputs[i], out);
		str_addc(out, '\n');
	}
}

/* Notes are of records that are used all the same: only with -v. */
static bool
is_shown(const struct inspection *v, const struct diag_count *c)
{
	return v->verbose || c->first.level != DIAG_NOTE;
}

static void
add_diags(const struct inspection *v, struct str *out)
{
	bool any = false, named;
	char buf[256];
	size_t i, k;

	for (i = 0; i < v->w->n_inputs; i++) {
		const struct input *in = v->inputs[i];

		named = false;
		for (k = 0; k < in->diags.n_counts; k++) {
			const struct diag_count *c = &in->diags.counts[k];

			if (!is_shown(v, c))
				continue;
			if (!any)
				inspect_title(v, "Bad data: how often, what, and where first", out);
			if (!named) {
				str_adds(out, "  ");
				add_name(out, in->name);
				str_addc(out, '\n');
			}
			any = named = true;
			str_addf(out, "    %7" PRIu64 "  %s, %s\n", c->n,
			    diag_level_text(c->first.level),
			    diag_format(&c->first, buf, sizeof(buf)));
		}
	}
}


void
inspect_text(const struct inspection *v, struct str *out)
{
	add_table(v, out);
	add_reasons(v, out);
	add_diags(v, out);
	inspect_evidence(v, out);
	inspect_lacks(v, out);
}
