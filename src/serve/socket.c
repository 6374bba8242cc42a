#include "serve/socket.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Host and port, each cut off text; false: it is not in form. */
static bool
halves(char *text, char **host, char **port)
{
	char *colon = strrchr(text, ':'), *end;

	if (colon == NULL || colon[1] == '\0')
		return false;
	*colon = '\0';
	*port = colon + 1;
	*host = text;
	if (*text != '[')
		return strchr(text, ':') == NULL && *text != '\0';
	end = strchr(text, ']');
	if (end == NULL || end[1] != '\0')
		return false;
	*end = '\0';
	*host = text + 1;
	return true;
}

static bool
bind_one(const struct addrinfo *ai, int backlog, int *fd)
{
	int on = 1;

	*fd = socket(ai->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (*fd >= 0 && setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    bind(*fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(*fd, backlog) == 0)
		return true;
	if (*fd >= 0) {
		on = errno;
		close(*fd);
		errno = on;
	}
	*fd = -1;
	return false;
}

static void
bound(int fd, char *address, size_t size, unsigned *port)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);
	char host[48] = "?", service[8] = "0";

	if (getsockname(fd, (struct sockaddr *)&at, &len) == 0)
		(void)getnameinfo((struct sockaddr *)&at, len, host, sizeof(host), service, sizeof(service),
		    NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(address, size, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, service);
	*port = (unsigned)strtoul(service, NULL, 10);
}

enum err
socket_listen(const char *text, int backlog, int *fd, char *address, size_t size, unsigned *port, struct str *why)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
	char *copy = strdup(text), *host, *service;
	struct addrinfo *ai = NULL;
	enum err e = OK;
	uint32_t n;

	if (!halves(copy, &host, &service) || span_u32(span_of(service), 65535, &n) != OK ||
	    getaddrinfo(host, service, &hints, &ai) != 0) {
		str_adds(why, "is no address and port, as 127.0.0.1:8080 or [::1]:8080");
		e = ERR_SYNTAX;
	} else if (!bind_one(ai, backlog, fd)) {
		str_addf(why, "cannot be listened on: %s", strerror(errno));
		e = ERR_OPEN;
	} else {
		bound(*fd, address, size, port);
	}
	if (ai != NULL)
		freeaddrinfo(ai);
	free(copy);
	return e;
}
