/* mark: what is read is written back the same; what a report carries is a mark that is written and read again. */
#undef NDEBUG
#include <assert.h>

#include "seal/mark_ground.h"
#include "seal/mark_stand.h"
#include "seal/mark_wire.h"
#include "mutate_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
line(struct span in, struct arena *a)
{
	struct str again = {0};
	struct mark_line l;

	if (mark_line_read(in, a, &l) == OK) {
		mark_line_write(&again, &l);
		assert(span_eq(str_span(&again), in));
	}
	str_release(&again);
}

/* Between processes: what is read is written back the same. */
static void
wire(struct span in, struct arena *a)
{
	struct str again = {0};
	struct mark_stands s;
	struct mark m;

	if (mark_stands_read(in, a, &s) == OK) {
		mark_stands_write(&again, &s);
		assert(span_eq(str_span(&again), in));
		str_clear(&again);
	}
	if (mark_wire_read(in, a, &m) == OK) {
		assert(m.issuer == NULL && m.log == NULL && m.address == NULL);
		mark_wire_write(&again, &m);
		assert(span_eq(str_span(&again), in));
		m.issuer = m.log = "x";
		(void)mark_wrong(&m, a);
	}
	str_release(&again);
}

static void
again(const struct mark *m, struct arena *a)
{
	struct str s = {0}, t = {0}, reason = {0};
	const char *why = NULL;
	struct mark_line l, back;
	struct mark read;

	mark_write(&s, m);
	assert(mark_read(str_span(&s), a, &read, &why) == OK && why == NULL);
	mark_write(&t, &read);
	assert(span_eq(str_span(&s), str_span(&t)));
	str_clear(&t);
	mark_wire_write(&t, m);
	assert(mark_wire_read(str_span(&t), a, &read) == OK);
	read.address = m->address;
	read.issuer = m->issuer;
	read.log = m->log;
	str_clear(&t);
	mark_write(&t, &read);
	assert(span_eq(str_span(&s), str_span(&t)));
	mark_line_of(&l, m, a);
	mark_line_write(&reason, &l);
	if (strcmp(m->pack.status, "published") == 0 || strcmp(m->pack.status, "proposal") == 0)
		assert(mark_line_read(str_span(&reason), a, &back) == OK && back.asn == m->asn && strcmp(back.valid_to, m->valid_to) == 0);
	str_release(&s);
	str_release(&t);
	str_release(&reason);
}

static void
ground(struct span in, struct arena *a)
{
	const char *why = NULL;
	struct mark_lacks lacks;
	struct mark m;
	enum err e = mark_ground(in, 64500, "tender", a, &m, &lacks, &why);

	assert(e == OK || why != NULL);
	if (e != OK || lacks.n > 0)
		return;
	m.issuer = "issuer.example+00000000";
	m.log = "log.example";
	if (mark_wrong(&m, a) == NULL)
		again(&m, a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct mark m;

	if (mark_read(in, a, &m, &why) != OK)
		assert(why != NULL);
	else
		again(&m, a);
	line(in, a);
	wire(in, a);
	ground(in, a);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
