#include "cmd/unpacked.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/tar.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "report/bundle.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define EVIDENCE_DIR BUNDLE_EVIDENCE "/"
#define RULE "doc/formats/bundle.md"

static bool
is_evidence(const char *name)
{
	return strncmp(name, EVIDENCE_DIR, sizeof(EVIDENCE_DIR) - 1) == 0;
}

/* Both ways to read a bundle go by ascending names. */
struct span
unpacked_get(const struct unpacked *s, const char *name)
{
	size_t lo = 0, hi = s->n, mid;
	int c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = strcmp(s->files[mid].name, name);
		if (c == 0)
			return s->files[mid].bytes;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (struct span){0};
}

static struct str *
block_new(struct unpacked *s)
{
	s->blocks = grow(s->blocks, &s->cap_blocks, s->n_blocks + 1, sizeof(*s->blocks));
	s->blocks[s->n_blocks] = (struct str){0};
	return &s->blocks[s->n_blocks++];
}

static bool
add(struct unpacked *s, const char *name, struct span bytes)
{
	if (s->n >= BUNDLE_FILES_MAX) {
		note(s->command, "%s: more than %u files (BUNDLE_FILES_MAX)", s->path, BUNDLE_FILES_MAX);
		return false;
	}
	s->files = grow(s->files, &s->cap, s->n + 1, sizeof(*s->files));
	/* an empty file is there all the same */
	s->files[s->n++] = (struct unpacked_file){arena_strdup(s->arena, span_of(name)), bytes.p != NULL ? bytes : SPAN("")};
	return true;
}

/* --- one tar file --- */

static bool
tar_read(struct unpacked *s)
{
	struct str *block = block_new(s);
	struct tar t;

	if (!slurp(s->command, s->path, BUNDLE_BYTES_MAX, block))
		return false;
	tar_open(&t, str_span(block));
	while (tar_next(&t))
		if (!add(s, t.name, t.bytes))
			return false;
	if (t.why == NULL)
		return true;
	note(s->command, "%s: byte %" PRIu64 ": %s [" RULE "]", s->path, t.at, t.why);
	return false;
}

/* --- a folder: what SHA256SUMS names, and no more --- */

/* On the way to it nothing may be a link: what a bundle names is in it. */
static bool
no_links(const struct unpacked *s, const char *path)
{
	size_t below = strlen(s->path) + 1;
	char *p = arena_strdup(s->arena, span_of(path)), *slash = p + below;
	struct stat st;

	for (;;) {
		slash = strchr(slash, '/');
		if (slash != NULL)
			*slash = '\0';
		if (lstat(p, &st) == 0 && S_ISLNK(st.st_mode)) {
			note(s->command, "%s: is a link, which a bundle has none of [" RULE "]", p);
			return false;
		}
		if (slash == NULL)
			return true;
		*slash++ = '/';
	}
}

static bool
file_read(struct unpacked *s, const char *name, struct str *out)
{
	const char *path = arena_printf(s->arena, "%s/%s", s->path, name);

	return no_links(s, path) && slurp(s->command, path, BUNDLE_FILE_MAX, out);
}

/* --- SHA256SUMS --- */

static bool
sums_complain(const struct unpacked *s, size_t line, const char *what)
{
	note(s->command, "%s/" BUNDLE_SUMS ": line %zu: %s [" RULE "]", s->path, line, what);
	return false;
}

/* One line: the digest of a file that is there, and its name. last: the name before, which is smaller. */
static bool
sum_check(struct unpacked *s, struct span line, size_t no, const char **last, bool folder)
{
	struct str own = {0};
	struct span bytes;
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	const char *name;

	if (line.len < SHA256_HEX + 3 || line.p[SHA256_HEX] != ' ' || line.p[SHA256_HEX + 1] != ' ' ||
	    !tar_name_good((struct span){line.p + SHA256_HEX + 2, line.len - SHA256_HEX - 2}))
		return sums_complain(s, no, "is not a digest, two spaces, and a path of plain words");
	name = arena_strdup(s->arena, (struct span){line.p + SHA256_HEX + 2, line.len - SHA256_HEX - 2});
	if (strcmp(*last, name) >= 0 || strcmp(name, BUNDLE_SUMS) == 0)
		return sums_complain(s, no, "does not follow the one before by its name");
	*last = name;
	if (folder && !file_read(s, name, &own)) {
		str_release(&own);
		return false;
	}
	bytes = folder ? str_span(&own) : unpacked_get(s, name);
	if (bytes.p == NULL && !folder)
		return sums_complain(s, no, "names a file that is not there");
	sha256_of(bytes.p, bytes.len, d);
	sha256_hex(d, hex);
	if (folder && !is_evidence(name)) {
		*block_new(s) = own;
		if (!add(s, name, bytes))
			return false;
	} else {
		str_release(&own);
	}
	if (memcmp(hex, line.p, SHA256_HEX) == 0)
		return true;
	if (strcmp(name, BUNDLE_REPORT) == 0) {	/* where it differs can still be told */
		s->report_changed = true;
		return true;
	}
	note(s->command, "%s/%s: has another digest than " BUNDLE_SUMS " says: %s", s->path, name, hex);
	return false;
}

