# The commands a person types; meson and ninja do the work.
BUILD ?= build
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1

all: $(BUILD)/build.ninja
	@tools/again $(BUILD) && ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD) $(MESON_FLAGS)

# ASan + UBSan, with the test seams.
build-asan/build.ninja:
	meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 -Ddebug=true -Dseam=true

asan: build-asan/build.ninja
	@tools/again build-asan && ninja -C build-asan

quick: asan
	meson test -C build-asan --no-rebuild --print-errorlogs

.PHONY: all asan quick
