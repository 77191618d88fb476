# Latent: `make` builds and opens the prompt, `make test` runs every test.
.DEFAULT_GOAL := all
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
LATENT := .build/release/latent
TEST_FLAGS := -c release -Xswiftc -enable-testing --scratch-path .build-test

.PHONY: all help setup build repl install test fuzz lessons promote weave reference digests bench lint clean

all: setup build repl ## set up, build with optimization, open the prompt

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install missing system packages
	@.ci/packages

build: setup ## build with optimization
	$(SWIFT) build -c release --product latent

repl: build ## open the prompt, or say how where there is no terminal
	@if [ -t 0 ] && [ -t 1 ]; then $(LATENT); else echo "built $(LATENT): run it in a terminal for the prompt"; fi

install: build ## copy program, lessons, data and manual page below PREFIX=/usr/local
	install -d $(PREFIX)/bin $(PREFIX)/share/latent $(PREFIX)/share/man/man1
	install -m 755 $(LATENT) $(PREFIX)/bin/latent
	cp -R Assets Lessons $(PREFIX)/share/latent/
	install -m 644 Assets/latent.1 $(PREFIX)/share/man/man1/latent.1

test: build lint digests ## unit tests, transcripts, every lesson, the same bits everywhere
	$(SWIFT) test $(TEST_FLAGS)
	$(LATENT) check Tests/Transcripts Lessons

fuzz: ## random programs through whole sessions for a minute; SEED=7 SECONDS=600 for others
	FUZZ_SEED=$(or $(SEED),$(shell date +%s)) FUZZ_SECONDS=$(or $(SECONDS),30) \
	  $(SWIFT) test $(TEST_FLAGS) --no-parallel --filter FuzzTests

lessons: build ## run every lesson as a regression test
	$(LATENT) check Lessons

promote: build ## write received outputs into the lessons
	$(LATENT) promote Tests/Transcripts Lessons

weave: build ## make pages of the lessons, with an index: woven/index.html
	$(LATENT) weave Lessons -o woven

digests: setup ## the same results for other instruction sets, and when debugging
	@.ci/digests

reference: build ## write Lessons/guides/reference.md from the table of built-ins
	@mkdir -p Lessons/guides
	$(LATENT) reference-page > Lessons/guides/reference.md
	$(LATENT) promote Lessons/guides/reference.md

bench: setup ## verify, then time; ONLY=vae_mnist for one, PEERS=python to compare
	$(SWIFT) build -c release --product Benchmarks
	.build/release/Benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(PEERS),--peers $(PEERS))

lint: ## file sizes, order of targets, no printing outside of its layer
	@.ci/lint

clean: ## remove everything that was built
	rm -rf .build .build-*
