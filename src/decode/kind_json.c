/*
 * JSON kinds are told by their first keys. This walks the tokens of a head that may be cut
 * anywhere; it judges no syntax (the decoder does), it only notes which keys stand where.
 */
#include "decode/kind_int.h"

#include "base/limits.h"

#include <assert.h>

enum place {			/* where a key stands */
	AT_TOP,			/* in the outermost object */
	IN_ITEM			/* in an object of a top-level array, or of the array that is all */
};

#define KEYS(X)                                                                         \
	X(AT_TOP, METADATA, "metadata")                                                 \
	X(AT_TOP, ROAS, "roas")                                                         \
	X(AT_TOP, ASPAS, "aspas")                                                       \
	X(AT_TOP, DATA, "data")                                                         \
	X(AT_TOP, HYDRA, "hydra:member")                                                \
	X(AT_TOP, LAB_KEY, "_routemark_lab")                                            \
	X(IN_ITEM, ASN, "asn")                                                          \
	X(IN_ITEM, PREFIX, "prefix")                                                    \
	X(IN_ITEM, CUSTOMER, "customer_asid")                                           \
	X(IN_ITEM, CUSTOMER2, "customer")                                               \
	X(IN_ITEM, IRR_AS_SET, "irr_as_set")                                            \
	X(IN_ITEM, NAME, "name")                                                        \
	X(IN_ITEM, ADDRESS1, "address1")                                                \
	X(IN_ITEM, ORG_ID, "org_id")                                                    \
	X(IN_ITEM, ROLE, "role")                                                        \
	X(IN_ITEM, NET_ID, "net_id")                                                    \
	X(IN_ITEM, SESSION, "session")                                                  \
	X(IN_ITEM, ASN4, "asn4")                                                        \
	X(IN_ITEM, ASN6, "asn6")

enum key {
#define X(place, id, text) KEY_##id,
	KEYS(X)
#undef X
	KEY_N
};

static const struct {
	enum place place;
	const char *text;
} keys[KEY_N] = {
#define X(place, id, text) [KEY_##id] = {place, text},
    KEYS(X)
#undef X
};

static_assert(KEY_N <= 32, "a bit per key");

struct walk {
	struct span s;
	size_t i;
	unsigned depth;
	char open[JSON_DEPTH_MAX];	/* '{' or '[' of each level */
	uint32_t seen;			/* bit per enum key */
	uint32_t opened;		/* bits of the top keys whose value was seen to be [ or { */
	int top;			/* the top key we are under, -1 when it is not one of ours */
};

#define HAS(w, id) (((w)->seen >> KEY_##id & 1u) != 0)
#define OPENED(w, id) (((w)->opened >> KEY_##id & 1u) != 0)

/* The string that starts at s[i] == '"', without unescaping; false when the head ends in it. */
static bool
take_string(struct walk *w, struct span *out)
{
	size_t from = ++w->i;

	for (; w->i < w->s.len; w->i++) {
		if (w->s.p[w->i] == '\\') {
			w->i++;
		} else if (w->s.p[w->i] == '"') {
			*out = (struct span){w->s.p + from, w->i - from};
			w->i++;
			return true;
		}
	}
	return false;
}

static char
peek_token(struct walk *w)
{
	while (w->i < w->s.len && (w->s.p[w->i] == ' ' || w->s.p[w->i] == '\t' ||
	    w->s.p[w->i] == '\n' || w->s.p[w->i] == '\r'))
		w->i++;
	return w->i < w->s.len ? w->s.p[w->i] : '\0';
}

static bool
is_item(const struct walk *w)
{
	if (w->open[w->depth - 1] != '{')
		return false;
	if (w->open[0] == '[')
		return w->depth == 2;
	/* "aspas" of 2021 to 2023 holds an object of arrays, one per family */
	return (w->depth == 3 && w->open[1] == '[') ||
	    (w->depth == 4 && w->open[1] == '{' && w->open[2] == '[' && w->top == KEY_ASPAS);
}

static void
note_key(struct walk *w, struct span key)
{
	enum place place;
	int k;

	if (w->depth == 1 && w->open[0] == '{')
		place = AT_TOP;
	else if (is_item(w))
		place = IN_ITEM;
	else
		return;
	if (place == AT_TOP)
		w->top = -1;
	for (k = 0; k < KEY_N; k++) {
		if (keys[k].place != place || !span_is(key, keys[k].text))
			continue;
		w->seen |= 1u << k;
		if (place == AT_TOP)
			w->top = k;
	}
}

/* One token; false when the head is used up or too deep to be one of ours. */
static bool
walk_token(struct walk *w)
{
	struct span text;
	char c = peek_token(w);

	if (c == '\0')
		return false;
	if (c == '"') {
		if (!take_string(w, &text))
			return false;
		if (peek_token(w) == ':' && w->depth > 0 && w->open[w->depth - 1] == '{')
			note_key(w, text);
		return true;
	}
	w->i++;
	if (c == '{' || c == '[') {
		if (w->depth == 1 && w->open[0] == '{' && w->top >= 0)
			w->opened |= 1u << w->top;
		if (w->depth == JSON_DEPTH_MAX)
			return false;
		w->open[w->depth++] = c;
	} else if (c == '}' || c == ']') {
		if (w->depth == 0 || --w->depth == 0)
			return false;
	}
	return true;
}

static enum input_kind
judge(const struct walk *w)
{
	bool payload = (OPENED(w, ROAS) && HAS(w, ASN) && HAS(w, PREFIX)) ||
	    (OPENED(w, ASPAS) && (HAS(w, CUSTOMER) || HAS(w, CUSTOMER2)));
	bool empty = OPENED(w, METADATA) && (OPENED(w, ROAS) || OPENED(w, ASPAS));

	if (payload || empty)
		return KIND_VRP_JSON;
	if (HAS(w, SESSION) && (HAS(w, ASN4) || HAS(w, ASN6)))
		return KIND_SPOOFER_JSON;
	if (!OPENED(w, DATA))	/* the answer key that comes with a lab world is no evidence */
		return HAS(w, LAB_KEY) ? KIND_TEXT : KIND_UNKNOWN;
	if (HAS(w, ROLE) && HAS(w, NET_ID))
		return KIND_PDB_POC;
	if (HAS(w, ASN) && HAS(w, IRR_AS_SET))
		return KIND_PDB_NET;
	/* a facility or an exchange has an address too, and the organisation it belongs to */
	if (HAS(w, NAME) && HAS(w, ADDRESS1) && !HAS(w, ORG_ID))
		return KIND_PDB_ORG;
	return KIND_UNKNOWN;
}

enum input_kind
kind_json(struct span head)
{
	struct walk w = {.s = head, .top = -1};

	while (walk_token(&w))
		;
	return judge(&w);
}
