/* target: whatever a stranger asks for is read in one way or in none: what was read, written again and read again, is
 * the same, and holds nothing that a page or a file name could stumble over. */
#include "base/utf8.h"
#include "serve/target.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
harmless(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t left = strlen(text), n;

	for (; left > 0; p += n, left -= n) {
		n = utf8_len(p, left);
		assert(n > 0 && utf8_steers(p, left) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *why = NULL;
	struct target t, again;
	char *once, *twice;
	size_t i;

	if (target_read((struct span){(const char *)data, size}, a, &t, &why) == OK) {
		assert(t.path[0] == '/' && strstr(t.path, "//") == NULL && strstr(t.path, "/../") == NULL);
		harmless(t.path);
		for (i = 0; i < t.n; i++) {
			harmless(t.args[i].key);
			harmless(t.args[i].value);
			assert(target_arg(&t, t.args[i].key) == t.args[i].value);
		}
		once = target_canonical(&t, a);
		if (strlen(once) <= SERVE_TARGET_MAX) {
			assert(target_read(span_of(once), a, &again, &why) == OK && again.n == t.n);
			assert(strcmp(again.path, t.path) == 0);
			twice = target_canonical(&again, a);
			assert(strcmp(once, twice) == 0);
		}
	} else {
		assert(why != NULL);
	}
	arena_free(a);
	return 0;
}
