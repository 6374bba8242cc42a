/* The report writers: what they say, and that text from outside cannot steer a terminal, a spreadsheet
 * or the JSON. */
#include "report/layout.h"
#include "report/summary.h"
#include "tap.h"

#include <jansson.h>

static const char evil[] = "=cmd|' /C calc'!A0,\"x\"\n\033[31mred\302\233";

struct fixture {
	struct arena *a;
	struct world world;
	struct input inputs[3];
	struct metric_params params;
	struct routes_params routes_params;
	struct pack pack;
	struct control controls[2];
	struct judgement js[2];
	struct metric m;
	const struct metric *list[1];
	struct record records[5];
	struct pack_result result;
	struct as_result as;
	struct assessment head;
};

static void
fixture_inputs(struct fixture *f)
{
	f->inputs[0] = (struct input){.kind = KIND_MRT, .packing = "gz", .complete = true, .size = 10,
	    .time = utc_from_date(2022, 5, 1, 0, 0, 0), .name = (char[]){"/secret/place/rib.gz"}};
	f->inputs[1] = f->inputs[0];
	f->inputs[1].duplicate = true;
	f->inputs[2] = (struct input){.kind = KIND_RPSL, .packing = "plain", .err = ERR_SHORT, .sha256 = {0xab},
	    .time = UTC_NONE, .name = (char[]){"/secret/place/irr.db"}};
	f->world = (struct world){.inputs = f->inputs, .n_inputs = 3};
}

static void
fixture_init(struct fixture *f, struct arena *a)
{
	size_t i;

	*f = (struct fixture){.a = a, .params = {.records_max = 5}, .routes_params = {5, 75}};
	fixture_inputs(f);
	for (i = 0; i < 5; i++)
		f->records[i] = (struct record){.code = "invalid-asn", .has_prefix = true,
		    .prefix = {.addr = {192, 0, 2, (uint8_t)(i << 4)}, .family = FAMILY_V4, .len = 28}, .origin = 64500,
		    .path = "64511 64500", .n_vps = 3, .vps = "AS64511 at 192.0.2.1", .rule = "RFC 6811 section 2",
		    .remedy = "publish it"};
	f->m = (struct metric){.id = M_ROV_INVALID, .asn = 64500, .state = METRIC_OK, .num = 7, .den = 1203,
	    .value_ppm = 5819, .lo_ppm = 2821, .hi_ppm = 11966, .records = f->records, .n_records = 5,
	    .n_deciding = 7, .oldest = utc_from_date(2022, 5, 1, 0, 0, 0), .evidence = EV_BIT(EV_TABLE),
	    .part = {{"invalid-asn", 7}}};
	f->controls[0] = (struct control){.id = "C1", .title = "First", .statement = "Do.", .evidence_class = "measured",
	    .group = "G", .required = true, .n_tests = 1, .remedy = "Mend.",
	    .tests = {{.metric = M_ROV_INVALID, .compare = COMPARE_AT_MOST, .judged = true, .pass_cdn = -1}}};
	f->controls[1] = (struct control){.id = "C2", .title = "Second", .statement = "Write.", .group = "G",
	    .evidence_class = "attested", .cannot = "needs a letter"};
	f->pack = (struct pack){.id = "probe", .title = "A proposal", .version = "1", .status = "proposal",
	    .remarks = "Not official.", .curve = "H1", .proposal = true, .controls = f->controls, .n = 2};
	f->list[0] = &f->m;
	control_judge(&f->controls[0], f->list, f->m.oldest, false, &f->js[0]);
	control_judge(&f->controls[1], NULL, f->m.oldest, false, &f->js[1]);
	f->result = (struct pack_result){&f->pack, f->js, 2};
	f->as = (struct as_result){.asn = 64500, .seen = true, .name = evil, .org = "Example, Inc.",
	    .packs = &f->result, .n_packs = 1, .metrics = f->list, .n_metrics = 1};
	f->head = (struct assessment){.at = f->m.oldest, .world = &f->world, .params = &f->params,
	    .routes_params = &f->routes_params, .packs = &f->pack, .n_packs = 1};
}

