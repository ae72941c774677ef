// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Retry-After header: when to try again (RFC 3261 §20.33).
///
/// @param seconds 0 to 2^32 - 1; RFC 3261 sets no limit, RFC 4475 §3.1.2.5 calls more unreasonable
/// @param comment what stands in parentheses, without them
/// @param duration for how many seconds the called party will be there
public record RetryAfter(long seconds, Optional<String> comment, Optional<Long> duration) {
    public static final HeaderKind<RetryAfter> KIND =
            HeaderKind.single(HeaderName.RETRY_AFTER, RetryAfter::read);

    private static final String SOURCE = "RFC 3261 §20.33";

    static Field<RetryAfter> read(Slice value) {
        var cursor = new Cursor(value);
        var digits = cursor.token();
        var comment = cursor.skipWhite().peek() == '(' ? cursor.comment() : Slice.EMPTY;
        var params = Params.read(cursor);
        if (params.isEmpty()) return Field.broken("retry-after-form", value, SOURCE);
        return Numbers.read(digits, Numbers.MAX_32_BITS, "retry-after", SOURCE)
                .map(seconds -> new RetryAfter(seconds, inside(comment), duration(params.get())));
    }

    private static Optional<String> inside(Slice comment) {
        return comment.isEmpty() ? Optional.empty() : Optional.of(Cursor.unquote(comment));
    }

    private static Optional<Long> duration(Params params) {
        return params.get("duration").map(param -> param.value().number()).filter(n -> n >= 0);
    }
}
