/*
 * config: what people configure a run with. The first byte picks: a command line (words parted by NUL), a list of ASNs (or of
 * participants), a list of where inputs are from. What is taken keeps its promises; what is refused is told of on standard
 * error, in lines that say which command and, of a file, which line; nothing that a message quotes can steer a terminal.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "cmd/audit_origins.h"
#include "cmd/cmd.h"
#include "cmd/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WORDS 24

/* What is said meanwhile, on standard error or standard output. */
struct said {
	FILE *err, *out, *mine;
	char *text;
	size_t len;
};

static void
listen_in(struct said *s)
{
	*s = (struct said){.err = stderr, .out = stdout};
	s->mine = open_memstream(&s->text, &s->len);
	assert(s->mine != NULL);
	stderr = stdout = s->mine;
}

static void
listen_end(struct said *s)
{
	size_t i;

	stderr = s->err;
	stdout = s->out;
	assert(fclose(s->mine) == 0);
	for (i = 0; i < s->len; i++)	/* getopt_long quotes an option as it came: then not asked */
		assert((uint8_t)s->text[i] >= 0x20 || s->text[i] == '\n' || s->text[i] == '\t');
}

static void
command_line(char *text, size_t size)
{
	bool flag = false;
	const char *word = NULL;
	uint32_t number = 7;
	struct utc time = UTC_NONE;
	struct opt_list list = {0};
	const struct opt opts[] = {
	    {"all", 'a', OPT_FLAG, NULL, &flag, 0, 0, "a flag"},
	    {"data", 'd', OPT_TEXT, "DIR", &word, 0, 0, "a text"},
	    {"rules", 'r', OPT_LIST, "PACK", &list, 0, 0, "a list"},
	    {"threads", 0, OPT_NUMBER, "N", &number, 1, 64, "a number"},
	    {"at", 0, OPT_TIME, "TIME", &time, 0, 0, "a time"}};
	const struct opt_table t = {"fuzz", "[OPTION]...", "A line.", "Examples:\n", opts, sizeof(opts) / sizeof(*opts)};
	char *argv[WORDS + 2] = {(char *)(uintptr_t)"fuzz"}, *p = text;
	struct as_list l = {0};
	struct said s;
	int argc = 1, first = 0, status;
	size_t i;

	for (; p < text + size && argc <= WORDS; p += strlen(p) + 1)
		argv[argc++] = p;
	listen_in(&s);
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON) {
		assert(first >= 1 && first <= argc && (number == 7 || (number >= 1 && number <= 64)));
		for (i = 0; i < list.n; i++)
			assert(list.item[i][0] != '\0' && strchr(list.item[i], ',') == NULL);
		status = select_operands(&l, &t, argc, argv, first);
		assert(status == EXIT_USAGE || (status == OPT_GO_ON && l.n == (size_t)(argc - first)));
	}
	listen_end(&s);
	assert((status == OPT_GO_ON) == (s.len == 0));
	assert(status == OPT_GO_ON || status == EXIT_DONE || strstr(s.text, "routemark fuzz: ") != NULL);
	free(s.text);
	as_list_release(&l);
	opt_list_release(&list);
}

/* The bytes as a regular file without a name. */
static int
file_of(const uint8_t *data, size_t size, char path[static 32])
{
	int fd = memfd_create("fuzz", 0);

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

static void
as_file(const uint8_t *data, size_t size)
{
	const struct opt_table t = {.command = "fuzz", .synopsis = ""};
	struct as_list l = {0};
	struct said s;
	char path[32];
	int fd = file_of(data, size, path), status;
	size_t i;

	listen_in(&s);
	status = select_file(&l, &t, path);
	listen_end(&s);
	assert(status == OPT_GO_ON || status == EXIT_UNANSWERED);	/* a field left out is told of, and no error */
	assert((status == OPT_GO_ON && s.len == 0) || strstr(s.text, path) != NULL);
	as_list_sort(&l);
	for (i = 1; i < l.n; i++)
		assert(l.asn[i - 1] < l.asn[i]);
	free(s.text);
	as_list_release(&l);
	close(fd);
}

static void
origins(const uint8_t *data, size_t size)
{
	struct bundle_input in = {.in = {.sha256 = {0xab}}};
	struct bundle b = {.inputs = &in, .n_inputs = 1};
	struct arena *a = arena_new();
	struct said s;
	char path[32], line[SHA256_HEX + 2];
	int fd = file_of(data, size, path);
	bool good;

	listen_in(&s);
	good = audit_origins(path, a, &b);
	listen_end(&s);
	assert(good ? s.len == 0 : strstr(s.text, path) != NULL);
	if (in.origin != NULL) {	/* it stands behind the digest and two spaces */
		memset(line, '0', SHA256_HEX);
		memcpy(line, "ab", 2);
		memcpy(line + SHA256_HEX, "  ", 2);
		assert(*in.origin != '\0' && strlen(in.origin) <= ORIGIN_TEXT_MAX);
		assert(memmem(data, size, line, sizeof(line)) != NULL && memmem(data, size, in.origin, strlen(in.origin)) != NULL);
	}
	free(s.text);
	arena_free(a);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (size == 0)
		return 0;
	if (data[0] % 3 == 1) {
		as_file(data + 1, size - 1);
	} else if (data[0] % 3 == 2) {
		origins(data + 1, size - 1);
	} else {
		text = calloc(1, size);
		assert(text != NULL);
		memcpy(text, data + 1, size - 1);
		command_line(text, size - 1);
		free(text);
	}
	return 0;
}
