#include "cmd/inspect.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 100
#define NAME_WIDTH 27	/* what the other columns leave of it */

static const char *
style(const struct inspection *v, const char *code)
{
	return v->colour ? code : "";
}

#define BOLD "\033[1m"
#define RED "\033[31m"
#define PLAIN "\033[0m"

/* A file's name may hold anything; a terminal must not obey it. */
static void
add_name(struct str *out, const char *name)
{
	for (; *name != '\0'; name++)
		str_addc(out, (unsigned char)*name < 0x20 || *name == 0x7f ? '?' : *name);
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
	str_addf(out, "%s%c %-13s ", mark == '!' ? style(v, RED) : "", mark, kind_word(in->kind));
	add_time(out, in);
	str_addf(out, " %.*s ", v->verbose ? SHA256_HEX : 12, hex);
	add_size(out, in->size);
	str_addf(out, " %9" PRIu64 " %6" PRIu64 "  ", in->records, errors_of(in));
	if (v->verbose)
		add_name(out, in->name);
	else
		add_short_name(out, in->name);
	str_addf(out, "%s\n", mark == '!' ? style(v, PLAIN) : "");
}

static void
add_table(const struct inspection *v, struct str *out)
{
	size_t i, n_bad = 0, n_same = 0, n_text = 0, n_named = 0;

	str_addf(out, "%s  %-13s %-18s %-*s %6s %9s %6s  FILE%s\n", style(v, BOLD), "KIND", "TIME",
	    v->verbose ? SHA256_HEX : 12, "SHA-256", "SIZE", "RECORDS", "ERRORS", style(v, PLAIN));
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

void
input_reason(const struct input *in, struct str *out)
{
	str_adds(out, err_text(in->err));
	if (in->err_offset > 0)
		str_addf(out, " at byte %" PRIu64, in->err_offset);
	if (in->detail != NULL)
		str_addf(out, " (%s)", in->detail);
}

static void
add_title(const struct inspection *v, const char *title, struct str *out)
{
	str_addf(out, "\n%s%s%s\n", style(v, BOLD), title, style(v, PLAIN));
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
			add_title(v, "Not used", out);
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
				add_title(v, "Bad data: how often, what, and where first", out);
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


static void
add_words(uint32_t bits, const char *between, struct str *out)
{
	const char *sep = "";
	uint32_t e;

	for (e = 0; e < EV_N; e++) {
		if ((bits & EV_BIT(e)) == 0)
			continue;
		str_addf(out, "%s%s", sep, evidence_word(e));
		sep = between;
	}
}

/* "  vrps    2, of 2022-05-01 to 2022-05-02, 1 without a time" */
static void
add_state(const char *word, const struct evidence_state *s, struct str *out)
{
	char buf[UTC_TEXT];

	str_addf(out, "  %-17s%3u", word, s->n_inputs);
	if (s->n_incomplete > 0)
		str_addf(out, ", %u of them incomplete", s->n_incomplete);
	if (utc_known(s->oldest))
		str_addf(out, ", of %.10s", utc_format(s->oldest, buf));
	if (utc_known(s->newest) && s->newest.s / 86400 != s->oldest.s / 86400)
		str_addf(out, " to %.10s", utc_format(s->newest, buf));
	if (s->n_untimed > 0)
		str_addf(out, ", %u without a time", s->n_untimed);
	str_addc(out, '\n');
}

/* The words in lines of WIDTH columns. */
static void
add_absent(uint32_t bits, struct str *out)
{
	static const char indent[] = "  none of";
	size_t line = out->len;
	uint32_t e;

	str_adds(out, indent);
	for (e = 0; e < EV_N; e++) {
		if ((bits & EV_BIT(e)) == 0)
			continue;
		if (out->len - line + strlen(evidence_word(e)) + 2 > WIDTH) {
			line = out->len + 1;
			str_addf(out, "\n%*s", (int)sizeof(indent) - 1, "");
		}
		str_addf(out, " %s%s", evidence_word(e), bits >> e > 1 ? "," : "\n");
	}
}

static void
add_evidence(const struct inspection *v, struct str *out)
{
	uint32_t e, absent = 0;

	add_title(v, "Evidence", out);
	for (e = 0; e < EV_N; e++)
		if (v->w->evidence[e].n_inputs > 0)
			add_state(evidence_word(e), &v->w->evidence[e], out);
		else
			absent |= EV_BIT(e);
	if (absent != 0)
		add_absent(absent, out);
}

static void
add_lack(const struct lack *l, struct str *out)
{
	const char *sep = "";

	str_addf(out, "    %-10s ", l->control->id);
	if (l->absent != 0) {
		str_adds(out, "no ");
		add_words(l->absent, ", no ", out);
		sep = "; ";
	}
	if (l->absent_any != 0) {
		str_addf(out, "%sneither ", sep);
		add_words(l->absent_any, " nor ", out);
		sep = "; ";
	}
	if (l->incomplete != 0) {
		str_addf(out, "%sincomplete: ", sep);
		add_words(l->incomplete, ", ", out);
	}
	str_addc(out, '\n');
}

static void
add_lacks(const struct inspection *v, struct str *out)
{
	const char *pack = "";
	size_t i;

	add_title(v, "Controls", out);
	str_addf(out, "  %zu of %zu have the evidence they need\n", v->n_controls - v->n_lacks,
	    v->n_controls);
	for (i = 0; i < v->n_lacks; i++) {
		if (strcmp(pack, v->lacks[i].pack) != 0)
			str_addf(out, "  %s: missing for\n", v->lacks[i].pack);
		pack = v->lacks[i].pack;
		add_lack(&v->lacks[i], out);
	}
}

void
inspect_text(const struct inspection *v, struct str *out)
{
	add_table(v, out);
	add_reasons(v, out);
	add_diags(v, out);
	add_evidence(v, out);
	add_lacks(v, out);
}
