/*
 * forge: hostile inputs by name, to standard output, of any size and without a file; and a program run in bounds.
 *
 *	forge NAME N			the attack NAME, of size N (its unit is told beside its name below)
 *	forge run MIB SECONDS COMMAND...	the command with that much address space and time; the last line of standard error
 *					is "forge: EXIT SECONDS.HUNDREDTHS PEAK_MIB", EXIT is 128 + N for signal N
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;

/* --- text --- */

static void
times(const char *piece, u64 n)
{
	size_t len = strlen(piece), many = 65536 / len;
	char *buf = malloc(many * len);
	size_t i;

	if (buf == NULL)
		exit(2);
	for (i = 0; i < many; i++)
		memcpy(buf + i * len, piece, len);
	for (; n >= many; n -= many)
		fwrite(buf, 1, many * len, stdout);
	fwrite(buf, 1, (size_t)n * len, stdout);
	free(buf);
}

/* What an input of each kind begins with, a few good rows, so that it is taken for that; and how a row begins that has no
 * end. */
static const struct { const char *kind, *head, *row; } forms[] = {
    {"pfx2as", "192.0.2.0\t24\t4100000005\n198.51.100.0\t24\t4100000003\n", "203.0.113.0\t24\t"},
    {"riswhois", "% RIS whois\n\n4100000005\t192.0.2.0/24\t45\n4100000003\t198.51.100.0/24\t45\n", "41\t203.0.113.0/24\t"},
    {"vrp-csv", "ASN,IP Prefix,Max Length,Trust Anchor\nAS4100000005,192.0.2.0/24,24,ripe\n", "AS1,198.51.100.0/24,24,"},
    {"rpsl", "route: 192.0.2.0/24\norigin: AS4100000005\nsource: LAB\n\n", "route: 198.51.100.0/24\nremarks: "},
    {"as-rel", "# input clique: 4100000001\n4100000001|4100000003|-1\n4100000001|4100000005|-1\n", "4100000001|"},
    {"as-rel2", "# input clique: 4100000001\n4100000001|4100000003|-1|bgp\n4100000001|4100000005|-1|bgp\n", "4100000001|2|-1|"},
    {"as2org", "# date: 202205\n# format:org_id|changed|org_name|country|source\nA-1|20200101|An Org|US|ARIN\n"
     "# format:aut|changed|aut_name|org_id|opaque_id|source\n64500|20200101|X|A-1|o|ARIN\n", "64501|20200101|"},
    {"delegated", "2|ripencc|20220501|1|19830705|20220501|+0000\nripencc|*|ipv4|*|1|summary\n"
     "ripencc|ZZ|ipv4|192.0.2.0|256|20200101|allocated\n", "ripencc|ZZ|ipv4|198.51.100.0|256|20200101|"},
    {"iana", "Address Block,Name,RFC,Allocation Date,Termination Date,Source,Destination,Forwardable,Globally Reachable,"
     "Reserved-by-Protocol\n10.0.0.0/8,Private-Use,[RFC1918],1996-02,N/A,True,True,True,False,False\n", "198.18.0.0/15,"},
    {"spoofer-csv", "timestamp,src_asn,network,routedspoof,session,nat\n2022-04-27 00:06:24,4100000003,192.0.2.0/24,blocked,1,"
     "False\n", "2022-04-27 00:06:24,4100000003,192.0.2.0/24,"},
    {"manrs-csv", "Organization Name,Areas,ASNs,Action 1: Filtering,Action 2: Anti-spoofing,Action 3: Coordination,"
     "Action 4: Global Validation\nExample,ZZ,4100000001,Yes,No,Yes,Yes\n", "Another,ZZ,"},
    {"vrp-json", "{\"metadata\":{\"buildtime\":\"2022-05-01T00:00:00Z\"},\"roas\":[{\"asn\":4100000005,\"prefix\":"
     "\"192.0.2.0/24\",\"maxLength\":24,\"ta\":\"ripe\"},", "{\"asn\":1,\"prefix\":\""},
    {"pdb-net", "{\"data\":[{\"id\":1,\"org_id\":1,\"name\":\"X\",\"asn\":4100000005,\"irr_as_set\":\"\","
     "\"info_type\":\"NSP\",\"updated\":\"2022-04-30T00:00:00Z\"},", "{\"id\":2,\"org_id\":1,\"asn\":2,\"name\":\""},
    {"pdb-poc", "{\"data\":[{\"id\":1,\"net_id\":1,\"role\":\"NOC\",\"name\":\"X\",\"updated\":\"2022-04-30T00:00:00Z\"},",
     "{\"id\":2,\"net_id\":1,\"role\":\"NOC\",\"name\":\""},
    {"spoofer-json", "{\"hydra:member\":[{\"session\":1,\"timestamp\":\"2022-04-27T12:00:00+00:00\",\"country\":\"xaa\","
     "\"client4\":\"192.0.2.0/24\",\"asn4\":\"4100000003\",\"nat4\":false,\"routedspoof\":\"received\","
     "\"privatespoof\":\"blocked\"},", "{\"session\":2,\"timestamp\":\""},
};
#define FORMS (sizeof(forms) / sizeof(*forms))

