/*
 * routes_int: the steps of sealing, in the order they are taken. Private to world/routes*.c.
 */
#ifndef WORLD_ROUTES_INT_H
#define WORLD_ROUTES_INT_H

#include "world/routes.h"

void routes_sort_vps(struct routes *r);
void routes_sort_paths(struct routes *r);
void routes_sort_routes(struct routes *r);
/* Put the sightings of each route together, in no order yet. */
void routes_group_sightings(struct routes *r);
/* Updates of a peer whose table is here belong to that vantage point; its own entry goes away. */
void routes_join_updates(struct routes *r);
/* By (route, vantage point, path), duplicates dropped. */
void routes_sort_sightings(struct routes *r);

#endif
