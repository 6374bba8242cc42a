/* Name-based UUIDs against published ones and a set of our own. */
#include "base/uuid5.h"
#include "tap.h"

int
main(void)
{
	/* RFC 9562 section 6.6 */
	const struct uuid dns = {{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4,
	    0x30, 0xc8}}, url = UUID_URL;
	struct uuid u;
	char buf[UUID_TEXT];

	is_str(uuid_format(&url, buf), "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "the space of URLs reads as in the RFC");
	u = uuid5(&dns, span_of("www.example.com"));
	is_str(uuid_format(&u, buf), "2ed6657d-e927-568b-95e1-2665a8aea6a2", "RFC 9562 appendix A.4");
	u = uuid5(&url, span_of("urn:routemark:oscal"));
	is_str(uuid_format(&u, buf), "56e26231-4cfa-55ad-ba7f-3094eeeb33a2", "our own space of names");
	u = uuid5(&dns, span_of(""));
	ok(uuid_format(&u, buf)[14] == '5' && strchr("89ab", buf[19]) != NULL, "an empty name gives a UUID too");
	return tap_done();
}
