/*
 * dump: what is in any input file, a record a line. Lines go to stdout; what was wrong with the
 * file goes to stderr, each with its record, offset, field and rule.
 */
#include "cmd/dump.h"

#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/opt.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static dump_fn *const dumps[KIND_N] = {
	[KIND_MRT] = dump_mrt,
	[KIND_PFX2AS] = dump_origins,
	[KIND_RISWHOIS] = dump_origins,
	[KIND_VRP_JSON] = dump_vrp,
	[KIND_VRP_CSV] = dump_vrp,
	[KIND_RPSL] = dump_rpsl,
	[KIND_AS_REL] = dump_asrel,
	[KIND_AS_REL2] = dump_asrel,
	[KIND_AS_ORG] = dump_asorg,
	[KIND_DELEGATED] = dump_delegated,
	[KIND_IANA_SPECIAL] = dump_special,
	[KIND_PDB_NET] = dump_pdb,
	[KIND_PDB_ORG] = dump_pdb,
	[KIND_PDB_POC] = dump_pdb,
	[KIND_SPOOFER_JSON] = dump_spoofer,
	[KIND_SPOOFER_CSV] = dump_spoofer,
	[KIND_MANRS_CSV] = dump_manrs,
};

/* What was not used, each; of notes, and of what was not kept for being too much, the counts. */
static void
print_diags(const char *path, const struct diags *d)
{
	char text[256];
	size_t i;

	for (i = 0; i < d->n_kept; i++)
		if (d->kept[i].level != DIAG_NOTE)
			note("dump", "%s: %s", path,
			    diag_format(&d->kept[i], text, sizeof(text)));
	for (i = 0; i < d->n_counts; i++) {
		const struct diag_count *c = &d->counts[i];

		if (c->first.level == DIAG_NOTE || diags_total(d) > d->n_kept)
			note("dump", "%s: %s, %" PRIu64 " in all, first %s", path, diag_level_text(c->first.level), c->n,
			    diag_format(&c->first, text, sizeof(text)));
	}
}

/* Close the source; what its end says counts as much as what the decoder said. */
static int
finish(const char *path, struct source *s, struct diags *d, int status)
{
	struct source_sum sum;
	enum err e = source_close(s, &sum);

	print_diags(path, d);
	if (diags_stopped(d))
		status = EXIT_UNANSWERED;
	diags_release(d);
	if (e != OK) {
		note("dump", "%s: %s", path, err_text(e));
		return EXIT_UNANSWERED;
	}
	if (sum.err != OK) {
		note("dump", "%s: %s at stored byte %" PRIu64, path,
		    err_text(sum.err), sum.err_offset);
		status = EXIT_UNANSWERED;
	}
	if (status == EXIT_UNANSWERED)
		note("dump", "%s: the file is not complete; fetch it again",
		    path);
	return status;
}

static int
dump_file(const char *path, bool machine)
{
	struct source *s;
	struct diags d = {0};
	struct out *o;
	enum input_kind kind;
	dump_fn *fn;
	enum err e = source_open_unhashed(path, &s);

	if (e != OK) {
		note("dump", "%s: %s: %s", path, err_text(e),
		    strerror(errno));
		return EXIT_UNANSWERED;
	}
	kind = source_kind(s);
	fn = machine && kind == KIND_MRT ? dump_mrt_machine : dumps[kind];
	if (fn == NULL || (machine && kind != KIND_MRT)) {
		note("dump", "%s: %s%s", path, kind_text(kind), machine ?
		    "; -m is for MRT" : "; \"routemark inspect\" lists what is recognised");
		(void)!source_close(s, &(struct source_sum){0});
		return EXIT_UNANSWERED;
	}
	o = out_new(STDOUT_FILENO);
	e = fn(source_feed(s), kind, o, &d);
	if (!out_close(o)) {
		note("dump", "the output could not be written: %s",
		    strerror(errno));
		(void)!source_close(s, &(struct source_sum){0});
		diags_release(&d);
		return EXIT_UNANSWERED;
	}
	return finish(path, s, &d, e == OK ? EXIT_DONE : EXIT_UNANSWERED);
}

int
cmd_dump(int argc, char **argv)
{
	bool machine = false;
	const struct opt opts[] = {
	    {"machine", 'm', OPT_FLAG, NULL, &machine, 0, 0,
		"MRT as \"bgpdump -m\" prints it, line for line"},
	};
	const struct opt_table table = {"dump", "[-m] FILE",
	    "What is in an input file of any kind, packed or not: a record a line on standard\n"
	    "output, what is wrong with it on standard error. Exits 2 when the file was cut\n"
	    "short or not recognised.",
	    "  routemark dump rib.20140501.0000.bz2 | head\n"
	    "  routemark dump -m updates.20241028.0000.bz2 | grep '|W|'\n"
	    "  routemark dump rpki-client.json | grep AS64500\n",
	    opts, sizeof(opts) / sizeof(opts[0])};
	int first, status = opt_parse(&table, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&table, "one file is needed");
	return dump_file(argv[first], machine);
}
