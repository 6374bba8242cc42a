/* replay_say: what a replay found, in plain words, and as JSON (doc/formats/bundle.md). */
#ifndef CMD_REPLAY_SAY_H
#define CMD_REPLAY_SAY_H

#include "cmd/replay_run.h"

void replay_text(struct str *out, struct text_style style, const char *name, const struct replay_ask *ask,
    const struct replay *r);
void replay_json(struct str *out, const struct replay_ask *ask, const struct replay *r);
const char *replay_answer_name(enum replay_answer a);	/* "the same", "different", "could not tell" */
/* What evidence in a bundle can prove and what not; also said to whoever makes one. */
void bundle_says(struct str *out, struct text_style style, const struct bundle *b, bool evidence, size_t n_verdicts,
    size_t n_shown);

#endif
