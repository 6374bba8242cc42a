/*
 * script: what pages run beside what the server draws. All modules lie in one folder whose name is a digest over all of
 * them, so that they find each other by "./name.mjs", here and under node, and may be kept for ever.
 */
#ifndef SERVE_SCRIPT_H
#define SERVE_SCRIPT_H

#include "base/span.h"
#include "serve/ask.h"

/* uPlot (npm: uplot): a module that exports it, with its licence in front; its style; its licence. All empty when the
 * program was built without (Makefile, UPLOT=no): then plots are as the server draws them. */
extern const char serve_uplot[], serve_uplot_end[], serve_uplot_css[], serve_uplot_css_end[], serve_uplot_license[],
    serve_uplot_license_end[];
bool script_has_uplot(void);

/* "/script/0123456789abcdef/main.mjs" */
void script_path(char *out, size_t size);
/* GET /script/DIGEST/NAME */
void script_file(struct ask *q);

#endif
