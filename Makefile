# Credentials. `make` alone lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run demo interop test soak bench format build contracts clean

CONFIGURATION ?= Release
export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

# Nethereum is the ledger client wherever this machine's package feed has it: probed once, NETHEREUM=0 or 1 decides by hand.
NETHEREUM_PROBE := artifacts/nethereum.probe
PROBE :=
ifeq ($(NETHEREUM),1)
  USE_NETHEREUM := true
else ifeq ($(NETHEREUM),0)
  USE_NETHEREUM := false
else
  PROBE := $(NETHEREUM_PROBE)
  USE_NETHEREUM = $(shell cat $(NETHEREUM_PROBE) 2>/dev/null || echo false)
endif
FLAGS = -c $(CONFIGURATION) -p:Nethereum=$(USE_NETHEREUM)

NPM_CI = npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
CHAIN_TOOLS := contracts/node_modules/.package-lock.json
INTEROP_TOOLS := tests/Interop/node_modules/.package-lock.json

help: ## List what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: build ## Start a local chain, a sample university and a verifier page; issue a diploma; serve until Ctrl-C
	@dotnet artifacts/bin/Pilot/$(CONFIGURATION_FOLDER)/Pilot.dll run

demo: build ## The same in one pass, told as a story: issued, anchored, verified, tampered, revoked, unplugged
	@dotnet artifacts/bin/Pilot/$(CONFIGURATION_FOLDER)/Pilot.dll demo

interop: build ## Serve issuer and verifier to interoperability suites, on loopback; INTEROP_PORT=7100
	@dotnet artifacts/bin/Pilot/$(CONFIGURATION_FOLDER)/Pilot.dll interop

test: $(PROBE) $(CHAIN_TOOLS) $(INTEROP_TOOLS) ## Everything that the gate runs
	@tools/gate.sh $(CONFIGURATION) $(USE_NETHEREUM)

soak: build $(INTEROP_TOOLS) ## The randomised tests with their full numbers; writes docs/soak.md
	@tools/soak.sh $(CONFIGURATION) $(USE_NETHEREUM)

bench: build ## Measure speed: one JSON line a figure; ARGS="--filter NAME" for some
	@dotnet artifacts/bin/Benchmarks/$(CONFIGURATION_FOLDER)/Benchmarks.dll $(ARGS)
	@[ -n "$(ARGS)" ] || tools/bulk-bench.sh $(CONFIGURATION) $(USE_NETHEREUM)

format: ## Rewrite the sources as the style asks
	dotnet format Credentials.sln
	cd contracts && node tools/forge.mjs fmt

build: $(PROBE) $(CHAIN_TOOLS) ## Restore and build all
	@if [ "$(USE_NETHEREUM)" = true ]; then echo "ledger client: Nethereum 6.1.0"; \
	 elif [ "$(NETHEREUM)" = 0 ]; then echo "ledger client: built-in (NETHEREUM=0)"; \
	 else echo "ledger client: built-in (Nethereum is not in this package feed)"; fi
	@dotnet build Credentials.sln $(FLAGS) -v quiet -clp:NoSummary

contracts: $(CHAIN_TOOLS) ## Compile and test the contracts
	@cd contracts && npm test

clean: ## Remove what was built; the pilot's data in .local stays
	rm -rf artifacts contracts/out contracts/cache

CONFIGURATION_FOLDER = $(shell echo $(CONFIGURATION) | tr A-Z a-z)

$(NETHEREUM_PROBE): Directory.Packages.props
	@mkdir -p artifacts
	@if dotnet restore src/Credentials.Ethereum.Nethereum -p:Nethereum=true --artifacts-path artifacts/probe -v quiet >/dev/null 2>&1; then echo true; else echo false; fi > $@

$(CHAIN_TOOLS): contracts/package-lock.json
	@echo "npm: the chain's tools"
	@cd contracts && $(NPM_CI)
	@touch $@

$(INTEROP_TOOLS): tests/Interop/package-lock.json
	@echo "npm: other people's verifiers"
	@cd tests/Interop && $(NPM_CI)
	@touch $@
