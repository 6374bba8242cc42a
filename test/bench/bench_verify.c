/*
 * bench_verify: what it costs to verify a report of so many ASes: its seal, its signature, a proof with its checkpoint and
 * a witness; and to read what a log of so many entries says of it.
 */
#include "seal/log.h"
#include "seal/minisign.h"
#include "seal/verify.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define CONTROLS 40	/* of a report by all packs */

static struct key *signer, *log_key, *witness;
static struct policy policy;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(bool good, const char *what)
{
	if (good)
		return;
	printf("%s failed\n", what);
	exit(2);
}

static void
controls(struct str *out, const char *member, const char *value)
{
	int i;

	for (i = 0; i < CONTROLS; i++)
		str_addf(out, "%s{\"id\":\"C%02d\",%s\"%s\":%s}", i > 0 ? "," : "", i,
		    strcmp(member, "verdict") == 0 ? "\"text\":\"as many words as a verdict has in a report, with its numbers\"," : "",
		    member, value);
}

/* A report of n ASes: about as many bytes for each as one of ours. */
static void
report(struct str *out, unsigned n)
{
	unsigned i;

	str_adds(out, "{\"at\":\"2022-05-01T00:00:00Z\",\"format\":\"routemark-assessment/1\",\"inputs\":[{\"complete\":true,"
	    "\"kind\":\"mrt\",\"sha256\":\"" HEX "\",\"time\":null}],\"packs\":[{\"catalog_sha256\":\"" HEX "\",\"controls\":[");
	controls(out, "required", "true");
	str_adds(out, "],\"id\":\"bench\",\"profile_sha256\":null,\"status\":\"published\",\"version\":\"1\"}],\"results\":[");
	for (i = 0; i < n; i++) {
		str_addf(out, "%s{\"asn\":%u,\"packs\":[{\"controls\":[", i > 0 ? "," : "", i + 1);
		controls(out, "verdict", "\"PASS\"");
		str_adds(out, "],\"id\":\"bench\"}]}");
	}
	str_adds(out, "]}\n");
}

static void
policy_make(struct arena *a)
{
	const char *why = NULL;
	struct str s = {0};

	str_adds(&s, "log ");
	key_vkey_write(&s, key_pub(log_key));
	str_adds(&s, "\nwitness w ");
	key_vkey_write(&s, key_pub(witness));
	str_adds(&s, "\nquorum w\n");
	must(policy_read(str_span(&s), a, &policy, &why) == OK, "policy");
	str_release(&s);
}

static void
sealed(struct span bytes, struct str *envelope, struct str *signature, struct arena *a)
{
	struct str body = {0}, comment = {0};
	const char *why = NULL;
	struct gist g;

	must(gist_read(bytes, a, &g, &why) == OK, "report");
	statement_write(&body, &g, bytes, NULL, 0);
	dsse_write(envelope, signer, SPAN(STATEMENT_TYPE), str_span(&body));
	gist_comment(&comment, &g);
	minisign_write(signature, signer, bytes, str_span(&comment));
	gist_release(&g);
	str_release(&body);
	str_release(&comment);
}

static void
entry_of(struct span bytes, struct str *out)
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of(bytes.p, bytes.len, d);
	sha256_hex(d, hex);
	status_write(out, &(struct status){.at = "2022-05-01T00:00:00Z", .sha256 = hex}, signer);
}

/* A log with the entry last, and its checkpoint cosigned in place. */
static void
log_make(const char *dir, struct span entry, uint64_t size, struct str *proof, struct arena *a)
{
	const struct span other = SPAN("{\"at\":\"2022-05-01T00:00:00Z\",\"format\":\"routemark-status/1\",\"reason\":null,\"sha256\":\""
	    HEX "\",\"sig\":\"as long as one\",\"signer\":\"bench.example+00000000\",\"status\":\"issued\"}");
	struct log *l = malloc(sizeof(*l));
	struct span *all = malloc(size * sizeof(*all));
	char why[STORE_PATH_MAX + 256];
	struct log_proof p;
	struct str note = {0};
	uint64_t i, first;

	for (i = 0; i + 1 < size; i++)
		all[i] = other;
	all[size - 1] = entry;
	must(log_init(dir, log_key, why) == OK && log_open(l, dir, true) == OK && log_append(l, all, size, &first) == OK &&
	    log_checkpoint(l, log_key, false) == OK && log_prove(l, size - 1, a, &p) == OK, "log");
	str_add(&note, p.checkpoint);
	note_add(&note, (struct span){p.checkpoint.p, (size_t)(strstr(note.p, "\n\n") + 1 - note.p)}, witness, 1700000000);
	p.checkpoint = str_span(&note);
	proof_write(proof, &p);
	must(store_write(&l->store, "checkpoint", str_span(&note)) == OK, "checkpoint");
	str_release(&note);
	log_close(l);
	free(l);
	free(all);
}

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static double
timed(const struct verify_ask *ask, int runs)
{
	double from = now();
	struct arena *a;
	struct verify v;
	int i;

	for (i = 0; i < runs; i++) {
		a = arena_new();
		verify_run(ask, a, &v);
		must(v.answer == VERIFY_YES, "verification");
		verify_release(&v);
		arena_free(a);
	}
	return (now() - from) / runs * 1e3;
}

static void
measure(unsigned ases, uint64_t size)
{
	struct str r = {0}, envelope = {0}, signature = {0}, entry = {0}, proof = {0};
	struct key_pub known = *key_pub(signer);
	enum verify_role role = VERIFY_ISSUER;
	char dir[] = "bench_verify.XXXXXX";
	struct arena *a = arena_new();
	struct verify_ask ask = {.policy = &policy, .keys = {&known, &role, 1}};
	struct span e;
	double ms;

	report(&r, ases);
	sealed(str_span(&r), &envelope, &signature, a);
	entry_of(str_span(&r), &entry);
	must(mkdtemp(dir) != NULL, "folder");
	log_make(dir, str_span(&entry), size, &proof, a);
	e = str_span(&envelope);
	ask.report = str_span(&r);
	ask.envelopes = &e;
	ask.n_envelopes = 1;
	ask.signature = str_span(&signature);
	ask.proof = str_span(&proof);
	ms = timed(&ask, ases > 100 ? 20 : 200);
	printf("report of %4u ASes, %8.1f kB: seal, signature and proof  %8.2f ms%s\n", ases, (double)r.len / 1e3, ms,
	    ases == 1 ? ms < 50 ? "    under 50 ms" : "    OVER 50 ms" : "");
	ask.log = dir;
	ms = timed(&ask, 3);
	printf("  and with every entry of a log of %8llu             %8.2f ms\n", (unsigned long long)size, ms);
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	str_release(&r);
	str_release(&envelope);
	str_release(&signature);
	str_release(&entry);
	str_release(&proof);
	arena_free(a);
}

int
main(void)
{
	const uint8_t seed[3][ED25519_SEED] = {{1}, {2}, {3}};
	struct arena *a = arena_new();

	must(key_from_seed(SPAN("bench.example"), KEY_SIGNER, seed[0], &signer) == OK &&
	    key_from_seed(SPAN("log.example"), KEY_SIGNER, seed[1], &log_key) == OK &&
	    key_from_seed(SPAN("w.example"), KEY_WITNESS, seed[2], &witness) == OK, "keys");
	policy_make(a);
	measure(1, 1000);
	measure(10, 100000);
	measure(1000, 1000000);
	key_free(signer);
	key_free(log_key);
	key_free(witness);
	arena_free(a);
	return 0;
}
