#include "tap.h"
#include "routes_hash.h"
#include "base/sha256.h"
#include "pipe/load.h"

#include <bzlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- a digest over all that a world says, names of inputs left out --- */

static void
add_u64(struct sha256 *h, uint64_t v)
{
	sha256_add(h, &v, sizeof(v));
}

static void
add_text(struct sha256 *h, const char *s)
{
	sha256_add(h, s, strlen(s) + 1);
}

static void
add_prefix(struct sha256 *h, const struct prefix *p)
{
	uint8_t b[18] = {p->family, p->len};

	memcpy(b + 2, p->addr, 16);
	sha256_add(h, b, sizeof(b));
}

static void
add_tables(struct sha256 *h, const struct world *w)
{
	size_t i;

	for (i = 0; i < w->rpki.n_roas; i++) {
		add_prefix(h, &w->rpki.roas[i].prefix);
		add_u64(h, (uint64_t)w->rpki.roas[i].max_len << 32 | w->rpki.roas[i].asn);
	}
	sha256_add(h, w->rpki.providers, w->rpki.n_providers * sizeof(*w->rpki.providers));
	for (i = 0; i < w->irr.n_routes; i++) {
		add_prefix(h, &w->irr.routes[i].prefix);
		add_text(h, w->irr.sources[w->irr.routes[i].source].name);
		add_u64(h, w->irr.routes[i].origin);
	}
	for (i = 0; i < w->graph.n; i++)
		add_u64(h, (uint64_t)w->graph.links[i].a << 32 | w->graph.links[i].b);
	for (i = 0; i < w->orgs.n_ases; i++)
		add_text(h, w->orgs.ases[i].org_id);
	for (i = 0; i < w->registry.n; i++)
		sha256_add(h, w->registry.ranges[i].first, 33);
	for (i = 0; i < w->specials.n; i++)
		add_prefix(h, &w->specials.s[i].prefix);
	for (i = 0; i < w->contacts.n; i++)
		add_u64(h, (uint64_t)w->contacts.by_asn[i].asn << 2 | (uint64_t)w->contacts.by_asn[i].noc);
	for (i = 0; i < w->participants.n; i++)
		add_text(h, w->participants.p[i].org);
	add_u64(h, w->spoofer.n);
}

static const char *
digest(const struct world *w)
{
	static char text[SHA256_HEX + 1];
	uint8_t d[SHA256_BYTES];
	struct sha256 h;
	size_t i;

	sha256_init(&h);
	for (i = 0; i < w->n_inputs; i++) {
		sha256_add(&h, w->inputs[i].sha256, SHA256_BYTES);
		add_u64(&h, (uint64_t)w->inputs[i].time.s);
		add_u64(&h, (uint64_t)w->inputs[i].complete << 1 | (uint64_t)w->inputs[i].duplicate);
	}
	for (i = 0; i < EV_N; i++) {
		add_u64(&h, (uint64_t)w->evidence[i].n_inputs << 32 | w->evidence[i].n_incomplete);
		add_u64(&h, (uint64_t)w->evidence[i].newest.s);
	}
	add_u64(&h, (uint64_t)w->at.s);
	routes_hash_add(&h, &w->routes);
	add_tables(&h, w);
	sha256_end(&h, d);
	sha256_hex(d, text);
	return text;
}

/* --- folders made for a test --- */

static char dir[64];

static void
dir_new(void)
{
	snprintf(dir, sizeof(dir), "/tmp/t_load.XXXXXX");
	if (mkdtemp(dir) == NULL)
		exit(2);
}

static void
dir_remove(void)
{
	char cmd[128];

	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	if (system(cmd) != 0)
		exit(2);
}

static void
put(const char *name, const void *bytes, size_t len)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		exit(2);
}

