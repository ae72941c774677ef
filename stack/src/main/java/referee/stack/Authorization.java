// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.Optional;
import referee.sip.Challenge;
import referee.sip.Digest;
import referee.sip.DigestAccount;
import referee.sip.HeaderName;
import referee.sip.MessageBuilder;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;

/// The credentials that answer a challenge, in one call: for users of another SIP stack.
///
/// ```java
/// var value = Authorization.answer(
///         "Digest realm=\"sip.example.net\", nonce=\"6d1f0a5e7b9c4d2e8f3a\", qop=\"auth,auth-int\"",
///         "REGISTER", "sip:sip.example.net", new byte[0],
///         DigestAccount.of("alice", "s3cr3t pass"), 1, "9fce1b20");
/// request.addHeader("Authorization", value.orElseThrow());
/// ```
public final class Authorization {
    private Authorization() {}

    /// Answers the first challenge that can be computed (RFC 8760 §2.4): all algorithms of
    /// [referee.sip.DigestAlgorithm], with and without qop.
    ///
    /// @param challenge the value of WWW-Authenticate or Proxy-Authenticate; of several lines,
    ///   joined by commas
    /// @param method of the request
    /// @param uri the Request-URI, to the byte as it is sent
    /// @param body of the request; counts for `auth-int` only
    /// @param count how many requests the nonce has been used for, this one included; from 1
    /// @param cnonce a word that nobody can guess, new for each challenge
    /// @return the value of Authorization, or of Proxy-Authorization after a 407; empty if there is
    ///   nothing that can be answered
    public static Optional<String> answer(
            String challenge,
            String method,
            String uri,
            byte[] body,
            DigestAccount account,
            long count,
            String cnonce) {
        return challenges(challenge).stream()
                .flatMap(one ->
                        Digest.authorization(
                                one, account, method, uri, count, cnonce, Slice.of(body))
                                .stream())
                .findFirst();
    }

    private static java.util.List<Challenge> challenges(String value) {
        var line = value.replaceAll("[\r\n]+[ \t]*", " ");
        var response =
                MessageBuilder.response(401, "Unauthorized")
                        .header(HeaderName.WWW_AUTHENTICATE.text(), line)
                        .bytes();
        return SipParser.parse(response, 0, response.length) instanceof SipMessage message
                ? Challenge.all(message)
                : java.util.List.of();
    }
}
