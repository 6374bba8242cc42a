/*
 * history_int: what the parts of the history share. Inside archive/ only.
 */
#ifndef ARCHIVE_HISTORY_INT_H
#define ARCHIVE_HISTORY_INT_H

#include "archive/history.h"
#include "archive/sql.h"
#include "base/json_w.h"

/* history_compare.c: changes and cautions of each month against the one before it. */
void history_compare(struct history_pack *p, struct arena *arena);

/* history_windows.c: windows and the network's part in them; known: it has one. */
NODISCARD enum err history_windows_make(struct archive *a, const struct history_query *q, struct arena *arena,
    struct archive_history *out, bool *known);
/* history_changes.c: against the window before, of the classes that both were searched for. */
NODISCARD enum err history_changes_make(struct archive *a, uint32_t asn, struct arena *arena, struct history_window *w,
    const struct history_window *before);
bool history_same_month(struct utc a, struct utc b);	/* of UTC */
/* history_windows_text.c, history_windows_data.c */
void history_windows_text(struct str *out, const struct archive_history *h, struct text_style style);
/* What its columns mean, when there are any. */
void history_windows_legend(struct str *out, const struct archive_history *h, size_t n, struct text_style style);
void history_windows_json(struct json_w *w, const struct archive_history *h);
void history_windows_csv(struct str *out, const struct archive_history *h, size_t n);

#endif
