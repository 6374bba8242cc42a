/* verify_say: what verify found, in plain words, and as JSON (doc/formats/verify.md). */
#ifndef CMD_VERIFY_SAY_H
#define CMD_VERIFY_SAY_H

#include "cmd/replay_run.h"
#include "report/report.h"
#include "seal/verify.h"

/* What was asked, with the names of the files as they were given. */
struct verify_names {
	const char *report, *signature, *proof, *mark;
	char *const *envelopes, *const *evidence;
};

/* replay: of a report that was computed again; NULL: that was not asked. */
void verify_text(struct str *out, struct text_style style, const struct verify_ask *ask, const struct verify_names *names,
    const struct verify *v, const struct replay *replay);
void verify_json(struct str *out, const struct verify_ask *ask, const struct verify *v, const struct replay *replay);
const char *verify_answer_name(enum verify_answer a);	/* "yes", "no", "could not tell" */
const char *verify_role_name(enum verify_role r);	/* "issuer" */

#endif
