#include "serve/counters.h"

#include <inttypes.h>

/* Microseconds. */
static const uint64_t until[COUNTER_BUCKETS] = {500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000,
    1000000, 2500000};

void
counters_add(struct counters *c, size_t route, unsigned status, uint64_t bytes, uint64_t micros)
{
	size_t i;

	atomic_fetch_add(&c->answers[route][status / 100 % 6], 1);
	atomic_fetch_add(&c->bytes, bytes);
	if (status == 304)
		atomic_fetch_add(&c->not_modified, 1);
	for (i = 0; i < COUNTER_BUCKETS && micros > until[i]; i++)
		;
	atomic_fetch_add(&c->bucket[i], 1);
	atomic_fetch_add(&c->micros, micros);
}

void
counters_head(struct str *out, const char *name, const char *kind, const char *help)
{
	str_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void
seconds(struct str *out, uint64_t micros)
{
	str_addf(out, "%" PRIu64 ".%06" PRIu64, micros / 1000000, micros % 1000000);
}

/* Each bucket has those before it, and the count is the last: whatever is counted meanwhile, they agree. */
static void
histogram(struct str *out, const struct counters *c)
{
	unsigned long long sum = 0;
	size_t i;

	counters_head(out, "routemark_answer_seconds", "histogram", "How long it took to make an answer.");
	for (i = 0; i < COUNTER_BUCKETS; i++) {
		sum += c->bucket[i];
		str_adds(out, "routemark_answer_seconds_bucket{le=\"");
		seconds(out, until[i]);
		str_addf(out, "\"} %llu\n", sum);
	}
	sum += c->bucket[COUNTER_BUCKETS];
	str_addf(out, "routemark_answer_seconds_bucket{le=\"+Inf\"} %llu\nroutemark_answer_seconds_sum ", sum);
	seconds(out, c->micros);
	str_addf(out, "\nroutemark_answer_seconds_count %llu\n", sum);
}

void
counters_write(struct str *out, const struct counters *c, const char *(*name)(size_t route))
{
	size_t i, k;

	counters_head(out, "routemark_answers_total", "counter", "Answers by route and class of status.");
	for (i = 0; name(i) != NULL; i++)
		for (k = 2; k < 6; k++)
			if (c->answers[i][k] > 0)
				str_addf(out, "routemark_answers_total{route=\"%s\",status=\"%zuxx\"} %llu\n", name(i), k,
				    (unsigned long long)c->answers[i][k]);
	counters_head(out, "routemark_not_modified_total", "counter", "Answers that were still known to who asked.");
	str_addf(out, "routemark_not_modified_total %llu\n", (unsigned long long)c->not_modified);
	counters_head(out, "routemark_answer_bytes_total", "counter", "Bytes of answers, without their heads.");
	str_addf(out, "routemark_answer_bytes_total %llu\n", (unsigned long long)c->bytes);
	histogram(out, c);
	counters_head(out, "routemark_sandbox", "gauge", "What the kernel keeps this process from: 1, or the ABI of Landlock.");
	str_addf(out, "routemark_sandbox{part=\"seccomp\"} %d\nroutemark_sandbox{part=\"landlock\"} %d\n", c->seccomp,
	    c->landlock);
	c->live(c->arg, out);
}
