/* log_entry: a page for each entry of the log: its bytes, the proof that it is in the latest checkpoint, and a script of
 * ours that computes all of it anew in the reader's browser. Without the script the page is whole, and says so. */
#include "report/layout.h"
#include "seal/log.h"
#include "seal/note.h"
#include "seal/scan.h"
#include "serve/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct shown_entry {
	struct log *log;
	uint64_t index;
	struct checkpoint c;
	struct span text;
	struct tree_hash leaf;
	struct tree_proof path;
	bool proved;			/* the path leads from the leaf to the checkpoint's root */
};

static void
hash_put(struct str *out, const struct tree_hash *h)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(h->b, hex);
	str_adds(out, hex);
}

static bool
checkpoint_find(struct ask *q, struct shown_entry *e)
{
	struct str bytes = {0};
	const char *why = NULL;
	struct note n;
	bool good = store_read(&e->log->store, "checkpoint", NOTE_BYTES_MAX, &bytes) == OK &&
	    note_read(arena_span(q->a, str_span(&bytes)), q->a, &n, &why) == OK && checkpoint_read(n.text, &e->c, &why) == OK;

	str_release(&bytes);
	return good;
}

/* As log_prove does it, of one checkpoint and without the head, which a copy of a log does not have. */
static bool
prove(struct shown_entry *e)
{
	struct tile_tree *tiles = xmalloc(sizeof(*tiles));
	struct tree_source s = tile_tree_init(tiles, (struct tile_source){log_tile_read, e->log}, e->c.size);
	bool good;

	tree_leaf(e->text, &e->leaf);
	good = tree_include(&s, e->index, e->c.size, &e->path) == OK &&
	    tree_included(&e->path, e->index, e->c.size, &e->leaf, &e->c.root);
	free(tiles);
	return good;
}

/* Whether there is such an entry to show; else after ask_problem. */
static bool
entry_find(struct ask *q, struct shown_entry *e)
{
	const char *why = NULL;

	if (store_open(&e->log->store, q->site->log) != OK || !checkpoint_find(q, e)) {
		ask_problem(q, 503, "The log cannot be read", "Its checkpoint cannot be read, or is none.");
		return false;
	}
	if (e->index >= e->c.size) {
		ask_problem(q, 404, "No such entry", "The log's latest checkpoint has %" PRIu64 " entries, counted from 0.",
		    e->c.size);
		return false;
	}
	if (scan_one(&e->log->store, e->c.size, e->index, q->a, &e->text, &why) != OK) {
		ask_problem(q, 503, "The entry cannot be read", "The log's files do not have entry %" PRIu64 " whole.", e->index);
		return false;
	}
	e->proved = prove(e);
	return true;
}

/* RFC 9162 section 2.1.3.2, each step with the side that the hash stands on. */
static void
path_table(struct str *out, const struct shown_entry *e)
{
	static const char *const heads[] = {"#Step", "Side", "Hash beside it"};
	uint64_t fn = e->index, sn = e->c.size - 1;
	size_t i;
	bool left;

	html_open(out, "div", "id=\"path\"");
	html_table(out, "From the leaf to the root", heads, 3);
	for (i = 0; i < e->path.n; i++) {
		left = (fn & 1) == 1 || fn == sn;
		str_addf(out, "<tr><th scope=\"row\" class=\"n\">%zu</th><td>%s</td><td class=\"hex\" data-hash>", i + 1,
		    left ? "left" : "right");
		hash_put(out, &e->path.hash[i]);
		str_adds(out, "</td></tr>\n");
		for (; left && (fn & 1) == 0 && fn != 0; fn >>= 1)
			sn >>= 1;
		fn >>= 1;
		sn >>= 1;
	}
	html_table_end(out);
	html_close(out, "div");
	str_addc(out, '\n');
}

static void
proof_show(struct str *out, const struct shown_entry *e)
{
	html_el(out, "h2", NULL, "Its proof");
	str_addf(out, "<dl><dt>Index</dt><dd>%" PRIu64 ", counted from 0</dd><dt>Entries in the checkpoint</dt><dd>", e->index);
	lay_count(out, e->c.size);
	str_adds(out, "</dd>");
	if (e->proved) {
		str_adds(out, "<dt>Leaf hash</dt><dd class=\"hex\" id=\"leaf\">");
		hash_put(out, &e->leaf);
		str_adds(out, "</dd>");
	}
	str_adds(out, "<dt>Root in the checkpoint</dt><dd class=\"hex\" id=\"root\">");
	hash_put(out, &e->c.root);
	str_adds(out, "</dd></dl>\n");
	if (!e->proved) {
		str_adds(out, "<p class=\"notice\"><strong>There is no proof to show.</strong> The log's own files contradict each "
		    "other, or a tile cannot be read: the entry does not lead to the root of the checkpoint.</p>\n");
	} else if (e->path.n == 0) {
		str_adds(out, "<p>The log has this entry alone: its leaf hash is the root.</p>\n");
	} else {
		str_adds(out, "<p>SHA-256 of a byte 0 and the entry is its leaf hash. SHA-256 of a byte 1, the hash on the left "
		    "and the hash on the right is the next one up (RFC 9162, section 2.1); the last one is the root.</p>\n");
		path_table(out, e);
	}
}

