/* serve: targets, packing, the cache, deadlines, and the shelf. The sandbox has a test of its own. */
#include "archive_hand.h"
#include "serve/cache.h"
#include "serve/guard.h"
#include "serve/gzip.h"
#include "serve/keeper.h"
#include "serve/makers.h"
#include "serve/shelf.h"
#include "serve/site.h"
#include "serve/target.h"
#include "source/inflate.h"
#include "tap.h"

#include <fcntl.h>
#include <sys/socket.h>

/* --- targets --- */

static const char *
read_again(const char *raw, size_t len)
{
	static struct arena *a;
	const char *why = NULL;
	struct target t;
	enum err e;

	if (a == NULL)
		a = arena_new();
	arena_reset(a);
	e = target_read((struct span){raw, len}, a, &t, &why);
	return e == OK ? target_canonical(&t, a) : e == ERR_LIMIT ? "LIMIT" : e == ERR_SYNTAX ? "SYNTAX" : "?";
}

static void
targets(void)
{
	static const struct { const char *raw, *want; } cases[] = {
		{"/", "/"}, {"/networks?q=a", "/networks?q=a"}, {"/a?b=2&a=1", "/a?a=1&b=2"}, {"/a?", "/a"},
		{"/n?q=a+b%20c", "/n?q=a%20b%20c"}, {"/a+b", "/a%2Bb"}, {"/n?q=%C3%A9", "/n?q=%C3%A9"},
		{"/n?asns=1,2", "/n?asns=1,2"}, {"/n?asns=1%2C2", "/n?asns=1,2"}, {"/%6Eetworks", "/networks"},
		{"http://x.example/a?b=c", "/a?b=c"}, {"http://x.example", "/"}, {"http://x?a=/b", "/?a=%2Fb"},
		{"HTTP://x/a", "/a"}, {"https://x/a", "SYNTAX"}, {"x:443", "SYNTAX"}, {"/a?b", "/a?b="}, {"/a?&&b=1&", "/a?b=1"},
		{"/network/", "/network/"},
		{"", "SYNTAX"}, {"*", "SYNTAX"}, {"networks", "SYNTAX"}, {"//", "SYNTAX"}, {"/a//b", "SYNTAX"},
		{"/../etc", "SYNTAX"}, {"/a/..", "SYNTAX"}, {"/a/./b", "SYNTAX"}, {"/%2e%2e/x", "SYNTAX"}, {"/%2E", "SYNTAX"},
		{"/%", "SYNTAX"}, {"/%4", "SYNTAX"}, {"/%4g", "SYNTAX"}, {"/%00", "SYNTAX"}, {"/a%00b", "SYNTAX"},
		{"/%0a", "SYNTAX"}, {"/%ff", "SYNTAX"}, {"/\xff", "SYNTAX"}, {"/%c0%af", "SYNTAX"}, {"/n?q=%00", "SYNTAX"},
		{"/n?q=%E2%80%AE", "SYNTAX"}, {"/n?a=1&a=2", "SYNTAX"}, {"/n?a=1&%61=2", "SYNTAX"},
		{"/?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q", "LIMIT"}, {"/a?b=%zz", "SYNTAX"},
	};
	char big[SERVE_TARGET_MAX + 2];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_str(read_again(cases[i].raw, strlen(cases[i].raw)), cases[i].want, "target \"%.40s\"", cases[i].raw);
	memset(big, 'a', sizeof(big));
	big[0] = '/';
	ok(read_again(big, SERVE_TARGET_MAX)[0] == '/', "the longest target");
	is_str(read_again(big, SERVE_TARGET_MAX + 1), "LIMIT", "one byte more");
}

/* --- packing --- */

static enum err
raw_read(void *arg, uint8_t **p, size_t *n)
{
	struct str *s = arg;

	*p = (uint8_t *)s->p;
	*n = s->len;
	s->len = 0;
	return OK;
}

