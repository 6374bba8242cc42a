#include "seal/mark_stand.h"
#include "seal/line.h"
#include "seal/status.h"

#include <inttypes.h>

#define HEAD "marks "

enum err
mark_stands_of(const struct mark_find *f, const struct log *l, struct arena *a, struct mark_stands *out)
{
	const struct mark_found *m;
	struct mark_stand *s;
	struct verify v;
	size_t i;

	if (f->n > MARK_STANDS_MAX)
		return ERR_LIMIT;
	*out = (struct mark_stands){.of = arena_array(a, f->n + 1, sizeof(*out->of)), .n = f->n, .size = l->size};
	sha256_hex(l->root.b, out->root);
	for (i = 0; i < f->n; i++) {
		m = &f->found[i];
		s = &out->of[i];
		*s = (struct mark_stand){.pack = m->line.pack, .at = m->issued.status.at, .index = m->issued.index,
		    .superseded = m->superseded};
		memcpy(s->sha256, m->sha256, sizeof(s->sha256));
		s->suspended = m->standing == VERIFY_NO && m->decides->status.word == STATUS_SUSPENDED;
		s->since = s->suspended ? m->decides->index : 0;
		v = (struct verify){.answer = VERIFY_YES};
		verify_stand(&f->keys, &v, &m->own);
		s->own_suspended = v.standing == VERIFY_NO && v.decides->status.word == STATUS_SUSPENDED;
		s->own_since = s->own_suspended ? v.decides->index : 0;
	}
	return OK;
}

static void
index_put(struct str *out, bool there, uint64_t index)
{
	if (there)
		str_addf(out, " %" PRIu64, index);
	else
		str_adds(out, " -");
}

void
mark_stands_write(struct str *out, const struct mark_stands *s)
{
	const struct mark_stand *m;

	str_addf(out, HEAD "%" PRIu64 " %s\n", s->size, s->root);
	for (m = s->of; m < s->of + s->n; m++) {
		str_addf(out, "%s %" PRIu64 " %d", m->sha256, m->index, m->superseded ? 1 : 0);
		index_put(out, m->suspended, m->since);
		index_put(out, m->own_suspended, m->own_since);
		str_addf(out, " %s %s\n", m->at, m->pack);
	}
}

/* --- reading --- */

static bool
digest_get(struct span *line, char out[static SHA256_HEX + 1])
{
	struct span word;

	if (!span_cut(line, ' ', &word) || word.len != SHA256_HEX)
		return false;
	memcpy(out, word.p, SHA256_HEX);
	out[SHA256_HEX] = '\0';
	return status_digest_good(out);
}

static bool
index_get(struct span *line, bool *there, uint64_t *index)
{
	struct span word;

	*index = 0;
	if (!span_cut(line, ' ', &word))
		return false;
	*there = !span_is(word, "-");
	return !*there || span_u64(word, TREE_SIZE_MAX, index) == OK;
}

static bool
stand_get(struct span line, struct arena *a, struct mark_stand *m)
{
	uint64_t superseded = 0;
	bool there = false;
	struct span at;

	if (!digest_get(&line, m->sha256) || !index_get(&line, &there, &m->index) || !there ||
	    !index_get(&line, &there, &superseded) || !there || superseded > 1 || !index_get(&line, &m->suspended, &m->since) ||
	    !index_get(&line, &m->own_suspended, &m->own_since) || !span_cut(&line, ' ', &at) ||
	    memchr(at.p, '\0', at.len) != NULL || line.p == NULL || !status_reason_good(line))
		return false;
	m->superseded = superseded == 1;
	m->at = arena_strdup(a, at);
	m->pack = arena_strdup(a, line);
	return status_time_good(m->at);
}

enum err
mark_stands_read(struct span bytes, struct arena *a, struct mark_stands *out)
{
	struct mark_stands s = {.of = arena_array(a, MARK_STANDS_MAX, sizeof(*s.of))};
	struct span rest = bytes, line, size;

	if (!line_next(&rest, &line) || !span_starts(line, HEAD))
		return ERR_SYNTAX;
	line = (struct span){line.p + sizeof(HEAD) - 1, line.len - (sizeof(HEAD) - 1)};
	if (!span_cut(&line, ' ', &size) || span_u64(size, TREE_SIZE_MAX, &s.size) != OK || !digest_get(&line, s.root) ||
	    line.p != NULL)
		return ERR_SYNTAX;
	while (line_next(&rest, &line))
		if (s.n == MARK_STANDS_MAX || !stand_get(line, a, &s.of[s.n++]))
			return ERR_SYNTAX;
	if (rest.len > 0)
		return ERR_SYNTAX;
	*out = s;
	return OK;
}
