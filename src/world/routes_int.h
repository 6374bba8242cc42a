/*
 * routes_int: the steps of sealing, in the order they are taken. Private to world/routes*.c.
 */
#ifndef WORLD_ROUTES_INT_H
#define WORLD_ROUTES_INT_H

#include "world/routes.h"

/* What is pending becomes routes and sightings. */
void routes_settle(struct routes *r);
void routes_sort_vps(struct routes *r);
/* Routes that came out of order are sorted in, and the sightings put together by route. */
void routes_gather(struct routes *r);
/* Updates of a peer whose table is here belong to that vantage point; its own entry goes away. */
void routes_join_updates(struct routes *r);
/* Of the sightings of a route that some came late for each (vantage point, path) once. */
void routes_drop_duplicates(struct routes *r);

#endif
