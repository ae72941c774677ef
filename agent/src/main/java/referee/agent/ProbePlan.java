// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Duration;

/// What a probe is to do.
///
/// @param uri whom it asks, calls or transfers; of a registration the address-of-record
/// @param target of a transfer: the new other side
/// @param registrar where a registration goes: the Request-URI
/// @param attended whether a transfer calls its target first (RFC 5589 §7)
/// @param patience how long the outcome is waited for, of a transfer also each stretch of silence
/// @param talk how long a call stands before it is ended or transferred
public record ProbePlan(
        Kind kind,
        String uri,
        String target,
        String registrar,
        boolean attended,
        Duration patience,
        Duration talk) {
    public enum Kind {
        OPTIONS,
        REGISTER,
        CALL,
        TRANSFER;

        /// As it stands on the command line.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static ProbePlan of(Kind kind, String uri) {
        var patience =
                switch (kind) {
                    case OPTIONS, REGISTER -> Duration.ofSeconds(32);
                    case CALL -> Duration.ofMinutes(1);
                    case TRANSFER -> Duration.ofMinutes(2);
                };
        return new ProbePlan(kind, uri, "", "", false, patience, Duration.ofSeconds(1));
    }

    public ProbePlan to(String other, boolean afterCallingIt) {
        return new ProbePlan(kind, uri, other, registrar, afterCallingIt, patience, talk);
    }

    public ProbePlan at(String other) {
        return new ProbePlan(kind, uri, target, other, attended, patience, talk);
    }

    public ProbePlan patience(Duration other) {
        return new ProbePlan(kind, uri, target, registrar, attended, other, talk);
    }

    public ProbePlan talk(Duration other) {
        return new ProbePlan(kind, uri, target, registrar, attended, patience, other);
    }
}
