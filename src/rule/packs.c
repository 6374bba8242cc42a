/* packs: the rule packs that are compiled in. The same files are what `rules --json` gives and what is
 * exported, so there is no second truth. Paths are relative to the root of the tree. */
#include "rule/crosswalk.h"
#include "rule/embed.h"

#include <stddef.h>
#include <string.h>

EMBED(pack_manrs_catalog, "packs/manrs-netops.catalog.json");
EMBED(pack_manrs_profile, "packs/manrs-netops.profile.json");
EMBED(pack_imc22_catalog, "packs/imc22.catalog.json");
EMBED(pack_imc22_profile, "packs/imc22.profile.json");
EMBED(pack_plus_catalog, "packs/manrs-plus-proposal.catalog.json");
EMBED(pack_plus_profile, "packs/manrs-plus-proposal.profile.json");
EMBED(pack_fcc_catalog, "packs/fcc-24-62.catalog.json");
EMBED(pack_fcc_profile, "packs/fcc-24-62.profile.json");
EMBED(pack_ixp_catalog, "packs/manrs-ixp.catalog.json");
EMBED(pack_ixp_profile, "packs/manrs-ixp.profile.json");
EMBED(pack_crosswalk, "packs/crosswalk.json");

static const struct {
	const char *catalog_name, *profile_name;
	const char *catalog, *catalog_end, *profile, *profile_end;
} files[] = {
	{"manrs-netops.catalog.json", "manrs-netops.profile.json",
	    pack_manrs_catalog, pack_manrs_catalog_end, pack_manrs_profile, pack_manrs_profile_end},
	{"imc22.catalog.json", "imc22.profile.json",
	    pack_imc22_catalog, pack_imc22_catalog_end, pack_imc22_profile, pack_imc22_profile_end},
	{"manrs-plus-proposal.catalog.json", "manrs-plus-proposal.profile.json",
	    pack_plus_catalog, pack_plus_catalog_end, pack_plus_profile, pack_plus_profile_end},
	{"fcc-24-62.catalog.json", "fcc-24-62.profile.json",
	    pack_fcc_catalog, pack_fcc_catalog_end, pack_fcc_profile, pack_fcc_profile_end},
	{"manrs-ixp.catalog.json", "manrs-ixp.profile.json",
	    pack_ixp_catalog, pack_ixp_catalog_end, pack_ixp_profile, pack_ixp_profile_end},
};
static const char *const names[] = {"manrs-netops", "imc22", "manrs-plus-proposal", "fcc-24-62", "manrs-ixp", NULL};

const char *const *
pack_names(void)
{
	return names;
}

struct pack_bytes
pack_catalog_bytes(const char *id)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], id) == 0)
			return (struct pack_bytes){files[i].catalog_name,
			    {files[i].catalog, (size_t)(files[i].catalog_end - files[i].catalog)}};
	return (struct pack_bytes){0};
}

struct pack_bytes
pack_profile_bytes(const char *id)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], id) == 0)
			return (struct pack_bytes){files[i].profile_name,
			    {files[i].profile, (size_t)(files[i].profile_end - files[i].profile)}};
	return (struct pack_bytes){0};
}

struct pack_bytes
crosswalk_bytes(void)
{
	return (struct pack_bytes){"crosswalk.json", {pack_crosswalk, (size_t)(pack_crosswalk_end - pack_crosswalk)}};
}
