#include "cmd/policy_file.h"
#include "base/limits.h"
#include "cmd/note.h"
#include "cmd/slurp.h"

bool
policy_file(const char *command, const char *path, struct arena *a, struct policy *out)
{
	struct str text = {0};
	const char *why = NULL;
	bool good = slurp(command, path, POLICY_BYTES_MAX, &text);

	if (good && policy_read(arena_span(a, str_span(&text)), a, out, &why) != OK) {
		note(command, "%s: %s", path, why);
		good = false;
	}
	str_release(&text);
	return good;
}
