# segment/Makefile
#
# As in every PGXS extension:
#	make, make install		build and install
#	make installcheck		SQL regression tests, against a running server
#
# From nothing (Debian; as root it installs what is missing):
#	make demo			a sample course platform, segmented and scored
#	make check			every test, in a private server under build/
#	make bench			the benchmarks, in the same kind of server
#	make check-versions		build and SQL tests on PostgreSQL 15, 17, 18 and 19
#
# Parts of "make check", against a running server or without one:
#	make lint			layout, layering and naming rules
#	make unitcheck			kernels alone: no server, under sanitizers
#	make fuzzcheck			decoders and parsers alone, under libFuzzer
#	make clangcheck			no warnings from clang
#	make pgtapcheck			pgTAP tests
#	make tapcheck			Perl tests that start their own servers
#	make doccheck			the examples in README.md and docs/
#	make chartcheck			charts as XML, those that the unit tests draw, too
#	make browsercheck		charts in a browser: Chromium and its driver must be there
# Helpers:
#	make indent			apply .clang-format
#	make docs			contracts, example output and the table of methods into docs/
# By hand and nightly (docs/quality.md says more):
#	make mutants			small errors made on purpose: do unit tests notice?
#	make coverage			lines of the kernels that unit tests run
#	make attack			random calls of every function: ATTACK_SECONDS=3600

EXTENSION  = segment
MODULE_big = segment

# $(top) is the source tree, also in a VPATH build (make -f SOURCE/Makefile)
top        := $(or $(VPATH),$(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST)))))
is_vpath   := $(filter-out .,$(top))
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(top)/segment.control)

# Layers, lowest first; scripts/lint.sh says which may include which.  kernel and
# fmgr have a folder for each family.
LAYERS  = base draw kernel pg fmgr
sources_of = $(sort $(wildcard $(top)/src/$(1)/*.c $(top)/src/$(1)/*/*.c))
PURE_C  = $(foreach layer,base draw kernel,$(call sources_of,$(layer)))
SOURCES = $(foreach layer,$(LAYERS),$(call sources_of,$(layer)))
OBJS    = $(patsubst $(top)/%.c,%.o,$(SOURCES))

# One rounding per operation on every machine, also in the JIT's copy: the same
# rows and seed must give the same model.
FLOAT_FLAGS = -ffp-contract=off -fno-math-errno -fno-trapping-math
WARNINGS    = -Wall -Wextra -Werror -Wno-missing-field-initializers \
	-Wno-unused-parameter -Wno-sign-compare -Wno-declaration-after-statement
PG_CPPFLAGS = -I$(top)/src -DSEGMENT_VERSION='"$(EXTVERSION)"'
# -MMD: PGXS alone would not rebuild an object whose header has changed
# -fvisibility: the server makes a module's symbols visible to all
override PG_CFLAGS += -O3 $(FLOAT_FLAGS) $(WARNINGS) -fvisibility=hidden -MMD -MP

# SANITIZE=1: a library that ends the server process where C says nothing: overflow,
# shifts, bounds, conversions of a float8 that does not fit. What is never set holds
# a pattern. The server's own -fwrapv would hide overflow. Charts are parsed as XML.
ifdef SANITIZE
override PG_CFLAGS += -O1 -DSEGMENT_CHECKED -fno-wrapv -ftrivial-auto-var-init=pattern \
	-fsanitize=undefined,float-cast-overflow -fno-sanitize-recover=all
endif

INSTALL_SQL = sql/segment--$(EXTVERSION).sql
DATA_built  = $(INSTALL_SQL)
DATA        = $(patsubst $(top)/%,%,$(wildcard $(top)/sql/released/*.sql $(top)/sql/upgrade/*.sql))

# pg_regress takes NAME.sql from ./sql or else --inputdir/sql, and NAME.out from
# ./expected.  ./sql contains only the install script, so these are test/sql/*.sql
# and expected/*.out, on every server from 15 on.
REGRESS      = $(sort $(notdir $(basename $(wildcard $(top)/test/sql/*.sql))))
REGRESS_OPTS = --inputdir=$(top)/test --load-extension=segment

EXTRA_CLEAN = build $(OBJS:.o=.d)

PG_CONFIG ?= pg_config

# Goals that bring their own PostgreSQL, without PGXS, whose "check" only says
# that it can do nothing.
FROM_NOTHING = check demo bench check-versions attack
ifneq ($(filter $(FROM_NOTHING),$(MAKECMDGOALS)),)
all install uninstall installcheck clean distclean:
	@$(MAKE) $@
else
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(PGXS),)
include $(PGXS)
else
all install uninstall installcheck clean distclean:
	@echo "$(PG_CONFIG) does not run: install postgresql-server-dev-15, or say PG_CONFIG=/path/to/pg_config" >&2
	@exit 1
endif
endif

override BITCODE_CFLAGS += $(FLOAT_FLAGS)

# Without the contracts: they are for readers, and may contain characters that are
# unknown in the encoding of a database.
$(INSTALL_SQL): $(sort $(wildcard $(top)/sql/install/*.sql $(top)/sql/install/*/*.sql)) $(top)/segment.control
	@mkdir -p $(@D)
	sed '/^---/d' $(filter %.sql,$^) > $@

