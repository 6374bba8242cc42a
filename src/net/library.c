#include "net/library.h"

#include <dlfcn.h>
#include <stdio.h>

enum err
library_load(const char *file, const struct library_name *names, size_t n, const char **why)
{
	static _Thread_local char text[256];
	void *lib = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	size_t i;

	*why = text;
	if (lib == NULL) {
		snprintf(text, sizeof(text), "%s", dlerror());
		return ERR_OPEN;
	}
	for (i = 0; i < n; i++) {
		*names[i].to = dlsym(lib, names[i].name);
		if (*names[i].to == NULL) {
			snprintf(text, sizeof(text), "%s has no %s", file, names[i].name);
			return ERR_OPEN;
		}
	}
	*why = NULL;
	return OK;
}
