/* version: what this program is, and what it stands on. */
#include "base/jail.h"
#include "base/map.h"
#include "base/sha256.h"
#include "cmd/cmd.h"
#include "net/library.h"
#include "serve/script.h"
#include "source/inflate.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* A library by its own word: what is linked has a function of ours where it is wrapped, or one of its own that needs no
 * header; what is loaded only by some commands is asked by name. */
struct linked {
	const char *name;
	const char *(*wrapped)(void);
	const char *symbol;		/* const char *(*)(void) */
	const char *file, *when;	/* NULL: bound at start */
};

/* NULL: built without. */
static const char *
uplot_version(void)
{
	return script_has_uplot() ? ROUTEMARK_UPLOT : NULL;
}

static const struct linked libraries[] = {
	{"glibc", gnu_get_libc_version, NULL, NULL, NULL},
	{"isa-l", inflate_isal_version, NULL, NULL, NULL},
	{"jansson", NULL, "jansson_version_str", NULL, NULL},
	{"libcurl", NULL, "curl_version", "libcurl.so.4", "loaded by what is given the address of a log or a witness"},
	{"liblzma", NULL, "lzma_version_string", NULL, NULL},
	{"libmicrohttpd", NULL, "MHD_get_version", "libmicrohttpd.so.12", "loaded by what listens"},
	{"libseccomp", jail_library_version, NULL, NULL, NULL},
	{"libsodium", NULL, "sodium_version_string", NULL, NULL},
	{"libzstd", NULL, "ZSTD_versionString", NULL, NULL},
	{"OpenSSL", sha256_library_version, NULL, NULL, NULL},
	{"SQLite", NULL, "sqlite3_libversion", NULL, NULL},
	{"uPlot", uplot_version, NULL, NULL, "compiled in"},
	{"xxHash", map_hash_version, NULL, NULL, "compiled in"},
};

const char *
routemark_version(void)
{
	return ROUTEMARK_VERSION;
}

/* NULL: the library is not on this machine. */
static const char *
linked_version(const struct linked *l)
{
	const char *(*says)(void);
	const char *why, *text;
	void *symbol = NULL;
	const struct library_name name = {l->symbol, &symbol};

	if (l->wrapped != NULL)
		return l->wrapped();
	if (l->file == NULL)
		symbol = dlsym(RTLD_DEFAULT, l->symbol);
	else if (library_load(l->file, &name, 1, &why) != OK)
		return NULL;
	if (symbol == NULL)
		return NULL;
	memcpy(&says, &symbol, sizeof(says));	/* ISO C has no cast for it, dlsym(3) */
	text = says();
	/* "libcurl/7.88.1 OpenSSL/3.0.17 ..." */
	return strncmp(text, "libcurl/", strlen("libcurl/")) == 0 ? text + strlen("libcurl/") : text;
}

void
version_print(void)
{
	struct jail here = jail_probe();
	size_t i;

	printf("routemark %s\ncommit %s\ncompiler %s\n", ROUTEMARK_VERSION, ROUTEMARK_COMMIT, COMPILER);
	for (i = 0; i < sizeof(libraries) / sizeof(*libraries); i++) {
		const struct linked *l = &libraries[i];
		const char *v = linked_version(l);

		printf("library %s %.*s", l->name, v == NULL ? INT_MAX : (int)strcspn(v, " "), v == NULL ? "not here" : v);
		printf(l->when == NULL ? "\n" : " (%s)\n", l->when);
	}
	/* what the jails of SECURITY.md are made of, on this machine */
	printf("kernel %s, ", here.seccomp ? "seccomp" : "no seccomp");
	if (here.landlock > 0)
		printf("Landlock ABI %d\n", here.landlock);
	else
		printf("no Landlock: what this user may read can be read by the processes that decode\n");
}
