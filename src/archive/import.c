#include "archive/import.h"
#include "archive/import_int.h"
#include "archive/sql.h"

#include <stdlib.h>

static bool
report_read(struct importer *im)
{
	if (!doc_expect(&im->doc, JSON_OBJ, "report", "is not an object"))
		return false;
	while (doc_member(&im->doc, "report"))
		if (!im_head(im))
			return false;
	if (im->doc.why != NULL || !doc_expect(&im->doc, JSON_DONE, "report", "has something behind it"))
		return false;
	if ((im->seen & SEEN_FORMAT) == 0)
		return doc_refuse(&im->doc, "format", "is missing: not a report of audit --json");
	if ((im->seen & SEEN_RESULTS) == 0)
		return doc_refuse(&im->doc, "results", "is missing: a summary, or an answer of explain");
	return (im->seen & SEEN_SUMMARY) != 0 || doc_refuse(&im->doc, "summary", "is missing");
}

enum err
import_read(struct feed *f, struct arena *a, enum err (*each)(void *arg, struct span row), void *arg,
    struct import_result *out, const char **why)
{
	struct importer im = {.doc = {.a = a, .rule = "doc/formats/assessment.md"}, .row = arena_new(), .each = each, .arg = arg, .out = out};
	bool good;

	*out = (struct import_result){.head.at = UTC_NONE};
	content_begin(&im.content);
	json_open(&im.doc.r, f);
	good = report_read(&im);
	json_close(&im.doc.r);
	sha256_end(&im.content, out->content);
	if (good)
		archive_basis(&out->head, im.asns, im.n_asns, out->basis);
	free(im.asns);
	str_release(&im.bytes);
	arena_free(im.row);
	*why = im.doc.why;
	if (good)
		return OK;
	return im.err != OK ? im.err : ERR_SYNTAX;
}