/* After it, rows that would acquit or accuse, if what follows were read. */
static void
long_line(size_t form, u64 n)
{
	fputs(forms[form].head, stdout);
	fputs(forms[form].row, stdout);
	times("7", n << 20);
	fputs(strchr(forms[form].head, '{') != NULL ? "\"}]}\n" : "\n", stdout);
	if (strchr(forms[form].head, '{') == NULL)
		fputs(forms[form].head, stdout);
}

/* Nested where a reader looks, and where it skips. */
static void
deep(size_t form, u64 n)
{
	fputs(forms[form].head, stdout);
	times("{\"a\":[", n / 2);
}

static void
number_of_digits(size_t form, u64 n)
{
	fputs(forms[form].head, stdout);
	fputs("{\"asn\":", stdout);
	times("7", n << 20);
	fputs("}]}\n", stdout);
}

/* --- MRT --- */

static void
be(u64 v, unsigned bytes)
{
	while (bytes-- > 0)
		putchar_unlocked((int)(v >> 8 * bytes & 0xff));
}

#define TIME 1651363200u	/* 2022-05-01 */

static void
mrt(unsigned type, unsigned subtype, u64 len)
{
	be(TIME, 4);
	be(type, 2);
	be(subtype, 2);
	be(len, 4);
}

/* A peer table of n entries, each another peer. */
static void
peers(u64 n, u64 first)
{
	u64 i;

	mrt(13, 1, 4 + 2 + 2 + n * 13);
	be(0x7f000001u + first, 4);
	be(0, 2);
	be(n, 2);
	for (i = 0; i < n; i++) {
		be(2, 1);		/* a 4-byte AS, an IPv4 address */
		be(first + i, 4);
		be(0x0a000000u + first + i, 4);
		be(64500 + i, 4);
	}
}

static const unsigned char attrs[] = {0x40, 1, 1, 0, 0x40, 2, 10, 2, 2, 0, 0, 0xfb, 0xf4, 0xf4, 0x61, 0x09, 0x05,
    0x40, 3, 4, 10, 0, 0, 1};

static void
rib(u64 sequence, u64 prefix, u64 n)
{
	u64 i;

	mrt(13, 2, 4 + 1 + 3 + 2 + n * (8 + sizeof(attrs)));
	be(sequence, 4);
	be(24, 1);
	be(prefix & 0xffffff, 3);
	be(n, 2);
	for (i = 0; i < n; i++) {
		be(i, 2);
		be(TIME, 4);
		be(sizeof(attrs), 2);
		fwrite(attrs, 1, sizeof(attrs), stdout);
	}
}

/* One prefix of one peer by a path of n hops, in segments of 255, in an attribute with an extended length. Once with a
 * path of the ordinary length before it. */
static void
path(u64 n)
{
	u64 segments = (n + 254) / 255, len = 4 + n * 4 + segments * 2, left, some, i;

	peers(1, 0);
	rib(0, 0xc00002, 1);
	mrt(13, 2, 4 + 1 + 3 + 2 + 8 + len);
	be(1, 4);
	be(24, 1);
	be(0xc63364, 3);
	be(1, 2);
	be(0, 2);
	be(TIME, 4);
	be(len & 0xffff, 2);
	be(0x50, 1);
	be(2, 1);
	be((len - 4) & 0xffff, 2);
	for (left = n; left > 0; left -= some) {
		some = left < 255 ? left : 255;
		be(2, 1);
		be(some, 1);
		for (i = 0; i < some; i++)
			be(4100000000u + left - i, 4);
	}
}

static void
entries(u64 n)
{
	u64 i;

	peers(1, 0);
	for (i = 0; i < n; i++)
		rib(i, i, 1);
}

