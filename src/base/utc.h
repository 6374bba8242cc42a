/*
 * utc: a point in time, wrapped so that it cannot meet another number by mistake.
 * Nothing below cmd/ reads a clock. Proleptic Gregorian calendar, no leap seconds.
 */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include "base/span.h"

struct utc {
	int64_t s;	/* seconds since 1970-01-01T00:00:00Z */
};

#define UTC_NONE ((struct utc){INT64_MIN})
#define UTC_TEXT 24	/* bytes of buffer that utc_format needs */

bool utc_known(struct utc t);
struct utc utc_from_date(int year, int month, int day, int h, int m, int s);
/* "2026-11-23T20:22:13Z" into buf (RFC 3339); "unknown" for UTC_NONE. Returns buf. */
const char *utc_format(struct utc t, char buf[static UTC_TEXT]);
/* RFC 3339 date or date-time ("2022-05-01", "2022-05-01T00:00:00Z", space for T, +hh:mm,
 * fraction ignored), "20220501", "YYYYMMDD.hhmm", or a Unix time with ten digits. */
NODISCARD enum err utc_parse(struct span s, struct utc *out);

#endif
