#include "cmd/audit_oscal.h"
#include "base/limits.h"
#include "cmd/folder.h"
#include "cmd/note.h"
#include "report/oscal.h"

#include <pthread.h>
#include <string.h>

struct job {
	const struct session *session;
	struct export *exports;		/* one for each pack */
	struct summary *summary;
	pthread_mutex_t lock;		/* of summary */
	struct folder folder;
};

/* --- from the threads to the writer: a file is two lengths, a path and its bytes --- */

struct lengths { size_t path, bytes; };

static void
put(void *arg, const char *path, struct span bytes)
{
	struct lengths n = {strlen(path), bytes.len};
	struct str *out = arg;

	str_add(out, (struct span){(const char *)&n, sizeof(n)});
	str_adds(out, path);
	str_addc(out, '\0');
	str_add(out, bytes);
}

static void
render(void *arg, const struct as_result *r, size_t index, struct str *out)
{
	struct job *job = arg;
	const struct oscal_sink sink = {put, out};
	size_t i;

	(void)index;
	pthread_mutex_lock(&job->lock);
	summary_add(job->summary, r);
	pthread_mutex_unlock(&job->lock);
	for (i = 0; i < r->n_packs; i++)
		oscal_chain(&job->session->head, &job->exports[i], r, &r->packs[i], &sink);
}

static enum err
emit(void *arg, struct span in, size_t done)
{
	struct job *job = arg;
	struct lengths n;
	const char *path;

	(void)done;
	while (in.len > 0) {
		memcpy(&n, in.p, sizeof(n));
		path = in.p + sizeof(n);
		if (!folder_write(&job->folder, path, (struct span){path + n.path + 1, n.bytes}))
			return ERR_IO;
		in.p += sizeof(n) + n.path + 1 + n.bytes;
		in.len -= sizeof(n) + n.path + 1 + n.bytes;
	}
	return OK;
}

/* --- before --- */

/* "AS64500/PACK/FILE.json": nothing else is of an earlier export. */
bool
audit_oscal_is_ours(const char *path)
{
	size_t digits = strspn(path + 2 * (strncmp(path, "AS", 2) == 0), "0123456789"), len = strlen(path);
	const char *pack = strchr(path, '/'), *file = pack != NULL ? strchr(pack + 1, '/') : NULL;

	return strncmp(path, "AS", 2) == 0 && digits > 0 && path[2 + digits] == '/' && file != NULL &&
	    strchr(file + 1, '/') == NULL && len > 5 && strcmp(path + len - 5, ".json") == 0;
}

/* Each pack's documents; two packs of one name would lie in one folder. */
static bool
exports_make(struct job *job)
{
	const struct session *s = job->session;
	const char *why = NULL;
	size_t i, k;

	job->exports = arena_array(s->arena, s->n_packs, sizeof(*job->exports));
	for (i = 0; i < s->n_packs; i++) {
		if (pack_export(&s->packs[i], s->arena, &job->exports[i], &why) != OK) {
			note("audit", "%s", why);
			return false;
		}
		for (k = 0; k < i; k++)
			if (span_is_nocase(span_of(s->packs[k].id), s->packs[i].id)) {
				note("audit", "--oscal: two packs have the id \"%s\", and would be in one folder", s->packs[i].id);
				return false;
			}
	}
	return true;
}

static bool
can_export(struct job *job, size_t n_ases)
{
	if (!oscal_can_date(&job->session->head)) {
		note("audit", "--oscal: no input has a time, so that no document could say when it is about; give --at");
		return false;
	}
	if (n_ases > OSCAL_ASES_MAX) {
		note("audit", "--oscal: %zu networks are too many, at most OSCAL_ASES_MAX (%u); --csv lists them", n_ases,
		    OSCAL_ASES_MAX);
		return false;
	}
	return exports_make(job);
}

bool
audit_oscal(const char *dir, bool force, const struct session *s, const struct as_list *ases, struct summary *summary)
{
	struct job job = {.session = s, .summary = summary, .lock = PTHREAD_MUTEX_INITIALIZER};
	const struct judge_sink sink = {.detail = JUDGE_RECORD, .render = render, .emit = emit, .arg = &job};
	bool good = can_export(&job, ases->n) && folder_open_over(&job.folder, dir, "audit", audit_oscal_is_ours, force) &&
	    judge_many(&s->judge, ases->asn, ases->n, s->threads, &sink) == OK && folder_commit(&job.folder);

	folder_abandon(&job.folder);
	return good;
}
