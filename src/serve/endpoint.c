/* endpoint: what can be asked for. */
#include "serve/page.h"
#include "serve/script.h"

#include <string.h>

/* --- small ones --- */

static void
style(struct ask *q)
{
	if (strcmp(q->rest, q->site->css_path + sizeof("/style-") - 1) != 0) {
		ask_problem(q, 404, "No such page", "There is nothing at this address.");
		return;
	}
	q->r->type = "text/css; charset=utf-8";
	q->r->cache_control = "public, max-age=31536000, immutable";
	str_add(&q->r->body, str_span(&q->site->css));
}

/* The archive can be read: that is asked of it each time. */
static void
healthz(struct ask *q)
{
	const struct docket_view *d = q->docket;

	q->r->type = TYPE_TEXT;
	q->r->cache_control = "no-store";
	str_addf(&q->r->body, "ok\nassessments %zu\n", q->view->n_months);
	if (d->ledger != NULL)
		str_addf(&q->r->body, "disputes %zu\n", d->ledger->open.n);
	if (d->ledger_trouble != NULL)
		str_adds(&q->r->body, "disputes-trouble the ledger cannot be read, or does not go on from what it was\n");
	if (d->log != NULL)
		str_addf(&q->r->body, "log-entries %llu\nmark-entries %zu\n", (unsigned long long)d->log->size, d->log->n_marks);
	if (d->log_trouble != NULL)
		str_addf(&q->r->body, "log-trouble %s\n", d->log_trouble);
	if (d->bundles != NULL)
		str_addf(&q->r->body, "bundles %zu\nbundles-refused %zu\n", d->bundles->n_good, d->bundles->n_broken);
	if (d->bundles != NULL && (d->bundles->more || d->bundles->unreadable))
		str_adds(&q->r->body, d->bundles->more ? "bundles-trouble there are more than are looked at\n" :
		    "bundles-trouble the folder cannot be read\n");
}

static const char *
endpoint_name(size_t i)
{
	return i < n_endpoints ? endpoints[i].name : i == n_endpoints ? "other" : NULL;
}

static void
metrics(struct ask *q)
{
	q->r->type = "text/plain; version=0.0.4; charset=utf-8";
	q->r->cache_control = "no-store";
	counters_write(&q->r->body, q->site->counters, endpoint_name);
}

static void
robots(struct ask *q)
{
	q->r->type = TYPE_TEXT;
	str_adds(&q->r->body, "User-agent: *\nDisallow: /networks\nDisallow: /compare\nDisallow: /incident\nDisallow: /exposure/\nDisallow: /api/\n");
}

