#include "seal/proof.h"
#include "base/base64.h"
#include "base/limits.h"
#include "seal/line.h"

#include <inttypes.h>

#define FIRST "c2sp.org/tlog-proof@v1"
#define RULE "[tlog-proof@v1]"

void
proof_write(struct str *out, const struct log_proof *p)
{
	size_t i;

	str_adds(out, FIRST "\n");
	if (p->extra.len > 0) {
		str_adds(out, "extra ");
		base64_add(out, p->extra.p, p->extra.len);
		str_addc(out, '\n');
	}
	str_addf(out, "index %" PRIu64 "\n", p->index);
	for (i = 0; i < p->path.n; i++) {
		base64_add(out, p->path.hash[i].b, TREE_HASH);
		str_addc(out, '\n');
	}
	str_addc(out, '\n');
	str_add(out, p->checkpoint);
}

static enum err
refuse(struct arena *a, unsigned line, const char *what, const char **why)
{
	*why = arena_printf(a, "line %u: %s " RULE, line, what);
	return ERR_SYNTAX;
}

static enum err
extra_read(struct span value, unsigned line, struct arena *a, struct log_proof *p, const char **why)
{
	size_t n = 0, cap = value.len / 4 * 3;
	uint8_t *b = arena_raw(a, cap + 1, 1);

	if (base64_read(value, b, cap, &n) != OK)
		return refuse(a, line, "extra: is no base64", why);
	p->extra = (struct span){(const char *)b, n};
	return OK;
}

enum err
proof_read(struct span text, struct arena *a, struct log_proof *out, const char **why)
{
	struct span rest = text, line, value;
	struct log_proof p = {.index = 0};
	unsigned at = 2;

	if (text.len > NOTE_BYTES_MAX) {
		*why = "is longer than any proof (NOTE_BYTES_MAX)";
		return ERR_LIMIT;
	}
	if (!line_next(&rest, &line) || !span_is(line, FIRST))
		return refuse(a, 1, "is not " FIRST, why);
	if (!line_next(&rest, &line))
		return refuse(a, at, "index: is missing", why);
	if (line_value(line, "extra", &value)) {
		TRY(extra_read(value, at++, a, &p, why));
		if (!line_next(&rest, &line))
			return refuse(a, at, "index: is missing", why);
	}
	if (!line_value(line, "index", &value) || span_u64(value, TREE_SIZE_MAX - 1, &p.index) != OK)
		return refuse(a, at, "index: is missing, or no decimal number", why);
	for (at++; line_next(&rest, &line) && line.len > 0; at++) {
		if (p.path.n == TREE_PROOF_MAX)
			return refuse(a, at, "is one hash more than any proof has", why);
		if (base64_exact(line, p.path.hash[p.path.n++].b, TREE_HASH) != OK)
			return refuse(a, at, "is not the base64 of 32 bytes", why);
	}
	if (line.len > 0 || rest.len == 0)
		return refuse(a, at, "the checkpoint is missing", why);
	p.checkpoint = rest;
	*out = p;
	return OK;
}

enum err
proof_verify(const struct log_proof *p, const struct tree_hash *leaf, const struct policy *policy, struct arena *a,
    struct checkpoint *out, struct policy_verdict *verdict, const char **why)
{
	struct checkpoint c;
	struct policy_verdict v;

	TRY(policy_verify(policy, p->checkpoint, a, &c, &v, why));
	if (!tree_included(&p->path, p->index, c.size, leaf, &c.root)) {
		*why = "the entry is not at that place in the log that the checkpoint is of";
		return ERR_CONTRADICT;
	}
	*out = c;
	*verdict = v;
	return OK;
}
