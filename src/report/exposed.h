/*
 * exposed: what exposure --json wrote (report/exposure.h, doc/formats/exposure.md), read again: whole, strictly, and
 * refused when it contradicts itself. For what keeps exposures (archive/exposures.h) and for what draws them (report/
 * chain.h, report/html_exposed.h).
 *
 * A document is of one ground (moment, inputs, packs, parameters, window) and of one subject or several: an ASN that was
 * asked for, or a prefix and one of its origins. Each is kept as a text of its own, so that the same subject on the same
 * ground is the same text, whatever it was asked together with: canonical JSON, members of later versions with it.
 */
#ifndef REPORT_EXPOSED_H
#define REPORT_EXPOSED_H

#include "report/exposure.h"

struct exposed_verdicts {	/* on the required controls of all packs */
	bool none_required;
	enum verdict all;
	uint64_t n[VERDICT_N], required;
	const char *pack, *control, *reason;	/* of the first that decides; NULL when none is worse than PASS */
};

struct exposed_row {		/* incidents of a kind in a family */
	struct astray_row r;
	bool has_weighed;
	uint64_t weighed;	/* attracting block-seconds by the share */
};

struct exposed_share {
	bool known;
	bool at_end, every;
	uint32_t share_ppm, mean_ppm;
	uint64_t paths, vps;
};

struct exposed_net {		/* a network that is depended on */
	uint32_t asn, hops;
	const char *name, *org;
	const char *relation;	/* NULL: not known, or not next to the origin */
	uint64_t passed;
	bool carried_known[OFFENCE_N];
	struct exposure_space carried[OFFENCE_N];
	struct exposed_share of[FAMILY_N];
	const struct exposed_row *rows;
	size_t n_rows;
	struct exposed_verdicts v;
};

struct exposed_family {
	bool asked;		/* false: of a prefix of the other family */
	bool ok;
	const char *why;	/* unless ok */
	uint64_t routes[PLACE_N], not_visible, full_feed;
	/* when ok: */
	uint64_t full_with, views, trimmed, paths, left_out, partial, own;
	enum homing homing;
	uint32_t only;		/* 0: none */
	uint64_t neighbours, direct, homing_vps, homing_networks, single_routes, few_routes;
	const struct exposure_node *nodes;	/* last is not set */
	size_t n_nodes;
};

struct exposed {
	bool is_prefix;
	struct prefix prefix;
	const char *asked;	/* "64500" or the prefix */
	uint32_t origin;
	const char *name, *org;
	struct utc paths_from, paths_to;
	struct exposed_verdicts v;
	struct exposed_family family[FAMILY_N];
	const struct exposed_net *nets;	/* the larger share first */
	size_t n_nets;
	uint64_t nets_cut;
	size_t weakest;		/* in nets; SIZE_MAX: none */
	const char *incidents_why;	/* why none could be told; NULL when some could */
	const struct exposed_row *together;
	size_t n_together;
	uint64_t offending[OFFENCE_N];
	const char *offending_why[OFFENCE_N];
	struct exposure_space own;	/* others' routes in the own space */
	uint64_t own_valid, own_sibling;
	bool rpki_known, siblings_known;
};

struct exposed_pack { const char *id, *version, *status, *title; };

struct exposed_ground {
	struct utc at;		/* known */
	uint32_t min_ppm;
	const struct exposed_pack *packs;
	size_t n_packs;
	uint64_t inputs, collectors, vps;
	struct {
		const char *why_no_data, *partial;	/* or NULL */
		bool seen;
		struct utc from, to;
		uint64_t seconds, vps;
		const char *kind_why[ASTRAY_N];		/* or NULL */
	} window;
};

struct exposed_subject {
	struct exposed x;
	struct span text;	/* {"asked":...,"origin":{...}}, canonical */
};
struct exposed_document {
	struct exposed_ground ground;
	struct span head;	/* the document without its exposures, canonical */
	struct exposed_subject *subjects;
	size_t n;
	size_t n_nobody;	/* prefixes that nobody announces: nothing is known of them that could be kept */
};

/* All of out is from a. file is for messages. On an error *why, from a: "FILE: PATH: WHAT [RULE]". */
NODISCARD enum err exposed_read(const char *file, struct span text, struct arena *a, struct exposed_document *out,
    const char **why);
/* The same from the two texts that were kept. */
NODISCARD enum err exposed_read_kept(const char *file, struct span head, struct span subject, struct arena *a,
    struct exposed_ground *ground, struct exposed *out, const char **why);

/* As exposure_weakest_of. */
size_t exposed_weakest(const struct exposed *x);
/* Only vantage points of its own show it, in every family where it is seen: it passes nothing on to others. */
bool exposed_at_end(const struct exposed_net *n);
uint32_t exposed_top_ppm(const struct exposed_net *n);	/* the larger share of the two families */

#endif