static void
tables(u64 n)
{
	u64 i;

	for (i = 0; i < n; i++) {
		peers(65535, i * 65535);
		rib(i, i, 1000);
	}
}

static void
crowd(u64 n)	/* peers of n tables, each with a route: more vantage points than ids */
{
	u64 i;

	for (i = 0; i < n; i++) {
		peers(65535, i * 65535);
		rib(i, 0xc00002, 65535);
	}
}

static void
claims(u64 n)	/* a record of n bytes that is not there */
{
	peers(1, 0);
	rib(0, 0xc00002, 1);
	mrt(13, 2, n);
	be(1, 4);
}

static void
count(u64 n)	/* an entry count that the record cannot hold */
{
	peers(1, 0);
	mrt(13, 2, 4 + 1 + 3 + 2);
	be(0, 4);
	be(24, 1);
	be(0xc00002, 3);
	be(n, 2);
}

static void
same(u64 n)	/* one route, again and again */
{
	u64 i;

	peers(1, 0);
	for (i = 0; i < n; i++)
		rib(i, 0xc00002, 1);
}

/* --- tables --- */

static void
vrps(u64 n)
{
	u64 i;

	fputs("ASN,IP Prefix,Max Length,Trust Anchor\n", stdout);
	for (i = 0; i < n; i++)
		printf("AS%" PRIu64 ",%" PRIu64 ".%" PRIu64 ".%" PRIu64 ".%" PRIu64 "/32,32,ripe\n", i % 65000 + 1, 1 + i / 16777216,
		    i >> 16 & 255, i >> 8 & 255, i & 255);
}

/* Each covers all behind it: a chain as deep as there are lengths, of every origin. */
static void
soup(u64 n)
{
	u64 i;

	fputs("ASN,IP Prefix,Max Length,Trust Anchor\n", stdout);
	for (i = 0; i < n; i++)
		printf("AS%" PRIu64 ",192.0.2.0/%" PRIu64 ",32,ripe\n", i / 2 + 1, 23 + i % 2);
}

static void
cycle(u64 n)	/* each the provider of the next, the last that of the first; and a chain through all */
{
	u64 i;

	for (i = 0; i < n; i++)
		printf("%" PRIu64 "|%" PRIu64 "|-1\n", i + 1, (i + 1) % n + 1);
	printf("%d|4100000005|-1\n", 1);
}

static void
sets(u64 n)	/* as-sets in a ring, each the member of the next, and one of all */
{
	u64 i;

	fputs("route: 192.0.2.0/24\norigin: AS4100000005\nsource: LAB\n\n", stdout);
	for (i = 0; i < n; i++)
		printf("as-set: AS-R%" PRIu64 "\nmembers: AS-R%" PRIu64 ", AS%" PRIu64 "\nsource: LAB\n\n", i, (i + 1) % n, i);
	fputs("as-set: AS-ALL\n", stdout);
	for (i = 0; i < n; i++)
		printf("members: AS-R%" PRIu64 "\n", i);
	fputs("source: LAB\n\n", stdout);
}

static void
organisations(u64 n)
{
	u64 i;

	fputs("# date: 202205\n# format:org_id|changed|org_name|country|source\n", stdout);
	for (i = 0; i < n; i++)
		printf("O-%" PRIu64 "|20200101|Organisation %" PRIu64 "|US|ARIN\n", i, i);
	fputs("# format:aut|changed|aut_name|org_id|opaque_id|source\n", stdout);
	for (i = 0; i < n; i++)
		printf("%" PRIu64 "|20200101|NAME-%" PRIu64 "|O-%" PRIu64 "|o|ARIN\n", i + 1, i, i % 3 == 0 ? 0 : i);
}

static void
names(u64 n)	/* one organisation with a name of n MiB */
{
	fputs("# date: 202205\n# format:org_id|changed|org_name|country|source\n", stdout);
	times("B-1|20200101|Another|US|ARIN\n", 4000);	/* more than is looked at to tell the kind */
	fputs("A-1|20200101|", stdout);
	times("n", n << 20);
	fputs("|US|ARIN\n# format:aut|changed|aut_name|org_id|opaque_id|source\n4100000005|20200101|X|A-1|o|ARIN\n", stdout);
}

static void
object(u64 n)	/* one RPSL object of n MiB in short lines */
{
	fputs("route: 192.0.2.0/24\norigin: AS4100000005\nsource: LAB\n\nroute: 198.51.100.0/24\norigin: AS4100000003\n", stdout);
	times("remarks: there is no blank line here\n", (n << 20) / 37);
	fputs("source: LAB\n\n", stdout);
}

