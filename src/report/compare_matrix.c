/* compare_matrix: a row for each demand, a column for each network, in blocks of as many as fit. The words of a cell
 * are wrapped in it, so that nothing is told by colour or cut. */
#include "report/compare_lay.h"

#include <inttypes.h>
#include <stdio.h>

#define INDENT 2u
#define MARK 1u			/* "*": required */
#define WEIGHT 3u
#define BAR 14u			/* "at least 100 %" */
#define NET_LEAST 12u		/* "12.34 points", "cannot judge", "AS4294967295" */
#define NET_MOST 22u
#define NETS_MAX 5u		/* of one block: more columns are no longer read */
#define CELLS (4 + NETS_MAX)

struct cell {
	struct str text;	/* owned */
	unsigned column, width;
	enum ink ink;
};

struct matrix {
	const struct comparison *c;
	struct text_style style;
	unsigned id_width, net_width;
	size_t per_block, first, n;	/* networks of the block at hand */
	struct cell cells[CELLS];
	size_t n_cells;
};

/* --- cells --- */

/* The bytes of the first width code points, fewer when there are no more. */
static size_t
head_of(struct span s, unsigned width)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < s.len; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80 && n++ == width)
			break;
	return i;
}

/* Cut a line of at most width columns off *rest, at a space when there is one; "99 %" does not part. */
static struct span
line_cut(struct span *rest, unsigned width)
{
	size_t fits = head_of(*rest, width), at = fits;
	struct span line;

	while (fits < rest->len && at > 0 && (rest->p[at] != ' ' || (at + 1 < rest->len && rest->p[at + 1] == '%')))
		at--;
	if (at == 0)
		at = fits;
	line = (struct span){rest->p, at};
	while (at < rest->len && rest->p[at] == ' ')
		at++;
	*rest = (struct span){rest->p + at, rest->len - at};
	return line;
}

static struct str *
cell_add(struct matrix *m, unsigned column, unsigned width, enum ink ink)
{
	struct cell *cell = &m->cells[m->n_cells++];

	str_clear(&cell->text);
	cell->column = column;
	cell->width = width;
	cell->ink = ink;
	return &cell->text;
}

static void
piece_put(struct str *out, struct text_style style, enum ink ink, struct span piece)
{
	lay_ink(out, style, ink);
	str_add_plain(out, piece);
	lay_ink_end(out, style, ink);
}

/* The cells that were added, as a row of as many lines as the longest needs. */
static void
row_put(struct str *out, struct matrix *m)
{
	struct span rest[CELLS], piece;
	unsigned column;
	size_t i;
	bool more;

	for (i = 0; i < m->n_cells; i++)
		rest[i] = str_span(&m->cells[i].text);
	do {
		column = 0;
		more = false;
		for (i = 0; i < m->n_cells; i++) {
			if (rest[i].len == 0)
				continue;
			piece = line_cut(&rest[i], m->cells[i].width);
			lay_spaces(out, m->cells[i].column - column);
			piece_put(out, m->style, m->cells[i].ink, piece);
			column = m->cells[i].column + lay_width_of(piece);
			more |= rest[i].len > 0;
		}
		str_addc(out, '\n');
	} while (more);
	m->n_cells = 0;
}

/* --- columns --- */

static unsigned
left_width(const struct matrix *m)
{
	return INDENT + m->id_width + 1 + MARK + 1 + WEIGHT + 2 + BAR;
}

static unsigned
net_column(const struct matrix *m, size_t i)
{
	return left_width(m) + 2 + (unsigned)i * (m->net_width + 1);
}

static void
matrix_init(struct matrix *m, const struct comparison *c, struct text_style style)
{
	unsigned room;
	size_t blocks;

	*m = (struct matrix){.c = c, .style = style, .id_width = compare_id_width(c->req)};
	room = style.width > left_width(m) + 1 ? style.width - left_width(m) - 1 : 0;
	m->per_block = room / (NET_LEAST + 1);
	m->per_block = m->per_block < 1 ? 1 : m->per_block > NETS_MAX ? NETS_MAX : m->per_block;
	blocks = (c->n + m->per_block - 1) / m->per_block;
	if (blocks > 0)		/* of the same size, rather than one that is nearly empty */
		m->per_block = (c->n + blocks - 1) / blocks;
	m->net_width = room / (unsigned)m->per_block;
	m->net_width = m->net_width <= NET_LEAST ? NET_LEAST : m->net_width - 1;
	if (m->net_width > NET_MOST)
		m->net_width = NET_MOST;
}

/* --- rows --- */

