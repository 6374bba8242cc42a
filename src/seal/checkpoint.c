#include "seal/checkpoint.h"
#include "base/base64.h"
#include "seal/key.h"
#include "seal/line.h"

#include <assert.h>

#define RULE " [tlog-checkpoint v1.0.0]"

enum err
checkpoint_read(struct span text, struct checkpoint *out, const char **why)
{
	struct span rest = text, line;
	struct checkpoint c = {.size = 0};

	*why = "line 1: has no origin" RULE;
	if (!line_next(&rest, &c.origin) || c.origin.len == 0)
		return ERR_SYNTAX;
	*why = "line 2: is not the size, a decimal number" RULE;
	if (!line_next(&rest, &line) || span_u64(line, TREE_SIZE_MAX, &c.size) != OK)
		return ERR_SYNTAX;
	*why = "line 3: is not the root, base64 of 32 bytes" RULE;
	if (!line_next(&rest, &line) || base64_exact(line, c.root.b, TREE_HASH) != OK)
		return ERR_SYNTAX;
	c.more = rest;
	*why = "line 4 or one after it is empty" RULE;
	while (rest.len > 0)
		if (!line_next(&rest, &line) || line.len == 0)
			return ERR_SYNTAX;
	*why = NULL;
	*out = c;
	return OK;
}

void
checkpoint_write(struct str *out, struct span origin, uint64_t size, const struct tree_hash *root)
{
	assert(key_name_good(origin));
	str_add(out, origin);
	str_addc(out, '\n');
	str_addu(out, size);
	str_addc(out, '\n');
	base64_add(out, root->b, TREE_HASH);
	str_addc(out, '\n');
}
