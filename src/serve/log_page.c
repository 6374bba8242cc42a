/* log_page: the public log as it lies in its folder (c2sp.org/tlog-tiles): a page about its newest entries, and its
 * files as any web server would give them. Nothing is signed here, and nothing vouched for. */
#include "report/layout.h"
#include "seal/checkpoint.h"
#include "seal/note.h"
#include "seal/store.h"
#include "seal/tile.h"
#include "serve/page.h"

#include <inttypes.h>

#define CHECKPOINT_MAX (64u << 10)
#define BUNDLE_MAX (TILE_WIDTH * (ENTRY_MAX + 2))
#define SHOWN 20
#define ENTRY_SHOWN 400		/* bytes of one entry */

static bool
file_read(const struct site *site, const char *path, size_t max, struct str *out)
{
	struct store s;
	bool good;

	if (store_open(&s, site->log) != OK)
		return false;
	good = store_read(&s, path, max, out) == OK;
	store_close(&s);
	return good;
}

/* --- files --- */

void
log_file(struct ask *q)
{
	struct tile t;
	bool checkpoint = strcmp(q->rest, "checkpoint") == 0;

	if (q->site->log == NULL || (!checkpoint && tile_path_read(span_of(q->rest), &t) != OK) ||
	    !file_read(q->site, q->rest, checkpoint ? CHECKPOINT_MAX : BUNDLE_MAX, &q->r->body)) {
		ask_problem(q, 404, "No such file of the log", "The log has no file at this address.");
		return;
	}
	q->r->type = checkpoint ? TYPE_TEXT : "application/octet-stream";
	/* what a tile holds never changes */
	q->r->cache_control = checkpoint ? "no-cache" : "public, max-age=31536000, immutable";
	q->r->embeds = true;
}

/* --- the page --- */

struct entry { uint64_t index; struct span text; };

/* The entries of one bundle, each with its length in front (two bytes, big-endian). */
static size_t
bundle_cut(struct span bundle, uint64_t first, struct entry *out, size_t max)
{
	const uint8_t *p = (const uint8_t *)bundle.p;
	size_t at = 0, n = 0, len;

	while (n < max && bundle.len - at >= 2) {
		len = (size_t)p[at] << 8 | p[at + 1];
		if (bundle.len - at - 2 < len)
			break;
		out[n] = (struct entry){first + n, {bundle.p + at + 2, len}};
		n++;
		at += 2 + len;
	}
	return n;
}

static void
entry_row(struct str *out, const struct entry *e)
{
	struct span text = e->text;
	bool cut = text.len > ENTRY_SHOWN;

	if (cut)
		text.len = ENTRY_SHOWN;
	str_addf(out, "<tr><th scope=\"row\" class=\"n\"><a href=\"/log/%" PRIu64 "\">%" PRIu64 "</a></th><td class=\"hex\">", e->index,
	    e->index);
	html_span(out, text);
	str_adds(out, cut ? " …</td></tr>\n" : "</td></tr>\n");
}

/* The newest first. A bundle that cannot be read ends the list, and it is said. */
static void
entries(struct ask *q, uint64_t size)
{
	static const char *const heads[] = {"#Index", "Entry"};
	struct entry *e = arena_array(q->a, TILE_WIDTH, sizeof(*e));
	struct str *out = &q->r->body, path = {0}, bytes = {0};
	uint64_t index = size > 0 ? (size - 1) / TILE_WIDTH : 0;
	size_t n, shown = 0;
	struct tile t;

	if (size == 0) {
		str_adds(out, "<p>It has no entry yet.</p>\n");
		return;
	}
	html_table(out, "The newest entries", heads, 2);
	for (;; index--) {
		t = (struct tile){TILE_ENTRIES, index, tile_width(size, 0, index)};
		str_clear(&path);
		str_clear(&bytes);
		tile_path(&path, &t);
		n = file_read(q->site, path.p, BUNDLE_MAX, &bytes) ? bundle_cut(str_span(&bytes), index * TILE_WIDTH, e, t.width) : 0;
		if (n < t.width)
			str_addf(out, "<tr><th scope=\"row\"></th><td>entries from %" PRIu64 " on cannot be read</td></tr>\n",
			    index * TILE_WIDTH + n);
		while (n > 0 && shown < SHOWN) {
			entry_row(out, &e[--n]);
			shown++;
		}
		if (shown == SHOWN || index == 0)
			break;
	}
	html_table_end(out);
	str_release(&path);
	str_release(&bytes);
}

