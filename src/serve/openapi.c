/* openapi: the description of the API (OpenAPI 3.1), compiled in; the tests hold the answers against it. */
#include "rule/embed.h"
#include "serve/api.h"
#include "serve/page.h"

EMBED(serve_openapi, "src/serve/openapi.json");

void
api_openapi(struct ask *q)
{
	static const char *const keys[] = {NULL};

	if (!ask_only(q, keys))
		return;
	api_begin(q, TYPE_JSON);
	str_add(&q->r->body, (struct span){serve_openapi, (size_t)(serve_openapi_end - serve_openapi)});
}
