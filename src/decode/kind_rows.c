/*
 * The forms of data lines, and the headers. One bad line among the first ones is the decoder's to
 * report; a file whose first line or most lines have another form is not that kind.
 */
#include "decode/kind_int.h"

#include "addr/asn.h"
#include "addr/prefix.h"
#include "decode/csv.h"

#include <string.h>

#define SNIFF_LINE_MAX 4096u	/* longest line looked into; the widest header has 500 bytes */

/* The fields of a CSV line, 0 when it is too long or none. */
static size_t
fields(struct span s, char scratch[static SNIFF_LINE_MAX], struct span *f, size_t cap)
{
	return s.len > SNIFF_LINE_MAX ? 0 : csv_split(s, scratch, f, cap);
}

static bool
line_delegated(struct span s)
{
	struct span f[8];
	size_t n = csv_plain(s, '|', f, 8);

	return (n == 6 && span_is(f[5], "summary")) ||
	    (n >= 7 && (span_is(f[2], "ipv4") || span_is(f[2], "ipv6") || span_is(f[2], "asn")));
}

/* "2|ripencc|20130418|111223|19830705|20130418|+0200" */
static bool
line_delegated_version(struct span s)
{
	struct span f[8];
	uint64_t n;

	return csv_plain(s, '|', f, 8) == 7 && f[0].len <= 3 && span_starts(f[0], "2") &&
	    f[1].len > 0 && span_u64(f[3], UINT32_MAX, &n) == OK;
}

static bool
line_relation(struct span s, size_t columns)
{
	struct span f[5];
	uint32_t asn;

	return csv_plain(s, '|', f, 5) == columns && span_u32(f[0], UINT32_MAX, &asn) == OK &&
	    span_u32(f[1], UINT32_MAX, &asn) == OK &&
	    (span_is(f[2], "-1") || span_is(f[2], "0") || span_is(f[2], "1"));
}

static bool
line_as_rel(struct span s)
{
	return line_relation(s, 3);
}

static bool
line_as_rel2(struct span s)
{
	return line_relation(s, 4);
}

/* Digits with any of the separators between them: the origins of a pfx2as line. */
static bool
is_asns(struct span s, const char *seps)
{
	size_t i;

	if (s.len == 0)
		return false;
	for (i = 0; i < s.len; i++)
		if ((s.p[i] < '0' || s.p[i] > '9') && strchr(seps, s.p[i]) == NULL)
			return false;
	return true;
}

static bool
line_pfx2as(struct span s)
{
	struct span f[4];
	struct addr a;
	uint32_t len;

	return csv_plain(s, '\t', f, 4) == 3 && addr_parse(f[0], &a) == OK &&
	    span_u32(f[1], family_bits(a.family), &len) == OK && is_asns(f[2], "_,");
}

static bool
line_riswhois(struct span s)
{
	struct span f[4];
	struct prefix p;
	bool host_bits;
	uint32_t peers;

	return csv_plain(s, '\t', f, 4) == 3 && prefix_parse(f[1], &p, &host_bits) == OK &&
	    span_u32(f[2], UINT32_MAX, &peers) == OK && is_asns(f[0], "{},");
}

/* ASN,prefix,maxLength[,...], in RIPE's archive behind a URI column; no maxLength is an empty one */
static bool
line_vrp(struct span s)
{
	char scratch[SNIFF_LINE_MAX];
	struct span f[16];
	size_t n = fields(s, scratch, f, 16), at;
	struct prefix p;
	bool host_bits;
	uint32_t v;

	if (n < 3)
		return false;
	at = span_starts(f[0], "rsync://") ? 1 : 0;
	return n >= at + 3 && asn_parse(f[at], &v) == OK &&
	    prefix_parse(f[at + 1], &p, &host_bits) == OK &&
	    (f[at + 2].len == 0 || span_u32(f[at + 2], 128, &v) == OK);
}

static bool
line_iana(struct span s)
{
	struct span first;
	size_t i;

	if (s.len > 0 && s.p[0] == '"') {
		s.p++;
		s.len--;
	}
	if (!span_cut(&s, '/', &first) || s.p == NULL || first.len == 0)
		return false;
	for (i = 0; i < first.len; i++)
		if (strchr("0123456789abcdefABCDEF.:", first.p[i]) == NULL)
			return false;
	return true;
}

/* A field that may stand open at the line's end continues on the next line; so no count. */
static bool
line_csv(struct span s)
{
	return memchr(s.p, ',', s.len) != NULL;
}

static bool
line_as_org(struct span s)
{
	struct span f[8];
	size_t n = csv_plain(s, '|', f, 8);

	return n == 5 || n == 6;
}

/* Do the data lines from the given one on have a form: the first must, and most. */
static bool
lines_are(const struct kind_head *h, size_t from, bool (*form)(struct span))
{
	size_t i, good = 0;

	if (from >= h->n || !form(h->line[from]))
		return false;
	for (i = from; i < h->n; i++)
		good += form(h->line[i]);
	return good * 2 > h->n - from;
}

static bool
has(const struct span *f, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (span_is_nocase(span_trim(f[i]), name))
			return true;
	return false;
}

/* A CSV with a header line: the columns that make it what it is must all be there. */
enum input_kind
kind_csv(const struct kind_head *h)
{
	static const struct {
		enum input_kind kind;
		const char *column[3];
		bool (*form)(struct span);
	} csv[] = {
	    {KIND_VRP_CSV, {"ASN", "IP Prefix", "Max Length"}, line_vrp},
	    {KIND_IANA_SPECIAL, {"Address Block", "RFC", "Globally Reachable"}, line_iana},
	    {KIND_SPOOFER_CSV, {"session", "routedspoof", "network"}, line_csv},
	    {KIND_MANRS_CSV, {"Organization Name", "ASNs", "Action 1: Filtering"}, line_csv},
	};
	char scratch[SNIFF_LINE_MAX];
	struct span f[64];
	size_t n = h->n == 0 ? 0 : fields(h->line[0], scratch, f, 64), i;

	for (i = 0; n > 1 && i < sizeof(csv) / sizeof(csv[0]); i++) {
		if (!has(f, n, csv[i].column[0]) || !has(f, n, csv[i].column[1]) ||
		    !has(f, n, csv[i].column[2]))
			continue;
		return h->n == 1 || lines_are(h, 1, csv[i].form) ? csv[i].kind : KIND_UNKNOWN;
	}
	return KIND_UNKNOWN;
}

enum input_kind
kind_rows(const struct kind_head *h)
{
	static const struct {
		enum input_kind kind;
		bool (*form)(struct span);
	} rows[] = {
	    {KIND_PFX2AS, line_pfx2as},
	    {KIND_RISWHOIS, line_riswhois},
	    {KIND_AS_REL, line_as_rel},
	    {KIND_AS_REL2, line_as_rel2},
	    {KIND_VRP_CSV, line_vrp},
	};
	size_t i;

	if (h->n > 0 && line_delegated_version(h->line[0]))
		return h->n == 1 || lines_are(h, 1, line_delegated) ? KIND_DELEGATED : KIND_UNKNOWN;
	if (span_starts(h->format, "# format:org_id|") || span_starts(h->format, "# format:aut|"))
		return lines_are(h, 0, line_as_org) ? KIND_AS_ORG : KIND_UNKNOWN;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (lines_are(h, 0, rows[i].form))
			return rows[i].kind;
	return KIND_UNKNOWN;
}
