/*
 * parcel_int: what the parts of parcels share. Inside archive/ only.
 */
#ifndef ARCHIVE_PARCEL_INT_H
#define ARCHIVE_PARCEL_INT_H

#include "archive/parcel.h"
#include "archive/wire.h"
#include "base/limits.h"

void parcel_digest_write(struct str *out, const uint8_t digest[static SHA256_BYTES]);
void parcel_digest_read(struct rd *r, uint8_t out[static SHA256_BYTES], const char *field);
/* A flat object as routemark writes it: it is shown as it lies there. */
const char *parcel_flat(struct rd *r, struct arena *a, const char *field);
void parcel_inputs_write(struct str *out, const struct archive_input *in, size_t n);
const struct archive_input *parcel_inputs_read(struct rd *r, struct arena *a, size_t *n);

void parcel_head_write(struct str *out, const struct archive_head *h);
void parcel_head_read(struct rd *r, struct arena *a, struct archive_head *h);
void parcel_window_write(struct str *out, const struct archive_window *w);
void parcel_window_read(struct rd *r, struct arena *a, struct archive_window *w);
void parcel_incident_write(struct str *out, const struct archive_incident *i);
void parcel_incident_read(struct rd *r, struct arena *a, struct archive_incident *i);
void parcel_paths_write(struct str *out, const struct incident_paths *p);
void parcel_paths_read(struct rd *r, struct arena *a, struct archive_incident *i);	/* its sightings are there */
void parcel_exposures_write(struct str *out, const struct exposed_document *d);
void parcel_exposures_read(struct rd *r, struct arena *a, struct exposed_document *d);

#endif
