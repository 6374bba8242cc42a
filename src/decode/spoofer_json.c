/*
 * Spoofer sessions as CAIDA's API gives them: pages of JSON-LD with the sessions under
 * "hydra:member", or a plain list of sessions. A session may have a test per family.
 */
#include "addr/asn.h"
#include "base/json_r.h"
#include "decode/spoofer_int.h"

struct side {			/* a session's test in one family */
	bool asn, client, nat;	/* there is one that can be read */
	enum err err;		/* one was there that cannot, with its name */
	const char *field;
	struct spoofer_test test;
};

struct session {
	struct side side[FAMILY_N];
	uint64_t number;
	struct utc time;
	bool has_number, has_time;
};

struct dec {
	struct json_r r;
	enum err (*fn)(void *arg, const struct spoofer_test *);
	void *arg;
	struct diags *d;
	uint64_t n;
	enum err stop;
};

enum member { M_ASN, M_CLIENT, M_NAT, M_ROUTED, M_PRIVATE, M_N };

static const struct {
	struct span key;
	const char *field;
} members[FAMILY_N][M_N] = {
#define NAMED(name) {{name, sizeof(name) - 1}, "spoofer." name}
    {NAMED("asn4"), NAMED("client4"), NAMED("nat4"), NAMED("routedspoof"), NAMED("privatespoof")},
    {NAMED("asn6"), NAMED("client6"), NAMED("nat6"), NAMED("routedspoof6"),
     NAMED("privatespoof6")},
#undef NAMED
};

static enum err
read_asn(struct json_r *r, enum json_tok tok, struct side *side)
{
	enum err e = ERR_SYNTAX;

	if (tok == JSON_STR)
		e = asn_parse(r->text, &side->test.asn);
	else if (tok == JSON_NUM)
		e = span_u32(r->text, UINT32_MAX, &side->test.asn);
	side->asn = e == OK;
	return e;
}

static enum err
read_client(struct json_r *r, enum json_tok tok, struct side *side, unsigned family)
{
	struct prefix p;
	bool host_bits;

	if (tok != JSON_STR)
		return ERR_SYNTAX;
	TRY(prefix_parse(r->text, &p, &host_bits));
	if (p.family != family || host_bits)
		return ERR_RANGE;
	side->test.client = p;
	side->client = true;
	return OK;
}

/* The value of a member that has one (not null). */
static enum err
read_value(struct json_r *r, enum json_tok tok, struct side *side, unsigned family,
    enum member m)
{
	enum spoof_result *out = m == M_ROUTED ? &side->test.routed : &side->test.priv;

	switch (m) {
	case M_ASN:
		return read_asn(r, tok, side);
	case M_CLIENT:
		return read_client(r, tok, side, family);
	case M_NAT:
		side->nat = true;
		side->test.nat = tok == JSON_LIT_TRUE;
		return tok == JSON_LIT_TRUE || tok == JSON_LIT_FALSE ? OK : ERR_SYNTAX;
	case M_ROUTED:
	case M_PRIVATE:
		if (tok != JSON_STR)
			return ERR_SYNTAX;
		*out = spoof_result_of(r->text);
		return OK;
	case M_N:
		break;
	}
	return ERR_SYNTAX;
}

/* session and timestamp; false when the member is none of them. */
static bool
read_common(struct dec *c, struct session *s)
{
	struct json_r *r = &c->r;
	enum json_tok tok;

	if (JSON_IS(r, "session")) {
		tok = json_next(r);
		s->has_number = tok == JSON_NUM && span_u64(r->text, UINT64_MAX, &s->number) == OK;
	} else if (JSON_IS(r, "timestamp")) {
		tok = json_next(r);
		s->has_time = tok == JSON_STR && utc_parse(r->text, &s->time) == OK;
	} else {
		return false;
	}
	json_skip(r, tok);
	return true;
}