static void
right(struct str *s, const char *text, unsigned width)
{
	unsigned w = lay_width(text);

	lay_spaces(s, w < width ? width - w : 0);
	str_adds(s, text);
}

static void
left_cells(struct matrix *m, const char *id, const char *mark, const char *weight, struct str **bar, enum ink ink)
{
	unsigned column = INDENT;

	str_adds(cell_add(m, column, m->id_width, ink), id);
	column += m->id_width + 1;
	str_adds(cell_add(m, column, MARK, ink), mark);
	column += MARK + 1;
	right(cell_add(m, column, WEIGHT, ink), weight, WEIGHT);
	*bar = cell_add(m, column + WEIGHT + 2, BAR, ink);
}

static bool
any_name(const struct matrix *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (*m->c->nets[m->first + i].as.name != '\0')
			return true;
	return false;
}

static void
head_rows(struct str *out, struct matrix *m)
{
	const struct comparison *c = m->c;
	struct str *s;
	size_t i;

	left_cells(m, "DEMAND", "", "WT.", &s, INK_DIM);
	str_adds(s, "BAR");
	for (i = 0; i < m->n; i++)
		str_addf(cell_add(m, net_column(m, i), m->net_width, INK_BOLD), "AS%" PRIu32, c->nets[m->first + i].as.asn);
	row_put(out, m);
	if (!any_name(m))
		return;
	for (i = 0; i < m->n; i++) {
		struct span name = span_of(c->nets[m->first + i].as.name);

		s = cell_add(m, net_column(m, i), m->net_width, INK_DIM);
		str_add(s, span_trim((struct span){name.p, head_of(name, m->net_width)}));
	}
	row_put(out, m);
}

static void
demand_row(struct str *out, struct matrix *m, size_t k)
{
	const struct demand *d = &m->c->req->demands[k];
	char weight[16];
	struct str *s;
	size_t i;

	snprintf(weight, sizeof(weight), "%" PRIu32, d->weight);
	left_cells(m, d->control->id, d->control->required ? "*" : "", weight, &s, INK_PLAIN);
	say_demand_bar(s, d);
	for (i = 0; i < m->n; i++) {
		const struct held *h = &m->c->nets[m->first + i].held[k];

		say_cell(cell_add(m, net_column(m, i), m->net_width, outcome_ink(h->outcome)), h);
	}
	row_put(out, m);
}

static void
sum_row(struct str *out, struct matrix *m, const char *label, bool weight)
{
	size_t i;

	str_adds(cell_add(m, INDENT, left_width(m) - INDENT, INK_DIM), label);
	for (i = 0; i < m->n; i++) {
		const struct tally *t = &m->c->nets[m->first + i].tally;
		struct str *s = cell_add(m, net_column(m, i), m->net_width, INK_PLAIN);

		if (weight)
			str_addf(s, "%" PRIu32 " of %" PRIu32, t->weight[OUTCOME_MEETS], tally_weight(t));
		else
			str_addf(s, "%u of %" PRIu32, t->n[1][OUTCOME_MEETS], tally_applies(t->n[1]));
	}
	row_put(out, m);
}

static void
place_row(struct str *out, struct matrix *m)
{
	struct str *s;
	size_t i, rank;

	str_adds(cell_add(m, INDENT, left_width(m) - INDENT, INK_DIM), "place");
	for (i = 0; i < m->n; i++) {
		s = cell_add(m, net_column(m, i), m->net_width, INK_PLAIN);
		rank = comparison_rank(m->c, m->first + i);
		if (rank > 0)
			str_addf(s, "%zu", rank);
		else
			str_adds(s, "none");
	}
	row_put(out, m);
}

unsigned
compare_id_width(const struct requirement *req)
{
	unsigned width = 9, w;
	size_t i;

	for (i = 0; i < req->pack.n; i++) {
		w = lay_width(req->pack.controls[i].id);
		width = w > width ? w : width;
	}
	return width > 16 ? 16 : width;
}

void
compare_matrix(struct str *out, const struct comparison *c, struct text_style style)
{
	struct matrix m;
	size_t k;

	matrix_init(&m, c, style);
	for (m.first = 0; m.first < c->n; m.first += m.n) {
		m.n = c->n - m.first < m.per_block ? c->n - m.first : m.per_block;
		str_addc(out, '\n');
		head_rows(out, &m);
		for (k = 0; k < c->req->pack.n; k++)
			demand_row(out, &m, c->order[k]);
		sum_row(out, &m, "required, met of what applies", false);
		sum_row(out, &m, "weight, met of what applies", true);
		place_row(out, &m);
	}
	for (k = 0; k < CELLS; k++)
		str_release(&m.cells[k].text);
}
