/* mark_carried: whether a report carries a mark. It is read, as is the pack, in a process that has no key. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/mark.h"
#include "cmd/note.h"
#include "cmd/session.h"
#include "cmd/slurp.h"
#include "report/layout.h"
#include "rule/rule.h"
#include "seal/mark_ground.h"
#include "seal/mark_wire.h"

#include <stdio.h>
#include <stdlib.h>

#define REFUSED "refused\n"	/* what it lacks was said */

struct carrying {
	const struct mark_cmd *o;
	struct arena *a;
	struct str report;		/* its bytes */
	struct mark m;			/* in the process that decodes */
};

static bool
complain(const char *what, const char *why)
{
	note("mark", "%s: %s", what, why);
	return false;
}

/* --- in a process of its own, which has no key --- */

static void
refuse(const struct carrying *i, const struct mark_lacks *lacks)
{
	struct text_style style = session_style(true);
	struct str out = {0}, line = {0};
	const struct mark_lack *k;
	size_t n;

	str_addf(&line, "AS%u does not carry a mark by %s %s%s, as of %s", i->o->asn, i->m.pack.id, i->m.pack.version,
	    mark_label(i->m.pack.status), i->m.at);
	lay_text(&out, style, INK_BOLD, line.p);
	str_addc(&out, '\n');
	for (n = 0; n < lacks->n; n++) {
		k = &lacks->lack[n];
		str_clear(&line);
		str_addf(&line, "%s%s%s", k->control != NULL ? k->verdict : "", k->control != NULL ? ": " : "",
		    k->reason != NULL && k->reason[0] != '\0' ? k->reason : "no reason is given");
		lay_labelled(&out, style, 2, 14, k->control != NULL ? k->control : "-", line.p);
	}
	str_adds(&out, "Nothing was issued. Every required control must pass, or not apply; no data is never a pass.\n");
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
	str_release(&line);
}

static bool
digest_is(const uint8_t bytes[static SHA256_BYTES], const char *hex)
{
	char own[SHA256_HEX + 1];

	sha256_hex(bytes, own);
	return hex != NULL && strcmp(own, hex) == 0;
}

/* The report was judged by this pack and no other of its name; and says of its limits what the pack says. */
static bool
pack_same(const struct carrying *i, const struct pack *p)
{
	const struct mark *m = &i->m;
	size_t c, n = 0;

	if (!digest_is(p->sha256, m->pack.catalog) || p->has_profile != (m->pack.profile != NULL) ||
	    (p->has_profile && !digest_is(p->profile_sha256, m->pack.profile)))
		return complain(i->o->report, "was judged by another edition of this pack than is at hand; give the one it "
		    "was judged by (--pack FILE.json)");
	for (c = 0; c < p->n; c++) {
		if (!p->controls[c].required)
			continue;
		if (n == m->n || strcmp(m->controls[n].id, p->controls[c].id) != 0 ||
		    (m->controls[n].age_max_days != p->controls[c].age_max_days && m->controls[n].oldest != NULL))
			return complain(i->o->report, "does not say of its pack what the pack says");
		n++;
	}
	return n == m->n || complain(i->o->report, "requires other controls than its pack");
}

static bool
decode(void *arg, struct str *out)
{
	struct carrying *i = arg;
	const char *why = NULL, *wrong;
	struct mark_lacks lacks;
	struct pack p;

	if (pack_load(i->o->pack, i->a, &p, &why) != OK)
		return complain(i->o->pack, why);
	if (mark_ground(str_span(&i->report), i->o->asn, p.id, i->a, &i->m, &lacks, &why) != OK)
		return complain(i->o->report, why);
	if (lacks.n > 0) {
		refuse(i, &lacks);
		str_adds(out, REFUSED);
		return true;
	}
	if (!pack_same(i, &p))
		return false;
	i->m.issuer = i->m.log = "x";	/* which are not known here, and good */
	wrong = mark_wrong(&i->m, i->a);
	if (wrong != NULL)
		return complain("no mark can be made of this", wrong);
	mark_wire_write(out, &i->m);
	return true;
}

/* --- in the one that will have it --- */

/* What it may read: the pack, when that is a file, and what that may import. */
static bool
decoded(struct carrying *i, struct str *out)
{
	struct confined_paths pack = {0};
	struct jail_path *paths;
	struct confined_work w;
	size_t n;
	bool good;

	confined_paths_pack(&pack, i->o->pack);
	paths = xcalloc(pack.n + 1, sizeof(*paths));
	for (n = 0; n < pack.n; n++)
		paths[n] = (struct jail_path){.path = pack.path[n].path};
	good = confined_begin("mark", decode, i, paths, pack.n, &w) && confined_end("mark", &w, MARK_WIRE_MAX, out);
	free(paths);
	confined_paths_release(&pack);
	return good;
}

int
mark_carried(const struct mark_cmd *o, struct arena *a, struct mark *m)
{
	struct carrying i = {.o = o, .a = a};
	struct str out = {0};
	int status = EXIT_UNANSWERED;

	if (slurp("mark", o->report, SEAL_REPORT_MAX, &i.report) && decoded(&i, &out)) {
		if (span_is(str_span(&out), REFUSED))
			status = EXIT_NO;
		else if (mark_wire_read(str_span(&out), a, m) == OK && mark_wire_fits(m, o->asn, str_span(&i.report)))
			status = EXIT_DONE;
		else
			complain(o->report, "what was decoded is no mark of it");
	}
	str_release(&i.report);
	str_release(&out);
	return status;
}
