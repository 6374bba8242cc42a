#include "cmd/audit_html.h"
#include "base/limits.h"
#include "cmd/folder.h"
#include "cmd/note.h"
#include "cmd/past_archive.h"
#include "cmd/product.h"
#include "report/html_report.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct pages {
	const struct session *session;
	const struct as_list *ases;
	const struct past *past;
	struct summary *summary;
	struct html_row *rows;		/* owned; one for each AS */
	pthread_mutex_t lock;		/* of summary */
	struct folder folder;		/* of several */
	struct product product;		/* of one */
	bool several;
	size_t written;
};

/* --- earlier reports --- */

static bool
past_one(struct past *past, const char *path, const struct as_list *ases)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	const char *why = NULL;
	enum err e, end;

	if (source_open_unhashed(path, &s) != OK) {
		note("audit", "%s: %s", path, strerror(errno));
		return false;
	}
	e = past_read(past, source_feed(s), ases->asn, ases->n, &why);
	end = source_close(s, &sum);
	if (end == OK)
		end = sum.err;
	/* a file that is cut short or damaged says so before what was missed in it */
	if (end != OK)
		note("audit", "%s: %s", path, err_text(end));
	else if (e != OK)
		note("audit", "%s: %s", path, why);
	return e == OK && end == OK;
}

static bool
past_load(struct past *past, const struct audit_html *h, const struct session *s, const struct as_list *ases)
{
	const char *why = NULL;
	size_t i;

	for (i = 0; i < h->past.n; i++)
		if (past_is_archive(h->past.item[i]) ? !past_archive(past, h->past.item[i], s->head.at, ases->asn, ases->n)
						     : !past_one(past, h->past.item[i], ases))
			return false;
	if (past_seal(past, s->head.at, &why) == OK)
		return true;
	note("audit", "--past: %s", why);
	return false;
}

/* --- pages --- */

/* A page goes from the threads to the writer with its length before it: several come at once. */
static void
render(void *arg, const struct as_result *r, size_t index, struct str *out)
{
	struct pages *p = arg;
	size_t from = out->len;
	uint64_t len = 0;

	pthread_mutex_lock(&p->lock);
	summary_add(p->summary, r);
	pthread_mutex_unlock(&p->lock);
	html_row_fill(&p->rows[index], r, p->ases->n <= HTML_SIDE_MAX);
	str_add(out, (struct span){(const char *)&len, sizeof(len)});
	report_html_as(out, &p->session->head, r, p->past, p->several);
	len = out->len - from - sizeof(len);
	memcpy(out->p + from, &len, sizeof(len));
}

static bool
page_write(struct pages *p, struct span page)
{
	char name[32];

	if (!p->several)
		return product_write(&p->product, page);
	snprintf(name, sizeof(name), "AS%" PRIu32 ".html", p->ases->asn[p->written++]);
	return folder_write(&p->folder, name, page);
}

static enum err
emit(void *arg, struct span bytes, size_t done)
{
	struct pages *p = arg;
	uint64_t len;

	(void)done;
	while (bytes.len > 0) {
		memcpy(&len, bytes.p, sizeof(len));
		bytes.p += sizeof(len);
		bytes.len -= sizeof(len);
		if (!page_write(p, (struct span){bytes.p, len}))
			return ERR_IO;
		bytes.p += len;
		bytes.len -= len;
	}
	return OK;
}

static bool
index_write(struct pages *p)
{
	struct str s = {0};
	bool good;

	if (!p->several)
		return true;
	report_html_index(&s, &p->session->head, p->summary, p->rows, p->ases->n);
	good = folder_write(&p->folder, "index.html", str_span(&s));
	str_release(&s);
	return good;
}

static bool
is_folder(const char *path)
{
	struct stat st;
	size_t len = strlen(path);

	return len > 0 && (path[len - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)));
}

static bool
place_open(struct pages *p, const char *path)
{
	p->several = p->ases->n > 1 || is_folder(path);
	if (!p->several)
		return product_open(&p->product, path, "audit");
	if (strcmp(path, "-") == 0) {
		note("audit", "several networks are several pages: --html needs a folder for them");
		return false;
	}
	if (p->ases->n > PAGES_MAX) {
		note("audit",
		    "%zu networks are too many for pages, at most %u; --summary counts them, --csv lists them",
		    p->ases->n, PAGES_MAX);
		return false;
	}
	return folder_open(&p->folder, path, "audit");
}

static bool
pages_write(struct pages *p)
{
	const struct judge_sink sink = {.detail = JUDGE_RECORD, .render = render, .emit = emit, .arg = p};
	bool good =
	    judge_many(&p->session->judge, p->ases->asn, p->ases->n, p->session->threads, &sink) == OK &&
	    index_write(p);

	if (p->several)
		return good && folder_commit(&p->folder);
	return good && product_commit(&p->product);
}

bool
audit_html(const struct audit_html *h, const struct session *s, const struct as_list *ases,
    struct summary *summary)
{
	struct past past = {.arena = arena_new()};
	struct pages p = {.session = s, .ases = ases, .past = &past, .summary = summary,
	    .rows = xcalloc(ases->n, sizeof(*p.rows)), .lock = PTHREAD_MUTEX_INITIALIZER};
	bool good = past_load(&past, h, s, ases) && place_open(&p, h->path) && pages_write(&p);
	size_t i;

	folder_abandon(&p.folder);
	product_abandon(&p.product);
	for (i = 0; i < ases->n; i++)
		html_row_release(&p.rows[i]);
	free(p.rows);
	past_release(&past);
	arena_free(past.arena);
	return good;
}
