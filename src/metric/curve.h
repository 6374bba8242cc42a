/*
 * curve: from the raw score of incidents to percent. The curve that MANRS uses is not published; both that fit what is
 * published of it are here, by name, and whoever prints a percentage prints the name too. Integer arithmetic, the same
 * on every machine.
 */
#ifndef METRIC_CURVE_H
#define METRIC_CURVE_H

#include "base/span.h"

enum curve {
	CURVE_H1,	/* 0.6^sqrt(raw / 0.5): fits all published points */
	CURVE_H2	/* 0.6^(raw / 0.5): fits 0 and 0.5 only */
};
#define CURVE_N (CURVE_H2 + 1)
const char *curve_word(enum curve c);		/* "H1" */
const char *curve_formula(enum curve c);	/* "0.6^sqrt(raw / 0.5)" */
enum curve curve_find(struct span word);	/* CURVE_N when there is none of that name */

/* raw in ten-millionths of a point (metric/incident.h), result in millionths, rounded to the nearest. */
uint32_t curve_ppm(enum curve c, uint64_t raw_e7);

/* The bands of the percentage: ready from 80 %, aspiring from 60 %, lagging below. */
enum band { BAND_READY, BAND_ASPIRING, BAND_LAGGING };
#define BAND_READY_PPM 800000u
#define BAND_ASPIRING_PPM 600000u
enum band band_of(uint32_t ppm);
const char *band_word(enum band b);		/* "ready" */

#endif
