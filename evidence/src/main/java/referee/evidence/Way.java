// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// One direction of a TCP connection.
record Way(Connection ends, boolean forward, Endpoints endpoints) {
    Endpoint from() {
        return forward ? endA() : endB();
    }

    Endpoint to() {
        return forward ? endB() : endA();
    }

    /// Whether it goes to the lower port, which is mostly the server's.
    boolean isOutward() {
        return from().port() > to().port();
    }

    private Endpoint endA() {
        return endpoints.of(ends.v6(), ends.highA(), ends.lowA(), ends.portA());
    }

    private Endpoint endB() {
        return endpoints.of(ends.v6(), ends.highB(), ends.lowB(), ends.portB());
    }
}
