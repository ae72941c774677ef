// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// One header line to be written.
public record Line(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
