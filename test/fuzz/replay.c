/* replay: run a fuzz target over stored inputs with any compiler; the files are the arguments. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay_file(const char *name)
{
	FILE *f = fopen(name, "rb");
	uint8_t *p = malloc(64u << 20);
	size_t n;

	if (f == NULL || p == NULL) {
		perror(name);
		exit(2);
	}
	n = fread(p, 1, 64u << 20, f);
	fclose(f);
	/* an exact-size copy, so that ASan sees a read one past the end */
	uint8_t *exact = malloc(n == 0 ? 1 : n);

	if (exact == NULL)
		exit(2);
	for (size_t i = 0; i < n; i++)
		exact[i] = p[i];
	free(p);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		replay_file(argv[i]);
	printf("%d inputs replayed\n", argc - 1);
	return 0;
}
