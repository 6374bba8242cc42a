#include "cmd/inspect.h"
#include "base/limits.h"

#include <inttypes.h>
#include <string.h>

const char *
inspect_style(const struct inspection *v, const char *code)
{
	return v->colour ? code : "";
}

void
inspect_title(const struct inspection *v, const char *title, struct str *out)
{
	str_addf(out, "\n%s%s%s\n", inspect_style(v, STYLE_BOLD), title, inspect_style(v, STYLE_PLAIN));
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
		if (out->len - line + strlen(evidence_word(e)) + 2 > INSPECT_WIDTH) {
			line = out->len + 1;
			str_addf(out, "\n%*s", (int)sizeof(indent) - 1, "");
		}
		str_addf(out, " %s%s", evidence_word(e), bits >> e > 1 ? "," : "\n");
	}
}

/* What an earlier report had more of. */
static void
add_shrunk(const struct since *h, struct str *out)
{
	char at[UTC_TEXT];
	size_t i;

	if (!h->known)
		return;
	str_addf(out, "  since the report of %.10s%s\n", utc_format(h->than.at, at), h->n == 0 ? " nothing has shrunk" : ":");
	for (i = 0; i < h->n; i++)
		str_addf(out, "    %s shrank from %" PRIu64 " to %" PRIu64 "; limit %u %% fewer\n", h->shrunk[i].what,
		    h->shrunk[i].before, h->shrunk[i].now, SHRUNK_PERCENT_MAX);
}

void
inspect_evidence(const struct inspection *v, struct str *out)
{
	uint32_t e, absent = 0;

	inspect_title(v, "Evidence", out);
	for (e = 0; e < EV_N; e++)
		if (v->w->evidence[e].n_inputs > 0)
			add_state(evidence_word(e), &v->w->evidence[e], out);
		else
			absent |= EV_BIT(e);
	if (absent != 0)
		add_absent(absent, out);
	add_shrunk(&v->w->since, out);
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
		sep = "; ";
	}
	if (l->doubt[0] != '\0')
		str_addf(out, "%s%s", sep, l->doubt);
	str_addc(out, '\n');
}

void
inspect_lacks(const struct inspection *v, struct str *out)
{
	const struct pack *pack = NULL;
	size_t i;

	inspect_title(v, "Controls", out);
	str_addf(out, "  %zu of %zu have the evidence they need\n", v->n_controls - v->n_lacks,
	    v->n_controls);
	for (i = 0; i < v->n_lacks; i++) {
		if (pack != v->lacks[i].pack)
			str_addf(out, "  %s%s: missing for\n", v->lacks[i].pack->id, pack_label(v->lacks[i].pack));
		pack = v->lacks[i].pack;
		add_lack(&v->lacks[i], out);
	}
}
