/*
 * root: the integer square root, for numbers that must be the same on every machine.
 */
#ifndef BASE_ROOT_H
#define BASE_ROOT_H

#include <stdint.h>

__extension__ typedef unsigned __int128 u128;	/* gcc and clang on every 64-bit target */

/* Largest r with r * r <= v. */
u128 root_u128(u128 v);

#endif
