/*
 * from_result: a judgement just made, as rows. What the rows hold is what the report of it in JSON says, so that an
 * assessment archived at once and one imported from its report are the same.
 */
#ifndef ARCHIVE_FROM_RESULT_H
#define ARCHIVE_FROM_RESULT_H

#include "archive/row.h"
#include "report/report.h"

/* From a, and borrowed from head. ERR_UNKNOWN when its moment is not known: it is of no month. ERR_CONTRADICT when a
 * pack is in it twice. */
NODISCARD enum err archive_head_make(const struct assessment *head, struct arena *a, struct archive_head *out);
/* One result as bytes for archive_put, appended to out; from any thread. */
void archive_row_make(struct str *out, const struct as_result *r);

/* Text as the JSON has it: what is not UTF-8 is U+FFFD. The same pointer when there is none. */
const char *archive_text(struct arena *a, const char *text);
/* Two packs of the same definition, or two of one id. */
bool archive_packs_repeat(const struct archive_pack *packs, size_t n);

#endif
