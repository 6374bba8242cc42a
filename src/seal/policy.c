#include "seal/policy.h"
#include "base/limits.h"
#include "seal/line.h"

#define RULE "[tlog-policy]"
#define WORDS_MAX (POLICY_NAMES_MAX * 2 + 4)	/* a group of all witnesses and groups */

struct reader {
	struct arena *a;
	struct policy p;
	const char **why;
	uint32_t line;
	struct span *word;		/* of the line */
	size_t n;
	bool member[2][POLICY_NAMES_MAX];	/* [0] witnesses, [1] groups: is a member already */
	bool has_quorum;
};

static enum err
refuse(struct reader *r, struct span word, const char *what)
{
	struct str plain = {0};

	str_add_plain(&plain, word);
	*r->why = arena_printf(r->a, "line %u: %s%s%s " RULE, r->line, plain.len > 0 ? plain.p : "",
	    plain.len > 0 ? ": " : "", what);
	str_release(&plain);
	return ERR_SYNTAX;
}

/* "none", a member, or UINT32_MAX - 1 when there is no such name. */
#define UNKNOWN (UINT32_MAX - 1)
static uint32_t
find(const struct reader *r, struct span name)
{
	uint32_t i;

	for (i = 0; i < r->p.n_witnesses; i++)
		if (span_is(name, r->p.witnesses[i].name))
			return i;
	for (i = 0; i < r->p.n_groups; i++)
		if (span_is(name, r->p.groups[i].name))
			return POLICY_GROUP | i;
	return span_is(name, "none") ? POLICY_NONE : UNKNOWN;
}

static enum err
key_read(struct reader *r, struct span word, enum key_use use, struct key_pub *out)
{
	const char *why = "";
	enum err e = key_vkey_read(word, out, &why);

	if (e != OK)
		return refuse(r, word, why);
	if (out->use != use)
		return refuse(r, word, use == KEY_SIGNER ? "is a witness's key, not a log's" : "is a log's key, not a witness's");
	return OK;
}

static enum err
log_read(struct reader *r)
{
	struct policy_log l = {.url = NULL};
	size_t i;

	if (r->n < 2 || r->n > 3)
		return refuse(r, r->word[0], "takes a verifier key, and a URL or none");
	if (r->p.n_logs == POLICY_NAMES_MAX)
		return refuse(r, r->word[0], "are more than POLICY_NAMES_MAX");
	TRY(key_read(r, r->word[1], KEY_SIGNER, &l.key));
	for (i = 0; i < r->p.n_logs; i++)
		if (memcmp(r->p.logs[i].key.pk, l.key.pk, ED25519_PUBLIC) == 0)
			return refuse(r, r->word[1], "is a key that another log has");
	if (r->n == 3)
		l.url = arena_strdup(r->a, r->word[2]);
	r->p.logs[r->p.n_logs++] = l;
	return OK;
}

static enum err
name_new(struct reader *r, struct span name)
{
	if (name.len > KEY_NAME_MAX)
		return refuse(r, SPAN(""), "a name is longer than KEY_NAME_MAX");
	if (find(r, name) != UNKNOWN)
		return refuse(r, name, "is a name that is taken");
	return OK;
}

static enum err
witness_read(struct reader *r)
{
	struct policy_witness w = {.url = NULL};
	size_t i;

	if (r->n < 3 || r->n > 4)
		return refuse(r, r->word[0], "takes a name, a verifier key, and a URL or none");
	if (r->p.n_witnesses == POLICY_NAMES_MAX)
		return refuse(r, r->word[0], "are more than POLICY_NAMES_MAX");
	TRY(name_new(r, r->word[1]));
	TRY(key_read(r, r->word[2], KEY_WITNESS, &w.key));
	for (i = 0; i < r->p.n_witnesses; i++)
		if (memcmp(r->p.witnesses[i].key.pk, w.key.pk, ED25519_PUBLIC) == 0)
			return refuse(r, r->word[2], "is a key that another witness has");
	w.name = arena_strdup(r->a, r->word[1]);
	if (r->n == 4)
		w.url = arena_strdup(r->a, r->word[3]);
	r->p.witnesses[r->p.n_witnesses++] = w;
	return OK;
}

