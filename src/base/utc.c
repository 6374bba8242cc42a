#include "base/utc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool
utc_known(struct utc t)
{
	return t.s != INT64_MIN;
}

/* Days since 1970-01-01 of a civil date (years begin in March, 400-year eras). */
static int64_t
days_from_civil(int y, int m, int d)
{
	int64_t year = m <= 2 ? y - 1 : y;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t yoe = year - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct utc
utc_from_date(int year, int month, int day, int h, int m, int s)
{
	return (struct utc){days_from_civil(year, month, day) * 86400 + h * 3600 + m * 60 + s};
}

/* n digits of v, and what follows them. */
static void
digits_put(char *p, int64_t v, int n, char end)
{
	p[n] = end;
	while (n-- > 0) {
		p[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

const char *
utc_format(struct utc t, char buf[static UTC_TEXT])
{
	int64_t days, sec, era, doe, yoe, doy, mp;
	int y, m, d;

	if (!utc_known(t)) {
		snprintf(buf, UTC_TEXT, "unknown");
		return buf;
	}
	days = t.s / 86400;
	sec = t.s % 86400;
	if (sec < 0) {
		sec += 86400;
		days--;
	}
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = (int)(doy - (153 * mp + 2) / 5 + 1);
	m = (int)(mp < 10 ? mp + 3 : mp - 9);
	y = (int)(yoe + era * 400 + (m <= 2));
	if (y < 0 || y > 9999) {
		snprintf(buf, UTC_TEXT, "out of range");
		return buf;
	}
	digits_put(buf, y, 4, '-');
	digits_put(buf + 5, m, 2, '-');
	digits_put(buf + 8, d, 2, 'T');
	digits_put(buf + 11, sec / 3600, 2, ':');
	digits_put(buf + 14, sec / 60 % 60, 2, ':');
	digits_put(buf + 17, sec % 60, 2, 'Z');
	buf[20] = '\0';
	return buf;
}

/* Exactly n digits at s[*i]. */
static bool
digits(struct span s, size_t *i, int n, int *out)
{
	int v = 0;

	while (n-- > 0) {
		if (*i >= s.len || s.p[*i] < '0' || s.p[*i] > '9')
			return false;
		v = v * 10 + (s.p[(*i)++] - '0');
	}
	*out = v;
	return true;
}

static bool
one_of(struct span s, size_t *i, const char *set)
{
	if (*i >= s.len || strchr(set, s.p[*i]) == NULL)
		return false;
	(*i)++;
	return true;
}

static int
month_days(int y, int m)
{
	static const int n[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0) ? 29 : n[m - 1];
}

/* [T ]hh:mm[:ss[.fraction]][Z|+hh:mm], the colons optional (ISO 8601 basic form), or .hhmm */
static bool
time_part(struct span s, size_t *i, int *h, int *m, int *sec, int *zone_s)
{
	int zh, zm, sign;
	bool dot = s.p[*i] == '.';

	if (!one_of(s, i, "T t.") || !digits(s, i, 2, h))
		return false;
	(void)one_of(s, i, ":");
	if (!digits(s, i, 2, m))
		return false;
	if ((one_of(s, i, ":") || (*i < s.len && s.p[*i] >= '0' && s.p[*i] <= '9')) &&
	    !digits(s, i, 2, sec))
		return false;
	if (!dot && one_of(s, i, "."))
		while (*i < s.len && s.p[*i] >= '0' && s.p[*i] <= '9')
			(*i)++;
	if (*i == s.len || one_of(s, i, "Zz"))
		return *i == s.len && *h < 24 && *m < 60 && *sec <= 60;
	sign = s.p[*i] == '-' ? -1 : 1;
	if (!one_of(s, i, "+-") || !digits(s, i, 2, &zh) || (one_of(s, i, ":"), 0) ||
	    !digits(s, i, 2, &zm))
		return false;
	*zone_s = sign * (zh * 3600 + zm * 60);
	return *i == s.len && *h < 24 && *m < 60 && *sec <= 60 && zh < 24 && zm < 60;
}

enum err
utc_parse(struct span s, struct utc *out)
{
	size_t i = 0;
	int y, mo, d, h = 0, m = 0, sec = 0, zone_s = 0;
	uint64_t unix_s;
	bool dash;

	if (s.len == 10 && span_u64(s, UINT32_MAX, &unix_s) == OK) {
		*out = (struct utc){(int64_t)unix_s};
		return OK;
	}
	if (!digits(s, &i, 4, &y))
		return ERR_SYNTAX;
	dash = one_of(s, &i, "-");
	if (!digits(s, &i, 2, &mo) || (dash && !one_of(s, &i, "-")) || !digits(s, &i, 2, &d))
		return ERR_SYNTAX;
	if (i < s.len && !time_part(s, &i, &h, &m, &sec, &zone_s))
		return ERR_SYNTAX;
	if (mo < 1 || mo > 12 || d < 1 || d > month_days(y, mo))
		return ERR_RANGE;
	*out = utc_from_date(y, mo, d, h, m, sec);
	out->s -= zone_s;
	return OK;
}
