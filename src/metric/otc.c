#include "metric/otc.h"
#include "metric/valley.h"

const char *
otc_word(enum otc_state s)
{
	static const char *const word[] = {"absent", "malformed", "not-on-path", "kept", "broken"};

	return word[s];
}

enum down { DOWN_MAYBE, DOWN_NOT_INFERRED, DOWN_NOT_ATTESTED };

/* Whether hop p is known not to go down. */
static enum down
not_down(const struct aspa_hop *aspa, const uint8_t *valley, size_t p)
{
	if (valley != NULL && valley[p] == HOP_SIBLING)
		return DOWN_MAYBE;
	if (aspa != NULL && aspa[p].down == ASPA_NOT_PROVIDER)
		return DOWN_NOT_ATTESTED;
	if (aspa != NULL && aspa[p].down == ASPA_PROVIDER)
		return DOWN_MAYBE;
	if (valley != NULL && (valley[p] == HOP_UP || valley[p] == HOP_LATERAL))
		return DOWN_NOT_INFERRED;
	return DOWN_MAYBE;
}

/* Whether hop p is known to go down, or within an organisation; by ASPA, or also by what is inferred. */
static bool
is_down(const struct aspa_hop *aspa, const uint8_t *valley, size_t p, bool attested)
{
	if (aspa != NULL && aspa[p].down == ASPA_PROVIDER && aspa[p].up != ASPA_PROVIDER)
		return true;
	return valley != NULL && (valley[p] == HOP_SIBLING || (valley[p] == HOP_DOWN && !attested));
}

/* The first after X that may have passed it on wrongly: who had it from a customer is not to blame. */
static size_t
last_suspect(const struct otc *o, const struct aspa_hop *aspa, const uint8_t *valley)
{
	size_t p = o->at - 2;

	while (p > o->out && is_down(aspa, valley, p, o->attested))
		p--;
	return p + 1;
}

struct otc
otc_look(struct otc_mark mark, const uint32_t *as, size_t n, const struct aspa_hop *aspa, const uint8_t *valley)
{
	struct otc o = {.state = OTC_ABSENT};
	size_t p;

	if (!mark.present)
		return o;
	o.state = mark.malformed ? OTC_MALFORMED : OTC_NOT_ON_PATH;
	if (mark.malformed)
		return o;
	while (o.at < n && as[o.at] != mark.asn)
		o.at++;
	if (o.at == n) {
		o.at = 0;
		return o;
	}
	o.state = OTC_KEPT;
	/* the first hop from X may go to a peer; the next ones are those after it, towards as[0] */
	for (p = o.at > 0 ? o.at - 1 : 0; p-- > 0;) {
		enum down d = not_down(aspa, valley, p);

		if (d == DOWN_MAYBE || (d == DOWN_NOT_INFERRED && o.state == OTC_BROKEN))
			continue;
		o.state = OTC_BROKEN;
		o.out = p;
		o.attested = d == DOWN_NOT_ATTESTED;
		if (o.attested)
			break;
	}
	if (o.state == OTC_BROKEN)
		o.last = last_suspect(&o, aspa, valley);
	return o;
}
