// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.Transport;

/// Where a message is to go.
public sealed interface Destination {
    /// Over this flow and no other.
    record Over(Flow flow) implements Destination {}

    /// To this address; an open connection to it may be used again.
    record To(Target target) implements Destination {}

    default Transport transport() {
        return switch (this) {
            case Over(var flow) -> flow.transport();
            case To(var target) -> target.transport();
        };
    }

    default Endpoint remote() {
        return switch (this) {
            case Over(var flow) -> flow.remote();
            case To(var target) -> target.address();
        };
    }

    /// Whether what happens to this flow happens to what is sent here.
    default boolean uses(Flow flow) {
        return switch (this) {
            case Over(var own) -> own.equals(flow);
            case To(var target) ->
                    target.transport() == flow.transport()
                            && target.address().equals(flow.remote());
        };
    }
}
