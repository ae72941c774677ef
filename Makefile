# SPDX-License-Identifier: Apache-2.0
.PHONY: test bless demo
test: ; ./verify
bless: ; ./bless
demo: ; ./referee diagnose samples/transfer-without-notify.pcap
