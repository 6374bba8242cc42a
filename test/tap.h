/* tap: the Test Anything Protocol, enough of it for prove(1). */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_n, tap_failed;

#define ok(cond, ...)                                                                   \
	do {                                                                            \
		int tap_ok_ = (cond) ? 1 : 0;                                           \
		printf("%sok %d - ", tap_ok_ ? "" : "not ", ++tap_n);                   \
		printf(__VA_ARGS__);                                                    \
		printf("\n");                                                           \
		if (!tap_ok_) {                                                         \
			tap_failed++;                                                   \
			printf("# at %s:%d: %s\n", __FILE__, __LINE__, #cond);          \
		}                                                                       \
	} while (0)

/* Texts are the same; both are shown when not. */
#define is_str(got, want, ...)                                                          \
	do {                                                                            \
		const char *got_ = (got), *want_ = (want);                              \
		ok(strcmp(got_, want_) == 0, __VA_ARGS__);                              \
		if (strcmp(got_, want_) != 0)                                           \
			printf("#  got: %s\n# want: %s\n", got_, want_);                \
	} while (0)

/* Why some cases cannot run here (for example ../shared is not beside the clone). */
#define skip(why) printf("ok %d # SKIP %s\n", ++tap_n, (why))

/* How often: a quarter under sanitizers, where a round costs ten times as much. The same build without them does all. */
#if defined(__SANITIZE_ADDRESS__)
#define tap_rounds(n) (((n) + 3) / 4)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define tap_rounds(n) (((n) + 3) / 4)
#endif
#endif
#ifndef tap_rounds
#define tap_rounds(n) (n)
#endif

static inline int
tap_done(void)
{
	printf("1..%d\n", tap_n);
	return tap_failed > 0;
}

/* Real data lies beside the checkout: NULL when it is not there. */
static inline const char *
shared_data(void)
{
	const char *dir = getenv("ROUTEMARK_SHARED") != NULL ? getenv("ROUTEMARK_SHARED") : "../shared/data";
	static char probe[4096];
	FILE *f;

	snprintf(probe, sizeof(probe), "%s/INDEX.md", dir);
	f = fopen(probe, "r");
	if (f == NULL)
		return NULL;
	fclose(f);
	return dir;
}

#endif
