/* proof: the script of a log entry's page, compiled in. */
#include "rule/embed.h"
#include "serve/page.h"

#include <string.h>

EMBED(serve_proof, "src/serve/proof.mjs");

void
proof_script(struct ask *q)
{
	if (strcmp(q->rest, q->site->proof_path + sizeof("/proof-") - 1) != 0) {
		ask_problem(q, 404, "No such page", "There is nothing at this address.");
		return;
	}
	q->r->type = "text/javascript; charset=utf-8";
	q->r->cache_control = "public, max-age=31536000, immutable";
	str_add(&q->r->body, (struct span){serve_proof, (size_t)(serve_proof_end - serve_proof)});
}
