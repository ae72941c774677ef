// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// Something that goes on: a registration, a call, a transfer, a subscription, one request.
public record Job(int number) {
    @Override
    public String toString() {
        return "job " + number;
    }
}
