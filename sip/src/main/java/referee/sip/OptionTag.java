// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One option tag of Require, Supported, Unsupported or Proxy-Require: an extension that is needed,
/// understood or missing (RFC 3261 §19.2).
///
/// @param name as written, such as `100rel`; case does not matter
public record OptionTag(String name) {
    /// RFC 3261 §20.32.
    public static final HeaderKind<OptionTag> REQUIRE = kind(HeaderName.REQUIRE, "require-form");

    /// RFC 3261 §20.37; it may be empty.
    public static final HeaderKind<OptionTag> SUPPORTED =
            HeaderKind.list(
                    HeaderName.SUPPORTED,
                    value ->
                            value.isEmpty()
                                    ? new Field.Absent<>()
                                    : read(value, "supported-form", "RFC 3261 §20.37"));

    /// RFC 3261 §20.40.
    public static final HeaderKind<OptionTag> UNSUPPORTED =
            kind(HeaderName.UNSUPPORTED, "unsupported-form");

    /// RFC 3261 §20.29.
    public static final HeaderKind<OptionTag> PROXY_REQUIRE =
            kind(HeaderName.PROXY_REQUIRE, "proxy-require-form");

    public boolean is(String tag) {
        return name.equalsIgnoreCase(tag);
    }

    private static HeaderKind<OptionTag> kind(HeaderName name, String code) {
        return HeaderKind.list(name, value -> read(value, code, "RFC 3261 §25.1"));
    }

    private static Field<OptionTag> read(Slice value, String code, String source) {
        return Chars.isToken(value)
                ? Field.of(new OptionTag(value.text()))
                : Field.broken(code, value, source);
    }
}