static void
as_json(struct fixture *f)
{
	json_t *doc, *r;
	struct str s = {0};
	struct summary sum;
	const char *name;

	summary_init(&sum, &f->pack, 1);
	summary_add(&sum, &f->as);
	summary_add(&sum, &f->as);
	report_json_begin(&s, &f->head);
	report_json_as(&s, &f->as, true);
	report_json_as(&s, &f->as, false);
	report_json_end(&s, &sum);
	summary_release(&sum);
	doc = json_loads(s.p, JSON_REJECT_DUPLICATES, NULL);
	ok(doc != NULL && s.p[s.len - 1] == '\n', "the record is JSON and ends in a line feed");
	ok(json_array_size(json_object_get(doc, "results")) == 2, "two results are two");
	r = json_array_get(json_object_get(json_object_get(doc, "summary"), "packs"), 0);
	r = json_array_get(json_object_get(r, "controls"), 0);
	ok(json_integer_value(json_object_get(r, "fail")) == 2 && json_integer_value(json_object_get(r, "pass")) == 0,
	    "and the summary counts both");
	ok(json_array_size(json_object_get(doc, "inputs")) == 2, "the same bytes twice are one input");
	ok(strstr(s.p, "secret") == NULL, "no file name gets in");
	r = json_array_get(json_object_get(doc, "results"), 0);
	name = json_string_value(json_object_get(r, "name"));
	ok(name != NULL && strcmp(name, evil) == 0, "a name comes back as it was");
	r = json_array_get(json_object_get(r, "metrics"), 0);
	ok(json_integer_value(json_object_get(r, "num")) == 7 &&
	    json_array_size(json_object_get(r, "records")) == 5 &&
	    json_integer_value(json_object_get(r, "deciding")) == 7, "numbers, kept records and their full count");
	json_decref(doc);
	str_clear(&s);
	report_explain_json(&s, &f->head, &f->as, &f->pack, &f->js[0]);
	doc = json_loads(s.p, JSON_REJECT_DUPLICATES, NULL);
	ok(json_object_get(json_object_get(doc, "result"), "control") != NULL, "explain is JSON too");
	json_decref(doc);
	str_release(&s);
}

/* What could not be judged is no part of a share; where only failures can show there is none. */
static void
text_summary(struct fixture *f)
{
	struct control controls[3] = {{.id = "C-1", .required = true}, {.id = "C-2"}, {.id = "C-3", .also_needs = "a test"}};
	struct pack pack = {.id = "p", .version = "1", .controls = controls, .n = 3};
	static const enum verdict seen[][3] = {
		{VERDICT_PASS, VERDICT_NO_DATA, VERDICT_NO_DATA}, {VERDICT_PASS, VERDICT_NO_DATA, VERDICT_FAIL},
		{VERDICT_WARN, VERDICT_NO_DATA, VERDICT_FAIL}, {VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_FAIL},
		{VERDICT_NO_DATA, VERDICT_NO_DATA, VERDICT_FAIL},
		{VERDICT_NOT_APPLICABLE, VERDICT_NO_DATA, VERDICT_FAIL},
	};
	struct judgement j[3] = {{0}};
	struct pack_result result = {&pack, j, 3};
	struct as_result as = f->as;
	struct summary sum;
	struct str s = {0};
	size_t i, k;

	as.packs = &result;
	summary_init(&sum, &pack, 1);
	for (i = 0; i < 6; i++) {
		for (k = 0; k < 3; k++)
			j[k].verdict = seen[i][k];
		summary_add(&sum, &as);
	}
	summary_text(&s, &sum, (struct text_style){100, false});
	is_str(s.p, "Summary of 6 ASes\n\np 1\n"
		"  CONTROL        PASS   WARN   FAIL  NO DATA   N.A.  PASS OF THOSE JUDGED (95 %)\n"
		"  C-1       *       2      1      1        1      1  50.00 % of 4 (15.00-84.99)\n"
		"  C-2               0      0      0        6      0  none could be judged\n"
		"  C-3               0      0      5        1      0  a pass needs more evidence\n",
	    "a summary: shares of those judged, with their number and interval");
	ok(summary_required(&sum, VERDICT_FAIL) == 1 && summary_required(&sum, VERDICT_NO_DATA) == 1,
	    "only required controls count for the gate");
	summary_release(&sum);
	str_release(&s);
}

static void
no_number(struct fixture *f)
{
	struct metric none = {.id = M_ROV_INVALID, .state = METRIC_NO_DATA, .why = "no VRP input", .oldest = UTC_NONE};
	const struct metric *list[1] = {&none};
	struct as_result as = f->as;
	struct str s = {0};

	as.metrics = list;
	report_json_as(&s, &as, true);
	ok(strstr(s.p, "\"num\"") == NULL && strstr(s.p, "\"value\"") == NULL && strstr(s.p, "no VRP input") != NULL,
	    "a number that could not be measured is absent, not 0");
	str_release(&s);
}

