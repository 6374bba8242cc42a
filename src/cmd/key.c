/* key: make a signing key; show its public half in the forms that other programs know. */
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "cmd/keys.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"
#include "cmd/product.h"
#include "seal/line.h"
#include "seal/minisign.h"

#include <sys/stat.h>

struct key_cmd {
	const char *output;
	bool witness, clear, vkey, minisign, pem, check;
	uint32_t fd;
};

/* --- new --- */

static bool
name_fits(const char *name)
{
	const unsigned char *s = (const unsigned char *)name;
	size_t i, len = strlen(name);

	if (!key_name_good(span_of(name)))
		return false;
	for (i = 0; i < len; i += utf8_len(s + i, len - i))
		if (utf8_steers(s + i, len - i) > 0)
			return false;
	return true;
}

static bool
store(const struct key_cmd *o, const struct key *k)
{
	struct box_params params = box_params_new();
	struct passphrase pass = {0};
	struct str what = {0};
	char *text = secret_new(KEY_FILE_MAX);
	size_t n = 0;
	bool good;

	str_addf(&what, "passphrase for %s", o->output);
	good = o->clear || passphrase_get(&pass, "key", o->fd, what.p, true);
	if (good && keyfile_write(k, o->clear ? NULL : &params, passphrase_span(&pass), text, &n) != OK) {
		note("key", "%s: there is not the memory that encrypting takes, %u KiB", o->output, params.kib);
		good = false;
	}
	good = good && keys_store("key", o->output, (struct span){text, n});
	passphrase_release(&pass);
	secret_free(text);
	str_release(&what);
	return good;
}