static void
row(u64 n)	/* one CSV row of n lines, in quotes that are never closed */
{
	fputs(forms[10].head, stdout);
	times("Example,ZZ,4100000001,Yes,No,Yes,Yes\n", 4000);	/* more than is looked at to tell the kind */
	fputs("\"Another", stdout);
	times("\nline", n);
}

static void
fields(u64 n)
{
	fputs(forms[10].head, stdout);
	times("1,", n);
	fputs("1\n", stdout);
}

static void
declared(u64 n)	/* registry statistics that say they have n records */
{
	printf("2|ripencc|20220501|%" PRIu64 "|19830705|20220501|+0000\nripencc|*|ipv4|*|%" PRIu64 "|summary\n"
	    "ripencc|ZZ|ipv4|192.0.2.0|256|20200101|allocated\n", n, n);
}

static void
providers(u64 n)	/* an ASPA of n providers */
{
	u64 i;

	fputs("{\"metadata\":{\"buildtime\":\"2022-05-01T00:00:00Z\"},\"roas\":[{\"asn\":4100000005,\"prefix\":\"192.0.2.0/24\","
	    "\"maxLength\":24,\"ta\":\"ripe\"}],\"aspas\":[{\"customer_asid\":4100000005,\"expires\":1,\"providers\":[1", stdout);
	for (i = 2; i <= n; i++)
		printf(",%" PRIu64, i);
	fputs("]}]}\n", stdout);
}

/* Lines of nothing behind a good head: what a bomb is packed from. */
static void
nothing(u64 n)
{
	fputs(forms[4].head, stdout);
	times("\n", n << 20);
}

static const struct { const char *name; void (*make)(u64); } makers[] = {
    {"path", path}, {"entries", entries}, {"tables", tables}, {"crowd", crowd}, {"claims", claims}, {"count", count},
    {"same", same}, {"vrps", vrps}, {"soup", soup}, {"cycle", cycle}, {"sets", sets}, {"organisations", organisations},
    {"names", names}, {"object", object}, {"row", row}, {"fields", fields}, {"declared", declared},
    {"providers", providers}, {"nothing", nothing}};

static const struct { const char *prefix; void (*make)(size_t, u64); } formed[] = {
    {"line-", long_line}, {"deep-", deep}, {"digits-", number_of_digits}};

static int
forge(const char *name, u64 n)
{
	size_t i, k, len;

	for (i = 0; i < sizeof(makers) / sizeof(*makers); i++)
		if (strcmp(makers[i].name, name) == 0) {
			makers[i].make(n);
			return 0;
		}
	for (i = 0; i < sizeof(formed) / sizeof(*formed); i++) {
		len = strlen(formed[i].prefix);
		for (k = 0; k < FORMS && strncmp(name, formed[i].prefix, len) == 0; k++)
			if (strcmp(name + len, forms[k].kind) == 0) {
				formed[i].make(k, n);
				return 0;
			}
	}
	fprintf(stderr, "forge: no attack is called %s\n", name);
	return 64;
}

/* --- bounds --- */

static int
run(u64 mib, unsigned seconds, char **command)
{
	const struct rlimit space = {mib << 20, mib << 20}, time = {seconds, seconds};
	struct timespec from, to;
	struct rusage used;
	int status;
	pid_t pid;

	clock_gettime(CLOCK_MONOTONIC, &from);
	pid = fork();
	if (pid == 0) {
		if (setrlimit(RLIMIT_AS, &space) != 0 || setrlimit(RLIMIT_CPU, &time) != 0)
			_exit(126);
		alarm(4 * seconds);	/* what waits for ever uses no time of the processor */
		execv(command[0], command);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &to);
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	fprintf(stderr, "forge: %d %.2f %ld\n", status,
	    (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9, used.ru_maxrss / 1024);
	return status;
}

int
main(int argc, char **argv)
{
	static char buffer[1 << 20];

	if (argc >= 5 && strcmp(argv[1], "run") == 0)
		return run(strtoull(argv[2], NULL, 10), (unsigned)atoi(argv[3]), argv + 4);
	if (argc != 3) {
		fputs("usage: forge NAME N | forge run MIB SECONDS COMMAND...\n", stderr);
		return 64;
	}
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	return forge(argv[1], strtoull(argv[2], NULL, 10));
}
