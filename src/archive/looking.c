#include "archive/looking.h"

void
looking_complain(const struct looking *l, const char *fmt, ...)
{
	struct str s = {0};
	va_list ap;

	str_addf(&s, "%s %s: ", l->what, l->hex);
	va_start(ap, fmt);
	str_addv(&s, fmt, ap);
	va_end(ap);
	l->each(l->arg, s.p);
	str_release(&s);
}
