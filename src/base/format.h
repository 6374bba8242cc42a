/*
 * format: what printf does, for output by the gigabyte. Strings and integers in decimal and lower-case
 * hexadecimal, with the flags - and 0, a width, and a precision for strings; whatever else a format asks for
 * is left to libc, which takes several times as long. No locale.
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include "base/err.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* As vsnprintf: at most cap bytes go to buf, the NUL included; returns how many there are in all without it. */
size_t format_v(char *buf, size_t cap, const char *fmt, va_list ap) PRINTF_LIKE(3, 0);

#define FORMAT_U64 20	/* most digits of a number */
/* The decimal digits of v end before end; returns where they start. */
char *format_u64(char *end, uint64_t v);

#endif
