#include "decode/csv.h"

size_t
csv_plain(struct span line, char sep, struct span *f, size_t cap)
{
	struct span piece;
	size_t n = 0;

	while (span_cut(&line, sep, &piece)) {
		if (n < cap)
			f[n] = piece;
		n++;
	}
	return n;
}

size_t
csv_sniff(struct span line, char *scratch, struct span *f, size_t cap)
{
	size_t n = 0, used = 0;
	struct span field;
	enum err e;

	if (line.len > CSV_SNIFF_MAX)
		return 0;
	for (;;) {
		bool quoted = line.len > 0 && line.p[0] == '"';

		if (!span_csv(&line, ',', scratch + used, &field, &e))
			break;
		if (n == cap)
			return 0;
		f[n++] = field;
		used += quoted ? field.len : 0;
	}
	return e == OK ? n : 0;
}
