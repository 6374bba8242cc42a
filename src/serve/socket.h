/*
 * socket: an address to listen on, in numbers: "127.0.0.1:8080", "[::1]:8080", port 0 for any that is free.
 */
#ifndef SERVE_SOCKET_H
#define SERVE_SOCKET_H

#include "base/str.h"

/* *fd is owned; address as it was bound. ERR_SYNTAX: text is no address and port; ERR_OPEN: it cannot be bound. why
 * says what is wrong. */
NODISCARD enum err socket_listen(const char *text, int backlog, int *fd, char *address, size_t size, unsigned *port,
    struct str *why);

#endif
