/*
 * mhd: GNU libmicrohttpd, bound when it is needed (net/library.h), and an answer sent by it. Inside serve/ only; its
 * header is seen by who includes this.
 */
#ifndef SERVE_MHD_H
#define SERVE_MHD_H

#include "serve/cache.h"

#include <microhttpd.h>

struct mhd {
	__typeof__(MHD_start_daemon) *start_daemon;
	__typeof__(MHD_quiesce_daemon) *quiesce_daemon;
	__typeof__(MHD_stop_daemon) *stop_daemon;
	__typeof__(MHD_suspend_connection) *suspend;
	__typeof__(MHD_resume_connection) *resume;
	__typeof__(MHD_get_connection_info) *get_connection_info;
	__typeof__(MHD_lookup_connection_value) *lookup_connection_value;
	__typeof__(MHD_get_connection_values) *get_connection_values;
	__typeof__(MHD_create_response_from_buffer_with_free_callback_cls) *create_response;
	__typeof__(MHD_create_response_from_callback) *create_from_callback;
	__typeof__(MHD_add_response_header) *add_response_header;
	__typeof__(MHD_queue_response) *queue_response;
	__typeof__(MHD_destroy_response) *destroy_response;
};
extern struct mhd mhd;

/* Before anything else, while files can be read. */
NODISCARD enum err mhd_load(const char **why);
/* Takes the reference. *sent: bytes of the body; *status: 304 when who asks has it. */
enum MHD_Result mhd_send(struct MHD_Connection *c, struct reply *a, unsigned *status, uint64_t *sent);

#endif
