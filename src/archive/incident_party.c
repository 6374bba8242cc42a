/* incident_party: what each network did or let in, summed over the incidents of a window as they come. Intervals of one
 * network overlap a thousand times over in a leak: they are joined whenever twice as many have come together, so that
 * memory grows with those that are apart. */
#include "archive/incidents.h"
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

struct spans { struct timeline_span *s; size_t n, cap; };

struct party {
	struct archive_party p;
	struct spans seen, enough;
};

struct parties {
	struct map map;
	struct party *all;
	size_t n, cap;
	struct archive_party *out;	/* owned */
	struct arena *a;		/* owned */
};

/* --- spans --- */

static int
by_from(const void *a, const void *b)
{
	const struct timeline_span *x = a, *y = b;

	return x->from_us != y->from_us ? (x->from_us > y->from_us) - (x->from_us < y->from_us) :
	    (x->to_us > y->to_us) - (x->to_us < y->to_us);
}

static void
spans_join(struct spans *s)
{
	size_t i, n = 0;

	if (s->n > 1)
		qsort(s->s, s->n, sizeof(*s->s), by_from);
	for (i = 0; i < s->n; i++)
		if (n > 0 && s->s[i].from_us <= s->s[n - 1].to_us)
			s->s[n - 1].to_us = s->s[i].to_us > s->s[n - 1].to_us ? s->s[i].to_us : s->s[n - 1].to_us;
		else
			s->s[n++] = s->s[i];
	s->n = n;
}

static void
spans_add(struct spans *s, int64_t from_us, int64_t to_us)
{
	if (s->n == s->cap) {
		spans_join(s);
		if (s->n * 2 >= s->cap)
			s->s = grow(s->s, &s->cap, s->cap * 2 + 8, sizeof(*s->s));
	}
	s->s[s->n++] = (struct timeline_span){from_us, to_us};
}

static uint64_t
spans_us(struct spans *s)
{
	uint64_t sum = 0;
	size_t i;

	spans_join(s);
	for (i = 0; i < s->n; i++)
		sum += (uint64_t)(s->s[i].to_us - s->s[i].from_us);
	return sum;
}

/* --- parties --- */

static int
by_key(const void *a, const void *b)
{
	const struct archive_party *x = a, *y = b;
	int c;

	if (x->asn != y->asn)
		return x->asn < y->asn ? -1 : 1;
	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	c = strcmp(offence_class_word(x->class), offence_class_word(y->class));
	return c != 0 ? c : strcmp(x->confidence, y->confidence);
}

static bool
same(uint32_t id, const void *key, const void *arg)
{
	return by_key(&((const struct parties *)arg)->all[id].p, key) == 0;
}

static struct party *
party_of(struct parties *p, uint32_t asn, enum archive_role role, const struct archive_incident *i)
{
	struct archive_party key = {.asn = asn, .role = role, .class = i->class,
	    .confidence = i->confidence != NULL ? i->confidence : "", .began_us = INT64_MAX, .ended_us = INT64_MIN};
	uint64_t hash = map_hash(&(uint32_t[2]){asn, (uint32_t)role << 8 | (uint32_t)i->class}, 2 * sizeof(uint32_t));
	uint32_t at = map_find(&p->map, hash, same, &key, p);

	if (at != MAP_NONE)
		return &p->all[at];
	key.confidence = arena_strdup(p->a, span_of(key.confidence));
	p->all = grow(p->all, &p->cap, p->n + 1, sizeof(*p->all));
	p->all[p->n] = (struct party){.p = key};
	map_add(&p->map, hash, (uint32_t)p->n);
	return &p->all[p->n++];
}

/* Returns whether it was there at the end. */
static bool
seen_add(struct party *x, const struct archive_by *by)
{
	bool open = false;
	size_t i;

	for (i = 0; i < by->n_seen; i++) {
		const struct timeline_interval *s = &by->seen[i];

		open |= s->ended == TL_OPEN;
		spans_add(&x->seen, s->from_us, s->to_us);
		x->p.began_us = s->from_us < x->p.began_us ? s->from_us : x->p.began_us;
		x->p.ended_us = s->to_us > x->p.ended_us ? s->to_us : x->p.ended_us;
	}
	return open;
}

static void
enough_add(struct party *x, const struct timeline_span *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		spans_add(&x->enough, s[i].from_us, s[i].to_us);
}

void
parties_add(struct parties *p, const struct archive_incident *i)
{
	struct party *x = party_of(p, i->culprit, ROLE_CULPRIT, i);
	bool open = false;
	size_t k;

	for (k = 0; k < i->n_by; k++)
		open |= seen_add(x, &i->by[k]);
	enough_add(x, i->spans, i->n_spans);
	x->p.incidents++;
	x->p.open += open;
	for (k = 0; k < i->n_by; k++) {
		if (i->by[k].accomplice == 0)
			continue;
		x = party_of(p, i->by[k].accomplice, ROLE_ACCOMPLICE, i);
		x->p.incidents++;
		x->p.open += seen_add(x, &i->by[k]);
		enough_add(x, i->by[k].during, i->by[k].n_during);
	}
}

struct parties *
parties_new(void)
{
	struct parties *p = xcalloc(1, sizeof(*p));

	p->a = arena_new();
	return p;
}

void
parties_free(struct parties *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++) {
		free(p->all[i].seen.s);
		free(p->all[i].enough.s);
	}
	map_release(&p->map);
	arena_free(p->a);
	free(p->all);
	free(p->out);
	free(p);
}

const struct archive_party *
parties_end(struct parties *p, size_t *n)
{
	size_t i;

	p->out = xcalloc(p->n + 1, sizeof(*p->out));
	for (i = 0; i < p->n; i++) {
		p->all[i].p.seen_us = spans_us(&p->all[i].seen);
		p->all[i].p.enough_us = spans_us(&p->all[i].enough);
		p->out[i] = p->all[i].p;
	}
	if (p->n > 1)
		qsort(p->out, p->n, sizeof(*p->out), by_key);
	*n = p->n;
	return p->out;
}

void
incident_seen(const struct archive_incident *i, int64_t *began_us, int64_t *ended_us, bool *open)
{
	size_t k, m;

	*began_us = INT64_MAX;
	*ended_us = INT64_MIN;
	*open = false;
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen; m++) {
			const struct timeline_interval *s = &i->by[k].seen[m];

			*began_us = s->from_us < *began_us ? s->from_us : *began_us;
			*ended_us = s->to_us > *ended_us ? s->to_us : *ended_us;
			*open |= s->ended == TL_OPEN;
		}
}
