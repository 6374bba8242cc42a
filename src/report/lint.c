#include "report/lint.h"
#include "report/json.h"
#include "report/tender.h"

struct counts { size_t required, measured, questions, weight; };

static struct counts
count(const struct requirement *req)
{
	struct counts n = {0};
	size_t i;

	for (i = 0; i < req->pack.n; i++) {
		n.required += req->demands[i].control->required;
		n.weight += req->demands[i].weight;
		n.measured += demand_is_measured(&req->demands[i]);
		n.questions += demand_is_question(&req->demands[i]);
	}
	return n;
}

static void
count_say(struct str *out, size_t n, const char *one, const char *many)
{
	str_addf(out, "%zu %s", n, n == 1 ? one : many);
}

static void
head_say(struct str *out, const char *file, const struct problems *p)
{
	size_t advice = p->n - p->n_fatal;

	str_add_plain(out, span_of(file));
	str_adds(out, p->n_fatal > 0 ? ": cannot be used: " : ": can be used");
	if (p->n_fatal > 0)
		count_say(out, p->n_fatal, "error", "errors");
	if (advice > 0) {
		str_adds(out, ", ");
		count_say(out, advice, "piece of advice", "pieces of advice");
	}
	str_addc(out, '\n');
}

static void
requirement_say(struct str *out, const struct requirement *req)
{
	struct counts n = count(req);

	str_adds(out, "  ");
	str_add_plain(out, span_of(req->pack.id));
	str_addc(out, ' ');
	str_add_plain(out, span_of(req->pack.version));
	str_addf(out, "%s\n  ", pack_label(&req->pack));
	count_say(out, req->pack.n, "demand", "demands");
	str_addf(out, ", %zu required; %zu measured, %zu asked of the provider\n", n.required, n.measured, n.questions);
}

void
lint_text(struct str *out, const char *file, const struct requirement *req, const struct problems *p)
{
	size_t i;

	head_say(out, file, p);
	if (p->n_fatal == 0)
		requirement_say(out, req);
	for (i = 0; i < p->n; i++) {
		str_adds(out, p->list[i].fatal ? "error   " : "advice  ");
		str_add_plain(out, span_of(p->list[i].text));
		str_addc(out, '\n');
	}
}

static void
requirement_json(struct json_w *w, const struct requirement *req)
{
	struct counts n = count(req);
	size_t i;

	json_obj(w);
	json_key(w, "catalogs");
	json_arr(w);
	for (i = 0; i < req->n_from; i++) {
		json_obj(w);
		json_kstrz(w, "id", req->from[i].id);
		json_kdigest(w, "sha256", req->from[i].sha256);
		json_kstrz(w, "status", req->from[i].status);
		json_kstrz(w, "version", req->from[i].version);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_ku64(w, "demands", req->pack.n);
	json_kstrz(w, "id", req->pack.id);
	json_ku64(w, "measured", n.measured);
	json_kdigest(w, "profile_sha256", req->pack.profile_sha256);
	json_ku64(w, "questions", n.questions);
	json_ku64(w, "required", n.required);
	json_kstrz(w, "status", req->pack.status);
	json_kstrz(w, "title", req->pack.title);
	json_kstrz(w, "version", req->pack.version);
	json_ku64(w, "weight", n.weight);
	json_obj_end(w);
}

void
lint_json(struct str *out, const char *file, const struct requirement *req, const struct problems *p)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "file", file);
	json_kstrz(&w, "format", LINT_FORMAT);
	json_key(&w, "problems");
	json_arr(&w);
	for (i = 0; i < p->n; i++) {
		json_obj(&w);
		json_kstrz(&w, "grade", p->list[i].fatal ? "error" : "advice");
		json_kstrz(&w, "text", p->list[i].text);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_key(&w, "requirement");
	if (p->n_fatal > 0)
		json_null(&w);
	else
		requirement_json(&w, req);
	json_kbool(&w, "usable", p->n_fatal == 0);
	json_obj_end(&w);
	json_done(&w);
}
