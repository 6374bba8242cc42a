#include "cmd/cmd.h"

const char *
routemark_version(void)
{
	return ROUTEMARK_VERSION;
}