static void
puts_to(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static bool
load(const char *from, unsigned threads, struct world *w)
{
	struct load_params p;
	char why[512];

	load_params_init(&p);
	p.threads = threads;
	if (load_dir(from, &p, w, why, sizeof(why)) == OK)
		return true;
	printf("# %s\n", why);
	return false;
}

static const struct input *
input_named(const struct world *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		if (strcmp(w->inputs[i].name, name) == 0)
			return &w->inputs[i];
	return NULL;
}

/* --- MRT made by hand --- */

struct bytes {
	uint8_t b[4096];
	size_t n;
};

static void
u8(struct bytes *m, unsigned v)
{
	m->b[m->n++] = (uint8_t)v;
}

static void
u16(struct bytes *m, unsigned v)
{
	u8(m, v >> 8);
	u8(m, v & 0xff);
}

static void
u32(struct bytes *m, uint32_t v)
{
	u16(m, v >> 16);
	u16(m, v & 0xffff);
}

static void
raw(struct bytes *m, const struct bytes *x)
{
	memcpy(m->b + m->n, x->b, x->n);
	m->n += x->n;
}

static void
record(struct bytes *m, uint32_t time, unsigned type, unsigned subtype, const struct bytes *body)
{
	u32(m, time);
	u16(m, type);
	u16(m, subtype);
	u32(m, (uint32_t)body->n);
	raw(m, body);
}

static void
peer_table(struct bytes *m, uint32_t time)
{
	struct bytes x = {.n = 0};

	u32(&x, 0xc0000201);	/* collector */
	u16(&x, 0);
	u16(&x, 1);		/* one peer: AS64500 at 198.51.100.1, 4-octet ASN */
	u8(&x, 2);
	u32(&x, 0xc6336401);
	u32(&x, 0xc6336401);
	u32(&x, 64500);
	record(m, time, 13, 1, &x);
}

static uint32_t otc;		/* in attrs(), unless 0 */

/* ORIGIN, AS_PATH of n hops (n is 0: empty), NEXT_HOP, OTC. */
static void
attrs(struct bytes *x, const uint32_t *hop, unsigned n)
{
	struct bytes a = {.n = 0};
	unsigned i;

	u16(&a, 0x4001); u8(&a, 1); u8(&a, 0);
	u16(&a, 0x4002); u8(&a, n > 0 ? 2 + 4 * n : 0);
	if (n > 0) {
		u8(&a, 2);
		u8(&a, n);
	}
	for (i = 0; i < n; i++)
		u32(&a, hop[i]);
	u16(&a, 0x4003); u8(&a, 4); u32(&a, 0xc6336401);
	if (otc != 0) {
		u16(&a, 0xc023); u8(&a, 4); u32(&a, otc);
	}
	u16(x, (unsigned)a.n);
	raw(x, &a);
}

#define UNICAST 2	/* RIB_IPV4_UNICAST */
#define MULTICAST 3

static void
rib(struct bytes *m, uint32_t time, unsigned subtype, unsigned third, const uint32_t *hop, unsigned n)
{
	struct bytes x = {.n = 0};

	u32(&x, third);
	u8(&x, 24);
	u16(&x, 0xcb00);	/* 203.0.third.0/24 */
	u8(&x, third);
	u16(&x, 1);
	u16(&x, 0);
	u32(&x, time);
	attrs(&x, hop, n);
	record(m, time, 13, subtype, &x);
}

static void
update(struct bytes *m, uint32_t time, unsigned third, uint32_t peer_as, const uint32_t *hop, unsigned n)
{
	struct bytes x = {.n = 0}, u = {.n = 0};
	unsigned i;

	u32(&x, peer_as);
	u32(&x, 64999);
	u16(&x, 0);
	u16(&x, 1);
	u32(&x, 0xc6336401);
	u32(&x, 0xc63364fe);
	for (i = 0; i < 16; i++)
		u8(&x, 0xff);
	u16(&u, 0);
	attrs(&u, hop, n);
	u8(&u, 24);
	u16(&u, 0xcb00);
	u8(&u, third);
	u16(&x, (unsigned)(19 + u.n));
	u8(&x, 2);
	raw(&x, &u);
	record(m, time, 16, 4, &x);
}

static void
test_mrt(void)
{
	static const uint32_t path[] = {64500, 64501, 64502};
	struct bytes table = {.n = 0}, updates = {.n = 0};
	struct world w;

	dir_new();
	peer_table(&table, 1600000000);
	rib(&table, 1600000000, UNICAST, 1, path, 3);
	rib(&table, 1600000000, UNICAST, 2, NULL, 0);
	rib(&table, 1600000000, MULTICAST, 9, path, 3);
	put("table", table.b, table.n);
	otc = 64501;
	update(&updates, 1600000100, 3, 64500, path, 2);
	otc = 0;
	update(&updates, 1600000200, 3, 64777, path, 2);
	update(&updates, 1600000300, 1, 64500, path, 3);
	put("updates", updates.b, updates.n);
	ok(load(dir, 1, &w), "a table and updates load");
	ok(w.n_inputs == 2 && w.inputs[0].complete && w.inputs[1].complete, "both are complete");
	ok(w.evidence[EV_TABLE].n_inputs == 1 && w.evidence[EV_UPDATES].n_inputs == 1, "each is evidence of its kind");
	ok(w.evidence[EV_TABLE].newest.s == 1600000000 && w.evidence[EV_UPDATES].newest.s == 1600000300,
	    "a table's time is its first record's, that of updates their last");
	ok(w.at.s == 1600000300, "the world is of the newest time");
	ok(w.routes.n_routes == 3 && w.routes.n_vps == 2,
	    "three routes (multicast is none), one vantage point of the table, one of another peer's updates");
	ok(w.routes.routes[0].origin == 64502 && w.routes.routes[0].n == 1,
	    "the same route from the table and from the same peer's updates is one sighting");
	ok(w.routes.routes[1].origin == 64500, "an empty path is the peer's own route");
	ok(w.routes.routes[2].origin == 64501 && w.routes.routes[2].n_vps == 2 && w.routes.routes[2].n_full == 1,
	    "updates of a peer with a table count as that peer's");
	ok(w.routes.vps[0].n_prefixes[0] == 2, "and not as its table");
	{
		const struct sighting *g = &w.routes.sightings[w.routes.routes[2].first];
		char *a = sighting_text(&w.routes, &g[0]), *b = sighting_text(&w.routes, &g[1]);

		ok(strstr(a, "otc 64501") != NULL && strstr(b, "otc") == NULL, "OTC stays with its path");
		free(a);
		free(b);
	}
	world_release(&w);
	dir_remove();
}

/* Every way a table can be cut: never a crash, and never complete unless it ends between records. */
static void
test_cut(void)
{
	static const uint32_t path[] = {64500, 64501, 64502};
	struct bytes t = {.n = 0};
	size_t ends[4] = {0}, n, wrong = 0, used = 0;

	dir_new();
	peer_table(&t, 1600000000);
	ends[0] = t.n;
	rib(&t, 1600000000, UNICAST, 1, path, 3);
	ends[1] = t.n;
	rib(&t, 1600000000, UNICAST, 2, path, 3);
	ends[2] = t.n;
	for (n = 1; n <= t.n; n++) {
		bool at_end = n == ends[0] || n == ends[1] || n == ends[2];
		struct world w;

		put("table", t.b, n);
		if (!load(dir, 1, &w))
			exit(2);
		wrong += w.n_inputs != 1 || w.inputs[0].complete != at_end;
		used += !at_end && w.routes.n_routes > 0;
		wrong += !at_end && w.inputs[0].kind == KIND_MRT && w.evidence[EV_TABLE].n_incomplete != 1;
		world_release(&w);
	}
	ok(wrong == 0, "a table cut anywhere inside a record is not complete and counted so");
	ok(used == 0, "nothing of it is used");
	dir_remove();
}

static const char roas[] = "ASN,IP Prefix,Max Length,Trust Anchor\n"
    "AS64500,192.0.2.0/24,24,ripe\nAS64501,2001:db8::/32,48,arin\n";
static const char links[] = "1|2|-1\n2|3|0\n1|3|-1\n10|20|-1\n20|30|0\n";
static const char objects[] = "route: 192.0.2.0/24\norigin: AS64500\nsource: RADB\n"
    "last-modified: 2022-01-02T03:04:05Z\n\nroute6: 2001:db8::/32\norigin: AS64500\nsource: RIPE\n";

static void
test_incomplete(void)
{
	struct world w;
	const struct input *in;
	char bad[4096];
	size_t i, n;

	dir_new();
	puts_to("roas.csv", roas);
	puts_to("again.csv", roas);
	puts_to("20220501.as-rel.txt", links);
	puts_to("irr.db", objects);
	puts_to("noise", "\x01\x02\x03 nothing that anybody would know");
	puts_to("empty", "");
	puts_to("README", "What these files are.\n\nSee elsewhere for more.\n");
	for (i = 0, n = 0; i < 60; i++)
		n += (size_t)snprintf(bad + n, sizeof(bad) - n, "%sAS64500,192.0.2.0/24,%u,ripe\n",
		    i == 0 ? "ASN,IP Prefix,Max Length,Trust Anchor\n" : "", i < 30 ? 24u : 99u);
	puts_to("broken.csv", bad);
	ok(load(dir, 2, &w), "a folder with everything wrong in it loads");
	in = input_named(&w, "roas.csv");
	ok(in != NULL && in->complete && in->duplicate, "a file whose bytes were there before is a duplicate");
	in = input_named(&w, "again.csv");
	ok(in != NULL && in->complete && !in->duplicate, "the first by name is the one used");
	ok(w.rpki.n_roas == 2 && w.rpki.n_seen == 2 && w.evidence[EV_VRPS].n_inputs == 2, "and only once");
	in = input_named(&w, "broken.csv");
	ok(in != NULL && !in->complete && in->detail != NULL && w.evidence[EV_VRPS].n_incomplete == 1,
	    "a file half of which is broken is not used, and that is counted");
	in = input_named(&w, "noise");
	ok(in != NULL && in->kind == KIND_UNKNOWN && !in->complete && in->detail != NULL,
	    "an unknown file is named with the reason");
	in = input_named(&w, "empty");
	ok(in != NULL && in->kind == KIND_EMPTY && !in->complete, "an empty file is not complete");
	in = input_named(&w, "README");
	ok(in != NULL && in->kind == KIND_TEXT && in->complete, "text carries no data and is complete");
	in = input_named(&w, "20220501.as-rel.txt");
	ok(in != NULL && in->time_from_name && in->time.s == 1651363200, "where the content has no time the name's counts");
	in = input_named(&w, "irr.db");
	ok(in != NULL && !in->time_from_name && in->time.s == 1641092645, "RPSL is as old as its newest object");
	ok(w.evidence[EV_VRPS].n_untimed == 1 && w.at.s == 1651363200, "an input without a time is counted as such");
	ok(w.irr.n_routes == 2 && w.irr.present && w.graph.n == 5, "the tables hold what the files said");
	world_release(&w);
	dir_remove();
}

static void
test_people(void)
{
	struct world w;
	const struct irr_autnum *a;
	const struct special *b;
	struct prefix p = {{8, 8, 8}, FAMILY_V4, 24};
	const uint32_t *ids;

	dir_new();
	puts_to("aut-num.db", "aut-num: AS64500\nas-name: A\nadmin-c: X-RIPE\nimport: from AS1 accept ANY\n"
	    "mp-import: afi any from AS1 accept ANY\nexport: to AS1 announce AS64500\nsource: RIPE\n\n"
	    "aut-num: AS64501\nas-name: B\nabuse-c: X-RIPE\norg: ORG-Y-RIPE\nsource: RIPE\n\n"
	    "aut-num: AS64502\nas-name: C\norg: ORG-Z-RIPE\nsource: RIPE\n\n"
	    "aut-num: AS64503\nas-name: D\nmnt-by: MAINT-X, maint-d\nsource: RADB\n\n"
	    "aut-num: AS64504\nas-name: E\nmnt-by: RIPE-NCC-END-MNT\nmnt-by: MAINT-D\nsource: RIPE\n\n"
	    "aut-num: AS64505\nas-name: F\nmnt-by: MAINT-G\nsource: RADB\n");
	puts_to("org.db", "organisation: ORG-Z-RIPE\norg-name: Z\nsource: RIPE\n\n"
	    "mntner: MAINT-D\ntech-c: X\nsource: RADB\n\nmntner: MAINT-G\nupd-to: g@example.net\nsource: RADB\n\n"
	    "mntner: RIPE-NCC-END-MNT\nadmin-c: X-RIPE\nsource: RIPE\n");
	puts_to("net.json", "{\"data\": [{\"id\": 1, \"org_id\": 7, \"name\": \"N1\", \"asn\": 64500,"
	    " \"irr_as_set\": \"\", \"info_type\": \"NSP\", \"updated\": \"2022-01-01T00:00:00Z\","
	    " \"status\": \"ok\"}, {\"id\": 2, \"org_id\": 7, \"name\": \"N2\", \"asn\": 64501,"
	    " \"irr_as_set\": \"\", \"info_type\": \"NSP\", \"updated\": \"2022-01-01T00:00:00Z\","
	    " \"status\": \"ok\"}], \"meta\": {}}");
	puts_to("special.csv", "Address Block,Name,RFC,Allocation Date,Termination Date,Source,Destination,Forwardable,"
	    "Globally Reachable,Reserved-by-Protocol\n8.8.8.0/24,Test,[RFC1],2020-01,N/A,True,True,True,False,False\n");
	puts_to("riswhois", "% RIS whois\n64500\t192.0.2.0/24\t7\n64501\t198.51.100.0/24\t70000\n");
	ok(load(dir, 2, &w), "people, special space and RIS whois load");
	a = irr_autnum_of(&w.irr, 64500);
	ok(a != NULL && a->contact && a->n_import == 2 && a->n_export == 1, "an admin-c is a contact; policies are counted");
	a = irr_autnum_of(&w.irr, 64501);
	ok(a != NULL && !a->contact, "an abuse-c alone is none, nor an org that nobody holds");
	a = irr_autnum_of(&w.irr, 64502);
	ok(a != NULL && a->contact, "an org in another file is");
	a = irr_autnum_of(&w.irr, 64503);
	ok(a != NULL && a->contact, "so is a maintainer with a tech-c");
	a = irr_autnum_of(&w.irr, 64504);
	ok(a != NULL && !a->contact, "neither the registry's own maintainer is, nor one of that name in another source");
	a = irr_autnum_of(&w.irr, 64505);
	ok(a != NULL && !a->contact, "nor a maintainer that names nobody");
	ok(w.evidence[EV_IRR].n_inputs == 0 && !w.irr.present, "without route objects there is no evidence of registration");
	ok(orgs_siblings(&w.orgs, 64500, &ids) == 2 && strcmp(orgs_as(&w.orgs, 64501)->org_id, "PDB-7") == 0,
	    "PeeringDB's organisation makes siblings");
	b = specials_bogon(&w.specials, &p);
	ok(b != NULL && strcmp(b->name, "Test") == 0, "the special-purpose registry given is in force");
	ok(w.routes.n_routes == 2 && w.routes.routes[0].n_full == 7 && w.routes.routes[1].n_full == UINT16_MAX &&
	    w.routes.n_visible[0] == 2, "RIS whois' counts of peers are weights, at most 65535");
	world_release(&w);
	dir_remove();
}

/* Lines of CSV look complete wherever they end: only the packing can tell that more was meant. */
static void
test_packed(void)
{
	char plain[65536], packed[65536];
	unsigned n = 0, len = sizeof(packed), i;
	struct world w;

	for (i = 0; i < 1500; i++)
		n += (unsigned)snprintf(plain + n, sizeof(plain) - n, "%sAS%u,10.%u.%u.0/24,24,ripe\n",
		    i == 0 ? "ASN,IP Prefix,Max Length,Trust Anchor\n" : "", 64500 + i, i / 256, i % 256);
	if (BZ2_bzBuffToBuffCompress(packed, &len, plain, n, 1, 0, 0) != BZ_OK)
		exit(2);
	dir_new();
	put("roas.csv.bz2", packed, len);
	ok(load(dir, 1, &w) && w.inputs[0].complete && w.rpki.n_roas == 1500, "a packed file loads");
	world_release(&w);
	put("roas.csv.bz2", packed, len - 5);
	ok(load(dir, 1, &w) && !w.inputs[0].complete && w.inputs[0].err == ERR_SHORT && w.rpki.n_roas == 0 &&
	    w.evidence[EV_VRPS].n_incomplete == 1, "one whose packing is cut short is not used");
	world_release(&w);
	packed[len / 2] ^= 0x10;
	put("roas.csv.bz2", packed, len);
	ok(load(dir, 1, &w) && !w.inputs[0].complete && w.inputs[0].err == ERR_CORRUPT && w.rpki.n_roas == 0,
	    "one whose packing is damaged is not used");
	world_release(&w);
	dir_remove();
}

static void
test_order(void)
{
	static const uint32_t path[] = {64500, 64501, 64502};
	struct bytes table = {.n = 0}, updates = {.n = 0};
	const void *content[] = {table.b, updates.b, roas, links, objects, "64500\t192.0.2.0/24\t7\n"};
	size_t len[] = {0, 0, sizeof(roas) - 1, sizeof(links) - 1, sizeof(objects) - 1, 22}, i;
	char first[SHA256_HEX + 1] = "", name[16];
	unsigned round;
	int differ = 0;

	peer_table(&table, 1600000000);
	rib(&table, 1600000000, UNICAST, 1, path, 3);
	update(&updates, 1600000100, 3, 64500, path, 2);
	len[0] = table.n;
	len[1] = updates.n;
	for (round = 0; round < 8; round++) {
		struct world w;

		dir_new();
		for (i = 0; i < 6; i++) {
			snprintf(name, sizeof(name), "%c", (char)('a' + (i * 5 + round) % 6));
			put(name, content[i], len[i]);
		}
		if (!load(dir, 1 + round % 4, &w))
			exit(2);
		if (round == 0)
			strcpy(first, digest(&w));
		differ += strcmp(first, digest(&w)) != 0;
		world_release(&w);
		dir_remove();
	}
	ok(differ == 0, "the same world from any names and 1 to 4 threads");
}

static void
on_progress(void *arg, uint64_t done, uint64_t all, const char *name)
{
	uint64_t *last = arg;

	if (done < *last || done > all || name == NULL)
		exit(2);
	*last = done;
}

static void
test_edges(void)
{
	struct load_params p;
	struct world w;
	char why[512] = "", path[128];
	uint64_t last = 0;

	load_params_init(&p);
	ok(load_dir("/nonexistent/folder", &p, &w, why, sizeof(why)) == ERR_OPEN && strstr(why, "nonexistent") != NULL,
	    "a folder that is not there is an error that names it");
	dir_new();
	ok(load(dir, 3, &w) && w.n_inputs == 0 && !utc_known(w.at) && w.routes.sealed, "an empty folder is an empty world");
	world_release(&w);
	puts_to("roas.csv", roas);
	snprintf(path, sizeof(path), "%s/roas.csv", dir);
	p.at = (struct utc){1234567890};
	p.threads = 0;
	p.progress = on_progress;
	p.progress_arg = &last;
	ok(load_dir(path, &p, &w, why, sizeof(why)) == OK && w.n_inputs == 1 && w.rpki.n_roas == 2,
	    "one file can be named in place of a folder");
	ok(w.at.s == 1234567890, "the time asked for is the world's");
	ok(last == sizeof(roas) - 1, "progress ends at all bytes");
	world_release(&w);
	snprintf(path, sizeof(path), "%s/gone", dir);
	if (symlink("/nonexistent", path) != 0)
		exit(2);
	ok(load_dir(dir, &p, &w, why, sizeof(why)) == ERR_OPEN && strstr(why, "gone") != NULL,
	    "a file that cannot be opened is an error, not left out");
	dir_remove();
}

/* --- the real data, counts of its INDEX.md --- */

static size_t
prefixes(const struct routes *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n_routes; i++)
		n += i == 0 || !prefix_eq(&r->routes[i - 1].prefix, &r->routes[i].prefix);
	return n;
}

