/*
 * incidents: the timeline of a window to bytes. Nothing here opens or prints.
 */
#ifndef REPORT_INCIDENTS_H
#define REPORT_INCIDENTS_H

#include "metric/curve.h"
#include "metric/timeline_score.h"
#include "metric/watch.h"
#include "report/report.h"

#define INCIDENTS_FORMAT "routemark-incidents/1"	/* doc/formats/incidents.md */

struct incidents_sheet {
	const struct world *world;
	const struct window *window;
	const struct timeline_scores *scores;
	enum curve curve;
	uint32_t classes;	/* bits of enum offence_class: those that are shown */
	uint32_t asn;		/* only those of this culprit or accomplice; 0: all */
	uint32_t limit;		/* text: incidents of a class at most; 0: all */
	uint32_t visibility, bogon_visibility;
};

void incidents_text(struct str *out, const struct incidents_sheet *s, struct text_style style);
void incidents_json(struct str *out, const struct incidents_sheet *s);	/* canonical, one document */
/* A row per interval at a vantage point, a header line. */
void incidents_csv(struct str *out, const struct incidents_sheet *s);

/* Is this incident, or score, one that the sheet shows? */
bool incidents_shown(const struct incidents_sheet *s, const struct timeline_incident *x);
bool incidents_score_shown(const struct incidents_sheet *s, const struct incident_score *sc);
/* Why it is an offence, one line without line feed: "192.168.0.0/16 is Private-Use, RFC 1918". */
void incidents_why(struct str *out, const struct world *w, const struct timeline_offence *o);
/* The offence of the incident that is surest, the first of several. */
const struct timeline_offence *incidents_surest(const struct timeline_offence *o, uint32_t n);
/* "strong", "proven" ... of misoriginations and leaks, NULL of others: the surest of the incident. */
const char *incidents_sureness(const struct timeline_offence *o, uint32_t n);

#endif
