/*
 * page: what all pages of the site have in common. A page is whole without a script and asks for one thing more, the
 * style; text from outside reaches it through report/html.h only.
 */
#ifndef SERVE_PAGE_H
#define SERVE_PAGE_H

#include "archive/history.h"
#include "report/html.h"
#include "report/html_part.h"
#include "serve/ask.h"

/* From the doctype to <main>; here: the path of the navigation that this page belongs to, or NULL. */
void page_begin(struct ask *q, const char *title, const char *here);
void page_end(struct ask *q);
void page_problem(struct ask *q, unsigned status, const char *title, const char *detail);
/* "<a href="/network/64500">AS64500</a>" */
void page_asn(struct str *out, uint32_t asn);
/* A notice when the pack is a proposal, as it was archived. */
void page_proposal(struct str *out, const struct archive_pack *p);
/* What a form of that class finds: a script that asks while one types puts the answer here (src/serve/script/search.mjs). */
void page_found_begin(struct str *out, const char *form);
void page_found_end(struct str *out);
/* "2031-06" of each month that a pack has, as links to here?KEY=VALUE&month=... , the shown one marked. */
void page_share(struct str *out, uint64_t num, uint64_t den);	/* "66.30 % of 1,203 (95 % interval 63.6-68.9)" */
/* The share drawn from nothing to all, with its interval; id is a word of html_slug. */
void page_share_bar(struct str *out, const char *id, const char *title, uint64_t num, uint64_t den);
/* Counts of all sizes together. */
void page_tally(archive_tally *t, uint64_t n[static VERDICT_N]);
uint64_t page_judged(const uint64_t n[static VERDICT_N]);	/* PASS, WARN and FAIL */

/* A network's number again as the rest of the program knows it; false when the metric is not known here. */
bool page_metric(const struct history_cell *c, uint32_t asn, struct metric *out);
const struct control_test *page_test(const struct control *c, const struct metric *m);	/* NULL: none judges by it */
/* Why the verdict, in words. */
void page_reason(struct str *out, const struct history_cell *c, const struct control_test *t, uint32_t asn, bool cdn);

/* What "PACK/ID" in q->rest names, in the newest month that has it; NULL: nothing. */
const struct shown_series *page_which(struct ask *q, size_t *month, size_t *k);

/* The section on networks against a buyer's requirements; at most SERVE_SIDE_MAX of them. */
void page_profile(struct ask *q, const struct requirement *req, const struct archive_month *m, uint32_t *asns, size_t n);
/* The section on a network's incidents; nothing when there is none. False after ask_broken. */
bool network_incidents(struct ask *q, uint32_t asn);
/* The share that passes the control over the months, drawn; nothing for one month. */
struct pick;
void control_trend(struct ask *q, const struct pick *pick, const struct shown_series *s, const char *control);
void page_changes(struct ask *q);
void page_overview(struct ask *q);
void page_control(struct ask *q);
void page_networks(struct ask *q);
void page_network(struct ask *q);
void page_compare(struct ask *q);
void page_about(struct ask *q);
void page_log(struct ask *q);
void page_mark(struct ask *q);
void badge(struct ask *q);
void log_file(struct ask *q);
void log_entry(struct ask *q);
void proof_script(struct ask *q);
void api_index(struct ask *q);
void api_openapi(struct ask *q);
void api_months(struct ask *q);
void api_controls(struct ask *q);
void api_networks(struct ask *q);
void api_network(struct ask *q);
void api_scores(struct ask *q);
void api_summary(struct ask *q);
void api_history(struct ask *q);
void api_compare(struct ask *q);
void api_disputes(struct ask *q);
void api_marks(struct ask *q);
void api_bundles(struct ask *q);
void api_bundle(struct ask *q);
void page_incidents(struct ask *q);
void page_incident(struct ask *q);
void api_incidents(struct ask *q);
void api_incident(struct ask *q);
void page_exposures(struct ask *q);
void page_exposure(struct ask *q);
void api_exposures(struct ask *q);
void api_exposure(struct ask *q);

extern const char serve_css[], serve_proof[], serve_proof_end[];

#endif
