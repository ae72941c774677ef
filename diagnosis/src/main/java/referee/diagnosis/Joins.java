// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// Who is told that two Call-IDs belong together.
interface Joins {
    void join(Link.Reason reason, Certainty certainty, String earlier, String later);
}
