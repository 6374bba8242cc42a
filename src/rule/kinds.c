/* kinds: the starting points of requirements that are compiled in. The files under packs/require are what "require
 * init" gives out, byte for byte. Paths are relative to the root of the tree. */
#include "rule/embed.h"
#include "rule/require.h"

#include <string.h>

EMBED(kind_transit, "packs/require/transit.profile.json");
EMBED(kind_cloud, "packs/require/cloud-on-ramp.profile.json");
EMBED(kind_ddos, "packs/require/ddos.profile.json");
EMBED(kind_sites, "packs/require/remote-sites.profile.json");

static const struct { const char *name, *p, *end; } files[] = {
	{"transit.profile.json", kind_transit, kind_transit_end},
	{"cloud-on-ramp.profile.json", kind_cloud, kind_cloud_end},
	{"ddos.profile.json", kind_ddos, kind_ddos_end},
	{"remote-sites.profile.json", kind_sites, kind_sites_end},
};
static const char *const kinds[] = {"transit", "cloud-on-ramp", "ddos", "remote-sites", NULL};

const char *const *
require_kinds(void)
{
	return kinds;
}

struct pack_bytes
require_kind_bytes(const char *kind)
{
	size_t i;

	for (i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i], kind) == 0)
			return (struct pack_bytes){files[i].name, {files[i].p, (size_t)(files[i].end - files[i].p)}};
	return (struct pack_bytes){0};
}