static enum err
member_read(struct reader *r, struct span name, uint32_t *out)
{
	bool *taken;

	*out = find(r, name);
	if (*out == UNKNOWN)
		return refuse(r, name, "is no witness or group of a line before");
	if (*out == POLICY_NONE)
		return refuse(r, name, "cannot be a member");
	taken = &r->member[(*out & POLICY_GROUP) != 0][*out & (POLICY_GROUP - 1)];
	if (*taken)
		return refuse(r, name, "is a member already, here or of another group");
	*taken = true;
	return OK;
}

static enum err
group_read(struct reader *r)
{
	struct policy_group g = {.n = r->n < 4 ? 0 : r->n - 3};
	uint32_t *members;
	size_t i;

	if (r->n < 4)
		return refuse(r, r->word[0], "takes a name, a number, any or all, and members");
	if (r->p.n_groups == POLICY_NAMES_MAX)
		return refuse(r, r->word[0], "are more than POLICY_NAMES_MAX");
	TRY(name_new(r, r->word[1]));
	if (span_is(r->word[2], "any"))
		g.k = 1;
	else if (span_is(r->word[2], "all"))
		g.k = (uint32_t)g.n;
	else if (span_u32(r->word[2], (uint32_t)g.n, &g.k) != OK || g.k == 0)
		return refuse(r, r->word[2], "is neither any, all, nor a number from 1 to that of the members");
	members = arena_array(r->a, g.n, sizeof(*members));
	for (i = 0; i < g.n; i++)
		TRY(member_read(r, r->word[3 + i], &members[i]));
	g.member = members;
	g.name = arena_strdup(r->a, r->word[1]);
	r->p.groups[r->p.n_groups++] = g;
	return OK;
}

static enum err
quorum_read(struct reader *r)
{
	if (r->n != 2)
		return refuse(r, r->word[0], "takes a name");
	if (r->has_quorum)
		return refuse(r, r->word[0], "is there twice");
	r->p.quorum = find(r, r->word[1]);
	if (r->p.quorum == UNKNOWN)
		return refuse(r, r->word[1], "is no witness or group of a line before");
	r->has_quorum = true;
	return OK;
}

/* Words parted by spaces and tabs, as many as a line may have. */
static enum err
words_cut(struct reader *r, struct span line)
{
	size_t i, from = 0;

	for (r->n = 0, i = 0; i <= line.len; i++) {
		bool gap = i == line.len || line.p[i] == ' ' || line.p[i] == '\t';

		if (!gap && ((unsigned char)line.p[i] < 0x20 || line.p[i] == 0x7f))
			return refuse(r, SPAN(""), "has a control character");
		if (!gap)
			continue;
		if (i > from && r->n == WORDS_MAX)
			return refuse(r, SPAN(""), "has more words than any line");
		if (i > from)
			r->word[r->n++] = (struct span){line.p + from, i - from};
		from = i + 1;
	}
	return OK;
}

static enum err
line_read(struct reader *r, struct span line)
{
	TRY(words_cut(r, line));
	if (r->n == 0 || r->word[0].p[0] == '#')
		return OK;
	if (span_is(r->word[0], "log"))
		return log_read(r);
	if (span_is(r->word[0], "witness"))
		return witness_read(r);
	if (span_is(r->word[0], "group"))
		return group_read(r);
	if (span_is(r->word[0], "quorum"))
		return quorum_read(r);
	return refuse(r, r->word[0], "is none of log, witness, group, quorum");
}

enum err
policy_read(struct span text, struct arena *a, struct policy *out, const char **why)
{
	struct reader r = {.a = a, .why = why};
	struct span rest = text, line;

	if (text.len > POLICY_BYTES_MAX) {
		*why = "is longer than any policy (POLICY_BYTES_MAX)";
		return ERR_LIMIT;
	}
	r.word = arena_array(a, WORDS_MAX, sizeof(*r.word));
	r.p.logs = arena_array(a, POLICY_NAMES_MAX, sizeof(*r.p.logs));
	r.p.witnesses = arena_array(a, POLICY_NAMES_MAX, sizeof(*r.p.witnesses));
	r.p.groups = arena_array(a, POLICY_NAMES_MAX, sizeof(*r.p.groups));
	for (r.line = 1; line_next(&rest, &line); r.line++)
		TRY(line_read(&r, line));
	if (rest.len > 0)
		return refuse(&r, SPAN(""), "does not end in a line feed");
	if (!r.has_quorum)
		return refuse(&r, SPAN(""), "the policy ends without a quorum");
	*out = r.p;
	return OK;
}
