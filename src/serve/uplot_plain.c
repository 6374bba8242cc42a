/* uplot_plain: a build without npm has no uPlot. */
#include "rule/embed.h"
#include "serve/script.h"

EMBED(serve_uplot, "/dev/null");
EMBED(serve_uplot_css, "/dev/null");
EMBED(serve_uplot_license, "/dev/null");