static void
packing(void)
{
	static const struct { const char *header; bool want; } accepts[] = {
		{NULL, false}, {"", false}, {"gzip", true}, {"GZIP", true}, {"br, gzip", true}, {"gzip;q=0", false},
		{"gzip;q=0.000", false}, {"gzip;q=0.5", true}, {"identity", false}, {"*", true}, {"*;q=0", false},
		{"*, gzip;q=0", false}, {"deflate , gzip ; q=1", true}, {"gzipp", false},
		{"gzip;q=0.001", true}, {"gzip;q=1.000", true}, {"gzip;q=1.001", false}, {"gzip;q=2", false}, {"gzip;q=x", false},
		{"gzip;q=", false}, {"gzip;q=0.5, identity", false}, {"gzip;q=0.5, identity;q=0.5", true}, {"identity;q=0, *;q=0.1", true},
		{"identity;q=0.2, *;q=0.1", false}, {"gzip;q=0, *", false}, {"x-gzip", true}, {"gzip;level=9;q=0", false},
		{"gzip;q=0.0001", false},
	};
	struct str text = {0}, packed = {0}, raw;
	static uint8_t out[200000];
	struct inflate f;
	size_t i, n = 0;

	for (i = 0; i < sizeof(accepts) / sizeof(*accepts); i++)
		ok(gzip_accepted(accepts[i].header) == accepts[i].want, "Accept-Encoding: %s",
		    accepts[i].header != NULL ? accepts[i].header : "none");
	for (i = 0; i < 5000; i++)
		str_addf(&text, "<td>%zu</td>\n", i * 7919 % 1000);
	str_adds(&packed, "before");
	ok(gzip_pack(&packed, str_span(&text)) && packed.len < text.len / 2, "%zu bytes packed in %zu", text.len, packed.len);
	raw = (struct str){.p = packed.p + 6, .len = packed.len - 6};
	inflate_init(&f, &inflate_gz, 1, raw_read, &raw);
	ok(inflate_pull(&f, out, sizeof(out), &n) == OK && n == text.len && memcmp(out, text.p, n) == 0,
	    "and unpacked by the other reader, they are the same");
	inflate_release(&f);
	str_clear(&packed);
	for (i = 0; i < 1000; i++)
		str_addc(&packed, (char)(i * i * 31 % 251));
	str_clear(&text);
	ok(!gzip_pack(&text, (struct span){"short", 5}) && text.len == 0, "what does not get smaller is left alone");
	str_release(&text);
	str_release(&packed);
}

/* --- tags --- */

static void
tags(void)
{
	static const struct { const char *header; bool want; } sent[] = {
		{NULL, false}, {"", false}, {"*", true}, {" * ", true}, {"\"a\"", true}, {"W/\"a\"", true}, {"\"b\"", false},
		{"\"b\", W/\"a\"", true}, {"\"b\",\"a\",\"c\"", true}, {"a", false}, {"\"a", false}, {"w/\"a\"", false},
		{"\"b\", *", false}, {"\"a-gz\"", false}, {",,\"a\",", true},
	};
	size_t i;

	for (i = 0; i < sizeof(sent) / sizeof(*sent); i++)
		ok(etag_known(sent[i].header, "\"a\"") == sent[i].want, "If-None-Match: %s", sent[i].header != NULL ? sent[i].header : "none");
	ok(!etag_known("*", "") && !etag_known("\"\"", ""), "what has no tag is not known");
}

/* --- the cache --- */

static struct reply *
reply_of(uint64_t generation, char c, size_t n)
{
	struct reply *r = reply_new();

	r->generation = generation;
	str_fill(&r->body, c, n);
	reply_seal(r);
	return r;
}

static void
caching(void)
{
	struct reply *r = reply_of(1, 'a', 600), *found;
	char key[32], first[ETAG_TEXT];
	struct cache c;
	size_t i, there = 0;

	cache_init(&c, 1u << 20);
	ok(cache_find(&c, "/", 1) == NULL, "nothing is there at first");
	cache_add(&c, "/", r);
	found = cache_find(&c, "/", 1);
	ok(found == r && found->packed.len > 0 && strcmp(found->etag, found->packed_etag) != 0, "then it is, packed as well");
	snprintf(first, sizeof(first), "%s", r->etag);
	reply_free(found);
	ok(cache_find(&c, "/", 2) == NULL, "of another generation it is not");
	reply_free(r);
	r = reply_of(2, 'a', 600);
	ok(strcmp(first, r->etag) == 0, "the same bytes have the same tag");
	cache_add(&c, "/", r);
	reply_free(r);
	found = cache_find(&c, "/", 2);
	ok(found != NULL && cache_find(&c, "/", 1) == NULL, "a later one takes its place");
	reply_free(found);
	for (i = 0; i < 2000; i++) {
		snprintf(key, sizeof(key), "/%zu", i);
		r = reply_of(2, (char)('a' + i % 26), 3000);
		cache_add(&c, key, r);
		reply_free(r);
		found = cache_find(&c, "/", 2);	/* asked for all the time */
		there += found != NULL;
		reply_free(found);
	}
	ok(there == 2000, "what is asked for stays");
	ok(c.half[0].bytes + c.half[1].bytes <= 2u << 20 && cache_find(&c, "/3", 2) == NULL, "what is not, goes: %zu bytes",
	    c.half[0].bytes + c.half[1].bytes);
	r = reply_of(2, 'x', 1u << 18);
	cache_add(&c, "/big", r);
	reply_free(r);
	ok(cache_find(&c, "/big", 2) == NULL, "what would fill it is not kept");
	cache_release(&c);
}