static bool
real(const char *folder, struct world *w)
{
	char path[4096];
	bool good;

	snprintf(path, sizeof(path), "%s/%s", shared_data(), folder);
	good = load(path, 2, w);
	ok(good, "%s loads", folder);
	return good;
}

static void
test_real_tables(void)
{
	struct world w;

	if (real("internet-2014-05", &w)) {
		ok(prefixes(&w.routes) == 493868, "2014: 493,868 prefixes");
		ok(w.routes.n_vps == 14 && w.routes.n_collectors == 1, "2014: 14 peers of one collector");
		ok(w.inputs[0].time.s == 1398902400, "2014: the table is of 2014-05-01 00:00");
		world_release(&w);
	}
	if (real("internet-2016-02", &w)) {
		ok(w.routes.vps[0].n_prefixes[0] + w.routes.vps[1].n_prefixes[0] == 615842 &&
		    w.routes.vps[0].n_prefixes[1] + w.routes.vps[1].n_prefixes[1] == 28744,
		    "2016: 615,842 v4 and 28,744 v6 prefixes");
		ok(w.graph.n == 210412, "2016: 210,412 links");
		ok(w.evidence[EV_REGISTRY].n_inputs == 3, "2016: three registries");
		world_release(&w);
	}
	if (real("google-leak-2017", &w)) {
		ok(w.graph.n + w.graph.n_conflicts <= 263981 && w.graph.n > 263000, "leak: 263,981 links, doubles joined");
		ok(w.routes.n_vps == 2 && w.routes.vps[0].kind == VP_TABLE && w.routes.vps[1].kind == VP_TABLE,
		    "leak: the updates join the peers of the table");
		world_release(&w);
	}
}

