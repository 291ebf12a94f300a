# The commands a person types; meson and ninja do the work.
#
#   make            builds build/bianmin          make quick    before each commit
#   make deps       installs what is missing      make check    all that a change must pass
#   make run        the demo city on :8080        make proof    the long tests
#   make tidy · arrows · map · words · reference · later · bench · bench-peers · fuzz T=form · feature NAME=petition
BUILD ?= build
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
SOURCES = $(shell find src -name '*.c' -o -name '*.h' -o -name '*.view' | LC_ALL=C sort)

all: $(BUILD)/build.ninja
	@tools/again $(BUILD) && ninja -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD) $(MESON_FLAGS)

deps:
	@tools/deps

# The demo city is made once; its people and passwords are in demo/passwords.
run: deps all
	@[ -e demo/settings.yaml ] || $(BUILD)/bianmin init --demo --data demo
	@cat demo/passwords
	$(BUILD)/bianmin serve --data demo

# ASan + UBSan, with the test seams.
build-asan/build.ninja:
	meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 -Ddebug=true -Dseam=true

asan: build-asan/build.ninja
	@tools/again build-asan && ninja -C build-asan

build-clang/build.ninja:
	CC=clang meson setup build-clang --werror -Dseam=true

clang: build-clang/build.ninja
	@tools/again build-clang && ninja -C build-clang

build-fuzz/build.ninja:
	CC=clang meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 -Ddebug=true -Dseam=true -Dfuzz=true

fuzzers: build-fuzz/build.ninja
	@tools/again build-fuzz && ninja -C build-fuzz

quick check proof:
	@tools/check $@

bench: all
	@node bench/bench.js $(ARGS)

# Installs Redmine, Request Tracker and Fossil from Debian; nothing else needs them.
bench-peers: all
	@for peer in redmine rt fossil; do test/peers/$$peer install || exit; done
	@node bench/peers.js $(ARGS)

# One fuzz target for S seconds: make fuzz T=form S=600
fuzz: fuzzers
	@tools/fuzz $(or $(S),60) $(T)

tidy:
	@tools/format write

arrows: build-asan/build.ninja
	@ninja -C build-asan arrows >/dev/null && build-asan/arrows src/layers.txt $(SOURCES)

map: build-asan/build.ninja
	@ninja -C build-asan arrows >/dev/null && build-asan/arrows --map build-asan/map.dot src/layers.txt $(SOURCES)
	@if command -v dot >/dev/null; then dot -Tsvg build-asan/map.dot -o build-asan/map.svg && echo "drawn: build-asan/map.svg"; fi

# What is missing in po/: entries to fill in and append. make words L=zh
words: build-asan/build.ninja
	@ninja -C build-asan viewc wordcheck >/dev/null && tools/words build-asan $(if $(L),missing $(L),check)

# doc/packs.md out of the readers of definitions; a test says when it is old.
reference: asan
	@build-asan/bianmin pack words >doc/packs.md

later:
	@tools/later

feature:
	@tools/feature $(NAME)

.PHONY: all deps run asan clang fuzzers quick check proof bench bench-peers fuzz tidy arrows map words later feature
