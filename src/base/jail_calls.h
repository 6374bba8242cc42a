/* jail_calls: the seccomp half of a jail, by libseccomp. For base/jail.c. */
#ifndef BASE_JAIL_CALLS_H
#define BASE_JAIL_CALLS_H

#include "base/jail.h"

/* Sanitizers trace themselves for leaks, and coverage is written when a process ends: in those builds alone. */
#if defined(__SANITIZE_ADDRESS__)
#define JAIL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define JAIL_SANITIZED 1
#endif
#endif
#ifndef JAIL_SANITIZED
#define JAIL_SANITIZED 0
#endif
#ifdef ROUTEMARK_COVERAGE
#define JAIL_COVERAGE 1
#else
#define JAIL_COVERAGE 0
#endif

/* From here on only the calls of this kind; false: it could not be. Landlock first: its calls are not among them but
 * for JAIL_SIGN, whose children enter jails of their own. */
bool jail_calls_only(enum jail_kind kind);

#endif
