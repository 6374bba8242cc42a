#include "seal/sealed.h"

enum err
sealed_verify(struct span envelope, struct span report, const struct key_pub *known, size_t n_known, struct arena *a,
    struct statement *out, size_t *by, const char **why)
{
	size_t k;
	struct dsse d;

	TRY(dsse_read(envelope, a, &d, why));
	for (k = 0; k < n_known && !dsse_exact(envelope, &d, &known[k], 1); k++)
		;
	if (k == n_known) {
		*why = "is not signed by a key that is known here, or was changed";
		return ERR_UNKNOWN;
	}
	if (!span_is(d.type, STATEMENT_TYPE)) {
		*why = "payloadType: is not " STATEMENT_TYPE;
		return ERR_CONTRADICT;
	}
	TRY(statement_verify(d.body, report, a, out, why));
	*by = k;
	return OK;
}
