#include "cmd/seal_attest.h"
#include "base/limits.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "seal/attest.h"

static void
hex_of(struct span bytes, char hex[static SHA256_HEX + 1])
{
	uint8_t digest[SHA256_BYTES];

	sha256_of(bytes.p, bytes.len, digest);
	sha256_hex(digest, hex);
}

bool
seal_attest(const char *arg, struct span report, struct str *statement, const char **kind)
{
	const char *equals = strchr(arg, '=');
	struct str bytes = {0};
	struct attest t;
	bool good;

	if (equals == NULL || attest_kind_read((struct span){arg, (size_t)(equals - arg)}, &t.kind) != OK) {
		note("seal", "--attest: \"%s\" is not KIND=FILE, with answers, policy, test-log or audit-signoff as KIND", arg);
		return false;
	}
	good = slurp("seal", equals + 1, SEAL_REPORT_MAX, &bytes);
	if (good && bytes.len == 0) {
		note("seal", "%s: is empty: there is nothing to stand for", equals + 1);
		good = false;
	}
	if (good) {
		hex_of(report, t.report);
		hex_of(str_span(&bytes), t.file);
		attest_write(statement, &t);
		*kind = attest_kind_name(t.kind);
	}
	str_release(&bytes);
	return good;
}
