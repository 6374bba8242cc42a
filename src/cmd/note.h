/*
 * note: a line on standard error, "routemark COMMAND: MESSAGE". File names, organisations and what else
 * comes from outside cannot steer the terminal or forge a line: control characters become "?".
 */
#ifndef CMD_NOTE_H
#define CMD_NOTE_H

#include "base/span.h"

void note(const char *command, const char *fmt, ...) PRINTF_LIKE(2, 3);	/* fmt without line feed */
void note_more(const char *fmt, ...) PRINTF_LIKE(1, 2);			/* a further line, two spaces in */

#endif
