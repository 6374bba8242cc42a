/*
 * kind: what an input is, told from its first bytes, never from its name.
 */
#ifndef DECODE_KIND_H
#define DECODE_KIND_H

#include "base/span.h"

#define KIND_LIST(X)                                                                    \
	X(KIND_UNKNOWN, "unknown", "not recognised")                                    \
	X(KIND_EMPTY, "empty", "no bytes")                                              \
	X(KIND_MRT, "mrt", "MRT table or updates (RFC 6396)")                           \
	X(KIND_PFX2AS, "pfx2as", "CAIDA prefix-to-AS")                                  \
	X(KIND_RISWHOIS, "riswhois", "RIS whois dump")                                  \
	X(KIND_VRP_JSON, "vrp-json", "VRP JSON (rpki-client, Routinator, RIPE)")        \
	X(KIND_VRP_CSV, "vrp-csv", "VRP CSV")                                           \
	X(KIND_RPSL, "rpsl", "RPSL objects")                                            \
	X(KIND_AS_REL, "as-rel", "AS relationships, serial-1")                          \
	X(KIND_AS_REL2, "as-rel2", "AS relationships, serial-2")                        \
	X(KIND_AS_ORG, "as2org", "AS organisations")                                    \
	X(KIND_DELEGATED, "delegated", "registry statistics")                           \
	X(KIND_IANA_SPECIAL, "iana-special", "IANA special-purpose registry")           \
	X(KIND_PDB_NET, "peeringdb-net", "PeeringDB net")                               \
	X(KIND_PDB_ORG, "peeringdb-org", "PeeringDB org")                               \
	X(KIND_PDB_POC, "peeringdb-poc", "PeeringDB poc")                               \
	X(KIND_SPOOFER_JSON, "spoofer-json", "Spoofer sessions, JSON")                  \
	X(KIND_SPOOFER_CSV, "spoofer-csv", "Spoofer sessions, CSV")                     \
	X(KIND_MANRS_CSV, "manrs-csv", "MANRS participants")                            \
	X(KIND_TEXT, "text", "text that carries no data (README, answer key)")

enum input_kind {
#define X(id, word, text) id,
	KIND_LIST(X)
#undef X
};
#define KIND_N (KIND_TEXT + 1)

const char *kind_word(enum input_kind k);	/* stable, for machines */
const char *kind_text(enum input_kind k);	/* for people */

#define KIND_HEAD (64u * 1024u)	/* bytes that kind_sniff wants to see */

/* Tell from the first bytes (decompressed) of an input; whole says that head is all of it.
 * Text is judged by its header and by its first data lines, which must have the form. */
enum input_kind kind_sniff(struct span head, bool whole);

#endif
