// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.function.Function;

/// How to read one header: its name, and the reader of one of its values.
///
/// A header that may be repeated or comma-joined (RFC 3261 §7.3.1) is a list kind: [SipMessage#all]
/// splits its lines at the commas outside quotes and angle brackets and hands each part to the
/// reader.
///
/// @param name the header
/// @param list whether commas separate values
/// @param read one value, without surrounding white space → value or flaw; never throws
public record HeaderKind<T>(HeaderName name, boolean list, Function<Slice, Field<T>> read) {
    static <T> HeaderKind<T> single(HeaderName name, Function<Slice, Field<T>> read) {
        return new HeaderKind<>(name, false, read);
    }

    static <T> HeaderKind<T> list(HeaderName name, Function<Slice, Field<T>> read) {
        return new HeaderKind<>(name, true, read);
    }
}
