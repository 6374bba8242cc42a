/* mark_issue: what the report does not carry is refused; else an entry in the log, once, and a folder to hand out. */
#include "cmd/cmd.h"
#include "cmd/folder.h"
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"
#include "cmd/session.h"
#include "report/layout.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define PROOF "mark.tlog-proof"

struct issue {
	const struct mark_cmd *o;
	struct arena *a;
	struct mark m;
	struct mark_stands there;	/* in the log, by this key and pack */
	struct str text, entry, proof;	/* owned: of mark.json, of the log, of the proof */
	char sha256[SHA256_HEX + 1];
	struct folder folder;
	struct log *l;
	uint64_t index;
	bool again;			/* the entry was there */
};

static bool
complain(const char *what, const char *why)
{
	note("mark", "%s: %s", what, why);
	return false;
}

/* --- the log --- */

static bool
put_together(struct issue *i, const struct key *k)
{
	uint8_t digest[SHA256_BYTES];
	const char *wrong;

	i->m.address = i->o->address;
	i->m.issuer = arena_printf(i->a, "%s+%08x", key_pub(k)->name, key_pub(k)->id);
	i->m.log = arena_strdup(i->a, span_of(i->l->origin));
	wrong = mark_wrong(&i->m, i->a);
	if (wrong != NULL)
		return complain("no mark can be made of this", wrong);
	mark_write(&i->text, &i->m);
	sha256_of(i->text.p, i->text.len, digest);
	sha256_hex(digest, i->sha256);
	return true;
}

static void
entry_write(struct issue *i, const struct key *k)
{
	struct mark_line line;
	struct str reason = {0};

	mark_line_of(&line, &i->m, i->a);
	mark_line_write(&reason, &line);
	status_write(&i->entry, &(struct status){STATUS_ISSUED, i->m.at, reason.p, i->sha256, NULL, {0}}, k);
	str_release(&reason);
}

/* Once: who issues the same again has the entry that is there. What is suspended is not issued anew, but restored. */
static int
logged(struct issue *i, const struct key *k)
{
	const struct mark_stand *m;

	if (!mark_look_holds(i->o, &i->there, i->l) || !put_together(i, k))
		return EXIT_UNANSWERED;
	for (m = i->there.of; m < i->there.of + i->there.n; m++) {
		if (!m->superseded && m->suspended) {
			note("mark", "its mark by %s is suspended since entry %" PRIu64 " of the log: restore it first, "
			    "or not at all", i->m.pack.id, m->since);
			return EXIT_NO;
		}
		if (strcmp(m->sha256, i->sha256) == 0) {
			i->index = m->index;
			i->again = true;
		}
	}
	entry_write(i, k);
	if (!i->again && !mark_append(i->l, i->o, str_span(&i->entry), &i->index))
		return EXIT_UNANSWERED;
	return mark_publish(i->l, i->o) ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
proved(struct issue *i)
{
	struct log_proof p;
	enum err e = log_prove(i->l, i->index, i->a, &p);

	if (e == ERR_RANGE) {
		note("mark", "entry %" PRIu64 " is in the log, and not yet in its published checkpoint; nothing else was "
		    "written", i->index);
		note_more("have one signed (routemark log checkpoint), and run this again: it goes on from there");
	} else if (e != OK) {
		note("mark", "%s: %s", i->o->log, i->l->why);
	} else {
		proof_write(&i->proof, &p);
	}
	return e == OK ? EXIT_DONE : EXIT_UNANSWERED;
}

/* --- the folder --- */

static bool
own(const char *path)
{
	static const char *const names[] = {"mark.json", "badge.svg", "index.html", PROOF};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(path, names[i]) == 0)
			return true;
	return false;
}

static int
hand_out(struct issue *i)
{
	const struct badge b = mark_badge(&i->m, i->sha256, i->a);
	struct str badge = {0}, page = {0};
	bool good;

	badge_svg(&badge, &b, false);
	mark_page(&page, &i->m, i->sha256, i->index, str_span(&i->proof));
	good = folder_write(&i->folder, "mark.json", str_span(&i->text)) &&
	    folder_write(&i->folder, "badge.svg", str_span(&badge)) &&
	    folder_write(&i->folder, "index.html", str_span(&page)) &&
	    folder_write(&i->folder, PROOF, str_span(&i->proof)) && folder_commit(&i->folder);
	str_release(&badge);
	str_release(&page);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static void
say(const struct issue *i)
{
	const struct mark_control *c = &i->m.controls[mark_first(&i->m)];
	struct text_style style = session_style(true);
	struct str out = {0}, line = {0};

	str_addf(&line, "AS%u%s%s: mark by %s %s%s, valid to %s", i->m.asn, i->m.name[0] != '\0' ? " " : "", i->m.name,
	    i->m.pack.id,
	    i->m.pack.version, mark_label(i->m.pack.status), mark_moment(i->m.valid_to, i->a));
	lay_text(&out, style, INK_BOLD, line.p);
	str_addc(&out, '\n');
	str_clear(&line);
	str_addf(&line, "%s rests on evidence of %s, which the pack takes for %u days", c->id, mark_moment(c->oldest, i->a),
	    c->age_max_days);
	lay_labelled(&out, style, 2, 14, "until then", line.p);
	str_clear(&line);
	str_addf(&line, "entry %" PRIu64 " of %s%s", i->index, i->m.log, i->again ? ", where it was already" : "");
	lay_labelled(&out, style, 2, 14, "log", line.p);
	lay_labelled(&out, style, 2, 14, "sha256", i->sha256);
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
	str_release(&line);
}

/* What strangers wrote is read by now. */
static int
with_key(struct issue *i, const struct key *k)
{
	int status = EXIT_UNANSWERED;

	if (!folder_open_over(&i->folder, i->o->out, "mark", own, true))
		return EXIT_UNANSWERED;
	i->l = xmalloc(sizeof(*i->l));
	if (log_open(i->l, i->o->log, true) != OK)
		complain(i->o->log, i->l->why);
	else
		status = logged(i, k);
	if (status == EXIT_DONE)
		status = proved(i);
	log_close(i->l);
	free(i->l);
	if (status == EXIT_DONE)
		status = hand_out(i);
	if (status == EXIT_DONE)
		say(i);
	return status;
}

static int
issue(struct issue *i)
{
	int status = mark_carried(i->o, i->a, &i->m);
	struct key_pub by;
	struct key *k;

	if (status != EXIT_DONE)
		return status;
	if (!keys_head("mark", i->o->key, &by))
		return EXIT_UNANSWERED;
	if (by.use != KEY_SIGNER) {
		complain(i->o->key, "is a witness's key, which gives no marks");
		return EXIT_UNANSWERED;
	}
	if (!mark_look(i->o, i->m.pack.id, &by, NULL, i->a, &i->there))
		return EXIT_UNANSWERED;
	k = keys_open("mark", i->o->key, i->o->fd);
	if (k == NULL)
		return EXIT_UNANSWERED;
	status = with_key(i, k);
	folder_abandon(&i->folder);
	key_free(k);
	return status;
}

int
mark_issue(const struct mark_cmd *o)
{
	struct issue i = {.o = o, .a = arena_new()};
	int status = issue(&i);

	str_release(&i.text);
	str_release(&i.entry);
	str_release(&i.proof);
	arena_free(i.a);
	return status;
}
