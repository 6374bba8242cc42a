#include "archive/from_result.h"
#include "base/utf8.h"
#include "report/json.h"
#include "rule/say.h"

#include <stdlib.h>
#include <string.h>

const char *
archive_text(struct arena *a, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t n = strlen(text), len, i;
	struct str s = {0};

	if (utf8_ascii(p, n))
		return text;
	for (i = 0; i < n; i += len > 0 ? len : 1) {
		len = utf8_len(p + i, n - i);
		str_add(&s, len > 0 ? (struct span){text + i, len} : SPAN("\xef\xbf\xbd"));
	}
	text = arena_strdup(a, str_span(&s));
	str_release(&s);
	return text;
}

bool
archive_packs_repeat(const struct archive_pack *packs, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			if (strcmp(packs[i].id, packs[k].id) == 0)
				return true;
	return false;
}

/* --- the head --- */

static void
pack_make(const struct pack *p, struct arena *a, struct archive_pack *out)
{
	struct archive_control *c = arena_array(a, p->n + 1, sizeof(*c));
	size_t i;

	*out = (struct archive_pack){.id = archive_text(a, p->id), .version = archive_text(a, p->version),
	    .title = archive_text(a, p->title), .status = archive_text(a, p->status), .has_profile = p->has_profile,
	    .controls = c, .n = p->n};
	memcpy(out->sha256, p->sha256, SHA256_BYTES);
	if (p->has_profile)
		memcpy(out->profile_sha256, p->profile_sha256, SHA256_BYTES);
	for (i = 0; i < p->n; i++)
		c[i] = (struct archive_control){archive_text(a, p->controls[i].id), archive_text(a, p->controls[i].title),
		    p->controls[i].required};
}

static void
inputs_make(const struct world *w, struct arena *a, struct archive_head *out)
{
	struct archive_input *in = arena_array(a, w->n_inputs + 1, sizeof(*in));
	size_t i, n = 0;

	for (i = 0; i < w->n_inputs; i++) {
		if (w->inputs[i].duplicate)
			continue;
		in[n] = (struct archive_input){.size = w->inputs[i].size, .kind = kind_word(w->inputs[i].kind),
		    .time = w->inputs[i].time, .time_from_name = w->inputs[i].time_from_name,
		    .complete = w->inputs[i].complete};
		memcpy(in[n++].sha256, w->inputs[i].sha256, SHA256_BYTES);
	}
	out->inputs = in;
	out->n_inputs = n;
}

/* How many records are kept changes no number. */
static const char *
parameters_make(const struct assessment *head, struct arena *a)
{
	static const char key[] = "\"records_max\":";
	struct str s = {0};
	struct json_w w;
	const char *from, *to, *text;

	json_w_init(&w, &s);
	json_parameters(&w, head);
	from = strstr(s.p, key);
	to = from != NULL ? strchr(from, ',') : NULL;
	text = to == NULL ? arena_strdup(a, str_span(&s))
	    : arena_printf(a, "%.*s%s", (int)(from - s.p), s.p, to + 1);
	str_release(&s);
	return text;
}

enum err
archive_head_make(const struct assessment *head, struct arena *a, struct archive_head *out)
{
	struct archive_pack *packs = arena_array(a, head->n_packs + 1, sizeof(*packs));
	const struct routes *r = &head->world->routes;
	unsigned f;
	size_t i;

	if (!utc_known(head->at))
		return ERR_UNKNOWN;
	for (i = 0; i < head->n_packs; i++)
		pack_make(&head->packs[i], a, &packs[i]);
	if (archive_packs_repeat(packs, head->n_packs))
		return ERR_CONTRADICT;
	*out = (struct archive_head){.at = head->at, .parameters = parameters_make(head, a), .packs = packs,
	    .n_packs = head->n_packs, .collectors = r->n_collectors, .vantage_points = r->n_vps};
	for (f = 0; f < FAMILY_N; f++)
		out->family[f] = (struct archive_family){r->n_full[f], r->visibility[f], r->n_visible[f]};
	inputs_make(head->world, a, out);
	return OK;
}

/* --- a result --- */

static const char *
evidence_make(struct arena *a, uint32_t bits)
{
	struct str s = {0};
	const char *text;
	unsigned e;

	for (e = 0; e < EV_N; e++)
		if (bits & EV_BIT(e))
			str_addf(&s, "%s%s", s.len > 0 ? " " : "", evidence_word((enum evidence)e));
	text = arena_strdup(a, str_span(&s));
	str_release(&s);
	return text;
}

static void
number_make(struct arena *a, const struct metric *m, struct archive_number *out)
{
	bool ok = m->state == METRIC_OK;

	*out = (struct archive_number){.metric = metric_word(m->id), .unit = metric_unit(m->id), .state = m->state,
	    .why = ok ? NULL : archive_text(a, m->why), .evidence = evidence_make(a, m->evidence), .oldest = m->oldest};
	if (!ok)
		return;
	out->num = m->num;
	out->den = m->den;
	out->value = m->value_ppm;
}

static int
by_metric(const void *a, const void *b)
{
	return strcmp(((const struct archive_number *)a)->metric, ((const struct archive_number *)b)->metric);
}

static void
verdict_make(struct arena *a, const struct archive_row *r, const struct judgement *j, struct archive_verdict *out)
{
	struct str s = {0};

	*out = (struct archive_verdict){.verdict = j->verdict,
	    .decides = j->decides != NULL ? metric_word(j->decides->id) : NULL};
	if (!row_reason_needed(j->verdict, out->decides != NULL ? row_number(r, out->decides) : NULL))
		return;
	say_reason(&s, j);
	out->reason = archive_text(a, arena_strdup(a, str_span(&s)));
	str_release(&s);
}

void
archive_row_make(struct str *out, const struct as_result *r)
{
	struct arena *a = arena_new();
	struct archive_number *numbers = arena_raw(a, r->n_metrics + 1, sizeof(*numbers));
	struct archive_row row = {.asn = r->asn, .seen = r->seen, .cdn = r->is_cdn, .name = archive_text(a, r->name),
	    .org = archive_text(a, r->org), .place = r->place, .numbers = numbers, .n_numbers = r->n_metrics};
	struct archive_verdict *verdicts;
	size_t i, k, n = 0;

	for (i = 0; i < r->n_metrics; i++)
		number_make(a, r->metrics[i], &numbers[i]);
	qsort(numbers, r->n_metrics, sizeof(*numbers), by_metric);
	for (i = 0; i < r->n_packs; i++)
		n += r->packs[i].n;
	verdicts = arena_raw(a, n + 1, sizeof(*verdicts));
	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++)
			verdict_make(a, &row, &r->packs[i].judgements[k], &verdicts[row.n_verdicts++]);
	row.verdicts = verdicts;
	row_write(out, &row);
	arena_free(a);
}
