/*
 * html_check: what must hold for any page, read without the code that wrote it: tags open and close in order,
 * ids are there once, what refers to an id finds it, and nothing in it can run or be fetched.
 */
#ifndef HTML_CHECK_H
#define HTML_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define HTML_DEPTH 64
#define HTML_IDS 4096

struct html_check {
	char open[HTML_DEPTH][24];
	size_t depth;
	const char *ids[HTML_IDS];	/* borrowed from the page, up to the quote */
	size_t id_len[HTML_IDS], n_ids;
	char why[256];			/* "" while all is well */
};

static inline bool
html_void(const char *tag)
{
	static const char *const words[] = {"meta", "link", "br", "rect", "line", "circle", "path", "!doctype"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i], tag) == 0)
			return true;
	return false;
}

static inline void
html_say(struct html_check *c, const char *what, const char *at, int len)
{
	if (c->why[0] == '\0')
		snprintf(c->why, sizeof(c->why), "%s: %.*s", what, len, at);
}

static inline bool
html_has_id(const struct html_check *c, const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < c->n_ids; i++)
		if (c->id_len[i] == len && memcmp(c->ids[i], id, len) == 0)
			return true;
	return false;
}

/* An attribute of the tag at p..end: its value and length, or NULL. */
static inline const char *
html_attr(const char *p, const char *end, const char *name, size_t *len)
{
	char key[40];
	const char *at, *close;

	snprintf(key, sizeof(key), " %s=\"", name);
	at = memmem(p, (size_t)(end - p), key, strlen(key));
	if (at == NULL)
		return NULL;
	at += strlen(key);
	close = memchr(at, '"', (size_t)(end - at));
	*len = close != NULL ? (size_t)(close - at) : 0;
	return at;
}

/* Does an attribute's name begin so? What stands in quotes is no name. */
static inline bool
html_acts(const char *p, const char *end, const char *name)
{
	bool quoted = false;

	for (; p + strlen(name) < end; p++) {
		quoted ^= *p == '"';
		if (!quoted && memcmp(p, name, strlen(name)) == 0)
			return true;
	}
	return false;
}

static inline void
html_tag(struct html_check *c, const char *p, const char *end)
{
	bool closes = p[1] == '/';
	char tag[24] = "";
	const char *v;
	size_t n, len;

	p += 1 + closes;
	n = strcspn(p, " >/\n");
	snprintf(tag, sizeof(tag), "%.*s", (int)(n < sizeof(tag) ? n : sizeof(tag) - 1), p);
	if (strcmp(tag, "script") == 0 || strcmp(tag, "iframe") == 0 || strcmp(tag, "img") == 0 || strcmp(tag, "b") == 0)
		html_say(c, "an element that nobody wrote", p, 40);
	if (html_acts(p, end, " on") || html_acts(p, end, " src") || html_acts(p, end, " style"))
		html_say(c, "an attribute that acts", p, 60);
	v = html_attr(p, end, "id", &len);
	if (v != NULL && html_has_id(c, v, len))
		html_say(c, "an id twice", v, (int)len);
	if (v != NULL && c->n_ids < HTML_IDS) {
		c->id_len[c->n_ids] = len;
		c->ids[c->n_ids++] = v;
	}
	if (closes) {
		if (c->depth == 0 || strcmp(c->open[c->depth - 1], tag) != 0)
			html_say(c, "closes what is not open", p, 20);
		else
			c->depth--;
	} else if (!html_void(tag) && end[-1] != '/' && c->depth < HTML_DEPTH) {
		strcpy(c->open[c->depth++], tag);
	}
}

/* Each word of what refers to ids. */
static inline void
html_refers(struct html_check *c, const char *page, const char *key)
{
	const char *p = page;
	size_t len;

	while ((p = strstr(p, key)) != NULL) {
		p += strlen(key);
		while (*p != '"' && *p != '\0') {
			len = strcspn(p, " \"");
			if (!html_has_id(c, p, len))
				html_say(c, "refers to no id", p, (int)len);
			p += len;
			p += *p == ' ';
		}
	}
}

/* "" when all is well, else the first thing that is not. */
static inline const char *
html_check(struct html_check *c, const char *page)
{
	const char *p = page, *end;

	memset(c, 0, sizeof(*c));
	while ((p = strchr(p, '<')) != NULL) {
		end = strchr(p, '>');
		if (end == NULL) {
			html_say(c, "a tag without end", p, 20);
			break;
		}
		html_tag(c, p, end);
		p = end + 1;
		if (c->depth > 0 && strcmp(c->open[c->depth - 1], "style") == 0)
			p = strstr(p, "</style>");
	}
	if (c->depth != 0)
		html_say(c, "is left open", c->open[c->depth - 1], 20);
	html_refers(c, page, " aria-labelledby=\"");
	html_refers(c, page, "href=\"#");
	return c->why;
}

#endif
