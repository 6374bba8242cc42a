/* seal: sign a report: a DSSE envelope over an in-toto Statement, and a signature for minisign and signify. Or sign that
 * a file belongs to it. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/keys.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"
#include "cmd/product.h"
#include "cmd/seal_attest.h"
#include "cmd/seal_oscal.h"
#include "cmd/slurp.h"
#include "seal/dsse.h"
#include "seal/minisign.h"

#include <string.h>
#include <unistd.h>

struct seal_cmd {
	const char *key, *oscal, *output, *report, *attest;
	uint32_t fd;
	struct arena *arena;
	struct str bytes;		/* of the report */
	struct str decoded;		/* by another process */
	struct span statement, comment;	/* in it */
	struct gist gist;		/* that process's, as what follows */
	const struct subject *subjects;
	size_t n;
};

/* REPORT.json.dsse.json, beside the report or in the folder of -o. */
static char *
path_of(const struct seal_cmd *o, const char *suffix)
{
	const char *slash = strrchr(o->report, '/');

	if (o->output == NULL)
		return arena_printf(o->arena, "%s%s", o->report, suffix);
	return arena_printf(o->arena, "%s/%s%s", o->output, slash != NULL ? slash + 1 : o->report, suffix);
}

/* Both files or none: each is whole under a temporary name before either takes its place. */
static bool
write_both(const struct seal_cmd *o, struct span envelope, struct span signature)
{
	const char *a = path_of(o, ".dsse.json"), *b = path_of(o, ".minisig");
	struct product pa = {0}, pb = {0};
	bool good = product_open(&pa, a, "seal") && product_open(&pb, b, "seal") && product_write(&pa, envelope) &&
	    product_write(&pb, signature) && product_commit(&pa);

	if (good && !product_commit(&pb)) {
		unlink(a);
		good = false;
	}
	product_abandon(&pa);
	product_abandon(&pb);
	if (good)
		printf("%s\n%s\n", a, b);
	return good;
}

/* In a process of its own, which has no key: what is to be signed beside the report's bytes, the statement behind its
 * length, then the comment. */
static bool
decode(void *arg, struct str *out)
{
	struct seal_cmd *o = arg;
	const char *why = NULL;
	uint64_t len = 0;

	if (gist_read(str_span(&o->bytes), o->arena, &o->gist, &why) != OK) {
		note("seal", "%s: %s", o->report, why);
		return false;
	}
	if (o->oscal != NULL && !seal_oscal(o->oscal, &o->gist, o->arena, &o->subjects, &o->n))
		return false;
	str_add(out, (struct span){(const char *)&len, sizeof(len)});
	statement_write(out, &o->gist, str_span(&o->bytes), o->subjects, o->n);
	len = out->len - sizeof(len);
	memcpy(out->p, &len, sizeof(len));
	gist_comment(out, &o->gist);
	return true;
}

static bool
sign(const struct seal_cmd *o, const struct key *k)
{
	struct str envelope = {0}, signature = {0};
	bool good;

	dsse_write(&envelope, k, SPAN(STATEMENT_TYPE), o->statement);
	minisign_write(&signature, k, str_span(&o->bytes), o->comment);
	good = write_both(o, str_span(&envelope), str_span(&signature));
	str_release(&envelope);
	str_release(&signature);
	return good;
}

/* REPORT.json.KIND.dsse.json */
static bool
attach(const struct seal_cmd *o, const struct key *k)
{
	struct str statement = {0}, envelope = {0};
	struct product product = {0};
	const char *kind = NULL, *path = NULL;
	bool good = seal_attest(o->attest, str_span(&o->bytes), &statement, &kind);

	if (good) {
		path = path_of(o, arena_printf(o->arena, ".%s.dsse.json", kind));
		dsse_write(&envelope, k, SPAN(STATEMENT_TYPE), str_span(&statement));
		good = product_open(&product, path, "seal") && product_write(&product, str_span(&envelope)) && product_commit(&product);
	}
	product_abandon(&product);
	if (good)
		printf("%s\n", path);
	str_release(&statement);
	str_release(&envelope);
	return good;
}

static bool
look(struct seal_cmd *o)
{
	uint64_t len = 0;

	if (!slurp("seal", o->report, SEAL_REPORT_MAX, &o->bytes) ||
	    !confined_run("seal", decode, o, o->oscal, DSSE_BYTES_MAX, &o->decoded))
		return false;
	if (o->decoded.len >= sizeof(len))
		memcpy(&len, o->decoded.p, sizeof(len));
	if (o->decoded.len < sizeof(len) || len > o->decoded.len - sizeof(len)) {
		note("seal", "%s: what was decoded is not whole", o->report);
		return false;
	}
	o->statement = (struct span){o->decoded.p + sizeof(len), (size_t)len};
	o->comment = (struct span){o->statement.p + len, o->decoded.len - sizeof(len) - (size_t)len};
	return true;
}

static int
answer(struct seal_cmd *o)
{
	struct key *k;
	bool good;

	if (!look(o))
		return EXIT_UNANSWERED;
	k = keys_open("seal", o->key, o->fd);
	if (k == NULL)
		return EXIT_UNANSWERED;
	good = key_pub(k)->use == KEY_SIGNER;
	if (!good)
		note("seal", "%s: is a witness's key, which signs no reports", o->key);
	good = good && (o->attest != NULL ? attach(o, k) : sign(o, k));
	key_free(k);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

int
cmd_seal(int argc, char **argv)
{
	struct seal_cmd o = {0};
	const struct opt rows[] = {
		{"key", 'k', OPT_TEXT, "FILE", &o.key, 0, 0, "the key to sign with (routemark key new)"},
		{"oscal", 0, OPT_TEXT, "DIR", &o.oscal, 0, 0, "sign the documents of this export (audit --oscal) too"},
		{"attest", 0, OPT_TEXT, "KIND=FILE", &o.attest, 0, 0,
		    "attach a file instead: answers, policy, test-log, by the network; audit-signoff, by an auditor"},
		{"output", 'o', OPT_TEXT, "DIR", &o.output, 0, 0, "put the files into DIR, not beside the report"},
		passphrase_opt(&o.fd),
	};
	const struct opt_table t = {"seal", "REPORT.json --key FILE [options]",
	    "Sign a report (audit --json): REPORT.json.dsse.json says of what it was made and how it came out,\n"
	    "REPORT.json.minisig is for minisign and signify. With --attest, sign that a file belongs to it.",
	    "  routemark audit 64500 --data DIR --json -o 64500.json\n"
	    "  routemark seal 64500.json --key audits.key\n"
	    "  minisign -Vm 64500.json -p audits.pub\n"
	    "  routemark seal 64500.json --attest answers=answers.csv --key net.key\n", rows, 5};
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&t, argc == first ? "which report?" : "takes one report");
	if (o.key == NULL)
		return opt_misuse(&t, "--key is needed");
	if (o.attest != NULL && o.oscal != NULL)
		return opt_misuse(&t, "--attest and --oscal exclude each other");
	o.report = argv[first];
	o.arena = arena_new();
	status = answer(&o);
	str_release(&o.decoded);
	str_release(&o.bytes);
	arena_free(o.arena);
	return status;
}
