/* uplot_plain: a build without npm has no uPlot. */
#include "serve/script.h"

/* As EMBED of an empty file. */
#define NOTHING(symbol)                                                                      \
	__asm__(".pushsection .rodata\n.global " #symbol ", " #symbol "_end\n"             \
		".hidden " #symbol ", " #symbol "_end\n" #symbol ":\n" #symbol "_end:\n"   \
		".byte 0\n.popsection\n")

NOTHING(serve_uplot);
NOTHING(serve_uplot_css);
NOTHING(serve_uplot_license);
