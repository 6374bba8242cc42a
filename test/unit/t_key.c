/* Keys: names, verifier keys against the example of signed-note, RFC 8032's first vectors, key files. */
#include "base/base64.h"
#include "seal.h"
#include "seal/keyfile.h"
#include "seal/minisign.h"
#include "tap.h"

static const struct {
	const char *name;
	bool good;
} names[] = {
	{"example.net/audits", true}, {"a", true}, {"z\xc3\xbcrich.example", true}, {"", false}, {"a b", false},
	{"a+b", false}, {"a\tb", false}, {"a\nb", false}, {"a\xc2\xa0" "b", false}, {"a\xe2\x80\xa8" "b", false},
	{"a\xe3\x80\x80", false}, {"a\xe1\x9a\x80", false}, {"a\xc2\x85", false}, {"\xff", false}, {"\xc3", false},
	{"a\xe2\x80\x94", true},
};

static void
test_names(void)
{
	char longest[KEY_NAME_MAX + 2];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		ok(key_name_good(span_of(names[i].name)) == names[i].good, "name %zu is %s", i, names[i].good ? "taken" : "refused");
	memset(longest, 'a', sizeof(longest));
	ok(key_name_good((struct span){longest, KEY_NAME_MAX}), "a name may have KEY_NAME_MAX bytes");
	ok(!key_name_good((struct span){longest, KEY_NAME_MAX + 1}), "and not one more");
}

/* RFC 8032 section 7.1, tests 1 and 2. */
static void
test_rfc8032(void)
{
	static const char seed1[] = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";	/* 9d61b19d ... */
	static const char pk1[] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";	/* d75a9801 ... */
	uint8_t seed[32], pk[32], sig[64];
	static const uint8_t head[8] = {0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72};
	struct key *k = NULL;

	ok(base64_exact(span_of(seed1), seed, 32) == OK && base64_exact(span_of(pk1), pk, 32) == OK &&
	    key_from_seed(SPAN("rfc8032"), KEY_SIGNER, seed, &k) == OK && memcmp(key_pub(k)->pk, pk, 32) == 0,
	    "RFC 8032 test 1: the public half");
	key_sign(k, SPAN(""), sig);
	ok(memcmp(sig, head, 8) == 0 && key_verify(key_pub(k), SPAN(""), sig), "and the signature of nothing");
	sig[63] ^= 0x80;
	ok(!key_verify(key_pub(k), SPAN(""), sig), "which has one form only");
	key_free(k);
	ok(!ed25519_verify((const uint8_t[32]){1}, SPAN("x"), (const uint8_t[64]){1}), "a key of small order verifies nothing");
}

static bool
vkey_accepts(struct span text, void *ctx)
{
	struct key_pub k;
	const char *why = NULL;
	enum err e = key_vkey_read(text, &k, &why);

	(void)ctx;
	if ((e == OK) != (why == NULL))
		abort();
	return e == OK;
}

