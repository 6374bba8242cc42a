/*
 * PeeringDB's API: {"data": [object, ...], "meta": {...}}. An object is read into a row of
 * numbers and short texts; what we have no use for, notes above all, is skipped unread.
 */
#include "base/json_r.h"
#include "base/limits.h"
#include "decode/people.h"

#include <assert.h>

enum form { NUMBER, TEXT };

#define FIELDS(X)                                                                       \
	X(F_ID, "id", NUMBER)                                                           \
	X(F_ORG_ID, "org_id", NUMBER)                                                   \
	X(F_NET_ID, "net_id", NUMBER)                                                   \
	X(F_ASN, "asn", NUMBER)                                                         \
	X(F_NAME, "name", TEXT)                                                         \
	X(F_IRR, "irr_as_set", TEXT)                                                    \
	X(F_ROLE, "role", TEXT)                                                         \
	X(F_VISIBLE, "visible", TEXT)                                                   \
	X(F_EMAIL, "email", TEXT)                                                       \
	X(F_PHONE, "phone", TEXT)                                                       \
	X(F_UPDATED, "updated", TEXT)                                                   \
	X(F_STATUS, "status", TEXT)

enum field {
#define X(id, key, form) id,
	FIELDS(X)
#undef X
	F_N
};

static const struct {
	struct span key;
	const char *field;
	enum form form;
} fields[F_N] = {
#define X(id, key, form) {{key, sizeof(key) - 1}, "pdb." key, form},
    FIELDS(X)
#undef X
};

struct row {
	uint64_t num[F_N];
	struct span text[F_N];		/* into buf */
	unsigned have;			/* bit per field */
	uint64_t offset;
	size_t used;
	char buf[PDB_ROW_MAX];
};

struct pdb {
	struct json_r r;
	enum input_kind kind;
	const struct pdb_sink *sink;
	struct diags *d;
	uint64_t n;			/* objects, good or bad */
	struct row row;
	enum err stop;
};

#define BIT(f) (1u << (f))

static void
skip_field(struct pdb *p, enum field f, enum err e, const char *rule)
{
	diag_add(p->d, DIAG_SKIP_FIELD, e, p->n, p->r.at, fields[f].field, rule);
}

static void
keep_text(struct pdb *p, enum field f)
{
	struct row *row = &p->row;
	struct span s = p->r.text;

	if (s.len > sizeof(row->buf) - row->used) {
		skip_field(p, f, ERR_LIMIT, "limit PDB_ROW_MAX");
		return;
	}
	memcpy(row->buf + row->used, s.p, s.len);
	row->text[f] = (struct span){row->buf + row->used, s.len};
	row->used += s.len;
	row->have |= BIT(f);
}

/* The value of a member; its name was read. */
static void
read_member(struct pdb *p)
{
	struct json_r *r = &p->r;
	struct row *row = &p->row;
	enum json_tok tok;
	enum err e;
	int f;

	for (f = 0; f < F_N && !span_eq(r->text, fields[f].key); f++)
		;
	tok = json_next(r);
	if (f == F_N || tok == JSON_LIT_NULL || tok == JSON_ERROR) {
		json_skip(r, tok);
		return;
	}
	if (row->have & BIT(f)) {
		skip_field(p, (enum field)f, ERR_CONTRADICT, "RFC 8259 4");
		json_skip(r, tok);
	} else if (fields[f].form == TEXT && tok == JSON_STR) {
		keep_text(p, (enum field)f);
	} else if (fields[f].form == NUMBER && tok == JSON_NUM) {
		e = span_u64(r->text, UINT64_MAX, &row->num[f]);
		if (e != OK)
			skip_field(p, (enum field)f, e, NULL);
		else
			row->have |= BIT(f);
	} else {
		skip_field(p, (enum field)f, ERR_SYNTAX, NULL);
		json_skip(r, tok);
	}
}

/* False, with a diag, when a field is missing that the object is nothing without. */
static bool
complete(struct pdb *p, unsigned need)
{
	int f;

	for (f = 0; f < F_N; f++)
		if (need & ~p->row.have & BIT(f)) {
			diag_add(p->d, DIAG_SKIP_RECORD, ERR_SYNTAX, p->n, p->row.offset,
			    fields[f].field, NULL);
			return false;
		}
	return true;
}

static struct utc
updated(struct pdb *p)
{
	struct utc t = UTC_NONE;

	if (p->row.have & BIT(F_UPDATED) && utc_parse(p->row.text[F_UPDATED], &t) != OK) {
		diag_add(p->d, DIAG_SKIP_FIELD, ERR_SYNTAX, p->n, p->row.offset,
		    fields[F_UPDATED].field, "RFC 3339");
		return UTC_NONE;
	}
	return t;
}

