/*
 * The conventions, each from the archive that has it:
 *   20140501.0000           RouteViews and RIS tables and updates
 *   20160202-1200           CAIDA pfx2as
 *   20250720T0931Z          rpki-client snapshots
 *   20220501, 2022-05-01    CAIDA, the RIRs' statistics
 *   201708                  CAIDA, monthly
 *   2022/05/01/name         RIPE's archive of VRPs: the last folders
 */
#include "source/source.h"

#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
run_of_digits(struct span s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && is_digit(s.p[at + n]))
		n++;
	return n;
}

/* Years that routing data can have; keeps counters and sizes from being taken for dates. */
static struct utc
date_of(const char digits[static 8])
{
	struct utc t;

	if (strncmp(digits, "199", 3) != 0 && strncmp(digits, "20", 2) != 0)
		return UTC_NONE;
	return utc_parse((struct span){digits, 8}, &t) == OK ? t : UTC_NONE;
}

/* hhmm or hhmmss behind a date, else nothing. */
static int64_t
clock_of(struct span s, size_t at)
{
	size_t n;
	int v[3] = {0}, i;

	if (at >= s.len || strchr(".-_T", s.p[at]) == NULL)
		return 0;
	n = run_of_digits(s, at + 1);
	if (n != 4 && n != 6)
		return 0;
	for (i = 0; i < (int)n / 2; i++)
		v[i] = (s.p[at + 1 + 2 * (size_t)i] - '0') * 10 + s.p[at + 2 + 2 * (size_t)i] - '0';
	return v[0] < 24 && v[1] < 60 && v[2] < 60 ? v[0] * 3600 + v[1] * 60 + v[2] : 0;
}

/* A time whose digits begin at s.p[at], n of them in a row. */
static struct utc
time_at(struct span s, size_t at, size_t n)
{
	char d[8];
	struct utc t;
	size_t end = at + n;

	if (n == 8) {
		memcpy(d, s.p + at, 8);
	} else if (n == 6) {
		memcpy(d, s.p + at, 6);
		memcpy(d + 6, "01", 2);
	} else if (n == 4 && s.len - at >= 10 && s.p[at + 4] == '-' && s.p[at + 7] == '-' &&
	    run_of_digits(s, at + 5) == 2 && run_of_digits(s, at + 8) == 2) {
		memcpy(d, s.p + at, 4);
		memcpy(d + 4, s.p + at + 5, 2);
		memcpy(d + 6, s.p + at + 8, 2);
		end = at + 10;
	} else {
		return UTC_NONE;
	}
	t = date_of(d);
	if (utc_known(t) && n != 6)
		t.s += clock_of(s, end);
	return t;
}

/* .../yyyy/mm/dd/ at the end of a folder's name. */
static struct utc
folder_time(struct span dir)
{
	const char *p;
	char d[8];

	if (dir.len < 11 || (dir.len > 11 && dir.p[dir.len - 12] != '/'))
		return UTC_NONE;
	p = dir.p + dir.len - 11;
	if (p[4] != '/' || p[7] != '/' || p[10] != '/')
		return UTC_NONE;
	memcpy(d, p, 4);
	memcpy(d + 4, p + 5, 2);
	memcpy(d + 6, p + 8, 2);
	return date_of(d);
}

struct utc
source_name_time(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct span name = span_of(slash != NULL ? slash + 1 : path);
	struct utc t;
	size_t i = 0, n;

	while (i < name.len) {
		n = run_of_digits(name, i);
		t = n > 0 ? time_at(name, i, n) : UTC_NONE;
		if (utc_known(t))
			return t;
		i += n > 0 ? n : 1;
	}
	return folder_time((struct span){path, (size_t)(name.p - path)});
}
