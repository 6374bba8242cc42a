/* docket_counters: what /metrics tells of what lies beside the archive. */
#include "serve/counters.h"
#include "serve/docket.h"

#include <inttypes.h>

void
docket_counters(struct docket *d, struct str *out)
{
	struct docket_view *v = docket_lend(d);

	if (v->bundles != NULL) {
		counters_head(out, "routemark_bundles", "gauge", "Files in the folder of bundles.");
		str_addf(out, "routemark_bundles{served=\"yes\"} %zu\nroutemark_bundles{served=\"no\"} %zu\n", v->bundles->n_good,
		    v->bundles->n_broken);
	}
	if (v->log != NULL) {
		counters_head(out, "routemark_log_entries", "gauge", "Entries of the log, up to the checkpoint that is believed.");
		str_addf(out, "routemark_log_entries %" PRIu64 "\n", v->log->size);
	}
	if (v->ledger != NULL) {
		counters_head(out, "routemark_disputes", "gauge", "Disputes in the ledger.");
		str_addf(out, "routemark_disputes %zu\n", v->ledger->open.n);
	}
	if (d->o.log != NULL || d->o.ledger != NULL) {
		counters_head(out, "routemark_docket_trouble", "gauge", "1: what is there now is not believed, and not shown.");
		str_addf(out, "routemark_docket_trouble{of=\"ledger\"} %d\nroutemark_docket_trouble{of=\"log\"} %d\n",
		    v->ledger_trouble != NULL, v->log_trouble != NULL);
	}
	docket_return(v);
}
