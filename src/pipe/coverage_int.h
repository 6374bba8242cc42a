/* coverage_int: shared by pipe/coverage*.c. */
#ifndef PIPE_COVERAGE_INT_H
#define PIPE_COVERAGE_INT_H

#include "pipe/coverage.h"

void coverage_times(struct coverage *c);	/* all of the collectors but local_as and n_vps */

#endif