static void
signers(struct ask *q, struct span bytes)
{
	struct str *out = &q->r->body;
	const char *why = NULL;
	struct note n;
	size_t i;

	if (note_read(bytes, q->a, &n, &why) != OK)
		return;
	str_adds(out, "<dt>Signed by</dt><dd>");
	for (i = 0; i < n.n; i++) {
		str_adds(out, i > 0 ? ", " : "");
		html_span(out, n.sigs[i].name);
		str_addf(out, "+%08" PRIx32, n.sigs[i].id);
	}
	str_adds(out, "; this page has verified none of them</dd>\n");
}

/* A line feed is kept; what else could steer is not. */
static void
lines(struct str *out, struct span text)
{
	struct span line;

	while (span_cut(&text, '\n', &line)) {
		html_span(out, line);
		if (text.p != NULL)
			str_addc(out, '\n');
	}
}

static bool
checkpoint_show(struct ask *q, uint64_t *size)
{
	struct str *out = &q->r->body, bytes = {0};
	const char *why = NULL;
	struct checkpoint c;
	struct note n;
	char hex[SHA256_HEX + 1];
	bool good;

	good = file_read(q->site, "checkpoint", CHECKPOINT_MAX, &bytes) && note_read(str_span(&bytes), q->a, &n, &why) == OK &&
	    checkpoint_read(n.text, &c, &why) == OK;
	if (good) {
		*size = c.size;
		sha256_hex(c.root.b, hex);
		str_adds(out, "<dl><dt>Origin</dt><dd>");
		html_span(out, c.origin);
		str_adds(out, "</dd><dt>Entries</dt><dd>");
		lay_count(out, c.size);
		str_addf(out, "</dd><dt>Root</dt><dd class=\"hex\">%s</dd>\n", hex);
		signers(q, str_span(&bytes));
		str_adds(out, "</dl>\n<pre tabindex=\"0\">");
		lines(out, str_span(&bytes));
		str_adds(out, "</pre>\n");
	}
	str_release(&bytes);
	return good;
}

void
page_log(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct str *out = &q->r->body;
	uint64_t size = 0;

	if (!ask_only(q, keys))
		return;
	page_begin(q, "Log", "/log");
	html_el(out, "h1", NULL, "The log");
	if (q->site->log == NULL) {
		html_el(out, "p", "class=\"lead\"", "This site keeps no log of what was signed.");
		page_end(q);
		return;
	}
	html_el(out, "p", "class=\"lead\"", "Every digest that was signed, and what was said of a report since, in an append-only log "
	    "that anybody can check and nobody can change unseen.");
	html_el(out, "h2", NULL, "Latest checkpoint");
	if (checkpoint_show(q, &size)) {
		html_el(out, "h2", NULL, "Entries");
		entries(q, size);
	} else {
		str_adds(out, "<p class=\"notice\">The checkpoint cannot be read, or is none.</p>\n");
	}
	str_adds(out, "<h2>To check it</h2>\n<p>Its <a href=\"/log/checkpoint\">checkpoint</a> and tiles are served as C2SP "
	    "tlog-tiles, below <code>/log/</code>. <code>routemark verify REPORT --policy FILE</code> tells offline who "
	    "signed a report, whether a log that you trust has it, and what was said of it since.</p>\n");
	page_end(q);
}
