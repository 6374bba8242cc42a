/*
 * vrp: validated ROA payloads and ASPAs in the forms that relying parties write them:
 * rpki-client JSON (every year, the old per-family ASPA schema too) and CSV, Routinator JSON,
 * extended JSON and CSV, RIPE validator JSON, RIPE's archive CSV (URI,ASN,IP Prefix,Max
 * Length,Not Before,Not After), bare "ASN,prefix,maxLength[,...]" lines.
 */
#ifndef DECODE_VRP_H
#define DECODE_VRP_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"
#include "decode/kind.h"

struct vrp {
	struct prefix prefix;
	uint32_t asn;		/* 0: AS0, matches nothing (RFC 6483 4) */
	uint8_t max_len;	/* prefix.len <= max_len <= family bits; absent means prefix.len */
	struct span ta;		/* trust anchor, borrowed; may be empty */
};

struct aspa {
	uint32_t customer;
	const uint32_t *provider;	/* ascending, unique; the union over families in old files */
	size_t n;
};

struct vrp_sink {
	enum err (*vrp)(void *arg, const struct vrp *);
	enum err (*aspa)(void *arg, const struct aspa *);	/* may be NULL */
	void *arg;
};

struct vrp_stats {
	uint64_t vrps, aspas;
	uint64_t claimed_vrps, claimed_aspas;	/* what the metadata says; 0 when it says nothing */
	struct utc time;			/* when it was made, from the content */
};

/* kind: one of the KIND_VRP_* that sniffing found. A VRP whose maxLength is out of range or whose
 * prefix has host bits is skipped with a diag; so is a CSV line whose validity flag is False. JSON
 * that ends early, or whose list is not as long as its metadata says (vrps, uniquevrps or counts),
 * is DIAG_STOP_SOURCE. ASPAs come last, ascending by customer, each customer once, and only from a
 * document that is whole. OK also when records were skipped; an error when the environment failed
 * or a callback stopped it. */
NODISCARD enum err vrp_decode(struct feed *f, enum input_kind kind, const struct vrp_sink *,
    struct diags *, struct vrp_stats *);

#endif
