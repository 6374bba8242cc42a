#include "addr/asn.h"
#include "decode/csv.h"
#include "decode/spoofer_int.h"

#define RULE "Shadowserver IP spoofer report: a row per session and family"

struct spoofer {
	struct csv csv;
	size_t time, asn, network, result, session, nat;	/* columns */
	const char *field;	/* what is wrong with the row at hand */
};

/* The second form splits endpoints, so that the tested one is "src_asn". */
static bool
read_header(struct spoofer *s, struct lines l)
{
	if (!csv_header(&s->csv, l))
		return false;
	s->time = csv_column(&s->csv, "timestamp");
	s->asn = csv_column(&s->csv, "asn");
	if (s->asn == SIZE_MAX)
		s->asn = csv_column(&s->csv, "src_asn");
	s->network = csv_column(&s->csv, "network");
	s->result = csv_column(&s->csv, "routedspoof");
	s->session = csv_column(&s->csv, "session");
	s->nat = csv_column(&s->csv, "nat");
	if (s->time != SIZE_MAX && s->asn != SIZE_MAX && s->network != SIZE_MAX &&
	    s->result != SIZE_MAX && s->session != SIZE_MAX && s->nat != SIZE_MAX)
		return true;
	lines_stop(&s->csv.l, ERR_UNKNOWN, "spoofer.header");
	return false;
}

static enum err
read_row(struct spoofer *s, struct spoofer_test *t)
{
	const struct span *f = s->csv.f;
	bool host_bits;

	*t = (struct spoofer_test){.priv = SPOOF_NONE};	/* neither form tells of private sources */
	s->field = "spoofer.session";
	TRY(span_u64(f[s->session], UINT64_MAX, &t->session));
	s->field = "spoofer.timestamp";
	TRY(utc_parse(f[s->time], &t->time));
	s->field = "spoofer.asn";
	TRY(asn_parse(f[s->asn], &t->asn));
	s->field = "spoofer.network";
	TRY(prefix_parse(f[s->network], &t->client, &host_bits));
	if (host_bits)
		return ERR_RANGE;
	s->field = "spoofer.nat";
	t->nat = span_is_nocase(f[s->nat], "True");
	if (!t->nat && !span_is_nocase(f[s->nat], "False"))
		return ERR_SYNTAX;
	t->routed = spoof_result_of(f[s->result]);
	return OK;
}

enum err
spoofer_csv_decode(struct feed *f, enum err (*fn)(void *arg, const struct spoofer_test *),
    void *arg, struct diags *d, uint64_t *n_sessions)
{
	struct spoofer s;
	struct spoofer_test t;
	uint64_t last = UINT64_MAX;	/* the rows of a session stand together */
	enum err e = OK, bad;

	*n_sessions = 0;
	if (read_header(&s, lines_of(f, d, "spoofer.line", RULE)))
		while (e == OK && csv_next(&s.csv)) {
			bad = read_row(&s, &t);
			if (bad != OK) {
				lines_bad(&s.csv.l, bad, s.field);
				continue;
			}
			*n_sessions += t.session != last;
			last = t.session;
			e = fn(arg, &t);
		}
	csv_release(&s.csv);
	return e != OK ? e : lines_end(&s.csv.l);
}
