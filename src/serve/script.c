#include "serve/script.h"
#include "rule/embed.h"

#include <stdio.h>
#include <string.h>

EMBED(script_main, "src/serve/script/main.mjs");
EMBED(script_words, "src/serve/script/words.mjs");
EMBED(script_model, "src/serve/script/model.mjs");
EMBED(script_plot, "src/serve/script/plot.mjs");
EMBED(script_trend, "src/serve/script/trend.mjs");
EMBED(script_explore, "src/serve/script/explore.mjs");
EMBED(script_table, "src/serve/script/table.mjs");
EMBED(script_search, "src/serve/script/search.mjs");
EMBED(script_zoom, "src/serve/script/zoom.mjs");

static const struct { const char *name, *from, *to; } scripts[] = {
	{"main.mjs", script_main, script_main_end},
	{"words.mjs", script_words, script_words_end},
	{"model.mjs", script_model, script_model_end},
	{"plot.mjs", script_plot, script_plot_end},
	{"trend.mjs", script_trend, script_trend_end},
	{"explore.mjs", script_explore, script_explore_end},
	{"table.mjs", script_table, script_table_end},
	{"search.mjs", script_search, script_search_end},
	{"zoom.mjs", script_zoom, script_zoom_end},
	{"uplot.mjs", serve_uplot, serve_uplot_end},
};
#define N (sizeof(scripts) / sizeof(*scripts))

bool
script_has_uplot(void)
{
	return serve_uplot_end - serve_uplot > 0;
}

void
script_path(char *out, size_t size)
{
	uint8_t digests[N][SHA256_BYTES], digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	size_t i;

	for (i = 0; i < N; i++)
		sha256_of(scripts[i].from, (size_t)(scripts[i].to - scripts[i].from), digests[i]);
	sha256_of(digests, sizeof(digests), digest);
	sha256_hex(digest, hex);
	snprintf(out, size, "/script/%.16s/main.mjs", hex);
}

void
script_file(struct ask *q)
{
	const char *own = q->site->script_path + sizeof("/script/") - 1;
	size_t i, folder = (size_t)(strchr(own, '/') + 1 - own);

	for (i = 0; i < N && strncmp(q->rest, own, folder) == 0; i++)
		if (strcmp(q->rest + folder, scripts[i].name) == 0 && scripts[i].to > scripts[i].from) {
			q->r->type = "text/javascript; charset=utf-8";
			q->r->cache_control = "public, max-age=31536000, immutable";
			str_add(&q->r->body, (struct span){scripts[i].from, (size_t)(scripts[i].to - scripts[i].from)});
			return;
		}
	ask_problem(q, 404, "No such page", "There is nothing at this address.");
}