static int
new(const struct key_cmd *o, const char *name)
{
	struct str out = {0};
	struct key *k = NULL;
	struct stat st;
	bool good;

	if (lstat(o->output, &st) == 0) {	/* asked before a passphrase is, and again when it is made */
		note("key", "%s: is there already; a key is never replaced", o->output);
		return EXIT_UNANSWERED;
	}
	keys_guard();
	if (key_generate(span_of(name), o->witness ? KEY_WITNESS : KEY_SIGNER, &k) != OK)
		return EXIT_UNANSWERED;
	good = store(o, k);
	if (good && !secret_all_locked())
		note("key", "memory could not be locked (ulimit -l): the key may have reached a swap disk");
	if (good) {
		key_vkey_write(&out, key_pub(k));
		printf("%s\n", out.p);
		str_release(&out);
	}
	key_free(k);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

/* --- show --- */

static void
put_all(struct str *out, const struct keyfile_head *h, bool checked)
{
	const struct key_pub *k = &h->pub;
	struct span rest, line;
	struct str pub = {0};

	str_addf(out, "name      %s\n", k->name);
	str_addf(out, "use       %s\n", k->use == KEY_SIGNER ? "signs reports and checkpoints" :
	    "witnesses the checkpoints of logs");
	str_addf(out, "secret    %s\n", h->encrypted ? "encrypted under a passphrase" :
	    "NOT encrypted: whoever reads the file can sign");
	str_addf(out, "checked   %s\n\n", checked ? "the public half below belongs to the secret" :
	    "no: what the file says of itself; --check opens it and makes sure");
	str_adds(out, "verifier key, for signed notes and policies\n  ");
	key_vkey_write(out, k);
	str_addc(out, '\n');
	if (k->use != KEY_SIGNER)
		return;
	str_adds(out, "\npublic key file of minisign and signify (--minisign)\n");
	minisign_pub_write(&pub, k);
	for (rest = str_span(&pub); line_next(&rest, &line); str_addc(out, '\n')) {
		str_adds(out, "  ");
		str_add(out, line);
	}
	str_release(&pub);
}

static bool
put(const struct key_cmd *o, const struct keyfile_head *h, bool checked)
{
	struct str out = {0}, shown = {0};
	struct span rest, line;

	if (o->vkey) {
		key_vkey_write(&out, &h->pub);
		str_addc(&out, '\n');
	} else if (o->minisign) {
		minisign_pub_write(&out, &h->pub);
	} else if (o->pem) {
		key_pem_write(&out, &h->pub);
	} else {
		put_all(&out, h, checked);
	}
	if (o->vkey || o->minisign || o->pem) {
		fwrite(out.p, 1, out.len, stdout);
	} else {	/* the name may be a stranger's, and this is for a terminal */
		for (rest = str_span(&out); line_next(&rest, &line); str_addc(&shown, '\n'))
			str_add_plain(&shown, line);
		fwrite(shown.p, 1, shown.len, stdout);
	}
	str_release(&out);
	str_release(&shown);
	return true;
}

static int
show(const struct key_cmd *o, const char *path)
{
	struct keyfile_head head;
	const char *why = "";
	struct key *k = NULL;
	size_t len = 0;
	char *text;
	bool good;

	keys_guard();
	text = keys_text("key", path, &len);
	if (text == NULL)
		return EXIT_UNANSWERED;
	good = keyfile_head((struct span){text, len}, &head, &why) == OK;
	secret_free(text);
	if (good && (o->check || !head.encrypted)) {
		k = keys_open("key", path, o->fd);
		good = k != NULL && key_pub_same(key_pub(k), &head.pub);
	}
	if (good && o->minisign && head.pub.use != KEY_SIGNER) {
		note("key", "%s: is a witness's key, which signs no files", path);
		good = false;
	}
	good = good && put(o, &head, k != NULL);
	key_free(k);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
misused(const struct opt_table *t, const struct key_cmd *o, int n, char **args)
{
	bool is_new = n > 0 && strcmp(args[0], "new") == 0, is_show = n > 0 && strcmp(args[0], "show") == 0;

	if (!is_new && !is_show)
		return opt_misuse(t, "what is to be done? \"key new\" or \"key show\"");
	if (n != 2)
		return opt_misuse(t, is_new ? "new takes one name" : "show takes one key file");
	if (is_new && o->output == NULL)
		return opt_misuse(t, "new needs -o FILE, where the secret is to lie");
	if (is_new && (o->vkey || o->minisign || o->pem || o->check))
		return opt_misuse(t, "--vkey, --minisign, --pem and --check belong to show");
	if (is_show && (o->output != NULL || o->witness || o->clear))
		return opt_misuse(t, "-o, --witness and --no-passphrase belong to new");
	if (o->vkey + o->minisign + o->pem > 1)
		return opt_misuse(t, "--vkey, --minisign and --pem exclude each other");
	if (o->clear && o->fd != PASSPHRASE_ASK)
		return opt_misuse(t, "--no-passphrase and --passphrase-fd exclude each other");
	if (is_new && !name_fits(args[1]))
		return opt_misuse(t, "\"%s\" is no name for a key: 1 to 255 bytes of UTF-8 without spaces, plus and control "
		    "characters", args[1]);
	return OPT_GO_ON;
}

int
cmd_key(int argc, char **argv)
{
	struct key_cmd o = {0};
	const struct opt rows[] = {
		{"output", 'o', OPT_TEXT, "FILE", &o.output, 0, 0, "new: where the secret goes, mode 0600; never replaces a file"},
		{"witness", 0, OPT_FLAG, NULL, &o.witness, 0, 0, "new: a key for cosignatures; it signs nothing else"},
		{"no-passphrase", 0, OPT_FLAG, NULL, &o.clear, 0, 0, "new: leave the secret in the clear"},
		passphrase_opt(&o.fd),
		{"vkey", 0, OPT_FLAG, NULL, &o.vkey, 0, 0, "show: only the verifier key of signed notes"},
		{"minisign", 0, OPT_FLAG, NULL, &o.minisign, 0, 0, "show: only the public key file of minisign and signify"},
		{"pem", 0, OPT_FLAG, NULL, &o.pem, 0, 0, "show: only the public key as OpenSSL has it"},
		{"check", 0, OPT_FLAG, NULL, &o.check, 0, 0, "show: open the secret, and make sure that the public half is its own"},
	};
	const struct opt_table t = {"key", "new NAME -o FILE | show FILE [options]",
	    "Make an Ed25519 key to sign with, or show the public half of one. NAME is what others will know it by:\n"
	    "a host and path of your own, as in example.net/audits.",
	    "  routemark key new example.net/audits -o audits.key\n"
	    "  routemark key show audits.key\n"
	    "  routemark key show audits.key --minisign > audits.pub\n", rows, 8};
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	status = misused(&t, &o, argc - first, argv + first);
	if (status != OPT_GO_ON)
		return status;
	return strcmp(argv[first], "new") == 0 ? new(&o, argv[first + 1]) : show(&o, argv[first + 1]);
}
