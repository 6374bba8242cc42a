/*
 * minisign: signatures that Debian's minisign and signify-openbsd verify alike: legacy mode, "Ed", Ed25519 over
 * the file itself (signify knows no other). A second signature covers the first and the trusted comment.
 */
#ifndef SEAL_MINISIGN_H
#define SEAL_MINISIGN_H

#include "seal/key.h"

#define MINISIGN_COMMENT_MAX 8192u	/* trusted: the longest that minisign reads */
#define MINISIGN_UNTRUSTED_MAX 1024u	/* the longest that both read */

/* minisign.pub: a comment with the key's name, and base64("Ed" number[8] public[32]). The number is the first
 * 8 bytes of SHA-256("routemark minisign\n" public): two programs need it to find a key, nobody trusts it. */
void minisign_pub_write(struct str *out, const struct key_pub *k);
/* A public key file. Its name is the comment's, when that is one of ours, else "minisign". A static text in *why. */
NODISCARD enum err minisign_pub_read(struct span text, struct key_pub *out, const char **why);

/* Four lines. comment: no control characters, at most MINISIGN_COMMENT_MAX bytes (asserted). */
void minisign_write(struct str *out, const struct key *k, struct span message, struct span comment);
/* OK, and the trusted comment (into text), when the signature is k's and both its halves verify. ERR_SYNTAX: not
 * four lines of that form; ERR_UNKNOWN: by another key; ERR_SIGNATURE. With untrusted comments other than
 * minisign_write's own it is ERR_SYNTAX too: no bit of a file that we accept is free. */
NODISCARD enum err minisign_verify(
    struct span text, struct span message, const struct key_pub *k, struct span *comment, const char **why);

#endif
