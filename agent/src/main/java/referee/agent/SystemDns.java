// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// The name servers that the system is set up with; addresses are asked of the system itself, which
/// knows its hosts file.
public final class SystemDns implements Dns {
    @Override
    public List<Naptr> naptr(String domain) throws IOException {
        return records(domain, Type.NAPTR)
                .map(NAPTRRecord.class::cast)
                .map(one ->
                        new Naptr(
                                one.getOrder(),
                                one.getPreference(),
                                one.getFlags(),
                                one.getService(),
                                one.getReplacement().toString(true)))
                .toList();
    }

    @Override
    public List<Srv> srv(String name) throws IOException {
        return records(name, Type.SRV)
                .map(SRVRecord.class::cast)
                .map(one ->
                        new Srv(
                                one.getPriority(),
                                one.getWeight(),
                                one.getPort(),
                                one.getTarget().toString(true)))
                .toList();
    }

    @Override
    public List<String> addresses(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).map(Addresses::text).toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static Stream<Record> records(String name, int type) throws IOException {
        Lookup lookup;
        try {
            lookup = new Lookup(name, type);
        } catch (TextParseException e) {
            return Stream.empty();
        }
        lookup.setSearchPath(List.<org.xbill.DNS.Name>of());
        var found = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> Stream.of(found);
            case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> Stream.empty();
            default -> throw new IOException("DNS: " + name + " — " + lookup.getErrorString());
        };
    }
}
