# Needs Go and make, nothing else.
export CGO_ENABLED := 0

VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
BINARY    := bin/trackwarden
LINTER    := bin/golangci-lint
GENERATED := docs/policies policies/input.schema.json config/schema.json
# Our own files; a module that is nested has rules of its own.
SOURCES    = $(shell find . -name '*.go' -not -path './bin/*')
BENCH     ?= .

.DEFAULT_GOAL := help
.PHONY: help build test crash check bench microbench demo fuzz generate simulate mutate

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build bin/trackwarden, one static binary
	@go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BINARY) ./cmd/trackwarden
	@echo "built $(BINARY) $(VERSION)"

test: ## Run all tests; says at the end what was skipped and why
	@go run ./tools/testreport ./...

crash: ## Kill the program at every point, and at every pair of them, most of an hour; SHORT=1 for what make test does
	@mkdir -p bin; $(if $(SHORT),,TRACKWARDEN_CRASH=all) go test ./cmd/trackwarden -run '^TestC(0|17|2[12])' -count 1 -timeout 4h -v >bin/crash.log; \
		status=$$?; grep -E 'without faults|^ *--- FAIL|^(ok|FAIL|panic)' bin/crash.log; exit $$status

check: $(LINTER) ## Hold the code against its manners; ends at the first that fails
	@echo "gofmt";           wrong=$$(gofmt -l $(SOURCES)); test -z "$$wrong" || { echo "not formatted:"; echo "$$wrong"; exit 1; }
	@echo "go vet";          go vet ./...
	@echo "golangci-lint";   $(LINTER) run
	@echo "policy lint";     go test ./policies/...
	@echo "generated files"; tools/fresh $(GENERATED)
	@echo "go mod tidy";     go mod tidy -diff
	@echo "check: all good"

bench: ## Measure whole processes, most of an hour; SHORT=1 in minutes, with fewer items
	@go run ./tools/bench $(if $(SHORT),-short) $(BENCH_ARGS)

microbench: ## Measure the hot paths; BENCH=NAME for one of them
	@go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

demo: build ## Try it on simulated trackers; DEMO_ONCE=1 ends by itself, DEMO_ARGS passes flags
	@$(BINARY) demo $(if $(DEMO_ONCE),--once) $(DEMO_ARGS)

fuzz: ## Try every fuzz test for FUZZTIME (30s); what fails is kept under testdata/fuzz
	@tools/fuzz $(or $(FUZZTIME),30s)

simulate: ## Run the core against trackers in which everything goes wrong, SEEDS (1000) times from FROM (0)
	@go run ./tools/simulate -seeds $(or $(SEEDS),1000) -from $(or $(FROM),0)

mutate: ## Break the product on purpose and see which tests notice; ONLY=P5 for one promise
	@go run ./tools/mutate -only "$(ONLY)"

generate: ## Write the generated files again
	@go generate ./...

# The linter has a module of its own and is built anew when that changes.
$(LINTER): tools/golangci/go.mod tools/golangci/go.sum
	@echo "building $@ (two minutes, once)"
	@cd tools/golangci && go build -trimpath -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@
