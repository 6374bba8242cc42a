# routemark: one non-recursive Makefile. CONFIG=release|debug|asan|cov|fuzz|afl, CC=gcc|clang, WERROR=1.
CONFIG ?= release
CC     = gcc
B      := build/$(CONFIG)$(if $(filter clang%,$(CC)),-clang)$(if $(filter no,$(UPLOT)),-plain)

LAYERS := base addr decode source world metric rule report seal archive serve lab net pipe cmd
# uPlot, which npm gets by name and the program has compiled in. Where there is no npm, or with UPLOT=no, plots are as the
# server draws them, and the pages say so.
NPM    := build/npm
UPLOT  ?= $(if $(wildcard $(NPM)/uplot.mjs)$(shell command -v npm 2>/dev/null),yes,no)
SRC    := $(filter-out src/serve/uplot$(if $(filter no,$(UPLOT)),,_plain).c,$(sort $(foreach l,$(LAYERS),$(wildcard src/$l/*.c))))
OBJ    := $(SRC:src/%.c=$B/%.o)
MAIN   := $B/main.o
TESTS  := $(patsubst test/unit/%.c,$B/test/%.t,$(sort $(wildcard test/unit/t_*.c)))
FUZZ   := $(sort $(patsubst test/fuzz/fuzz_%.c,%,$(wildcard test/fuzz/fuzz_*.c)))
PACKS  := $(sort $(wildcard packs/*.json packs/require/*.json))

LIBS   := -lisal -lbz2 -llzma -lzstd -ljansson -lcrypto -lsodium -lxxhash -lsqlite3 -lseccomp -lm -lpthread
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wcast-qual -Wswitch-enum \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wundef \
	-Wno-overlength-strings $(if $(WERROR),-Werror)
CPPFLAGS += -D_GNU_SOURCE -Isrc
CFLAGS_ := -std=c17 -g $(WARN) -fno-strict-aliasing -ffile-prefix-map=$(CURDIR)=.
LDFLAGS_ := -Wl,--as-needed
ifeq ($(CONFIG),release)
# test/e2e/binary.t checks each of these on the binary
CFLAGS_ += -O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
LDFLAGS_ += -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
else ifeq ($(CONFIG),debug)
CFLAGS_ += -O0
else ifeq ($(CONFIG),asan)
CFLAGS_ += -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS_ += -fsanitize=address,undefined
# gcc 12 warns falsely on conversions that UBSan instruments
CFLAGS_ += -Wno-conversion
else ifeq ($(CONFIG),cov)
CFLAGS_ += -O0 --coverage -DROUTEMARK_COVERAGE
LDFLAGS_ += --coverage
else ifeq ($(CONFIG),fuzz)
CFLAGS_ += -O1 -gline-tables-only -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_ += -fsanitize=fuzzer-no-link,address,undefined
FUZZ_LINK := -fsanitize=fuzzer
# the mutators of test/fuzz/mutate.h, which AFL++'s driver does not call
FUZZ_FLAGS := -DFUZZ_MUTATE
else ifeq ($(CONFIG),afl)
CFLAGS_ += -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS_ += -fsanitize=address,undefined
# AFL++'s compiler links its driver instead
FUZZ_LINK := -fsanitize=fuzzer
else
$(error CONFIG is release, debug, asan, cov, fuzz or afl)
endif

COMMIT := $(shell tools/commit)

# V=1 shows the commands
Q := $(if $(V),,@)
LIB := $B/libroutemark.a
JOBS ?= $(shell nproc)

.PHONY: always all attacks accusations torture faults sbom reproduce check check-unit check-golden check-e2e check-browser replay layers man-lint golden-update bench bench-programs bench-log bench-curve bench-window bench-lab bench-serve bench-check bench-record clean install fuzz-all fuzz-nightly fuzz-figures coverage coverage-decode
all: $B/routemark

$B/routemark: $(MAIN) $(LIB)
	@echo "  LD    $@"
	$Q$(CC) $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) $(LDFLAGS) -o $@ $^ $(LIBS)

# made anew, so that no object of a file since deleted stays in it
$(LIB): $(OBJ)
	$Qrm -f $@ && ar rcs $@ $^

$B/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$Q$(CC) $(CPPFLAGS) $(CFLAGS_) $(CFLAGS) -MMD -MP -c -o $@ $<

$B/cmd/version.o: CPPFLAGS += -DROUTEMARK_VERSION='"$(shell cat VERSION)"' -DROUTEMARK_COMMIT='"$(COMMIT)"' \
	-DROUTEMARK_UPLOT='"$(shell sed -n 's/.*"uplot": "\(.*\)".*/\1/p' src/serve/npm/package.json)"'
$B/cmd/version.o: VERSION $B/commit
# touched when the commit is another one, so that nothing is built again for nothing
$B/commit: always
	@mkdir -p $(@D)
	@echo '$(COMMIT)' | cmp -s - $@ || echo '$(COMMIT)' >$@

# the packs are compiled in
$B/rule/packs.o $B/rule/kinds.o: $(PACKS)
$B/serve/openapi.o: src/serve/openapi.json
$B/serve/proof.o: src/serve/proof.mjs
$B/serve/script.o: $(wildcard src/serve/script/*.mjs)
$B/serve/uplot.o: $(NPM)/uplot.mjs

# one module, with its licence in front
$(NPM)/uplot.mjs: $(wildcard src/serve/npm/package*.json src/serve/npm/.npmrc)
	@mkdir -p $(@D)
	@echo "  NPM   $@"
	$Qcp $^ $(NPM) && cd $(NPM) && npm ci --silent --ignore-scripts || \
		{ echo "npm could not get uPlot; make UPLOT=no builds without it" >&2; exit 1; }
	$Q{ echo '/*!'; cat $(NPM)/node_modules/uplot/LICENSE; echo; echo '*/'; \
		cat $(NPM)/node_modules/uplot/dist/uPlot.iife.min.js; echo 'export default uPlot;'; } >$@.new && mv $@.new $@

# the same program without uPlot, for the tests: its object goes before the library's
$B/routemark-plain: $(MAIN) $B/serve/uplot_plain.o $(LIB)
	@echo "  LD    $@"
	$Q$(CC) $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/test/%.t: test/unit/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST  $@"
	$Q$(CC) $(CPPFLAGS) -Itest $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) -MMD -MP -MF $@.d -o $@ $< $(LIB) $(LIBS)

# Each fuzz target doubles as a plain program that replays its stored inputs.
$B/replay/%: test/fuzz/fuzz_%.c test/fuzz/replay.c $(wildcard test/fuzz/*.h test/*.h) $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST  $@"
	$Q$(CC) $(CPPFLAGS) -Itest $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) -o $@ test/fuzz/fuzz_$*.c test/fuzz/replay.c $(LIB) $(LIBS)

check: layers man-lint check-unit replay check-golden check-e2e
check-unit: $(TESTS)
	@prove -j$(JOBS) $(PROVE) -e '' $(TESTS)
replay: $(FUZZ:%=$B/replay/%)
	@tools/replay $B
check-golden: $B/routemark
	@tools/golden $B/routemark
golden-update: $B/routemark
	@tools/golden --update $B/routemark
# some wait more than they work
E2E_JOBS ?= $(shell echo $$(($(JOBS) * 2)))
check-e2e: $B/routemark $B/routemark-plain $B/test/oddity $B/test/forge
	@ROUTEMARK=$(CURDIR)/$B/routemark FORGE=$(CURDIR)/$B/test/forge prove -j$(E2E_JOBS) $(PROVE) $(wildcard test/e2e/*.t)
# the pages in a real browser: about a minute, so not part of check
check-browser: $B/routemark
	@tools/check-browser $B/routemark
	@tools/check-site $B/routemark
layers:
	@tools/layers
man-lint: $B/routemark
	@tools/man-lint $B/routemark
bench: $B/routemark bench-programs
	@tools/bench $B/routemark
# what is timed beside libraries; without the library there is nothing to time
HAVE_RTR  := $(wildcard /usr/include/rtrlib/rtrlib.h)
HAVE_YAJL := $(wildcard /usr/include/yajl/yajl_parse.h)
bench-programs: $(if $(HAVE_RTR),$B/bench/bench_rov) $(if $(HAVE_YAJL),$B/bench/bench_vrp)
$B/bench/bench_rov: BENCH_LIBS := -lrtr
$B/bench/bench_vrp: BENCH_LIBS := -lyajl
$B/bench/%: test/bench/%.c test/bench/bench_load.h $(LIB)
	@mkdir -p $(@D)
	@echo "  BENCH $@"
	$Q$(CC) $(CPPFLAGS) $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) $(LDFLAGS) -o $@ $< $(LIB) $(LIBS) $(BENCH_LIBS)
# faults at system calls and allocations of all that writes: a part of the calls, with FAULTS=--all every one
faults: $B/routemark $B/test/inject $B/test/alloc.so
	@ROUTEMARK=$(CURDIR)/$B/routemark INJECT=$(CURDIR)/$B/test/inject ALLOC=$(CURDIR)/$B/test/alloc.so tools/faults $(FAULTS)
$B/test/inject: test/fault/inject.c
	@mkdir -p $(@D)
	$Q$(CC) $(CPPFLAGS) -std=c17 -O1 $(WARN) -o $@ $<
$B/test/alloc.so: test/fault/alloc.c
	@mkdir -p $(@D)
	$Q$(CC) $(CPPFLAGS) -std=c17 -O1 $(WARN) -shared -fPIC -o $@ $<
# all that tries to break it, for a night; TORTURE=--quick for an hour. What came of it: doc/assurance.md
torture: $B/routemark
	@tools/torture $(TORTURE)
# the worlds of networks that do nothing wrong, and what is said of them: doc/accusations.md
accusations: $B/routemark $B/test/oddity
	@test/oddity/matrix $B/routemark $B/test/oddity
ODDITY := $(wildcard test/oddity/*.c)
$B/test/oddity: $(ODDITY) test/oddity/oddity.h $(LIB)
	@mkdir -p $(@D)
	$Q$(CC) $(CPPFLAGS) $(CFLAGS_) $(CFLAGS) $(LDFLAGS_) -o $@ $(ODDITY) $(LIB) $(LIBS)
# attacks on memory and time: a small one of each, with ATTACKS=--all as large as they get
attacks: $B/routemark $B/test/forge
	@ROUTEMARK=$(CURDIR)/$B/routemark FORGE=$(CURDIR)/$B/test/forge tools/attacks $(ATTACKS)
$B/test/forge: test/attack/forge.c
	@mkdir -p $(@D)
	$Q$(CC) $(CPPFLAGS) -std=c17 -O2 $(WARN) -o $@ $<
# what is linked, as SPDX; the tree built again elsewhere, which must give the same bytes
sbom: $B/routemark
	@tools/sbom $B/routemark >$B/routemark.spdx.json.new && mv $B/routemark.spdx.json.new $B/routemark.spdx.json
	@echo $B/routemark.spdx.json
reproduce: $B/routemark
	@tools/reproduce $B/routemark
# what the log and verifying a report cost, in the folder of the build
bench-log: $B/bench/bench_log $B/bench/bench_verify
	@cd $B/bench && ./bench_log && ./bench_verify
# the cost from 1 M to 100 M entries: BENCH_POINTS="1 3 10" for fewer
bench-curve: $B/routemark
	@tools/bench-curve $B/routemark doc/performance-curve.svg
# a site over 80,000 networks and 24 months, by wrk
bench-serve: $B/routemark $B/bench/bench_months
	@tools/bench-serve $B/routemark $B/bench/bench_months
# a month of updates in bounded memory: BENCH_POINTS="1 10" for fewer
bench-window: $B/routemark $B/bench/month
	@tools/bench-window $B/routemark $B/bench/month
# precision and recall of incidents in lab worlds
bench-lab: $B/routemark
	@tools/bench-lab $B/routemark
# instructions of fixed jobs against test/bench/instructions; for CONFIG=release and gcc
bench-check: $B/routemark
	@tools/bench-check $B/routemark
bench-record: $B/routemark
	@tools/bench-check --record $B/routemark

# make fuzz-mrt [SECONDS=30]; fuzz-all: every target; fuzz-nightly: ten minutes each, with libFuzzer, then AFL++
SECONDS ?= 30
NIGHTLY ?= 600
FUZZ_JOBS ?= $(JOBS)
fuzz-all:
	@tools/fuzz-all --jobs $(FUZZ_JOBS) --seconds $(SECONDS) $(FUZZ)
fuzz-nightly:
	@tools/fuzz-all --engine both --seconds $(NIGHTLY) $(FUZZ)
fuzz-figures:
	@tools/fuzz-all --figures
fuzz-%:
	@tools/fuzz-all --seconds $(SECONDS) $*
$B/fuzz/%: test/fuzz/fuzz_%.c $(wildcard test/fuzz/*.h test/*.h) $(LIB)
	@mkdir -p $(@D)
	@echo "  FUZZ  $@"
	$Q$(CC) $(CPPFLAGS) -Itest $(FUZZ_FLAGS) $(CFLAGS_) $(LDFLAGS_) $(FUZZ_LINK) -o $@ $< $(LIB) $(LIBS)

# lines of src/decode that unit tests and stored inputs reach, by file; COVERAGE="--floor 80 src/decode src/base" for more.
# coverage-decode: by what is about decoding alone, which is enough and takes seconds
COVERAGE ?= src/decode
DECODE_TESTS := $(foreach t,answers asorg asrel bgp bgp_path delegated events feed iana kind manrs mrt origins peeringdb rpsl \
	spoofer_csv spoofer_json vrp,test/t_$t.t)
coverage: COVER := $(TESTS:$B/%=%)
coverage-decode: COVER := $(DECODE_TESTS)
coverage coverage-decode:
	@$(MAKE) --no-print-directory CC=gcc CONFIG=cov WERROR= $(COVER:%=build/cov/%) $(FUZZ:%=build/cov/replay/%)
	@tools/coverage --tests "$(COVER)" $(COVERAGE)

PREFIX ?= /usr/local
install: $B/routemark
	install -D $B/routemark $(DESTDIR)$(PREFIX)/bin/routemark
	for m in doc/man/*.1; do install -D -m 644 $$m $(DESTDIR)$(PREFIX)/share/man/man1/$${m##*/}; done
clean:
	rm -rf build

-include $(OBJ:.o=.d) $(MAIN:.o=.d) $(TESTS:=.d)
