/*
 * load_irr: RPSL objects that say something of a route or an AS. A file of aut-nums or organisations
 * alone is no evidence of what is registered: only route objects are (EV_IRR).
 */
#include "base/arena.h"
#include "base/str.h"
#include "decode/rpsl.h"
#include "pipe/part.h"

#include <string.h>

struct rpsl_load {
	struct part *p;
	struct irr *irr;
	uint64_t routes;
	struct utc newest;
	struct arena *scratch;	/* one object's C strings */
};

/* The first attribute of that name; an empty span when there is none. */
static struct span
attr_value(const struct rpsl_object *o, const char *name)
{
	size_t i;

	for (i = 0; i < o->n_attr; i++)
		if (span_is(o->attr[i].name, name))
			return o->attr[i].value;
	return SPAN("");
}

static uint32_t
attr_count(const struct rpsl_object *o, const char *name, const char *mp_name)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < o->n_attr; i++)
		n += span_is(o->attr[i].name, name) || span_is(o->attr[i].name, mp_name);
	return n;
}

/* Maintainers of the registries themselves: they look after everybody's objects, so whom to call for them
 * says nothing of the AS. */
static bool
registry_mntner(struct span name)
{
	static const char *const own[] = {"RIPE-NCC-", "APNIC-HM", "AFRINIC-HM", "LACNIC-", "MNT-ARIN"};
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (name.len >= strlen(own[i]) &&
		    span_is_nocase((struct span){name.p, strlen(own[i])}, own[i]))
			return true;
	return false;
}

/* "ORG-X1-RIPE MAINT-AS1@RADB ": the org, then each maintainer with the source it lives in. */
static void
holders_of(const struct rpsl_object *o, struct str *out)
{
	struct span rest, name;
	size_t i;

	str_add(out, attr_value(o, "org"));
	for (i = 0; i < o->n_attr; i++) {
		if (!span_is(o->attr[i].name, "mnt-by"))
			continue;
		rest = o->attr[i].value;
		while (span_cut(&rest, ',', &name)) {
			name = span_trim(name);
			if (name.len == 0 || registry_mntner(name))
				continue;
			str_addc(out, ' ');
			str_add(out, name);
			str_addc(out, '@');
			str_add(out, o->source);
		}
	}
}

/* A maintainer says whom to call when it has an admin-c or a tech-c. */
static enum err
on_mntner(struct rpsl_load *l, const struct rpsl_object *o)
{
	struct str handle = {0};
	enum err e;

	if (attr_value(o, "admin-c").len == 0 && attr_value(o, "tech-c").len == 0)
		return OK;
	str_add(&handle, o->key);
	str_addc(&handle, '@');
	str_add(&handle, o->source);
	e = irr_add_holder(l->irr, str_span(&handle));
	str_release(&handle);
	return e;
}

static enum err
on_autnum(struct rpsl_load *l, const struct rpsl_object *o)
{
	struct irr_autnum a = {.asn = o->asn, .modified = o->modified};
	struct str holders = {0};
	enum err e;

	arena_reset(l->scratch);
	a.n_import = attr_count(o, "import", "mp-import");
	a.n_export = attr_count(o, "export", "mp-export");
	a.contact = attr_value(o, "admin-c").len > 0 || attr_value(o, "tech-c").len > 0;
	a.name = arena_strdup(l->scratch, attr_value(o, "as-name"));
	holders_of(o, &holders);
	a.holders = holders.p;
	e = irr_add_autnum(l->irr, &a, o->source, rpsl_source_authoritative(o->source));
	str_release(&holders);
	return e;
}

static enum err
on_object(void *arg, const struct rpsl_object *o)
{
	struct rpsl_load *l = arg;

	if (utc_known(o->modified) && o->modified.s > l->newest.s)
		l->newest = o->modified;
	if (o->class == RPSL_ROUTE) {
		l->routes++;
		return irr_add_route(l->irr, &o->prefix, o->asn, o->source,
		    rpsl_source_authoritative(o->source), o->modified);
	}
	if (o->class == RPSL_AUT_NUM)
		return on_autnum(l, o);
	if (o->class == RPSL_ORGANISATION)
		return irr_add_holder(l->irr, o->key);
	if (o->class == RPSL_MNTNER)
		return on_mntner(l, o);
	return OK;
}

enum err
load_rpsl(struct part *p, struct feed *f)
{
	struct rpsl_load l = {.p = p, .irr = &p->w->irr, .newest = UTC_NONE, .scratch = arena_new()};
	enum err e = rpsl_decode(f, on_object, &l, &p->in.diags, &p->in.records);

	p->kept = l.irr->n_routes + l.irr->n_autnums + l.irr->n_holders;
	p->in.time = l.newest;
	p->evidence = l.routes > 0 ? EV_BIT(EV_IRR) : 0;
	l.irr->present = l.routes > 0;
	arena_free(l.scratch);
	return e;
}