static void
read_member(struct dec *c, struct session *s)
{
	struct json_r *r = &c->r;
	unsigned family, m = M_N;
	enum json_tok tok;
	enum err e;

	if (read_common(c, s))
		return;
	for (family = 0; family < FAMILY_N; family++) {
		for (m = 0; m < M_N && !span_eq(r->text, members[family][m].key); m++)
			;
		if (m < M_N)
			break;
	}
	tok = json_next(r);
	if (m == M_N || tok == JSON_LIT_NULL || tok == JSON_ERROR) {
		json_skip(r, tok);
		return;
	}
	e = read_value(r, tok, &s->side[family], family, (enum member)m);
	if (e != OK) {
		s->side[family].err = e;
		s->side[family].field = members[family][m].field;
	}
	json_skip(r, tok);
}

/* Is there a test in this family, and whole? Behind an unknown NAT a result says nothing. */
static bool
usable(struct dec *c, struct side *side, unsigned family, uint64_t offset)
{
	if (side->err == OK && side->asn && side->client && !side->nat) {
		side->err = ERR_SYNTAX;
		side->field = members[family][M_NAT].field;
	}
	if (side->err == OK)
		return side->asn && side->client;
	diag_add(c->d, DIAG_SKIP_RECORD, side->err, c->n, offset, side->field, NULL);
	return false;
}

/* One session; its "{" was read. */
static bool
read_session(struct dec *c)
{
	struct session s = {.time = UTC_NONE};
	uint64_t offset = c->r.at;
	unsigned family;

	while (json_next(&c->r) == JSON_KEY)
		read_member(c, &s);
	if (c->r.err != OK)
		return false;
	if (!s.has_number || !s.has_time) {
		diag_add(c->d, DIAG_SKIP_RECORD, ERR_SYNTAX, c->n, offset,
		    s.has_number ? "spoofer.timestamp" : "spoofer.session", NULL);
		return true;
	}
	for (family = 0; family < FAMILY_N && c->stop == OK; family++) {
		struct side *side = &s.side[family];

		if (!usable(c, side, family, offset))
			continue;
		side->test.session = s.number;
		side->test.time = s.time;
		c->stop = c->fn(c->arg, &side->test);
	}
	return c->stop == OK;
}

static bool
read_list(struct dec *c, enum json_tok tok)
{
	struct json_r *r = &c->r;

	if (tok != JSON_ARR) {
		if (tok != JSON_ERROR)
			diag_add(c->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, r->at, "spoofer", NULL);
		return false;
	}
	while ((tok = json_next(r)) != JSON_ARR_END) {
		if (tok == JSON_ERROR)
			return false;
		c->n++;
		if (tok == JSON_OBJ) {
			if (!read_session(c))
				return false;
			continue;
		}
		diag_add(c->d, DIAG_SKIP_RECORD, ERR_SYNTAX, c->n, r->at, "spoofer", NULL);
		json_skip(r, tok);
	}
	return true;
}

static void
read_page(struct dec *c)
{
	struct json_r *r = &c->r;
	bool on = true, listed = false;

	while (on && json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "hydra:member")) {
			listed = true;
			on = read_list(c, json_next(r));
		} else {
			on = json_skip(r, json_next(r));
		}
	}
	if (on && json_next(r) == JSON_DONE && !listed)
		diag_add(c->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, r->at, "spoofer", NULL);
}

enum err
spoofer_json_decode(struct feed *f, enum err (*fn)(void *arg, const struct spoofer_test *),
    void *arg, struct diags *d, uint64_t *n_sessions)
{
	struct dec c = {.fn = fn, .arg = arg, .d = d};
	enum json_tok tok;

	json_open(&c.r, f);
	tok = json_next(&c.r);
	if (tok == JSON_OBJ)
		read_page(&c);
	else if (read_list(&c, tok))
		(void)json_next(&c.r);	/* nothing may follow: else the error is in c.r */
	if (c.r.err != OK)
		json_report(&c.r, d, c.n, "spoofer");
	json_close(&c.r);
	*n_sessions = c.n;
	return c.stop != OK ? c.stop : feed_fault(f);
}
