# Two commands do all the set-up on a fresh Debian or Ubuntu: `make run` and `make test`.

CARGO ?= cargo
export PATH := $(HOME)/.cargo/bin:$(PATH)

.PHONY: run test test-browser pictures lint bundle load bench bench-infer bench-opencv evaluate evaluate-cards faulty powercut soak-alerts soak-sync load-sync
.PHONY: check-tensorrt arm64 test-arm64 test-provisioning test-vm fmt clean
.PHONY: train-findings train-orientation train-lungs train-locator

## Install what the build needs, build, and start the appliance at http://localhost:8080
run:
	scripts/install-build-tools
	$(CARGO) build --release --locked
	target/release/fieldray serve

## Install what the tests need and run every check and test
test:
	scripts/install-build-tools
	scripts/install-test-tools
	scripts/test

## The paths of technician and physician in a real browser alone; `make test` has them too
test-browser:
	scripts/install-build-tools
	scripts/install-test-tools
	CI=true FIELDRAY_TIMED=1 $(CARGO) test --locked --test it browser:: -- --nocapture

## The README's pictures, from the screenshots that the browser tests made last (phantoms only)
pictures: test-browser
	node tests/browser/pictures.mjs

## One file that updates boxes of this machine's kind; KEY=FILE signs it, OUT=FILE says where it goes
bundle:
	scripts/install-build-tools
	$(CARGO) build --release --locked
	target/release/fieldray bundle make $(or $(OUT),target/fieldray.frbundle) \
		--program target/release/fieldray $(if $(KEY),--key $(KEY))

## Formatting, lints and documentation only
lint:
	scripts/lint

## Photo to reading: time per stage and peak memory (needs ../shared/photos); figures go to docs/performance.md
bench:
	scripts/install-build-tools
	$(CARGO) build --release --locked
	scripts/bench

## Ten thousand studies, twenty phones at once while photos are read: time of each kind of page (docs/performance.md)
load:
	scripts/install-build-tools
	$(CARGO) build --release --locked
	scripts/load

## The back end against ONNX Runtime: same files, same core, taking turns (installs the training environment)
bench-infer:
	scripts/install-build-tools
	scripts/install-training-tools
	$(CARGO) build --release --locked
	.venv-training/bin/python models/training/bench_infer.py --program target/release/fieldray \
		$$(for m in models/*/*/model.onnx; do echo $$m:$$(sed -n 's/^width = //p' $$(dirname $$m)/manifest.toml); done)

## The geometric steps of digitising beside the same steps in OpenCV, taking turns (needs ../shared/photos; installs the training environment)
bench-opencv:
	scripts/install-build-tools
	scripts/install-training-tools
	$(CARGO) build --release --locked
	.venv-training/bin/python models/training/digitise/bench_opencv.py --program target/release/fieldray \
		--photos ../shared/photos --megapixels 12 --scratch .venv-training/work/enlarged

## Train a network, judge it and write its pack: hours, resumable; installs the training environment
train-findings train-orientation train-lungs train-locator:
	scripts/install-build-tools
	scripts/train $(@:train-%=%)

## The findings card's figures on the validation films, by the program alone (needs ../shared/cxr)
evaluate:
	scripts/install-build-tools
	$(CARGO) build --release --locked
	scripts/evaluate

## Every figure of every model card once more, compared with the cards (needs ../shared; installs the training environment)
evaluate-cards:
	scripts/install-build-tools
	scripts/install-training-tools
	$(CARGO) build --release --locked
	.venv-training/bin/python models/training/reproduce.py

## More than 500 faulty inputs: none may read normal (needs ../shared; installs the training environment)
faulty:
	scripts/install-build-tools
	scripts/install-training-tools
	$(CARGO) build --release --locked
	.venv-training/bin/python models/training/digitise/faulty.py

## More rebuilt power cuts than the default test has
powercut:
	FIELDRAY_POWERCUT_POINTS=1000 $(CARGO) test --locked --test it powercut -- --nocapture

## Alerts through ten times three days of simulated time: losses, hanging modem, wrong clocks, power cuts
soak-alerts:
	scripts/install-build-tools
	FIELDRAY_SOAK_RUNS=10 $(CARGO) test --locked --lib no_critical_alert_is_lost -- --nocapture

## Sync over bad links, long: 150 studies with both sides killed; namespaces at 9.6 kbit/s with 20 % loss; 5,000 studies after thirty days (root)
soak-sync:
	scripts/install-build-tools
	scripts/install-test-tools
	scripts/soak-sync

## 500 made-up boxes at one portal, and the portal beside Orthanc with the same films: docs/performance.md, docs/scale.md
load-sync:
	scripts/install-build-tools
	scripts/install-test-tools
	$(CARGO) build --release --locked
	scripts/load-sync

## TensorRT without a GPU: slots against NVIDIA's headers, and NVIDIA's own libraries (fetches about 180 MB once)
check-tensorrt:
	scripts/install-build-tools
	scripts/check-tensorrt-abi
	scripts/check-tensorrt-libraries

## From a bare Debian root to a working box, booted by its own systemd in a container (needs root and a release build)
test-provisioning:
	scripts/install-build-tools
	scripts/install-box-tools
	$(CARGO) build --release --locked
	scripts/test-provisioning

## A whole machine in QEMU: set up by a USB stick, a phone on its Wi-Fi, updates from a stick (minutes; needs root)
test-vm:
	scripts/install-build-tools
	scripts/install-box-tools --vm
	$(CARGO) build --locked --tests --bins
	scripts/test-vm

## The program for the ARM box (aarch64, glibc 2.31 and later), built and checked here; fetches its toolchain once
arm64:
	scripts/install-build-tools
	scripts/build-arm64

## The same, run under qemu beside this machine's own build, with NVIDIA's ARM libraries where they are served
test-arm64:
	scripts/install-build-tools
	scripts/install-test-tools
	scripts/test-arm64

fmt:
	$(CARGO) fmt --all

clean:
	$(CARGO) clean
