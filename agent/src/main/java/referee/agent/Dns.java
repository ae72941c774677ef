// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.util.List;

/// What the domain name system says. Blocks; an answer of nothing is an empty list.
public interface Dns {
    /// @param service such as `SIP+D2U` or `SIPS+D2T` (RFC 3263 §4.1)
    record Naptr(int order, int preference, String flags, String service, String replacement) {}

    record Srv(int priority, int weight, int port, String host) {}

    /// @throws IOException if no server answers
    List<Naptr> naptr(String domain) throws IOException;

    /// @param name such as `_sip._udp.example.com`
    List<Srv> srv(String name) throws IOException;

    /// Addresses in numbers, IPv6 without brackets, in the order of preference.
    List<String> addresses(String host) throws IOException;
}