static void
check_show(struct ask *q, const struct shown_entry *e)
{
	struct str *out = &q->r->body;

	str_addf(out, "<section id=\"proof\" data-index=\"%" PRIu64 "\" data-size=\"%" PRIu64 "\">\n", e->index, e->c.size);
	html_el(out, "h2", NULL, "Checked in your browser");
	str_adds(out, "<noscript><p>Nothing was checked here, since no script runs: what stands above is this site's word.</p></noscript>\n"
	    "<div id=\"check\" hidden>\n<p role=\"status\" id=\"outcome\">Being checked ...</p>\n<ol id=\"steps\" class=\"steps\"></ol>\n"
	    "<form id=\"key\" class=\"pick\"><label for=\"vkey\">Verifier key of the log</label> <input id=\"vkey\" name=\"vkey\" "
	    "autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" maxlength=\"400\" placeholder=\"name+id+base64\" value=\"");
	if (q->site->log_key != NULL)
		html_text(out, q->site->log_key);
	str_adds(out, "\"> <button>Check again</button></form>\n<p class=\"note\">Take the key from whoever keeps the log, by a way "
	    "other than this site: ");
	str_adds(out, q->site->log_key != NULL ? "the one above is this site's own word, and proves less. " : "none is given here. ");
	str_adds(out, "The script asks this site alone for the checkpoint and the tiles, computes in your browser, and keeps "
	    "nothing; but it came from here, too.</p>\n</div>\n</section>\n");
}

static void
page_entry(struct ask *q, struct shown_entry *e)
{
	struct str *out = &q->r->body;
	char title[48];

	snprintf(title, sizeof(title), "Log entry %" PRIu64, e->index);
	q->r->script = q->site->proof_path;
	page_begin(q, title, "/log");
	html_el(out, "h1", NULL, title);
	str_adds(out, "<p class=\"lead\">In the log ");
	html_span(out, e->c.origin);
	str_adds(out, ", whose latest checkpoint is of ");
	lay_count(out, e->c.size);
	str_adds(out, e->c.size == 1 ? " entry.</p>\n" : " entries.</p>\n");
	str_adds(out, "<p class=\"pages\">");
	if (e->index > 0)
		str_addf(out, "<a href=\"/log/%" PRIu64 "\" rel=\"prev\">Before: entry %" PRIu64 "</a> ", e->index - 1, e->index - 1);
	if (e->index + 1 < e->c.size)
		str_addf(out, "<a href=\"/log/%" PRIu64 "\" rel=\"next\">After: entry %" PRIu64 "</a> ", e->index + 1, e->index + 1);
	str_adds(out, "<a href=\"/log\">The log</a></p>\n");
	html_el(out, "h2", NULL, "The entry");
	str_adds(out, "<pre tabindex=\"0\" class=\"wrap\" id=\"entry\">");
	html_span(out, e->text);
	str_adds(out, "</pre>\n<p class=\"note\">What is no text, or would steer it, is shown as \"?\".</p>\n");
	proof_show(out, e);
	check_show(q, e);
	str_addf(out, "<h2>To check it elsewhere</h2>\n<p><code>routemark verify REPORT --policy FILE --log URL</code>, where the URL is "
	    "this site's with <code>/log</code> behind it, computes the root anew from every entry, and tells what they say of a "
	    "report. Who has a copy of the log gets this proof as a file from <code>routemark log prove DIR %" PRIu64 "</code>, "
	    "and <code>routemark verify REPORT --policy FILE --proof FILE</code> checks it offline.</p>\n", e->index);
	page_end(q);
}

void
log_entry(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct shown_entry e = {.log = NULL};

	if (!ask_only(q, keys))
		return;
	if (q->site->log == NULL || span_u64(span_of(q->rest), TREE_SIZE_MAX - 1, &e.index) != OK || (q->rest[0] == '0' && q->rest[1] != '\0')) {
		ask_problem(q, 404, "No such entry", "An entry has an index, counted from 0.");
		return;
	}
	e.log = xmalloc(sizeof(*e.log));
	*e.log = (struct log){.lock = -1};	/* not log_open, which looks at the head */
	if (entry_find(q, &e))
		page_entry(q, &e);
	log_close(e.log);
	free(e.log);
}
