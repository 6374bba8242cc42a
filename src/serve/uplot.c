/* uplot: the library that draws plots, as the Makefile got it from npm. */
#include "rule/embed.h"
#include "serve/script.h"

EMBED(serve_uplot, "build/npm/uplot.mjs");
EMBED(serve_uplot_css, "build/npm/node_modules/uplot/dist/uPlot.min.css");
EMBED(serve_uplot_license, "build/npm/node_modules/uplot/LICENSE");
