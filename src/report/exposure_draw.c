/* exposure_draw: the chains of ASes from an origin outward, as a tree. */
#include "report/exposure_lay.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define NUMBERS 30u		/* columns of what stands right of a chain */
#define STEP 3u			/* columns of a step outward */
#define DEEP 12u		/* steps that are drawn; what is further out moves no more to the right */

/* What was appended from from on (ASCII), right-aligned. */
static void
right(struct str *out, size_t from, unsigned width)
{
	size_t w = out->len - from, pad = w < width ? width - w : 0;

	str_fill(out, ' ', pad);
	memmove(out->p + from + pad, out->p + from, w);
	memset(out->p + from, ' ', pad);
}

void
lay_percent(struct str *out, uint32_t ppm, unsigned width)
{
	size_t from = out->len;

	say_percent(out, ppm);
	right(out, from, width);
}

void
lay_number(struct str *out, uint64_t n, unsigned width)
{
	size_t from = out->len;

	lay_count(out, n);
	right(out, from, width);
}

/* Text cut to n columns, without what could steer a terminal. */
static void
cut(struct str *out, const char *text, unsigned n)
{
	size_t i;

	for (i = 0; text[i] != '\0'; i++) {
		if (((unsigned char)text[i] & 0xc0) == 0x80)
			continue;
		if (n-- == 0)
			break;
	}
	str_add_plain(out, (struct span){text, i});
}

void
lay_network(struct str *out, uint32_t asn, const char *name, unsigned width)
{
	size_t from = out->len;
	unsigned used;

	str_addf(out, "AS%" PRIu32, asn);
	used = (unsigned)(out->len - from);
	if (*name == '\0' || used + 5 > width)
		return;
	str_addc(out, ' ');
	cut(out, name, width - used - 1);
}

static const char *
name_of(const struct world *w, uint32_t asn)
{
	const struct org_as *o = orgs_as(&w->orgs, asn);

	return o != NULL && o->name != NULL ? o->name : "";
}

/* The lines that run past the node at from the chains above it. */
static unsigned
rails(struct str *out, const struct exposure_view *v, size_t at, bool more)
{
	uint32_t above[DEEP], up;
	unsigned n = 0, i, used = 0;

	for (up = more ? (uint32_t)at : v->nodes[at].parent; up != EXPOSURE_NONE && v->nodes[up].parent != EXPOSURE_NONE;
	    up = v->nodes[up].parent)
		above[n++ % DEEP] = up;
	n = n < DEEP ? n : DEEP;
	for (i = n; i-- > 0; used += STEP)
		str_adds(out, v->nodes[above[i]].last ? "   " : "|  ");
	return used;
}

static void
fill_to(struct str *out, size_t from, unsigned width)
{
	unsigned w = lay_width_of((struct span){out->p + from, out->len - from});

	str_fill(out, ' ', w < width ? width - w : 1);
}

static void
node_line(struct str *out, const struct world *w, const struct exposure_view *v, size_t at,
    struct text_style style)
{
	const struct exposure_node *n = &v->nodes[at];
	unsigned width = style.width - NUMBERS, used = 2;
	size_t from = out->len;

	str_adds(out, "  ");
	if (at > 0) {
		used += rails(out, v, at, false) + STEP;
		str_adds(out, n->last ? "`- " : "|- ");
	}
	lay_network(out, n->asn, name_of(w, n->asn), width > used ? width - used - 1 : 0);
	fill_to(out, from, width);
	lay_percent(out, n->mean_ppm, 8);
	str_adds(out, " %");
	lay_number(out, n->n_vps, 8);
	lay_number(out, n->n_paths, 11);
	str_addc(out, '\n');
}

static void
more_line(struct str *out, const struct exposure_view *v, size_t at, struct text_style style)
{
	const struct exposure_node *n = &v->nodes[at];
	size_t from = out->len;

	str_adds(out, "  ");
	rails(out, v, at, true);
	str_adds(out, "`- ");
	lay_ink(out, style, INK_DIM);
	str_addf(out, n->n_cut == 1 ? "one more" : style.width < 90 ? "%" PRIu32 " more" : "%" PRIu32 " more, each of less",
	    n->n_cut);
	lay_ink_end(out, style, INK_DIM);
	fill_to(out, from, style.width - NUMBERS + (style.colour ? 8 : 0));
	lay_percent(out, n->cut_ppm, 8);
	str_adds(out, " %\n");
}

void
exposure_draw(struct str *out, const struct world *w, const struct exposure_view *v, struct text_style style)
{
	size_t from = out->len, i;
	uint32_t up;

	lay_ink(out, style, INK_DIM);
	str_adds(out, "  CHAIN, FROM THE ORIGIN OUTWARD");
	str_fill(out, ' ', style.width - NUMBERS - (unsigned)(out->len - from) + (style.colour ? 4 : 0));
	str_adds(out, "  OF PATHS  POINTS      PATHS");
	lay_ink_end(out, style, INK_DIM);
	str_addc(out, '\n');
	for (i = 0; i < v->n_nodes; i++) {
		node_line(out, w, v, i, style);
		/* what is left out of a chain follows the last of what is shown of it */
		for (up = (uint32_t)i; up != EXPOSURE_NONE && (i + 1 == v->n_nodes || v->nodes[i + 1].parent != up);
		    up = v->nodes[up].parent)
			if (v->nodes[up].n_cut > 0)
				more_line(out, v, up, style);
	}
}
