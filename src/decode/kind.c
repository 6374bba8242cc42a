#include "decode/kind_int.h"

#include "base/limits.h"
#include "base/rd.h"
#include "decode/mrt.h"

#include <string.h>

static const struct {
	const char *word, *text;
} kinds[] = {
#define X(id, word, text) [id] = {word, text},
    KIND_LIST(X)
#undef X
};

const char *
kind_word(enum input_kind k)
{
	return (unsigned)k < KIND_N ? kinds[k].word : "unknown";
}

const char *
kind_text(enum input_kind k)
{
	return (unsigned)k < KIND_N ? kinds[k].text : "not recognised";
}

/* The record types that RFC 6396 and RFC 8050 define, and the least a record of each holds. OSPF
 * and IS-IS records carry no routes of BGP, but a file of them is still MRT. */
static const struct {
	uint16_t type, sub_lo, sub_hi;
	uint32_t least;
} mrt_forms[] = {
    {11, 0, 0, 8},			/* OSPFv2 */
    {MRT_TABLE_DUMP, 1, 1, 22},
    {MRT_TABLE_DUMP, 2, 2, 46},
    {MRT_TABLE_DUMP_V2, 1, 1, 8},	/* PEER_INDEX_TABLE */
    {MRT_TABLE_DUMP_V2, 2, 6, 7},
    {MRT_TABLE_DUMP_V2, 7, 7, 4},	/* GEO_PEER_TABLE, RFC 6397 */
    {MRT_TABLE_DUMP_V2, 8, 12, 7},	/* ADD-PATH, RFC 8050 */
    {MRT_BGP4MP, 0, 11, 12},
    {MRT_BGP4MP_ET, 0, 11, 16},
    {32, 0, 0, 1},			/* ISIS */
    {33, 0, 0, 5},			/* ISIS_ET */
    {48, 0, 0, 8},			/* OSPFv3 */
    {49, 0, 0, 12},			/* OSPFv3_ET */
};

enum input_kind
kind_mrt(struct span head)
{
	struct rd r = rd_init(head.p, head.len, 0);
	uint16_t type, subtype;
	uint32_t len;
	size_t i;

	rd_u32(&r, "mrt.time");
	type = rd_u16(&r, "mrt.type");
	subtype = rd_u16(&r, "mrt.subtype");
	len = rd_u32(&r, "mrt.length");
	if (r.err != OK || len > MRT_RECORD_MAX)
		return KIND_UNKNOWN;
	for (i = 0; i < sizeof(mrt_forms) / sizeof(mrt_forms[0]); i++)
		if (type == mrt_forms[i].type && subtype >= mrt_forms[i].sub_lo &&
		    subtype <= mrt_forms[i].sub_hi && len >= mrt_forms[i].least)
			return KIND_MRT;
	return KIND_UNKNOWN;
}

/* Prose has no control characters but white space; bytes above 127 may be UTF-8 or, in old
 * registry dumps, Latin-1. */
static bool
is_text(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
			return false;
	}
	return true;
}

enum input_kind
kind_sniff(struct span head, bool whole)
{
	enum input_kind kind;
	struct span body;

	if (head.len == 0)
		return whole ? KIND_EMPTY : KIND_UNKNOWN;
	/* an MRT type has a zero octet, text has none; a stray control character in some object's remarks
	 * must not hide the whole dump that it is in */
	if (memchr(head.p, 0, head.len) != NULL)
		return kind_mrt(head);
	if (span_starts(head, "\xef\xbb\xbf")) {	/* UTF-8 byte order mark */
		head.p += 3;
		head.len -= 3;
	}
	body = span_trim(head);
	if (body.len > 0 && (body.p[0] == '{' || body.p[0] == '['))
		return kind_json(body);
	kind = kind_lines(head, whole);
	return kind == KIND_TEXT && !is_text(head) ? KIND_UNKNOWN : kind;
}
