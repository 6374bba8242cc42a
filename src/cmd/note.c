#include "cmd/note.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

static void PRINTF_LIKE(2, 0)
print(struct str *line, const char *fmt, va_list ap)
{
	struct str raw = {0};

	str_addv(&raw, fmt, ap);
	str_add_plain(line, str_span(&raw));
	str_addc(line, '\n');
	fwrite(line->p, 1, line->len, stderr);
	str_release(&raw);
	str_release(line);
}

void
note(const char *command, const char *fmt, ...)
{
	struct str line = {0};
	va_list ap;

	str_addf(&line, "routemark %s: ", command);
	va_start(ap, fmt);
	print(&line, fmt, ap);
	va_end(ap);
}

void
note_more(const char *fmt, ...)
{
	struct str line = {0};
	va_list ap;

	str_adds(&line, "  ");
	va_start(ap, fmt);
	print(&line, fmt, ap);
	va_end(ap);
}
