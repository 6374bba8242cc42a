#include "cmd/render.h"
#include "base/limits.h"

#include <pthread.h>

struct render {
	struct summary *summary;
	pthread_mutex_t lock;	/* of summary */
	struct str *out;
};

static void
one(void *arg, const struct as_result *r, size_t index, struct str *out)
{
	struct render *re = arg;

	pthread_mutex_lock(&re->lock);
	summary_add(re->summary, r);
	pthread_mutex_unlock(&re->lock);
	report_json_as(out, r, index == 0);
}

static enum err
emit(void *arg, struct span bytes, size_t done)
{
	struct render *re = arg;

	(void)done;
	if (re->out->len + bytes.len > BUNDLE_FILE_MAX)
		return ERR_LIMIT;
	str_add(re->out, bytes);
	return OK;
}

bool
render_report(const struct session *s, const uint32_t *asns, size_t n, struct summary *summary, struct str *out)
{
	struct render re = {.summary = summary, .lock = PTHREAD_MUTEX_INITIALIZER, .out = out};
	const struct judge_sink sink = {.detail = JUDGE_RECORD, .render = one, .emit = emit, .arg = &re};
	bool good;

	report_json_begin(out, &s->head);
	good = judge_many(&s->judge, asns, n, s->threads, &sink) == OK;
	report_json_end(out, summary);
	return good;
}