/* --- deadlines --- */

static bool
is_cut(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_DONTWAIT) == 0;
}

static void
deadlines(void)
{
	int a[2], b[2], c[2];
	struct guarded *x, *y, *z;
	struct guard g;

	guard_init(&g);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, a) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, b) != 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, c) != 0)
		return;
	guard_tick(&g, 100, 15, 120);
	x = guard_enter(&g, a[0]);
	y = guard_enter(&g, b[0]);
	z = guard_enter(&g, c[0]);
	guard_busy(&g, y);
	ok(g.open == 3 && guard_is_busy(&g) == 1, "three connections, one busy");
	guard_tick(&g, 115, 15, 120);
	ok(!is_cut(a[1]) && !is_cut(b[1]), "nobody is cut in time");
	guard_busy(&g, z);
	guard_idle(&g, z);
	guard_tick(&g, 116, 15, 120);
	ok(is_cut(a[1]) && !is_cut(b[1]) && !is_cut(c[1]) && g.cut == 1, "who sent no whole request in time is cut");
	guard_tick(&g, 131, 15, 120);
	ok(is_cut(c[1]) && g.cut == 2, "also after an answer, and each once");
	guard_tick(&g, 221, 15, 120);
	ok(is_cut(b[1]) && g.cut == 3, "who does not take his answer, later");
	guard_leave(&g, x);
	guard_leave(&g, y);
	guard_leave(&g, z);
	guard_leave(&g, NULL);
	ok(g.open == 0 && g.busy == 0 && g.list.next == &g.list, "none is left");
	guard_release(&g);
}

/* --- the shelf --- */

static char path[] = "/tmp/t_serve.XXXXXX.rma";

static void
put_month(int month)
{
	struct archive *a = NULL;
	enum archive_fate fate;
	struct str why = {0};
	struct hand_month m;

	hand_month(&m, month, 3, 4, 0);
	if (archive_open(&a, path, ARCHIVE_WRITE, &why) != OK || hand_put_many(a, &m, 3, &fate) != OK)
		printf("# %s\n", why.p != NULL ? why.p : archive_why(a));
	archive_close(a);
	str_release(&why);
}

static void
shelving(void)
{
	struct archive *w = NULL;
	struct str why = {0};
	struct shown *before;
	struct hand_month m;
	uint8_t basis[SHA256_BYTES];
	struct shelf s;
	struct loan x, y;
	uint64_t g;

	put_month(1);
	ok(shelf_open(&s, path, &why) == OK, "a shelf: %s", why.p != NULL ? why.p : "");
	g = shelf_generation(&s);
	ok(shelf_lend(&s, &x, &why) == OK && x.view->n_months == 1 && x.view->n_names == 3 && x.view->n_series == 1,
	    "its view: one month, three names");
	ok(strcmp(x.view->names[1].folded, "hand-1\nhand made") == 0 && shown_name(x.view, 64502) == &x.view->names[2] &&
	    shown_name(x.view, 1) == NULL, "names are found");
	before = x.view;
	shown_ref(before);
	shelf_return(&s, &x);	/* a snapshot would keep the commit waiting */
	put_month(2);
	ok(shelf_generation(&s) != g, "a month that is archived is another generation");
	ok(shelf_lend(&s, &y, &why) == OK && y.view->n_months == 2 && before->n_months == 1 && before->n_names == 3,
	    "who asks now sees it; who was asking still has what there was");
	shown_free(before);
	ok(shown_month(&y.view->series[0], NULL) == 1 && shown_month(&y.view->series[0], "2024-01") == 0 &&
	    shown_month(&y.view->series[0], "2024-03") == SIZE_MAX, "months by their name");
	shelf_return(&s, &x);
	shelf_return(&s, &y);
	g = shelf_generation(&s);
	if (archive_open(&w, path, ARCHIVE_WRITE, &why) == OK) {
		hand_month(&m, 3, 3, 4, 0);
		archive_basis(&m.head, &m.row.asn, 1, basis);
		ok(archive_begin(w, &m.head, basis) == OK && shelf_generation(&s) == g && shelf_lend(&s, &x, &why) == OK,
		    "while another is being written, all is as it was");
		shelf_return(&s, &x);
	}
	archive_close(w);
	ok(rename(path, "t_serve.old") == 0 && shelf_generation(&s) == g && shelf_lend(&s, &x, &why) == ERR_OPEN,
	    "an archive that is gone is an error: %s", why.p);
	put_month(5);
	str_clear(&why);
	ok(shelf_generation(&s) != g && shelf_lend(&s, &x, &why) == OK && x.view->n_months == 1,
	    "another file in its place is opened");
	shelf_return(&s, &x);
	shelf_close(&s);
	unlink("t_serve.old");
	str_release(&why);
}

