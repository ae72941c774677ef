// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of a trace, with the indented lines below it. [TraceGrammar] reads it.
sealed interface TraceLine {
    /// @param writes the address it writes into its messages, where that is another than its own;
    ///   else empty
    record ActorLine(String name, String address, String transport, String writes)
            implements TraceLine {}

    record StartLine(Instant instant) implements TraceLine {}

    record End(Duration time) implements TraceLine {}

    /// @param from name or address of the sender
    record Path(String from, String to) {}

    record GapLine(Duration time, Gap.Kind kind, Optional<Path> between, String says)
            implements TraceLine {}

    /// @param path of the packet that did not get through
    /// @param by name or address of who says so
    record IcmpLine(Duration time, Unreachable.Reason reason, Path path, String by, long frame)
            implements TraceLine {}

    /// One indented line.
    ///
    /// @param number 1-based number of the line
    /// @param text without its indent
    record Detail(int number, String text) {}

    /// @param method what it asks, or answers
    /// @param code 0 for a request
    /// @param phrase the reason phrase; empty for the registered one
    /// @param options by name; a flag has an empty value
    record Message(
            Duration time,
            String from,
            String to,
            String method,
            int code,
            String phrase,
            Map<String, String> options,
            List<Detail> details)
            implements TraceLine {

        boolean is(String flag) {
            return options.containsKey(flag);
        }

        Optional<String> option(String name) {
            return Optional.ofNullable(options.get(name));
        }

        /// What `again` and `relayed` look for: such as `486 INVITE`.
        String label() {
            return code == 0 ? method : code + " " + method;
        }

        String call() {
            return options.getOrDefault("call", "1");
        }

        /// The number that this option gives.
        Optional<Long> number(String name) throws TraceError {
            var text = options.get(name);
            if (text == null) return Optional.empty();
            if (!TraceGrammar.isNumber(text) || text.length() > 18)
                throw new TraceError(name + "= takes a number, and found '" + text + "'");
            return Optional.of(Long.parseLong(text));
        }
    }
}