-include $(OBJS:.o=.d)
# a bitcode file needs the headers of its object
$(OBJS:.o=.bc): %.bc: %.o

# A VPATH build looks only for sources in the source tree: objects left there by
# "make" belong to another server.
ifneq ($(is_vpath),)
srcdir := $(top)
override VPATH :=
vpath %.c $(top)
vpath %.control $(top)
endif

# A VPATH build needs somewhere to put the objects, and PG 15 looks for
# expected/ in the build tree only.
ifneq ($(is_vpath),)
$(shell mkdir -p $(sort $(dir $(OBJS))))
installcheck: $(CURDIR)/expected
$(CURDIR)/expected:
	ln -s $(abspath $(top))/expected $@
endif

# ---------------------------------------------------------------------------
# Without a server
# ---------------------------------------------------------------------------

PURE_FLAGS = -std=c11 -Wall -Wextra -Werror -Wno-missing-field-initializers -g -O1 -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all $(FLOAT_FLAGS) \
	-MMD -MP -I$(top)/src -I$(top)/test/unit
FUZZ_CC    = $(or $(CLANG),clang)

pure_objs  = $(patsubst $(top)/%.c,build/$(1)/%.o,$(PURE_C))
UNIT_C     = $(sort $(wildcard $(top)/test/unit/*.c $(top)/test/unit/*/*.c))
UNIT_TESTS = $(sort $(filter test_%,$(basename $(notdir $(UNIT_C)))))
UNIT_OBJS  = $(call pure_objs,unit) $(patsubst $(top)/%.c,build/unit/%.o,$(UNIT_C))
FUZZERS    = $(patsubst $(top)/test/fuzz/%.c,build/fuzz/%,$(sort $(wildcard $(top)/test/fuzz/fuzz_*.c)))
FUZZ_OBJS  = $(call pure_objs,fuzz) build/fuzz/test/unit/unit.o

build/unit/%.o: $(top)/%.c
	@mkdir -p $(@D)
	$(CC) $(PURE_FLAGS) -Ibuild/unit -c -o $@ $<

build/unit/unit: $(UNIT_OBJS)
	$(CC) $(PURE_FLAGS) -o $@ $^ -lm

# The list of test functions, one per file: rewritten only when it changes
build/unit/unit_tests.h: FORCE
	@mkdir -p $(@D)
	@for t in $(UNIT_TESTS); do echo "UNIT_TEST($$t)"; done > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

build/unit/test/unit/unit_main.o: build/unit/unit_tests.h

