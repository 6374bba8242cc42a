#include "decode/csv.h"
#include "base/limits.h"
#include "decode/lines.h"
#include "decode/relations.h"

#define RULE "CAIDA AS organisations: the columns that its # format: line names"

enum section { NONE, ORGS, ASES };

struct asorg {
	struct lines l;
	enum section section;
	size_t columns, id, name, country, org_id, source;	/* where each column is */
	bool seen_orgs, seen_ases;
	struct asorg_stats *st;
};

/* The place of a column, SIZE_MAX when it is not there. */
static size_t
column(const struct span *f, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (span_is(f[i], name))
			return i;
	return SIZE_MAX;
}

/* "# format:aut|changed|aut_name|org_id|opaque_id|source" opens a section. */
static void
read_format(struct asorg *o, struct span s)
{
	struct span f[ASORG_COLUMNS_MAX];
	size_t n = csv_plain(s, '|', f, ASORG_COLUMNS_MAX);
	bool ases;

	o->section = NONE;
	if (n > ASORG_COLUMNS_MAX) {
		diag_add(o->l.d, DIAG_STOP_SOURCE, ERR_LIMIT, o->l.n, o->l.offset, "asorg.format", "limit ASORG_COLUMNS_MAX");
		return;
	}
	ases = column(f, n, "aut") != SIZE_MAX;
	o->columns = n;
	o->id = column(f, n, ases ? "aut" : "org_id");
	o->name = column(f, n, ases ? "aut_name" : "org_name");
	o->country = column(f, n, "country");
	o->org_id = column(f, n, "org_id");
	o->source = column(f, n, "source");
	if (o->id == SIZE_MAX || o->name == SIZE_MAX || o->org_id == SIZE_MAX ||
	    o->source == SIZE_MAX || (!ases && o->country == SIZE_MAX)) {
		lines_stop(&o->l, ERR_UNKNOWN, "asorg.format");
		return;
	}
	o->section = ases ? ASES : ORGS;
	o->seen_orgs = o->seen_orgs || !ases;
	o->seen_ases = o->seen_ases || ases;
}

/* "# date: 202204" or "# date: 20220401" */
static void
read_date(struct asorg *o, struct span s)
{
	uint64_t v;
	int y, m, d;

	s = span_trim(s);
	if ((s.len == 6 || s.len == 8) && span_u64(s, 99999999, &v) == OK) {
		v = s.len == 6 ? v * 100 + 1 : v;
		y = (int)(v / 10000);
		m = (int)(v / 100 % 100);
		d = (int)(v % 100);
		if (m >= 1 && m <= 12 && d >= 1 && d <= 31) {
			o->st->time = utc_from_date(y, m, d, 0, 0, 0);
			return;
		}
	}
	diag_add(o->l.d, DIAG_SKIP_FIELD, ERR_SYNTAX, o->l.n, o->l.offset, "asorg.date", RULE);
}

static void
read_comment(struct asorg *o, struct span s)
{
	const struct span format = SPAN("# format:"), date = SPAN("# date:");

	if (span_starts(s, format.p))
		read_format(o, (struct span){s.p + format.len, s.len - format.len});
	else if (span_starts(s, date.p))
		read_date(o, (struct span){s.p + date.len, s.len - date.len});
}

static enum err
read_org(struct asorg *o, const struct span *f, const struct asorg_sink *sink)
{
	struct asorg_org org = {f[o->id], f[o->name], f[o->country], f[o->source]};

	if (org.id.len == 0) {
		lines_bad(&o->l, ERR_SYNTAX, "asorg.org_id");
		return OK;
	}
	o->st->orgs++;
	return sink->org != NULL ? sink->org(sink->arg, &org) : OK;
}

static enum err
read_as(struct asorg *o, const struct span *f, const struct asorg_sink *sink)
{
	struct asorg_as as = {0, f[o->name], f[o->org_id], f[o->source]};
	enum err e = span_u32(f[o->id], UINT32_MAX, &as.asn);

	if (e != OK || as.org_id.len == 0) {
		lines_bad(&o->l, e != OK ? e : ERR_SYNTAX, e != OK ? "asorg.aut" : "asorg.org_id");
		return OK;
	}
	o->st->ases++;
	return sink->as != NULL ? sink->as(sink->arg, &as) : OK;
}

static enum err
read_row(struct asorg *o, const struct asorg_sink *sink)
{
	struct span f[ASORG_COLUMNS_MAX];

	if (o->section == NONE) {
		lines_bad(&o->l, ERR_UNKNOWN, "asorg.format");
		return OK;
	}
	if (csv_plain(o->l.text, '|', f, ASORG_COLUMNS_MAX) != o->columns) {
		lines_bad(&o->l, ERR_SYNTAX, "asorg.line");
		return OK;
	}
	return o->section == ORGS ? read_org(o, f, sink) : read_as(o, f, sink);
}

enum err
asorg_decode(struct feed *f, const struct asorg_sink *sink, struct diags *d,
    struct asorg_stats *st)
{
	struct asorg o = {.l = lines_of(f, d, "asorg.line", RULE), .st = st};

	*st = (struct asorg_stats){.time = UTC_NONE};
	while (lines_next(&o.l)) {
		if (span_blank(o.l.text))
			continue;
		if (o.l.text.p[0] == '#')
			read_comment(&o, o.l.text);
		else
			TRY(read_row(&o, sink));
	}
	/* both sections stand in one file; one of them missing is a file cut short */
	if (feed_err(f) == OK && !(o.seen_orgs && o.seen_ases))
		lines_stop(&o.l, ERR_SHORT, o.seen_orgs ? "asorg.aut" : "asorg.org_id");
	return lines_end(&o.l);
}
