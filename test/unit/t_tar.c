/* tar: what is written is read back; every truncation, every flipped bit, and what others might slip in, is refused. */
#include "base/tar.h"
#include "tap.h"

static const char *const names[] = {"SHA256SUMS", "bundle.json", "evidence/mrt-0123456789abcdef", "report.json"};
static const char *const texts[] = {"", "{}\n", "x", NULL};

static void
make(struct str *out)
{
	char big[1500];
	size_t i;

	memset(big, 'r', sizeof(big));
	for (i = 0; i < 4; i++)
		tar_put(out, names[i], texts[i] != NULL ? span_of(texts[i]) : (struct span){big, sizeof(big)});
	tar_end(out);
}

/* How many files until the end; -1 when it is refused. */
static int
count(struct span bytes)
{
	struct tar t;
	int n = 0;

	tar_open(&t, bytes);
	while (tar_next(&t))
		n++;
	return t.why == NULL && t.end ? n : -1;
}

static void
names_good(void)
{
	static const char *const bad[] = {"", "/", "/etc/passwd", "..", "../x", "a/../b", "a/./b", "a//b", "a/", ".hidden", "a/.b",
	    "a b", "a\\b", "a\nb", "\xc3\xa4", "-"};
	char longest[TAR_NAME_MAX + 2];
	size_t i;

	for (i = 0; i + 1 < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!tar_name_good(span_of(bad[i])), "\"%s\" is no good name", i == 13 ? "a line feed" : bad[i]);
	for (i = 0; i < 4; i++)
		ok(tar_name_good(span_of(names[i])), "%s is", names[i]);
	memset(longest, 'a', sizeof(longest));
	ok(tar_name_good((struct span){longest, TAR_NAME_MAX}) && !tar_name_good((struct span){longest, TAR_NAME_MAX + 1}),
	    "at most %u bytes", TAR_NAME_MAX);
}

static void
reads_back(const struct str *s)
{
	struct tar t;
	int i = 0;
	bool same = true;

	tar_open(&t, str_span(s));
	while (tar_next(&t)) {
		same = same && strcmp(t.name, names[i]) == 0 && (texts[i] != NULL ? span_is(t.bytes, texts[i]) : t.bytes.len == 1500);
		i++;
	}
	ok(same && i == 4 && t.why == NULL, "what was written is read back");
}

static void
every_truncation(const struct str *s)
{
	size_t n;
	int taken = 0;

	for (n = 0; n < s->len; n++)
		taken += count((struct span){s->p, n}) >= 0;
	ok(taken == 0, "no truncation is taken for the whole");
}

/* In the files themselves a bit may be what it wants: SHA256SUMS is for them. */
static void
every_bit(struct str *s)
{
	size_t i, end = 0, taken = 0;
	struct tar t;

	for (i = 0; i < s->len; i++) {
		bool content = false;
		size_t bit;

		tar_open(&t, str_span(s));
		while (tar_next(&t))
			content = content || (i >= (size_t)(t.bytes.p - s->p) && i < (size_t)(t.bytes.p - s->p) + t.bytes.len);
		end = i;
		for (bit = 0; !content && bit < 8; bit++) {
			s->p[i] = (char)(s->p[i] ^ 1 << bit);
			taken += count(str_span(s)) == 4;
			s->p[i] = (char)(s->p[i] ^ 1 << bit);
		}
	}
	ok(taken == 0 && end + 1 == s->len, "no bit of a header or of what fills up can be another");
}

static void
refused(void)
{
	struct str s = {0}, two = {0};

	tar_put(&s, "b", SPAN("1"));
	str_add(&two, str_span(&s));
	str_add(&two, str_span(&s));
	tar_end(&two);
	ok(count(str_span(&two)) == -1, "one name twice is refused");
	str_clear(&two);
	str_add(&two, str_span(&s));
	tar_put(&two, "c", SPAN("1"));
	tar_end(&two);
	ok(count(str_span(&two)) == 2, "ascending ones are not");
	str_addc(&two, '\0');
	ok(count(str_span(&two)) == -1, "a byte behind the end is");
	str_release(&s);
	str_release(&two);
}

int
main(void)
{
	struct str s = {0};

	make(&s);
	names_good();
	reads_back(&s);
	every_truncation(&s);
	every_bit(&s);
	refused();
	str_release(&s);
	return tap_done();
}
