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
	q->r->type = TYPE_TEXT;
	q->r->cache_control = "no-store";
	str_addf(&q->r->body, "ok\nassessments %zu\n", q->view->n_months);
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
	str_adds(&q->r->body, "User-agent: *\nDisallow: /networks\nDisallow: /compare\nDisallow: /incident\nDisallow: /api/\n");
}

const struct endpoint endpoints[] = {
	{"/", ROUTE_ARCHIVE, true, page_overview, "overview", false},
	{"/control/", ROUTE_ARCHIVE, true, page_control, "control", false},
	{"/changes/", ROUTE_ARCHIVE, true, page_changes, "changes", false},
	{"/networks", ROUTE_ARCHIVE, true, page_networks, "networks", false},
	{"/network/", ROUTE_ARCHIVE, true, page_network, "network", true},
	{"/incidents", ROUTE_ARCHIVE, true, page_incidents, "incidents", false},
	{"/incident/", ROUTE_ARCHIVE, true, page_incident, "incident", true},
	{"/compare", ROUTE_ARCHIVE, true, page_compare, "compare", false},
	{"/about", ROUTE_ARCHIVE, true, page_about, "about", false},
	{"/log", ROUTE_LIVE, true, page_log, "log", false},
	{"/log/", ROUTE_LIVE, false, log_file, "log-file", false},
	{"/badge/", ROUTE_ARCHIVE, false, badge, "badge", true},
	{"/style-", ROUTE_FIXED, false, style, "style", true},
	{"/proof-", ROUTE_FIXED, false, proof_script, "script", true},
	{"/script/", ROUTE_FIXED, false, script_file, "page-script", false},
	{"/robots.txt", ROUTE_FIXED, false, robots, "robots", false},
	{"/healthz", ROUTE_ARCHIVE, false, healthz, "healthz", false},
	{"/metrics", ROUTE_LIVE, false, metrics, "metrics", false},
	{"/api/v1", ROUTE_FIXED, false, api_index, "api", false},
	{"/api/v1/openapi.json", ROUTE_FIXED, false, api_openapi, "api-openapi", false},
	{"/api/v1/months", ROUTE_ARCHIVE, false, api_months, "api-months", false},
	{"/api/v1/controls", ROUTE_ARCHIVE, false, api_controls, "api-controls", false},
	{"/api/v1/networks", ROUTE_ARCHIVE, false, api_networks, "api-networks", false},
	{"/api/v1/networks/", ROUTE_ARCHIVE, false, api_network, "api-network", true},
	{"/api/v1/scores", ROUTE_ARCHIVE, false, api_scores, "api-scores", false},
	{"/api/v1/scores/summary", ROUTE_ARCHIVE, false, api_summary, "api-summary", false},
	{"/api/v1/history", ROUTE_ARCHIVE, false, api_history, "api-history", false},
	{"/api/v1/compare", ROUTE_ARCHIVE, false, api_compare, "api-compare", false},
	{"/api/v1/incidents", ROUTE_ARCHIVE, false, api_incidents, "api-incidents", false},
	{"/api/v1/incidents/", ROUTE_ARCHIVE, false, api_incident, "api-incident", true},
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
			(!endpoints[i].one_segment || strchr(*rest, '/') == NULL))
			return &endpoints[i];
	}
	return NULL;
}
