# make demo    get what is missing, build, start everything, walk two real cases, leave the platform running
# make test    get what is missing, run every check and test
# make bench   measure, and print a table
# make help    what else there is

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The embedded nats-server that `make` has got; an operator names another with [nats] server.
export INTERLOCAL__NATS__SERVER ?= $(CURDIR)/.tools/bin/nats-server
ONCE ?=

.PHONY: help demo up test check bench pictures contract nats fmt clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

nats:
	@deploy/get.sh nats

demo: nats ## walk two real cases to their signed agreements; ONCE=1 ends after the walk
	@echo "==> building (the first time takes some minutes)"
	cargo build --bin interlocal
	target/debug/interlocal demo $(if $(ONCE),--once,)

up: nats ## start all services on embedded defaults
	cargo build --bin interlocal
	target/debug/interlocal up

check: ## formatting and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

test: ## every check and test
	@deploy/get.sh test
	echo "==> formatting and lints"
	$(MAKE) --no-print-directory check
	echo "==> the handbook of the code"
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
	echo "==> tests"
	cargo test --workspace

bench: nats ## measure, and print a table
	cargo run --release --bin interlocal -- bench

pictures: ## take the README's pictures anew from the demo that is running (make demo)
	@deploy/get.sh test
	cd tests/browser && node pictures.mjs ../../deploy/pictures

contract: ## print the contract documents anew
	cargo run --quiet --bin interlocal -- contract > proto/openapi.json

fmt: ## format the code
	cargo fmt --all

clean: ## remove the demo's data and what was built
	rm -rf data target .tools tests/browser/node_modules
