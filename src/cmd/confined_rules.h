/*
 * confined_rules: what the process of each command may do, one table. A word of "reads" or "writes" is an option, or "@N"
 * for the N-th operand ("@2+": that and all behind it), and how it is meant, by a letter behind it:
 *
 *	*	a folder of evidence: links in it are followed to files
 *	~	a rule pack: also the .json files beside it, which it may import
 *	/	its folder: to make files beside it (writes), to list it (reads)
 *	%	an archive: with SQLite's journal beside it. One that is written (writes) is the archivist's, and is not in
 *		the jail of who decodes; of one that is read, what a crash left is rolled back before (cmd/confined_archive.h)
 *	.	a log or the like, which is written where it lies (writes)
 *	=	KIND=FILE
 *	!	REPORT: what belongs to a report and lies beside it
 *	^	a log: in a folder, or where it is served; then a process fetches it (cmd/fetcher.h)
 *
 * What is not there, or is no path (a pack by its id, a verifier key), is no path.
 */
#ifndef CMD_CONFINED_RULES_H
#define CMD_CONFINED_RULES_H

#include "base/jail.h"
#include "cmd/opt.h"

enum confined_access {
	CONFINED_READ,		/* in the jail */
	CONFINED_LIST,		/* the names in a folder alone */
	CONFINED_WRITE,		/* in the jail: JAIL_KEEP, JAIL_SIGN */
	CONFINED_MAKE,		/* an errand: a product */
	CONFINED_FETCH,		/* the address of a log, for the fetcher */
	CONFINED_ARCHIVE,	/* the archivist's alone: an archive */
	CONFINED_MEND		/* an archive that a crash left a journal of, to be rolled back first */
};

struct confined_path {
	char *path;		/* owned */
	enum confined_access access;
};

enum {
	CONFINED_ALONE = 1,	/* in the process itself: no other waits for it */
	CONFINED_TEMP = 2,	/* evidence is unpacked into a temporary folder, by errands */
	CONFINED_ITSELF = 4	/* in the process itself, which enters it when it has made what the jail needs */
};

struct confined_rule {
	const char *command, *verb;	/* verb: the first operand; NULL: any */
	const char *given;		/* only when this option is given; NULL */
	enum jail_kind kind;
	const char *reads, *writes;
	unsigned how;
};

struct confined_paths {
	struct confined_path *path;	/* owned */
	size_t n, cap;
};

/* NULL: the command is not in the table. operands: argc of them. */
const struct confined_rule *confined_rule_find(const struct opt_table *t, int argc, char **argv);
/* What the rule comes to with this command line; the caller releases it. */
void confined_paths_make(const struct confined_rule *r, const struct opt_table *t, int argc, char **argv,
    struct confined_paths *out);
/* The paths of a rule pack, when it is a file: it, and the .json files beside it, added. */
void confined_paths_pack(struct confined_paths *p, const char *pack);
char *confined_folder_of(const char *path);	/* DIR of DIR/FILE; the caller frees it */
/* Has the command an archivist beside it? */
bool confined_archives(const struct confined_rule *r);
void confined_paths_release(struct confined_paths *p);
/* The i-th rule, NULL behind the last: for tests and the table in SECURITY.md. */
const struct confined_rule *confined_rule_at(size_t i);

#endif