const struct endpoint endpoints[] = {
	{"/", ROUTE_ARCHIVE, true, page_overview, "overview", false, false},
	{"/control/", ROUTE_ARCHIVE, true, page_control, "control", false, false},
	{"/changes/", ROUTE_ARCHIVE, true, page_changes, "changes", false, false},
	{"/networks", ROUTE_ARCHIVE, true, page_networks, "networks", false, false},
	{"/network/", ROUTE_ARCHIVE, true, page_network, "network", true, false},
	{"/incidents", ROUTE_ARCHIVE, true, page_incidents, "incidents", false, false},
	{"/incident/", ROUTE_ARCHIVE, true, page_incident, "incident", true, false},
	{"/exposure", ROUTE_ARCHIVE, true, page_exposures, "exposures", false, false},
	{"/exposure/", ROUTE_ARCHIVE, true, page_exposure, "exposure", true, false},
	{"/compare", ROUTE_ARCHIVE, true, page_compare, "compare", false, false},
	{"/about", ROUTE_ARCHIVE, true, page_about, "about", false, false},
	{"/log", ROUTE_LIVE, true, page_log, "log", false, false},
	{"/log/", ROUTE_LIVE, true, log_entry, "log-entry", true, true},	/* no file of it begins so */
	{"/log/", ROUTE_LIVE, false, log_file, "log-file", false, false},
	{"/mark/", ROUTE_ARCHIVE, true, page_mark, "mark", true, false},
	{"/badge/", ROUTE_ARCHIVE, false, badge, "badge", true, false},
	{"/style-", ROUTE_FIXED, false, style, "style", true, false},
	{"/proof-", ROUTE_FIXED, false, proof_script, "script", true, false},
	{"/script/", ROUTE_FIXED, false, script_file, "page-script", false, false},
	{"/robots.txt", ROUTE_FIXED, false, robots, "robots", false, false},
	{"/healthz", ROUTE_ARCHIVE, false, healthz, "healthz", false, false},
	{"/metrics", ROUTE_NOW, false, metrics, "metrics", false, false},
	{"/api/v1", ROUTE_FIXED, false, api_index, "api", false, false},
	{"/api/v1/openapi.json", ROUTE_FIXED, false, api_openapi, "api-openapi", false, false},
	{"/api/v1/months", ROUTE_ARCHIVE, false, api_months, "api-months", false, false},
	{"/api/v1/controls", ROUTE_ARCHIVE, false, api_controls, "api-controls", false, false},
	{"/api/v1/networks", ROUTE_ARCHIVE, false, api_networks, "api-networks", false, false},
	{"/api/v1/networks/", ROUTE_ARCHIVE, false, api_network, "api-network", true, false},
	{"/api/v1/scores", ROUTE_ARCHIVE, false, api_scores, "api-scores", false, false},
	{"/api/v1/scores/summary", ROUTE_ARCHIVE, false, api_summary, "api-summary", false, false},
	{"/api/v1/history", ROUTE_ARCHIVE, false, api_history, "api-history", false, false},
	{"/api/v1/compare", ROUTE_ARCHIVE, false, api_compare, "api-compare", false, false},
	{"/api/v1/disputes", ROUTE_ARCHIVE, false, api_disputes, "api-disputes", false, false},
	{"/api/v1/marks", ROUTE_ARCHIVE, false, api_marks, "api-marks", false, false},
	{"/api/v1/bundles", ROUTE_ARCHIVE, false, api_bundles, "api-bundles", false, false},
	{"/api/v1/bundles/", ROUTE_LIVE, false, api_bundle, "api-bundle", true, false},
	{"/api/v1/incidents", ROUTE_ARCHIVE, false, api_incidents, "api-incidents", false, false},
	{"/api/v1/incidents/", ROUTE_ARCHIVE, false, api_incident, "api-incident", true, false},
	{"/api/v1/exposure", ROUTE_ARCHIVE, false, api_exposures, "api-exposures", false, false},
	{"/api/v1/exposure/", ROUTE_ARCHIVE, false, api_exposure, "api-exposure", true, false},
};
const size_t n_endpoints = sizeof(endpoints) / sizeof(*endpoints);
_Static_assert(sizeof(endpoints) / sizeof(*endpoints) < COUNTER_ROUTES, "a counter for each");

/* Whether a path that is no whole one lets something follow. */
static bool
is_prefix(const struct endpoint *r, size_t len)
{
	return len > 1 && (r->path[len - 1] == '/' || r->path[len - 1] == '-');
}

const struct endpoint *
endpoint_find(const char *path, const char **rest)
{
	size_t i, len;

	for (i = 0; i < n_endpoints; i++) {
		len = strlen(endpoints[i].path);
		*rest = path + len;
		if (!is_prefix(&endpoints[i], len) ? strcmp(path, endpoints[i].path) == 0 :
		    strncmp(path, endpoints[i].path, len) == 0 && **rest != '\0' &&
			(!endpoints[i].one_segment || strchr(*rest, '/') == NULL) &&
			(!endpoints[i].number || (**rest >= '0' && **rest <= '9')))
			return &endpoints[i];
	}
	return NULL;
}