build/fuzz/%.o: $(top)/%.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(PURE_FLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

build/fuzz/fuzz_%: build/fuzz/test/fuzz/fuzz_%.o $(FUZZ_OBJS)
	$(FUZZ_CC) $(PURE_FLAGS) -fsanitize=fuzzer -o $@ $^ -lm

.SECONDARY:
-include $(UNIT_OBJS:.o=.d) $(FUZZ_OBJS:.o=.d) $(wildcard build/fuzz/test/fuzz/*.d)

unitcheck: build/unit/unit
	./build/unit/unit $(UNIT)

# Small errors made on purpose, one at a time.  Without sanitizers: a mutant then
# costs a second, and what they find they find in unitcheck.
MUTANT_CC   = $(CC) -std=c11 -w -O1 $(FLOAT_FLAGS) -I$(top)/src -I$(top)/test/unit -Ibuild/unit
MUTANT_OBJS = $(patsubst build/unit/%,build/mutants/%,$(UNIT_OBJS))

build/mutants/%.o: $(top)/%.c
	@mkdir -p $(@D)
	$(MUTANT_CC) -MMD -MP -c -o $@ $<

build/mutants/test/unit/unit_main.o: build/unit/unit_tests.h
-include $(MUTANT_OBJS:.o=.d)

mutants: $(MUTANT_OBJS)
	@MUTANT_CC='$(MUTANT_CC)' $(top)/scripts/mutants $(if $(FILES),--files '$(FILES)') \
		$(if $(SEED),--seed $(SEED)) $(if $(PER_FILE),--per-file $(PER_FILE))

# Lines of base, draw and kernel that the unit tests run, and the files below 90 %; methods.c
# is a table
COVERAGE_OBJS = $(patsubst build/unit/%,build/coverage/%,$(UNIT_OBJS))

build/coverage/%.o: $(top)/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -w -O0 --coverage $(FLOAT_FLAGS) -I$(top)/src -I$(top)/test/unit -Ibuild/unit -MMD -MP -c -o $@ $<

build/coverage/test/unit/unit_main.o: build/unit/unit_tests.h
-include $(COVERAGE_OBJS:.o=.d)

coverage: $(COVERAGE_OBJS)
	$(CC) --coverage -o build/coverage/unit $^ -lm
	find build/coverage -name '*.gcda' -delete
	./build/coverage/unit
	@gcov -n $(filter-out %/methods.o,$(filter build/coverage/src/%,$^)) | awk -F"[':%]| of " ' \
		/^File/ { file = $$2 ~ /\.c$$/ ? $$2 : "" } \
		/^Lines executed/ && file { n += $$4; run += $$2 * $$4 / 100; if ($$2 < 90) print file ": " $$2 " %"; file = "" } \
		END { printf "%.1f %% of %d lines\n", 100 * run / n, n }'

fuzzcheck: $(FUZZ_OBJS) $(FUZZERS)
	@$(top)/scripts/fuzz.sh $(FUZZERS)

# clang's warnings are errors too; the build proper uses gcc.  The server's headers
# were configured for gcc, so clang's warnings about them are suppressed.
clangcheck:
	@printf '%s\n' $(SOURCES) | xargs -P 2 -n 4 $(FUZZ_CC) -fsyntax-only -std=gnu11 -D_GNU_SOURCE \
		-O1 $(FLOAT_FLAGS) $(WARNINGS) $(PG_CPPFLAGS) -isystem $(shell $(PG_CONFIG) --includedir-server)
	@echo "$(words $(SOURCES)) passed, 0 failed"

# ---------------------------------------------------------------------------
# With a server
# ---------------------------------------------------------------------------

pgtapcheck:
	@$(top)/scripts/pgtapcheck.sh $(TESTS)

tapcheck:
	@PG_CONFIG='$(PG_CONFIG)' $(top)/scripts/tapcheck.sh $(TESTS)

doccheck:
	@$(top)/scripts/doccheck $(PAGES)

chartcheck: build/unit/unit
	@$(top)/scripts/chartcheck $(FILES)

browsercheck:
	@$(top)/scripts/browsercheck $(FILES)

docs:
	@$(top)/scripts/overview
	@$(top)/scripts/page_words
	@$(top)/scripts/doccheck --update $(PAGES)

# ---------------------------------------------------------------------------
# From nothing
# ---------------------------------------------------------------------------

ifneq ($(filter $(FROM_NOTHING),$(MAKECMDGOALS)),)
# PG_CONFIG is passed on only if the user has set it
ifneq ($(filter command environment,$(firstword $(origin PG_CONFIG))),)
user_pg_config = PG_CONFIG='$(PG_CONFIG)'
endif
with_server = @env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS $(user_pg_config) $(top)/scripts/with-server.sh

check:
	$(with_server) scripts/check.sh $(STAGES)

attack:
	$(with_server) env ATTACK_SECONDS=$(or $(ATTACK_SECONDS),3600) \
		ATTACK_SEED=$(or $(ATTACK_SEED),$(shell date +%Y%m%d)) scripts/check.sh attack

demo:
	$(with_server) scripts/demo.sh

bench:
	$(with_server) scripts/bench.sh

check-versions:
	@env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS $(top)/scripts/check-versions.sh $(VERSIONS)
endif

# ---------------------------------------------------------------------------
# Rules a reviewer should not have to remember
# ---------------------------------------------------------------------------

lint: $(MODULE_big)$(or $(DLSUFFIX),.so)
	@$(top)/scripts/lint.sh $(CURDIR)/$<

indent:
	clang-format -i $(wildcard $(top)/src/*/*.[ch] $(top)/src/*/*/*.[ch] $(top)/test/*/*.[ch] $(top)/test/*/*/*.[ch])

FORCE:
.PHONY: unitcheck mutants coverage fuzzcheck clangcheck pgtapcheck tapcheck doccheck chartcheck browsercheck docs check attack demo \
	bench check-versions lint indent FORCE
