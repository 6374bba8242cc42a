/* decode/mrt on ../shared/data: the files that fool others, and the counts of the real ones. */
#include "mrt_trace.h"
#include "source/source.h"
#include "tap.h"

static void
trace_file(const char *path, struct trace *t)
{
	struct source_sum sum;
	struct source *s;

	if (source_open(path, &s) != OK) {
		ok(false, "%s can be opened", path);
		return;
	}
	trace_feed(source_feed(s), t);
	ok(source_close(s, &sum) == OK, "%s is read to its end", path);
}

static const struct {
	const char *name, *want, *diag;
} fooling[] = {
    {"good.mrt", "1700000000 peers  198.51.100.1/65010\n1700000000 rib 203.0.113.0/24 n=1\n"
	" entry 0 198.51.100.1/65010 id=0 words=4\n end\n", ""},
    {"cutrec.mrt", "1700000000 peers  198.51.100.1/65010\n",
	"record 2 @63: rib.attrs: input ends early [RFC 6396 4.3.4]"},
    {"cutfile.mrt", "1700000000 peers  198.51.100.1/65010\n1700000000 rib 203.0.113.0/24 n=1\n"
	" entry 0 198.51.100.1/65010 id=0 words=4\n end\n",
	"record 3 @91: mrt.length: input ends early [RFC 6396 2]"},
    {"plen.mrt", "1700000000 peers  198.51.100.1/65010\n",
	"record 2 @49: rib.prefix_len: out of range [RFC 6396 4.3.4]"},
    {"seg2.mrt", "1700000000 peers  198.51.100.1/65010\n1700000000 rib 203.0.113.0/24 n=1\n"
	" entry 0 198.51.100.1/65010 id=0 malformed words=0\n end\n",
	"record 2 @72: as_path.segment: input ends early [RFC 7606 7.2]"},
};

static void
t_fooling(const char *data)
{
	struct trace t = {0};
	char path[4096], buf[256];
	size_t i;

	for (i = 0; i < sizeof(fooling) / sizeof(fooling[0]); i++) {
		snprintf(path, sizeof(path), "%s/fooling/%s", data, fooling[i].name);
		trace_file(path, &t);
		is_str(t.s.p, fooling[i].want, "%s does not fool us", fooling[i].name);
		is_str(first_diag(&t, buf), fooling[i].diag, "%s is told of", fooling[i].name);
		ok(diags_stopped(&t.d) == (i == 2), "%s is incomplete or not", fooling[i].name);
		trace_release(&t);
	}
}

struct count {
	uint64_t announced, withdrawn, *to, peers, malformed;
	struct diags *d;
};

static void
count_prefix(void *arg, const struct prefix *p, uint32_t id)
{
	struct count *c = arg;

	(void)p;
	(void)id;
	++*c->to;
}

static enum err
count_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct count *c = arg;
	const struct bgp_attrs *a = &m->attrs;

	if (m->kind != MRT_MSG_UPDATE)
		return OK;
	c->malformed += a->malformed;
	c->to = &c->withdrawn;
	TRY(bgp_nlri_each(m->withdrawn, FAMILY_V4, m->addpath, h->record, c->d, count_prefix, c));
	if (bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi))
		TRY(bgp_nlri_each(a->mp_withdrawn, bgp_family(a->mp_unreach_afi), m->addpath,
		    h->record, c->d, count_prefix, c));
	c->to = &c->announced;
	TRY(bgp_nlri_each(m->nlri, FAMILY_V4, m->addpath, h->record, c->d, count_prefix, c));
	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi))
		TRY(bgp_nlri_each(a->mp_nlri, bgp_family(a->mp_reach_afi), m->addpath, h->record,
		    c->d, count_prefix, c));
	return OK;
}

static enum err
count_peers(void *arg, const struct mrt_head *h, const struct mrt_peers *p)
{
	(void)h;
	((struct count *)arg)->peers = p->n;
	return OK;
}

static enum err
count_entry(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_entry *e)
{
	(void)h;
	(void)r;
	((struct count *)arg)->malformed += e->attrs.malformed;
	return OK;
}

/* data/INDEX.md, and the README of the Google leak */
static const struct {
	const char *path;
	uint64_t ribs, entries, peers, announced, withdrawn;
} known[] = {
    {"internet-2014-05/rib.20140501.0000.bz2", 493868, 499651, 14, 0, 0},
    {"google-leak-2017/rib.20170825.0300.mrt.gz", 27575, 40225, 2, 0, 0},
    {"google-leak-2017/updates.20170825.0300.mrt.gz", 0, 0, 0, 233342, 99316},
    {"updates-2024-10/updates.20241028.0000.bz2", 0, 0, 0, 257237, 23018},
    {"ixp-2020/namex-bgpd-rib-inet.mrt", 3426, 3426, 0, 0, 0},
    {"ixp-2020/namex-bgpd-rib-inet6.mrt", 432, 432, 0, 0, 0},
    {"ixp-2020/185.186.nlix.mrt", 23, 23, 21, 0, 0},
};

static void
t_known(const char *data)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct diags d = {0};
		struct count c = {.d = &d};
		struct mrt_sink sink = {.peers = count_peers, .entry = count_entry,
		    .msg = count_msg, .arg = &c};
		struct mrt_stats st;
		struct source_sum sum;
		struct source *s;
		char path[4096];
		enum err e;

		snprintf(path, sizeof(path), "%s/%s", data, known[i].path);
		if (source_open(path, &s) != OK) {
			ok(false, "%s can be opened", known[i].path);
			continue;
		}
		e = mrt_decode(source_feed(s), &sink, &d, &st);
		ok(source_close(s, &sum) == OK && sum.err == OK && e == OK && !diags_stopped(&d) &&
		    c.malformed == 0, "%s is whole", known[i].path);
		ok(st.ribs == known[i].ribs && st.entries == known[i].entries &&
		    c.peers == known[i].peers, "%s has its prefixes, entries and peers",
		    known[i].path);
		ok(c.announced == known[i].announced && c.withdrawn == known[i].withdrawn,
		    "%s has its announcements and withdrawals", known[i].path);
		diags_release(&d);
	}
}

int
main(void)
{
	const char *data = shared_data();

	if (data == NULL) {
		skip("the fooling set and the counts of real files: no ../shared/data");
		return tap_done();
	}
	t_fooling(data);
	t_known(data);
	return tap_done();
}
