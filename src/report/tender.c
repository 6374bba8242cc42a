/* tender: the whole text, and the clause around the requirements. */
#include "report/markdown.h"
#include "report/tender_int.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- heading --- */

static const char *
file_of(const struct requirement *req)
{
	const char *name = req->pack.profile.name, *slash = strrchr(name, '/');

	return slash != NULL ? slash + 1 : name;
}

/* A pack, with what its authors say of it: that it is a proposal, or a reading of somebody else's text. */
static void
origin_item(struct str *out, const struct pack *p)
{
	char hex[SHA256_HEX + 1];
	struct str s = {0};

	str_addf(&s, "%s %s%s: %s. ", p->id, p->version, pack_label(p), p->title);
	if (p->remarks != NULL)
		str_addf(&s, "%s ", p->remarks);
	sha256_hex(p->sha256, hex);
	str_addf(&s, "SHA-256 of the catalogue: %s", hex);
	md_item_text(out, NULL, s.p);
	str_release(&s);
}

static void
heading(struct str *out, const struct tender *t)
{
	const struct pack *p = &t->req->pack;
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	size_t i;

	md_text(&s, p->title);
	md_heading(out, 1, s.p);
	str_clear(&s);
	sha256_hex(p->profile_sha256, hex);
	str_addf(&s, "Routing security requirements %s %s%s, written by routemark from the profile %s (SHA-256 %s). "
	    "A draft for a tender: have it read by who answers for the contract before it binds anybody.",
	    p->id, p->version, pack_label(p), file_of(t->req), hex);
	md_paragraph_text(out, s.p);
	str_clear(&s);
	str_adds(&s, "It is for ");
	say_networks(&s, t);
	str_adds(&s, ". Its requirements are controls of these rule packs:");
	md_paragraph_text(out, s.p);
	str_addc(out, '\n');
	for (i = 0; i < t->req->n_from; i++)
		origin_item(out, &t->req->from[i]);
	str_release(&s);
}

/* --- terms --- */

/* A name that a shell takes for one word, whatever the file is called. */
static const char *
shell_name(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

	return name[0] != '-' && name[strspn(name, plain)] == '\0' ? name : "PROFILE.json";
}

static void
command(struct str *out, const struct tender *t)
{
	size_t i;

	str_addf(out, "\n```sh\nroutemark compare --require %s", shell_name(file_of(t->req)));
	for (i = 0; i < t->n; i++)
		str_addf(out, " AS%" PRIu32, t->asn[i]);
	str_addf(out, "%s \\\n    --data DIR --at DATE --answers ANSWERS.csv\n```\n", t->n == 0 ? " ASN ..." : "");
}

static void
terms(struct str *out, const struct tender *t)
{
	static const char *const fixed[] = {
	    "**Required** means: an offer that does not meet the requirement does not meet this tender. "
	    "**Wished** means: it counts by its weight where offers are compared.",
	    "**The day of judging** is named by the Buyer. Evidence from after that day does not count.",
	    "Each requirement is judged for each Network: it is met, or short of the bar, or it cannot be "
	    "judged, or it does not apply. **What cannot be judged is not met**; the Buyer says what data or "
	    "answer is missing. What does not apply to a Network is left out of its count.",
	    "**Evidence** is of four classes, in this order: attested (the Provider says so, signed and dated), "
	    "measured (seen in data that both sides can get), tested (somebody tried), audited (a third party "
	    "looked). A requirement is met by evidence of the class that it asks for or a higher one. A failure "
	    "that is measured stays one, whatever was answered.",
	    "**The bar is what counts.** A requirement is worded as its pack words it; to what degree it has to "
	    "hold is said by the number and the bar that stand with it.",
	    "**Numbers.** A share is given with what was counted and of how many, and with its Wilson score "
	    "interval (95 %). The share is held against the bar as the fraction that it is, not rounded; the "
	    "interval shows how much a population of that size can tell, and moves no bar. Below the least "
	    "population, or with evidence older than the greatest age, a requirement cannot be judged.",
	    "**Comparing offers:** first comes the one with fewer required ones short; then with fewer required "
	    "ones that cannot be judged; then with the larger share of the weight met, of all that applies to "
	    "it; then with less weight short. An offer of which nothing that applies can be judged gets no place.",
	    "**Objections.** A finding is named by what decides it (prefix, origin, AS path, vantage points, "
	    "date). What the Provider shows to be an error of the data is judged again without it.",
	    "**Right to recompute.** The Buyer, the Provider, and whoever either of them names, may compute "
	    "every result again. The Buyer names all inputs by their SHA-256 and passes on those that are not "
	    "public. The same profile, inputs, answers and day give the same bytes, on any machine:",
	};
	struct str s = {0};
	size_t i;

	md_heading(out, 3, "Terms");
	str_addc(out, '\n');
	str_adds(&s, "**Network** means each autonomous system by which the Provider delivers the service: ");
	say_networks(&s, t);
	str_addc(&s, '.');
	md_numbered(out, 1, s.p);
	for (i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		md_numbered(out, (unsigned)i + 2, fixed[i]);
	command(out, t);
	str_release(&s);
}

/* --- the whole --- */

static void
clause(struct str *out, const struct tender *t, const struct ask *asks)
{
	unsigned n[2] = {0, 0};
	uint64_t weight = 0;
	struct str s = {0};
	size_t i;

	for (i = 0; i < t->req->pack.n; i++) {
		weight += asks[i].demand->weight;
		if (asks[i].number > 0)
			n[asks[i].demand->control->required]++;
	}
	md_heading(out, 2, "Part 1: the clause");
	terms(out, t);
	md_heading(out, 3, "Requirements that are measured");
	str_addf(&s, "%u are required and %u are wished, in this order. Each says how it will be checked. The weights of both "
	    "parts add up to %" PRIu64 "; what stands in both counts once.", n[1], n[0], weight);
	md_paragraph(out, s.p);
	for (i = 0; i < t->req->pack.n; i++)
		if (asks[i].number > 0)
			tender_requirement(out, &asks[i]);
	str_release(&s);
}

void
tender_text(struct str *out, const struct tender *t)
{
	struct ask *asks = asks_make(t->req);

	heading(out, t);
	clause(out, t, asks);
	tender_questions(out, t, asks);
	free(asks);
}
