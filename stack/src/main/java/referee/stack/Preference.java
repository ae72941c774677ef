// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// Which of several challenges of one realm is answered.
public enum Preference {
    /// The first that can be computed, as the server ranks them (RFC 8760 §2.4).
    TOPMOST,
    /// The strongest hash; of equal ones the first.
    STRONGEST
}
