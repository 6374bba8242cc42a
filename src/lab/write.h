/*
 * write: the model to files. Each function writes the whole of one kind of evidence.
 */
#ifndef LAB_WRITE_H
#define LAB_WRITE_H

#include "lab/incident.h"
#include "lab/out.h"

void write_tables(struct outs *o, const struct lab *w, struct lab_sum *sum);
void write_updates(struct outs *o, const struct lab *w, const struct incidents *in, struct lab_sum *sum);
void write_rpki(struct outs *o, const struct lab *w, struct lab_sum *sum);
void write_irr(struct outs *o, const struct lab *w, struct lab_sum *sum);
void write_registry(struct outs *o, const struct lab *w);
void write_relations(struct outs *o, const struct lab *w);
void write_people(struct outs *o, const struct lab *w);
void write_readme(struct outs *o, const struct lab *w);
void write_answers(struct outs *o, const struct lab *w, const struct incidents *in, const struct lab_sum *sum);

#endif
