/* errand_int: the messages of an errand, whole structs on a socket between two processes of one program. */
#ifndef CMD_ERRAND_INT_H
#define CMD_ERRAND_INT_H

#include "cmd/errand.h"

enum errand_what { ERRAND_PRODUCT, ERRAND_FOLDER, ERRAND_FILE, ERRAND_COMMIT, ERRAND_ABANDON, ERRAND_TEMP_FILE, ERRAND_N };

#define ERRAND_ALL 16		/* products and folders of one command */

struct errand {
	uint32_t what, id, own, force;
	char path[ERRAND_PATH], name[ERRAND_NAME];
};

struct errand_answer {
	int32_t good, error;	/* error: an errno */
	uint32_t id;
};

/* A descriptor comes with the answer, or does not (-1). */
bool errand_reply(int fd, const struct errand_answer *a, int with);

#endif
