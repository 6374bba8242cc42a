/*
 * select: which ASes a command is about.
 */
#ifndef CMD_SELECT_H
#define CMD_SELECT_H

#include "cmd/opt.h"
#include "metric/facts.h"

struct as_list {
	uint32_t *asn;		/* owned */
	size_t n, cap;
};

/* Each returns OPT_GO_ON, or an exit status after a message. */
int select_operands(struct as_list *l, const struct opt_table *t, int argc, char **argv, int first);
/* ASNs one a line ("#" starts a comment), or a MANRS participant CSV; plain or compressed. */
int select_file(struct as_list *l, const struct opt_table *t, const char *path);
/* The ASNs of one organisation, by id or name: exact first (ASCII case ignored), else the only one whose
 * name holds the text; else candidates are listed. */
int select_org(struct as_list *l, const struct opt_table *t, const struct orgs *orgs, const char *name);
void select_all(struct as_list *l, const struct facts *f);

void as_list_sort(struct as_list *l);	/* ascending, each once */
void as_list_release(struct as_list *l);

#endif
