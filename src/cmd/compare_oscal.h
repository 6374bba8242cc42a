/*
 * compare_oscal: the networks of a comparison as chains of OSCAL documents, in a folder.
 */
#ifndef CMD_COMPARE_OSCAL_H
#define CMD_COMPARE_OSCAL_H

#include "report/compare.h"

/* The results must have been judged with their records (JUDGE_RECORD). force: an earlier export is replaced. False
 * after a message on stderr: then nothing was written. */
bool compare_oscal(const char *dir, bool force, const struct comparison *c);

#endif