static void
test_vkey(void)
{
	/* the example of C2SP signed-note v1.0.0 */
	static const char example[] = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
	const char *why = NULL;
	struct key_pub k;
	struct str s = {0};

	ok(key_vkey_read(span_of(example), &k, &why) == OK && k.id == 0x530d903a && k.use == KEY_SIGNER,
	    "the verifier key of the specification is read");
	key_vkey_write(&s, &k);
	is_str(s.p, example, "and written");
	ok(cuts_taken(str_span(&s), vkey_accepts, NULL) == 0, "and not when it ends early");
	ok(flips_taken(str_span(&s), vkey_accepts, NULL) == 0, "nor with any one bit changed");
	ok(key_vkey_read(SPAN("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), &k, &why) ==
	    ERR_CONTRADICT, "an id has small letters");
	ok(key_vkey_read(SPAN("x+00000000+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), &k, &why) == ERR_UNKNOWN,
	    "a type that is not ours is not taken for one");
	str_release(&s);
}

static bool
file_accepts(struct span text, void *ctx)
{
	struct key *k = NULL;
	const char *why = NULL;
	enum err e = keyfile_read(text, SPAN("open sesame"), &k, &why);

	(void)ctx;
	if ((e == OK) != (why == NULL) || (e == OK) != (k != NULL))
		abort();
	key_free(k);
	return e == OK;
}

static void
test_file(void)
{
	struct box_params p = box_params_new();
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 7), *back = NULL;
	char *text = secret_new(KEY_FILE_MAX);
	struct keyfile_head head;
	const char *why = NULL;
	size_t n = 0;

	ok(p.passes == 3 && p.kib == 262144, "a new key costs 3 passes over 256 MiB");
	p.passes = 1;
	p.kib = 8;
	ok(keyfile_write(k, &p, SPAN("open sesame"), text, &n) == OK && n < 400, "a key file is written");
	ok(keyfile_head((struct span){text, n}, &head, &why) == OK && head.encrypted && key_pub_same(&head.pub, key_pub(k)),
	    "its head needs no passphrase");
	ok(keyfile_read((struct span){text, n}, SPAN("open sesame"), &back, &why) == OK &&
	    memcmp(key_seed(back), key_seed(k), ED25519_SEED) == 0, "the secret comes back");
	key_free(back);
	ok(keyfile_read((struct span){text, n}, SPAN("open sesam"), &back, &why) == ERR_SIGNATURE, "but not by another passphrase");
	ok(memmem(text, n, key_seed(k), 32) == NULL && memmem(text, n, "BwcHBwcHBwc", 11) == NULL, "and it is not there in the clear");
	ok(cuts_taken((struct span){text, n}, file_accepts, NULL) == 0, "a file that ends early is refused");
	ok(flips_taken((struct span){text, n}, file_accepts, NULL) == 0, "and one with any one bit changed, in its name too");
	ok(keyfile_write(k, NULL, SPAN(""), text, &n) == OK && file_accepts((struct span){text, n}, NULL) &&
	    keyfile_head((struct span){text, n}, &head, &why) == OK && !head.encrypted, "in the clear, when that is asked for");
	text[n - 5] ^= 1;
	ok(keyfile_read((struct span){text, n}, SPAN(""), &back, &why) != OK, "where the public half tells of a changed secret");
	secret_free(text);
	key_free(k);
}

static const struct {
	const char *text, *why;
} bad[] = {
	{"", "line 1"}, {"routemark-key/2\n", "line 1"}, {"routemark-key/1\r\n", "line 1"},
	{"routemark-key/1\nuse both\n", "line 2: use"},
	{"routemark-key/1\nuse signer\nname a b\n", "line 3: name"},
	{"routemark-key/1\nuse signer\nname a\npublic AA==\n", "line 4: public"},
#define HEAD "routemark-key/1\nuse signer\nname a\npublic AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	{HEAD, "line 5: cipher"}, {HEAD "cipher rot13\n", "line 5: cipher: is neither"},
	{HEAD "cipher argon2id-xchacha20poly1305 0 8 AAAAAAAAAAAAAAAAAAAAAA== ", "line 5"},
	{HEAD "cipher argon2id-xchacha20poly1305 17 8 AA AA\n", "passes"},
	{HEAD "cipher argon2id-xchacha20poly1305 03 8 AA AA\n", "passes"},
	{HEAD "cipher argon2id-xchacha20poly1305 3 1048577 AA AA\n", "memory"},
	{HEAD "cipher argon2id-xchacha20poly1305 3 7 AA AA\n", "memory"},
	{HEAD "cipher argon2id-xchacha20poly1305 3 8 AA AA\n", "salt"},
	{HEAD "cipher argon2id-xchacha20poly1305 3 8 AAAAAAAAAAAAAAAAAAAAAA== AA\n", "nonce"},
	{HEAD "cipher none\n", "line 6"}, {HEAD "cipher none\nsecret AA==\n", "line 6: secret"},
	{HEAD "cipher none\nsecret AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\n", "line 6"},
	{HEAD "cipher none\nsecret AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "line 4: public: is not the public half"},
};

static void
test_bad(void)
{
	struct key *k = NULL;
	const char *why;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		why = "";
		ok(keyfile_read(span_of(bad[i].text), SPAN(""), &k, &why) != OK && strstr(why, bad[i].why) != NULL,
		    "bad file %zu: %s", i, bad[i].why);
	}
}

static bool
pub_accepts(struct span text, void *ctx)
{
	const char *why = NULL;
	struct key_pub k;
	enum err e = minisign_pub_read(text, &k, &why);

	return e == OK && (ctx == NULL || memcmp(k.pk, ((struct key_pub *)ctx)->pk, 32) == 0);
}

static void
test_minisign_pub(void)
{
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 7);
	struct key_pub back, pub = *key_pub(k);
	const char *why = NULL;
	struct str s = {0};

	minisign_pub_write(&s, &pub);
	ok(minisign_pub_read(str_span(&s), &back, &why) == OK && key_pub_same(&back, &pub), "a public key file comes back");
	ok(cuts_taken(str_span(&s), pub_accepts, NULL) == 0, "and not when it ends early");
	str_release(&s);
	key_free(k);
}

static void
test_use(void)
{
	struct key *a = key_of("w.example", KEY_SIGNER, 3), *b = key_of("w.example", KEY_WITNESS, 3);

	ok(key_pub(a)->id != key_pub(b)->id && !key_pub_same(key_pub(a), key_pub(b)), "a use is part of the id");
	key_free(a);
	key_free(b);
}

int
main(void)
{
	test_names();
	test_rfc8032();
	test_vkey();
	test_file();
	test_bad();
	test_minisign_pub();
	test_use();
	return tap_done();
}
