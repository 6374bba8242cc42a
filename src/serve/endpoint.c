/* endpoint: what can be asked for. */
#include "serve/page.h"

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
	{"/", ROUTE_ARCHIVE, true, page_overview, "overview", false, false},
	{"/control/", ROUTE_ARCHIVE, true, page_control, "control", false, false},
	{"/changes/", ROUTE_ARCHIVE, true, page_changes, "changes", false, false},
	{"/networks", ROUTE_ARCHIVE, true, page_networks, "networks", false, false},
	{"/network/", ROUTE_ARCHIVE, true, page_network, "network", true, false},
	{"/incidents", ROUTE_ARCHIVE, true, page_incidents, "incidents", false, false},
	{"/incident/", ROUTE_ARCHIVE, true, page_incident, "incident", true, false},
	{"/compare", ROUTE_ARCHIVE, true, page_compare, "compare", false, false},
	{"/about", ROUTE_ARCHIVE, true, page_about, "about", false, false},
	{"/log", ROUTE_LIVE, true, page_log, "log", false, false},
	{"/log/", ROUTE_LIVE, true, log_entry, "log-entry", true, true},	/* no file of it begins so */
	{"/log/", ROUTE_LIVE, false, log_file, "log-file", false, false},
	{"/badge/", ROUTE_ARCHIVE, false, badge, "badge", true, false},
	{"/style-", ROUTE_FIXED, false, style, "style", true, false},
	{"/proof-", ROUTE_FIXED, false, proof_script, "script", true, false},
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
	{"/api/v1/incidents", ROUTE_ARCHIVE, false, api_incidents, "api-incidents", false, false},
	{"/api/v1/incidents/", ROUTE_ARCHIVE, false, api_incident, "api-incident", true, false},
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