/* --- the keeper --- */

static unsigned
status_of(struct responder *r, const char *raw, bool *kept, size_t *months)
{
	size_t route;
	struct reply *a = respond_kept(r, raw, &route);
	unsigned status;
	const char *p;

	*kept = a != NULL;
	if (a == NULL)
		a = respond(r, raw, &route);
	status = a->status;
	for (p = a->body.p, *months = 0; (p = strstr(p, "\"month\":")) != NULL; p++)
		++*months;
	reply_free(a);
	return status;
}

static void
keeping(void)
{
	static const char months[] = "/api/v1/months", once[] = "/api/v1/months?", other[] = "/api/v1/networks";
	struct counters counters = {0};
	struct str why = {0};
	struct cache c;
	struct shelf s;
	struct site site;
	struct docket docket;
	struct responder r = {&s, &docket, &c, &site};
	struct keeper k = {.shelf = &s, .cache = &c, .responder = &r};
	size_t n, i;
	char **keys;
	bool kept;

	put_month(1);
	cache_init(&c, 1u << 24);
	site_init(&site, "1", NULL, NULL, &counters);
	ok(docket_open(&docket, &(struct docket_options){0}, &why) == OK, "nothing beside it");
	ok(shelf_open(&s, path, &why) == OK, "an archive of a month");
	shelf_keep(&s, true);
	ok(!keeper_look(&k), "nothing was archived since");
	ok(status_of(&r, months, &kept, &n) == 200 && !kept && n == 1, "what was not asked before is made");
	ok(status_of(&r, once, &kept, &n) == 200 && kept && n == 1, "asked again, however it is written, it is kept");
	(void)status_of(&r, other, &kept, &n);
	cache_asked(&c, 10, &keys, &n);
	ok(n == 1 && strcmp(keys[0], months) == 0, "one was asked for again");
	for (i = 0; i < n; i++)
		free(keys[i]);
	free(keys);
	put_month(2);
	ok(status_of(&r, months, &kept, &n) == 200 && kept && n == 1, "a month is archived: the old answer is given");
	ok(status_of(&r, "/api/v1/controls", &kept, &n) == 200 && !kept, "and what is made now is of the old month");
	ok(keeper_look(&k), "somebody looks");
	ok(status_of(&r, months, &kept, &n) == 200 && kept && n == 2, "the new answer is there, and nobody waited");
	ok(status_of(&r, other, &kept, &n) == 200 && !kept, "what was asked for once has to be made anew");
	ok(!keeper_look(&k), "that was all");
	rename(path, "t_serve.old");
	put_month(5);
	ok(!keeper_look(&k) && status_of(&r, "/api/v1/scores", &kept, &n) == 200 && !kept && status_of(&r, months, &kept, &n) == 200 &&
	    !kept && n == 1, "another file in its place is seen at once");
	ok(respond_again(&r, "/metrics", NULL) == NULL && respond_again(&r, "/none", NULL) == NULL, "what is not kept is not made again");
	unlink("t_serve.old");
	docket_close(&docket);
	shelf_close(&s);
	cache_release(&c);
	site_release(&site);
	str_release(&why);
}

/* --- the makers --- */

struct made { struct job job; int done; };
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void
made_by(void *arg, struct job *j, bool stopping)
{
	struct made *m = (struct made *)j;

	(void)arg;
	pthread_mutex_lock(&gate);
	m->done = stopping ? 2 : 1;
	pthread_mutex_unlock(&gate);
}

static void
making(void)
{
	static struct made jobs[SERVE_WAITING_MAX + SERVE_MAKERS + 1];
	const size_t all = sizeof(jobs) / sizeof(*jobs);
	size_t i, done = 0, refused = 0, told = 0;
	struct makers m;

	pthread_mutex_lock(&gate);	/* all of them wait, as for a commit */
	ok(makers_start(&m, made_by, NULL) == OK && m.n == SERVE_MAKERS, "makers");
	for (i = 0; i < all; i++) {
		if (makers_room(&m))
			makers_add(&m, &jobs[i].job);
		else
			refused++;
	}
	ok(refused > 0 && refused <= SERVE_MAKERS + 1, "who comes when too many wait is told so (%zu)", refused);
	pthread_mutex_unlock(&gate);
	makers_stop(&m);
	for (i = 0; i < all; i++) {
		done += jobs[i].done > 0;
		told += jobs[i].done == 2;
	}
	ok(done + refused == all, "and everybody else has an answer, %zu that the site stops", told);
}

int
main(void)
{
	int fd = mkstemps(path, 4);

	close(fd);
	unlink(path);
	targets();
	packing();
	tags();
	caching();
	deadlines();
	shelving();
	unlink(path);
	keeping();
	making();
	unlink(path);
	return tap_done();
}