static void
test_real_rest(void)
{
	struct world w;
	size_t i, netops = 0, cdns = 0;

	if (real("manrs-2022", &w)) {
		for (i = 0; i < w.participants.n; i++) {
			netops += w.participants.p[i].netops;
			cdns += w.participants.p[i].cdn;
		}
		/* AS11039 and AS270045 are listed twice, five ASNs are in both lists */
		ok(netops == 849 - 2 && cdns == 21 && w.participants.n == 863, "2022: 849 and 21 ASNs, 863 together");
		ok(w.orgs.n_orgs == 89976 && w.orgs.n_ases == 109912, "2022: 89,976 organisations, 109,912 ASes");
		ok(w.graph.n == 377859, "2022: 377,859 links");
		world_release(&w);
	}
	if (real("updates-2024-10", &w)) {
		ok(w.rpki.n_roas == 723521 && w.rpki.n_aspas == 100, "2024: 723,521 VRPs, 100 ASPAs");
		ok(w.routes.n_vps == 29 && w.routes.n_full[0] == 0, "2024: 29 peers, none of them a full feed");
		world_release(&w);
	}
	if (real("fooling", &w)) {
		ok(w.routes.n_routes == 1 && prefixes(&w.routes) == 1, "fooling: only the good file has a route");
		ok(!input_named(&w, "cutfile.mrt")->complete && !input_named(&w, "plen.mrt")->complete &&
		    !input_named(&w, "cutrec.mrt")->complete && !input_named(&w, "seg2.mrt")->complete &&
		    input_named(&w, "good.mrt")->complete, "fooling: the others are not complete");
		world_release(&w);
	}
	if (real("registry", &w)) {
		ok(w.specials.from_file[0] && w.specials.from_file[1] && w.registry.n_seen == 111223 + 8635,
		    "registry: both special-purpose registries and all delegations");
		world_release(&w);
	}
	if (real("peeringdb", &w)) {
		ok(w.contacts.n_nets == 250 && w.contacts.n_pocs == 19, "peeringdb: 250 nets, 19 pocs");
		world_release(&w);
	}
	if (real("spoofer", &w)) {
		ok(w.evidence[EV_SPOOFER].n_inputs == 2 && w.spoofer.n == 11, "spoofer: 11 sessions");
		world_release(&w);
	}
}

int
main(void)
{
	test_mrt();
	test_cut();
	test_incomplete();
	test_people();
	test_packed();
	test_order();
	test_edges();
	if (shared_data() == NULL) {
		skip("no ../shared/data");
		return tap_done();
	}
	test_real_tables();
	test_real_rest();
	return tap_done();
}