static bool
sums_check(struct unpacked *s, struct span sums, bool folder)
{
	const char *last = "";
	size_t line = 0, n = s->n;

	if (sums.len > BUNDLE_HEAD_MAX)
		return sums_complain(s, 1, "is of a list longer than BUNDLE_HEAD_MAX");
	while (sums.len > 0) {
		const char *end = memchr(sums.p, '\n', sums.len);

		line++;
		if (end == NULL)
			return sums_complain(s, line, "does not end");
		if (line > BUNDLE_FILES_MAX)
			return sums_complain(s, line, "is one too many (BUNDLE_FILES_MAX)");
		if (!sum_check(s, (struct span){sums.p, (size_t)(end - sums.p)}, line, &last, folder))
			return false;
		sums.len -= (size_t)(end + 1 - sums.p);
		sums.p = end + 1;
	}
	if (folder || n == line + 1)
		return true;
	note(s->command, "%s: holds %zu files, of which " BUNDLE_SUMS " names %zu [" RULE "]", s->path, n - 1, line);
	return false;
}

bool
unpacked_open(struct unpacked *s, const char *path, const char *command)
{
	struct stat st;
	struct str sums = {0};
	bool folder, good;

	*s = (struct unpacked){.path = path, .command = command, .arena = arena_new()};
	if (stat(path, &st) != 0) {
		note(command, "%s: %s", path, strerror(errno));
		return false;
	}
	folder = S_ISDIR(st.st_mode);
	if (folder)
		good = file_read(s, BUNDLE_SUMS, &sums) && sums_check(s, str_span(&sums), true);
	else
		good = tar_read(s) && (unpacked_get(s, BUNDLE_SUMS).p != NULL ? sums_check(s, unpacked_get(s, BUNDLE_SUMS), false) :
		    sums_complain(s, 0, "is missing"));
	str_release(&sums);
	if (good && (unpacked_get(s, BUNDLE_HEAD).p == NULL || unpacked_get(s, BUNDLE_REPORT).p == NULL))
		good = sums_complain(s, 0, BUNDLE_HEAD " or " BUNDLE_REPORT " is not named");
	if (good && folder) {
		s->evidence = xmalloc(strlen(path) + sizeof(EVIDENCE_DIR) + 1);
		sprintf(s->evidence, "%s/%s", path, BUNDLE_EVIDENCE);
	}
	return good;
}

bool
unpacked_evidence(struct unpacked *s)
{
	size_t i;

	if (s->evidence != NULL)
		return true;
	s->evidence = temp_folder_new(s->command);
	s->temporary = s->evidence != NULL;
	for (i = 0; s->temporary && i < s->n; i++)
		if (is_evidence(s->files[i].name) && strchr(s->files[i].name + sizeof(EVIDENCE_DIR) - 1, '/') == NULL &&
		    !temp_folder_write(s->evidence, s->files[i].name + sizeof(EVIDENCE_DIR) - 1, s->files[i].bytes, s->command))
			return false;
	return s->temporary;
}

void
unpacked_close(struct unpacked *s)
{
	size_t i;

	if (s->temporary)
		temp_folder_remove(s->evidence);
	else
		free(s->evidence);
	for (i = 0; i < s->n_blocks; i++)
		str_release(&s->blocks[i]);
	free(s->blocks);
	free(s->files);
	if (s->arena != NULL)
		arena_free(s->arena);
	*s = (struct unpacked){0};
}
