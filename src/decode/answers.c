#include "decode/answers.h"
#include "addr/asn.h"
#include "decode/csv.h"

#include <string.h>

#define RULE "requirement.md 7: comma-separated; Question ID, ASN, Provider answer (Yes, No, NA); dates YYYY-MM-DD"

enum column { QUESTION, ASN, ANSWER, TEXT, BY, ON, UNTIL, COLUMN_N };
#define NEEDED (ANSWER + 1)	/* the first ones, without which there is no answer */

static const char *const names[COLUMN_N] = {"Question ID", "ASN", "Provider answer", "Implementation description",
    "Attested by", "Attested on", "Valid until"};

struct sheet {
	struct csv csv;
	size_t at[COLUMN_N];	/* SIZE_MAX: not there */
	const char *field;	/* what is wrong with the row at hand */
};

static size_t
times(const struct csv *c, const char *name)
{
	size_t i, n = 0;

	for (i = 0; i < c->n; i++)
		n += span_is_nocase(span_trim(c->f[i]), name);
	return n;
}

static bool
read_header(struct sheet *s, struct lines l)
{
	size_t i;

	if (!csv_header(&s->csv, l))
		return false;
	for (i = 0; i < COLUMN_N; i++) {
		s->at[i] = csv_column(&s->csv, names[i]);
		if ((i < NEEDED && s->at[i] == SIZE_MAX) || times(&s->csv, names[i]) > 1) {
			lines_stop(&s->csv.l, s->at[i] == SIZE_MAX ? ERR_UNKNOWN : ERR_CONTRADICT, names[i]);
			return false;
		}
	}
	return true;
}

static struct span
cell(const struct sheet *s, enum column c)
{
	return s->at[c] == SIZE_MAX ? (struct span){"", 0} : span_trim(s->csv.f[s->at[c]]);
}

static enum err
read_text(struct sheet *s, enum column c, struct span *out)
{
	s->field = names[c];
	*out = cell(s, c);
	if (out->len > ANSWER_TEXT_MAX)
		return ERR_LIMIT;
	return out->len > 0 && memchr(out->p, '\0', out->len) != NULL ? ERR_SYNTAX : OK;
}

/* No asdot: 64500 with a separator of thousands is written the same. */
static enum err
read_asn(struct sheet *s, uint32_t *out)
{
	struct span text = cell(s, ASN);

	s->field = names[ASN];
	return memchr(text.p, '.', text.len) != NULL ? ERR_SYNTAX : asn_parse(text, out);
}

/* RFC 3339's forms: of those that utc_parse knows, the ones that nobody reads in two ways. */
static bool
is_rfc3339(struct span s)
{
	static const size_t date = sizeof("2026-11-03") - 1, zone = sizeof("+00:00") - 1;

	if (s.len < date || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (s.len == date)
		return true;
	return s.p[s.len - 1] == 'Z' || s.p[s.len - 1] == 'z' ||
	    (s.len > date + zone && strchr("+-", s.p[s.len - zone]) != NULL);
}

/* A spreadsheet's "11/3/2026" is of two days. */
static enum err
read_date(struct sheet *s, enum column c, struct utc *out)
{
	struct span text = cell(s, c);

	s->field = names[c];
	*out = UTC_NONE;
	if (text.len == 0)
		return OK;
	return is_rfc3339(text) ? utc_parse(text, out) : ERR_SYNTAX;
}

static enum err
read_said(struct sheet *s, enum said *out)
{
	static const char *const words[] = {[SAID_YES] = "Yes", [SAID_NO] = "No", [SAID_NOT_APPLICABLE] = "NA"};
	unsigned i;

	s->field = names[ANSWER];
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_is_nocase(cell(s, ANSWER), words[i])) {
			*out = (enum said)i;
			return OK;
		}
	return ERR_SYNTAX;
}

static enum err
read_row(struct sheet *s, struct answer_row *r)
{
	*r = (struct answer_row){.line = s->csv.l.n};
	TRY(read_said(s, &r->said));
	TRY(read_text(s, QUESTION, &r->question));
	if (r->question.len == 0)
		return ERR_SYNTAX;
	TRY(read_asn(s, &r->asn));
	TRY(read_text(s, TEXT, &r->text));
	TRY(read_text(s, BY, &r->by));
	TRY(read_date(s, ON, &r->on));
	TRY(read_date(s, UNTIL, &r->until));
	return utc_known(r->on) && utc_known(r->until) && r->until.s < r->on.s ? ERR_CONTRADICT : OK;
}

enum err
answers_decode(struct feed *f, enum err (*fn)(void *arg, const struct answer_row *), void *arg, struct diags *d,
    struct answers_stats *stats)
{
	struct sheet s = {0};
	struct answer_row r;
	enum err e = OK, bad;

	*stats = (struct answers_stats){0};
	if (read_header(&s, lines_of(f, d, "answers.line", RULE)))
		while (e == OK && csv_next(&s.csv)) {
			if (cell(&s, ANSWER).len == 0) {
				stats->unanswered++;
				continue;
			}
			bad = read_row(&s, &r);
			if (bad != OK) {
				lines_bad(&s.csv.l, bad, s.field);
				continue;
			}
			stats->answered++;
			e = fn(arg, &r);
		}
	csv_release(&s.csv);
	return e != OK ? e : lines_end(&s.csv.l);
}
