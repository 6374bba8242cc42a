/*
 * memory: what the libraries allocate. Some crash when there is no memory (OpenSSL 3.0 while it starts), some say that the
 * data is wrong (jansson): each gets memory that ends the process instead, as base/arena.h does.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

void memory_init(void);		/* first of all that main does */

#endif
