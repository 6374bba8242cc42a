/* mark_line: the line that an issued entry has as its reason. What is read is written again and compared. */
#include "base/limits.h"
#include "seal/mark.h"
#include "seal/status.h"

#define OF "mark of AS"
#define BY " by "
#define TO ", valid to "
#define REPORT ", report "

void
mark_line_of(struct mark_line *out, const struct mark *m, struct arena *a)
{
	*out = (struct mark_line){m->asn, m->pack.id, arena_printf(a, "%s%s", m->pack.version, mark_label(m->pack.status)),
	    m->valid_to, m->report};
}

void
mark_line_write(struct str *out, const struct mark_line *l)
{
	str_addf(out, OF "%u" BY "%s %s" TO "%s" REPORT "%s", l->asn, l->pack, l->version, l->valid_to, l->report);
}

/* The end of *rest that has len bytes, behind a word; what stands before both stays. */
static bool
tail_cut(struct span *rest, const char *word, size_t len, struct arena *a, const char **out)
{
	size_t n = strlen(word);

	if (rest->len < n + len || memcmp(rest->p + rest->len - len - n, word, n) != 0)
		return false;
	*out = arena_strdup(a, (struct span){rest->p + rest->len - len, len});
	rest->len -= n + len;
	return true;
}

/* "version" or "version (label)": one of those that mark_label gives. */
static bool
version_good(const char *s)
{
	static const char *const statuses[] = {"published", "proposed", "proposal"};
	size_t n = strcspn(s, " "), i;

	for (i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
		if (strcmp(s + n, mark_label(statuses[i])) == 0)
			return n > 0 && strcspn(s, ",()") >= n;
	return false;
}

enum err
mark_line_read(struct span text, struct arena *a, struct mark_line *out)
{
	struct mark_line l = {.asn = 0};
	struct span rest = text, word;
	struct str again = {0};
	bool same;

	if (text.len > STATUS_REASON_MAX || !span_starts(rest, OF) || memchr(text.p, '\0', text.len) != NULL)
		return ERR_SYNTAX;
	rest.p += sizeof(OF) - 1;
	rest.len -= sizeof(OF) - 1;
	if (!tail_cut(&rest, REPORT, SHA256_HEX, a, &l.report) || !tail_cut(&rest, TO, MARK_TIME, a, &l.valid_to) ||
	    !status_digest_good(l.report) || !status_time_good(l.valid_to))
		return ERR_SYNTAX;
	if (!span_cut(&rest, ' ', &word) || span_u32(word, UINT32_MAX, &l.asn) != OK || !span_cut(&rest, ' ', &word) ||
	    !span_is(word, "by") || !span_cut(&rest, ' ', &word) || word.len == 0 || rest.len == 0)
		return ERR_SYNTAX;
	l.pack = arena_strdup(a, word);
	l.version = arena_strdup(a, rest);
	if (strpbrk(l.pack, ",()") != NULL || !version_good(l.version))
		return ERR_SYNTAX;
	mark_line_write(&again, &l);
	same = span_eq(str_span(&again), text);
	str_release(&again);
	if (!same)
		return ERR_SYNTAX;
	*out = l;
	return OK;
}
