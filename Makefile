# segment/Makefile (interim: being completed)
EXTENSION  = segment
MODULE_big = segment
top        := $(or $(VPATH),.)
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(top)/segment.control)
LAYERS  = base kernel pg fmgr
PURE_C  = $(wildcard $(top)/src/base/*.c $(top)/src/kernel/*.c)
SOURCES = $(foreach layer,$(LAYERS),$(sort $(wildcard $(top)/src/$(layer)/*.c)))
OBJS    = $(patsubst $(top)/%.c,%.o,$(SOURCES))
FLOAT_FLAGS = -ffp-contract=off -fno-math-errno -fno-trapping-math
PG_CPPFLAGS = -I$(top)/src -DSEGMENT_VERSION='"$(EXTVERSION)"'
override PG_CFLAGS += -O3 $(FLOAT_FLAGS) -Wall -Wextra -Werror -Wno-missing-field-initializers -Wno-unused-parameter -Wno-sign-compare -Wno-declaration-after-statement
INSTALL_SQL = sql/segment--$(EXTVERSION).sql
DATA_built  = $(INSTALL_SQL)
REGRESS      = $(sort $(notdir $(basename $(wildcard $(top)/test/sql/*.sql))))
REGRESS_OPTS = --inputdir=$(top)/test --load-extension=segment
EXTRA_CLEAN = build
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
override BITCODE_CFLAGS += $(FLOAT_FLAGS)
$(INSTALL_SQL): $(sort $(wildcard $(top)/sql/install/*.sql))
	@$(MKDIR_P) $(@D)
	cat $^ > $@
