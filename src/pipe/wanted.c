/* wanted: which files of a folder are asked for by digest, and what they are told of as. */
#include "pipe/part.h"

#include <stdlib.h>
#include <string.h>

const struct load_wanted *
wanted_named(const struct load_params *params, const char *name)
{
	size_t i;

	for (i = 0; i < params->n_wanted; i++)
		if (params->wanted[i].is != NULL && strcmp(params->wanted[i].name, name) == 0)
			return &params->wanted[i];
	return NULL;
}

bool
wanted_size(const struct load_params *params, uint64_t size)
{
	size_t i;

	for (i = 0; i < params->n_wanted; i++)
		if (params->wanted[i].size == size)
			return true;
	return false;
}

static const struct load_wanted *
by_digest(const struct load_params *params, const uint8_t sha256[static SHA256_BYTES])
{
	size_t i;

	for (i = 0; i < params->n_wanted; i++)
		if (params->wanted[i].is == NULL && memcmp(params->wanted[i].sha256, sha256, SHA256_BYTES) == 0)
			return &params->wanted[i];
	return NULL;
}

/* What the bytes say of their time stands; what a name said is told by whoever saw the name. */
static void
take_time(struct part *p, const struct load_wanted *w)
{
	if (utc_known(p->in.time) && !p->in.time_from_name)
		return;
	p->in.time = w->time_from_name ? w->time : UTC_NONE;
	p->in.time_from_name = w->time_from_name;
}

static void
take_input(struct part *p, const struct input *is)
{
	char *name = p->in.name, *path = p->in.path;
	struct traffic *traffic = p->in.traffic;
	uint8_t lies[SHA256_BYTES];

	memcpy(lies, p->in.path_sha256, sizeof(lies));
	diags_release(&p->in.diags);
	p->in = *is;
	p->in.name = name;
	p->in.path = path;
	p->in.traffic = traffic;
	memcpy(p->in.path_sha256, lies, sizeof(lies));
	p->evidence = is->evidence;
}

static bool
keep(struct part *p, const struct load_params *params)
{
	const struct load_wanted *w = p->wanted != NULL ? p->wanted : by_digest(params, p->in.sha256);

	if (w == NULL || memcmp(w->sha256, p->in.sha256, SHA256_BYTES) != 0)
		return false;
	if (w->is != NULL)
		take_input(p, w->is);
	else
		take_time(p, w);
	return true;
}

void
parts_keep_wanted(struct part *parts, size_t *n, const struct load_params *params)
{
	size_t i, k = 0;

	for (i = 0; params->wanted != NULL && i < *n; i++) {
		if (keep(&parts[i], params)) {
			parts[k++] = parts[i];
			continue;
		}
		part_release(&parts[i]);
		traffic_free(parts[i].in.traffic);
		free(parts[i].in.name);
		free(parts[i].in.path);
	}
	*n = params->wanted != NULL ? k : *n;
}