static void
as_csv(struct fixture *f)
{
	char scratch[1024];
	struct str s = {0};
	struct span line, field;
	enum err e = OK;
	size_t head = 0, n = 0;

	report_csv_head(&s);
	line = (struct span){s.p, s.len - 1};
	while (span_csv(&line, ',', scratch, &field, &e))
		head++;
	str_clear(&s);
	report_csv_as(&s, &f->head, &f->as);
	ok(strncmp(s.p, "64500,\"'=cmd", 12) == 0, "what looks like a formula gets an apostrophe");
	ok(strstr(s.p, "probe,1,C1,yes,FAIL,rov-invalid,percent,0.58,7,1203,0.28,1.20,7,2022-05-01T00:00:00Z") != NULL,
	    "the numbers stand in their columns");
	f->as.name = "plain";
	str_clear(&s);
	report_csv_as(&s, &f->head, &f->as);
	line = (struct span){s.p, (size_t)(strchr(s.p, '\n') - s.p)};
	while (span_csv(&line, ',', scratch, &field, &e))
		n++;
	ok(n == head && e == OK, "a row has as many fields as the header");
	line = (struct span){strchr(s.p, '\n') + 1, s.len - 2 - (size_t)(strchr(s.p, '\n') - s.p)};
	for (n = 0; span_csv(&line, ',', scratch, &field, &e);)
		n++;
	ok(n == head && e == OK, "one without a number too");
	f->as.name = evil;
	str_release(&s);
}

static bool
fits(const char *text, unsigned width)
{
	const char *line = text, *end;
	char buf[4096];

	for (; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		snprintf(buf, sizeof(buf), "%.*s", (int)(end - line), line);
		if (lay_width(buf) > width) {
			printf("# %s\n", buf);
			return false;
		}
	}
	return true;
}

static void
as_text(struct fixture *f)
{
	struct text_style plain = {.width = 100}, narrow = {.width = 60}, ink = {.width = 100, .colour = true};
	struct text_sheet *sheet;
	struct str s = {0};

	report_text_head(&s, &f->head, plain);
	sheet = text_sheet_new(&f->head, plain);
	report_text_as(&s, sheet, &f->as);
	text_sheet_free(sheet);
	ok(strchr(s.p, '\033') == NULL && strstr(s.p, "\302\233") == NULL, "no escape sequence without colour");
	ok(strstr(s.p, "2022-05-01") != NULL && strstr(s.p, "evidence as of 2022-05-01") != NULL,
	    "the date of the evidence is in the heading");
	ok(strstr(s.p, "Not official.") != NULL, "a proposal says so");
	ok(strstr(s.p, "not used  rpsl, sha256 ab0000000000: input ends early") != NULL,
	    "an input that was not used is named by digest, with the reason");
	ok(strstr(s.p, "  C1        * FAIL       0.58 %    1,203  ") != NULL, "the row of the table is aligned");
	ok(strstr(s.p, "... and 4 more: routemark explain 64500 probe/C1") != NULL,
	    "three records are shown and the rest is told");
	ok(strstr(s.p, "1 FAIL, 1 NO DATA   (* required)") != NULL, "verdicts are counted");
	ok(fits(s.p, 100), "no line is wider than 100 columns");
	str_clear(&s);
	sheet = text_sheet_new(&f->head, ink);
	report_text_as(&s, sheet, &f->as);
	text_sheet_free(sheet);
	ok(strstr(s.p, "\033[1;31mFAIL\033[0m") != NULL && strstr(s.p, "\033[31mred") == NULL,
	    "colour is ours alone");
	str_clear(&s);
	report_explain(&s, &f->head, &f->as, &f->pack, &f->js[0], narrow);
	ok(strstr(s.p, "because     RFC 6811 section 2") != NULL && strstr(s.p, "   5  192.0.2.64/28") != NULL,
	    "explain gives every record that was kept, with its rule");
	ok(strstr(s.p, "\nRemedy\n") != NULL, "and the remedy of what failed");
	str_clear(&s);
	report_pack(&s, &f->pack, narrow);
	ok(fits(s.p, 66), "the list of rules keeps to its width, but for the digest");
	str_release(&s);
}

static void
layout(void)
{
	struct text_style w20 = {.width = 20};
	struct str s = {0};

	lay_wrapped(&s, w20, 0, 2, "at least 10 % of all the words");
	is_str(s.p, "at least 10 % of all\n  the words", "text is wrapped at the width, with its indent");
	str_clear(&s);
	lay_wrapped(&s, w20, 0, 0, "aaaaaaaaaaaaaaa 10 % b");
	is_str(s.p, "aaaaaaaaaaaaaaa\n10 % b", "a number keeps its percent sign");
	str_clear(&s);
	lay_wrapped(&s, w20, 0, 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b");
	is_str(s.p, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb", "a word that is too long stands alone");
	str_clear(&s);
	lay_count(&s, 0);
	str_addc(&s, ' ');
	lay_count(&s, 999);
	str_addc(&s, ' ');
	lay_count(&s, 1000);
	str_addc(&s, ' ');
	lay_count(&s, 1234567);
	is_str(s.p, "0 999 1,000 1,234,567", "thousands are set apart");
	str_release(&s);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct fixture f;

	fixture_init(&f, a);
	as_json(&f);
	text_summary(&f);
	no_number(&f);
	as_csv(&f);
	as_text(&f);
	layout();
	arena_free(a);
	return tap_done();
}
