/* fetcher_int: the messages between a fetcher and who asks it: whole structs on a socket between two processes of one
 * program. A question has its body behind it; an answer's comes in messages of its own. */
#ifndef CMD_FETCHER_INT_H
#define CMD_FETCHER_INT_H

#include "base/limits.h"
#include "cmd/fetcher.h"

#define FETCHER_URL 4096	/* bytes, with the zero */
#define FETCHER_PIECE (32u << 10)

enum fetcher_what { FETCHER_READY, FETCHER_GET, FETCHER_POST };

struct fetcher_question {
	uint32_t what, ms;
	uint64_t max, len;	/* len: of the body behind it */
	char url[FETCHER_URL];
};

struct fetcher_answer {
	int32_t error;		/* an enum err */
	uint32_t status;
	uint64_t len;		/* bytes that follow */
	char type[FETCH_TYPE_MAX], why[512];
};

#define FETCHER_MESSAGE (sizeof(struct fetcher_question) + SUBMISSION_BYTES_MAX)

#endif