static void
emit_net(struct pdb *p)
{
	const struct row *w = &p->row;
	struct pdb_net net = {.id = w->num[F_ID], .org_id = w->num[F_ORG_ID],
	    .asn = (uint32_t)w->num[F_ASN], .name = w->text[F_NAME], .irr_as_set = w->text[F_IRR]};

	if (!complete(p, BIT(F_ID) | BIT(F_ASN)))
		return;
	if (w->num[F_ASN] == 0 || w->num[F_ASN] > UINT32_MAX) {
		diag_add(p->d, DIAG_SKIP_RECORD, ERR_RANGE, p->n, w->offset, "pdb.asn", NULL);
		return;
	}
	net.updated = updated(p);
	if (p->sink->net != NULL)
		p->stop = p->sink->net(p->sink->arg, &net);
}

static void
emit_org(struct pdb *p)
{
	struct pdb_org org = {.id = p->row.num[F_ID], .name = p->row.text[F_NAME]};

	if (complete(p, BIT(F_ID) | BIT(F_NAME)) && p->sink->org != NULL)
		p->stop = p->sink->org(p->sink->arg, &org);
}

static void
emit_poc(struct pdb *p)
{
	const struct row *w = &p->row;
	struct pdb_poc poc = {.id = w->num[F_ID], .net_id = w->num[F_NET_ID],
	    .role = w->text[F_ROLE], .visible = w->text[F_VISIBLE],
	    .email = w->text[F_EMAIL].len > 0, .phone = w->text[F_PHONE].len > 0};

	if (!complete(p, BIT(F_ID) | BIT(F_NET_ID) | BIT(F_ROLE) | BIT(F_VISIBLE)))
		return;
	poc.updated = updated(p);
	if (p->sink->poc != NULL)
		p->stop = p->sink->poc(p->sink->arg, &poc);
}

/* One object of "data"; its "{" was read. */
static bool
read_object(struct pdb *p)
{
	struct row *row = &p->row;
	int f;

	row->have = 0;
	row->used = 0;
	row->offset = p->r.at;
	for (f = 0; f < F_N; f++) {
		row->num[f] = 0;
		row->text[f] = SPAN("");
	}
	while (json_next(&p->r) == JSON_KEY)
		read_member(p);
	if (p->r.err != OK)
		return false;
	if (!complete(p, BIT(F_STATUS)) || !span_is(row->text[F_STATUS], "ok"))
		return true;
	if (p->kind == KIND_PDB_NET)
		emit_net(p);
	else if (p->kind == KIND_PDB_ORG)
		emit_org(p);
	else
		emit_poc(p);
	return p->stop == OK;
}

static bool
read_data(struct pdb *p)
{
	struct json_r *r = &p->r;
	enum json_tok tok = json_next(r);

	if (tok != JSON_ARR) {
		if (tok != JSON_ERROR)
			diag_add(p->d, DIAG_STOP_SOURCE, ERR_SYNTAX, p->n, r->at, "pdb.data", NULL);
		return false;
	}
	while ((tok = json_next(r)) != JSON_ARR_END) {
		if (tok == JSON_ERROR)
			return false;
		p->n++;
		if (tok == JSON_OBJ) {
			if (!read_object(p))
				return false;
			continue;
		}
		diag_add(p->d, DIAG_SKIP_RECORD, ERR_SYNTAX, p->n, r->at, "pdb.data", NULL);
		json_skip(r, tok);
	}
	return true;
}

/* The server says here when it has cut its answer short. */
static bool
read_meta(struct pdb *p)
{
	struct json_r *r = &p->r;
	enum json_tok tok = json_next(r);

	if (tok != JSON_OBJ)
		return json_skip(r, tok);
	while (json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "truncated"))
			diag_add(p->d, DIAG_STOP_SOURCE, ERR_SHORT, p->n, r->at,
			    "pdb.meta.truncated", NULL);
		json_skip(r, json_next(r));
	}
	return r->err == OK;
}

static void
read_top(struct pdb *p)
{
	struct json_r *r = &p->r;
	bool on = true, data = false;

	while (on && json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "data")) {
			data = true;
			on = read_data(p);
		} else if (JSON_IS(r, "meta")) {
			on = read_meta(p);
		} else {
			on = json_skip(r, json_next(r));
		}
	}
	if (on && json_next(r) == JSON_DONE && !data)
		diag_add(p->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, r->at, "pdb.data", NULL);
}

enum err
pdb_decode(struct feed *f, enum input_kind kind, const struct pdb_sink *sink, struct diags *d,
    uint64_t *n_objects)
{
	struct pdb p = {.kind = kind, .sink = sink, .d = d};
	enum json_tok tok;

	assert(kind == KIND_PDB_NET || kind == KIND_PDB_ORG || kind == KIND_PDB_POC);
	json_open(&p.r, f);
	tok = json_next(&p.r);
	if (tok == JSON_OBJ)
		read_top(&p);
	else if (tok != JSON_ERROR)
		diag_add(d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, p.r.at, "pdb.data", NULL);
	if (p.r.err != OK)
		json_report(&p.r, d, p.n, "pdb.data");
	json_close(&p.r);
	*n_objects = p.n;
	return p.stop != OK ? p.stop : feed_fault(f);
}
