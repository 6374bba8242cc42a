#include "serve/site.h"
#include "report/chain.h"
#include "serve/page.h"
#include "serve/script.h"

#include <assert.h>
#include <stdio.h>

static void
profiles_load(struct site *s)
{
	const char *const *kinds = require_kinds();
	struct problems problems = {0};
	size_t n = 0;

	while (kinds[n] != NULL)
		n++;
	s->profiles = arena_array(s->a, n + 1, sizeof(*s->profiles));
	for (; s->n_profiles < n; s->n_profiles++) {
		enum err e = require_load(kinds[s->n_profiles], s->a, &s->profiles[s->n_profiles], &problems);

		assert(e == OK);	/* as the packs */
		(void)e;
	}
	problems_release(&problems);
}

void
site_init(struct site *s, const char *version, const char *log, const char *log_key, struct counters *c)
{
	const char *const *names = pack_names(), *why = NULL;
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	size_t i, n = 0;

	*s = (struct site){.version = version, .log = log, .log_key = log_key, .a = arena_new(), .counters = c};
	while (names[n] != NULL)
		n++;
	s->packs = arena_array(s->a, n + 1, sizeof(*s->packs));
	for (i = 0; i < n; i++) {
		enum err e = pack_load(names[i], s->a, &s->packs[s->n_packs++], &why);

		assert(e == OK);	/* they are ours, and tested */
		(void)e;
	}
	profiles_load(s);
	str_adds(&s->css, html_css);
	str_adds(&s->css, serve_css);
	str_adds(&s->css, chain_css);
	str_add(&s->css, (struct span){serve_uplot_css, (size_t)(serve_uplot_css_end - serve_uplot_css)});
	sha256_of(s->css.p, s->css.len, digest);
	sha256_hex(digest, hex);
	snprintf(s->css_path, sizeof(s->css_path), "/style-%.16s.css", hex);
	sha256_of(serve_proof, (size_t)(serve_proof_end - serve_proof), digest);
	sha256_hex(digest, hex);
	snprintf(s->proof_path, sizeof(s->proof_path), "/proof-%.16s.js", hex);
	script_path(s->script_path, sizeof(s->script_path));
}

void
site_release(struct site *s)
{
	str_release(&s->css);
	arena_free(s->a);
}
