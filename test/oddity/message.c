/* message: a line of a description as a session has it, and as BGP and MRT write that. */
#include "oddity.h"

#include <stdlib.h>
#include <string.h>

bool
view_of(const struct line *l, int session, struct view *v)
{
	uint32_t self = 1000000 + FIRST_SESSION + (uint32_t)session;
	bool named = false, mine = false;
	char *save, *w;
	int k;

	*v = (struct view){.path = {self}, .n = 1, .odd = is(l, "odd")};
	for (k = 2; k < l->n; k++) {
		char word[256];

		snprintf(word, sizeof(word), "%s", l->word[k]);
		if (word[0] == '@') {
			named = true;
			for (w = strtok_r(word + 1, ",", &save); w != NULL; w = strtok_r(NULL, ",", &save))
				mine = mine || asn(l, w) == self;
		} else if (word[0] == '{') {
			for (w = strtok_r(word, "{,}", &save); w != NULL; w = strtok_r(NULL, "{,}", &save))
				v->set[v->n_set++] = asn(l, w);
		} else if (word[0] == '(') {
			v->confed = asn(l, word + 1);
		} else if (strncmp(word, "otc=", 4) == 0) {
			v->has_otc = true;
			v->otc = asn(l, word + 4);
		} else if (strcmp(word, "blackhole") == 0) {
			v->blackhole = true;
		} else if (v->n > 1 || asn(l, word) != self) {
			v->path[v->n++] = asn(l, word);
		}
	}
	return !named || mine;
}

void
put_attr(struct wr *b, unsigned flags, unsigned type, const struct wr *value)
{
	wr_u8(b, (uint8_t)(flags | 0x10));
	wr_u8(b, (uint8_t)type);
	wr_u16(b, (uint16_t)value->len);
	wr_bytes(b, value->p, value->len);
}

void
put_nlri(struct wr *b, const struct prefix *p)
{
	wr_u8(b, p->len);
	wr_bytes(b, p->addr, (p->len + 7u) / 8);
}

static void
put_path(struct wr *b, const struct view *v)
{
	uint32_t i;

	wr_u8(b, 2);
	wr_u8(b, (uint8_t)v->n);
	for (i = 0; i < v->n; i++)
		wr_u32(b, v->path[i]);
	if (v->confed != 0) {	/* left in by mistake: RFC 5065 section 5 has it removed */
		wr_u8(b, 3);
		wr_u8(b, 1);
		wr_u32(b, v->confed);
	}
	if (v->n_set == 0)
		return;
	wr_u8(b, 1);
	wr_u8(b, (uint8_t)v->n_set);
	for (i = 0; i < v->n_set; i++)
		wr_u32(b, v->set[i]);
}

/* nlri NULL: as in a table. */
void
put_attrs(struct wr *b, const struct view *v, unsigned family, const struct prefix *nlri)
{
	static const uint8_t hop6[16] = {0x2a, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
	struct wr x = {0};

	wr_u8(&x, 0);
	put_attr(b, 0x40, 1, &x);
	wr_clear(&x);
	put_path(&x, v);
	put_attr(b, 0x40, 2, &x);
	wr_clear(&x);
	if (family == FAMILY_V4) {
		wr_u32(&x, 0x13000001);
		put_attr(b, 0x40, 3, &x);
		wr_clear(&x);
	}
	if (v->blackhole) {
		wr_u32(&x, 0xffff029a);
		put_attr(b, 0xc0, 8, &x);
		wr_clear(&x);
	}
	if (family == FAMILY_V6) {
		if (nlri != NULL) {
			wr_u16(&x, 2);
			wr_u8(&x, 1);
		}
		wr_u8(&x, 16);
		wr_bytes(&x, hop6, 16);
		if (nlri != NULL) {
			wr_u8(&x, 0);
			put_nlri(&x, nlri);
		}
		put_attr(b, 0x80, 14, &x);
		wr_clear(&x);
	}
	if (v->has_otc) {
		wr_u32(&x, v->otc);
		put_attr(b, 0xc0, 35, &x);
	}
	wr_release(&x);
}

size_t
record(struct wr *b, uint32_t time, unsigned type, unsigned subtype)
{
	wr_u32(b, time);
	wr_u16(b, (uint16_t)type);
	wr_u16(b, (uint16_t)subtype);
	wr_u32(b, 0);
	return b->len;
}

void
save(const char *name, struct wr *b)
{
	FILE *f = begin(name);

	fwrite(b->p, 1, b->len, f);
	end(f);
	wr_release(b);
}

void
put_peer_addr(struct wr *b, int session, bool v6, bool local)
{
	static const uint8_t head[15] = {0x2a, 0x05, 0xff};

	if (v6) {
		wr_bytes(b, head, 15);
		wr_u8(b, (uint8_t)(local ? 200 : session + 1));
	} else {
		wr_u32(b, 0x13ff0000u + (uint32_t)(local ? 200 : session + 1));
	}
}
