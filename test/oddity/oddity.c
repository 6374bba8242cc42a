/*
 * oddity: writes the folder of evidence of a small world in which nobody does wrong, from its description:
 *	oddity WORLDS DIR [NAME] [--plain] [--burst] [--without KIND,...] [--only KIND,...] [--stale KIND,...]
 *	oddity WORLDS --list
 * Without NAME all worlds in one. --plain leaves out what is odd; --burst has it come and go within the window, instead
 * of come and stay. KINDs: vrps aspas irr relations orgs peeringdb registry before (the table before the window),
 * holders (the ids in the registry's statistics). --stale has them two years old.
 *
 * A description is lines of words; see worlds.txt. "#" begins a comment. Blocks begin with "oddity NUMBER NAME"; what
 * stands before the first is in every world. AS numbers from 21 on are the block's own (21 is 1000000 + 1000 * NUMBER + 21;
 * a line before the first block that names one stands in each), those below everybody's; "=N" is the number itself. "0.0/24" is 19.NUMBER.0.0/24, ":1::/48" is
 * 2a05:NUMBER:1::/48 (hexadecimal); a whole prefix is itself.
 *	provider A B	A is the provider of B		peers A B
 *	org ID A...	one organisation by as2org	pdborg ID A...	by PeeringDB
 *	vrp PREFIX LEN A	irr PREFIX A	third PREFIX A	aspa A PROVIDER...
 *	holder ID A... PREFIX...	one holder by the ids of the registries
 *	free PREFIX	the registries have it as available	unlisted PREFIX	they do not have it
 *	route PREFIX PATH	in the tables before and after
 *	odd PREFIX PATH		announced in the window
 * PATH: AS numbers, nearest the collector first; before it stands each session's AS, unless "@A,..." names the sessions
 * that have it. "{A,A}" is a set, "(A" ... a confederation sequence of one. "otc=A", "blackhole" (RFC 7999).
 */
#include "oddity.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static void
write_all(void)
{
	if (has("vrps"))
		write_rpki();
	if (has("irr")) {
		write_irr("irr.ripe.db", "irr", "RIPE");
		write_irr("irr.radb.db", "third", "RADB");
	}
	if (has("relations"))
		write_relations();
	if (has("orgs"))
		write_orgs();
	if (has("peeringdb"))
		write_peeringdb();
	if (has("registry"))
		write_registry();
	write_participants();
	if (has("before"))
		write_table(false);
	write_table(true);
	write_updates();
}

int
main(int argc, char **argv)
{
	static const char *const kinds[] = {"vrps", "aspas", "irr", "relations", "orgs", "peeringdb", "registry",
	    "holders", "before"};
	bool list = argc == 3 && strcmp(argv[2], "--list") == 0;
	size_t k;
	int i;

	if (argc < 3)
		die("usage: oddity WORLDS DIR [NAME] [--plain] [--burst] [--without KINDS] [--only KINDS] [--stale KINDS]");
	for (i = 3; i < argc; i++) {
		if (strcmp(argv[i], "--plain") == 0) {
			world.plain = true;
		} else if (strcmp(argv[i], "--burst") == 0) {
			world.burst = true;
		} else if (strcmp(argv[i], "--without") == 0 && i + 1 < argc) {
			snprintf(world.without, sizeof(world.without), "%s", argv[++i]);
		} else if (strcmp(argv[i], "--stale") == 0 && i + 1 < argc) {
			snprintf(world.stale, sizeof(world.stale), "%s", argv[++i]);
		} else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
			i++;
			for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
				if (strstr(argv[i], kinds[k]) == NULL)
					strcat(strcat(world.without, kinds[k]), ",");
		} else {
			world.name = argv[i];
		}
	}
	world.dir = argv[2];
	read_worlds(argv[1], list);
	if (list)
		return 0;
	if (mkdir(world.dir, 0777) != 0 && errno != EEXIST)
		die("%s: %s", world.dir, strerror(errno));
	write_all();
	return 0;
}
