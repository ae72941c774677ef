// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Via;

/// The hosts that a message names as those of its sender, by the place they stand in.
record Addresses(Map<Place, String> hosts) {

    enum Place {
        VIA("Via"),
        CONTACT("Contact"),
        CONNECTION("c="),
        ORIGIN("o=");

        private final String word;

        Place(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static Addresses of(SipMessage message) {
        var hosts = new EnumMap<Place, String>(Place.class);
        message.first(Via.KIND)
                .optional()
                .ifPresent(via -> hosts.put(Place.VIA, plain(via.host())));
        Target.ofContact(message).ifPresent(one -> hosts.put(Place.CONTACT, one.host()));
        Sdp.of(message)
                .optional()
                .ifPresent(sdp -> {
                    connection(sdp, hosts);
                    sdp.origin().ifPresent(o -> hosts.put(Place.ORIGIN, plain(o.address())));
                });
        return new Addresses(hosts);
    }

    private static void connection(Sdp sdp, Map<Place, String> hosts) {
        var address =
                sdp.media().stream()
                        .flatMap(media -> media.address().stream())
                        .findFirst()
                        .or(sdp::address);
        address.ifPresent(one -> hosts.put(Place.CONNECTION, plain(one)));
    }

    String at(Place place) {
        return hosts.getOrDefault(place, "");
    }

    /// The places whose host is another in the other message.
    List<String> changedIn(Addresses other) {
        var changed = new ArrayList<String>(4);
        for (var place : Place.values()) {
            if (isIn(place, other) && !at(place).equals(other.at(place))) changed.add(place.word);
        }
        return changed;
    }

    /// The places, but for the o= line, where a private host is still the same in the other
    /// message.
    List<Place> privateLeftIn(Addresses other) {
        var left = new ArrayList<Place>(3);
        for (var place : List.of(Place.VIA, Place.CONTACT, Place.CONNECTION)) {
            if (isIn(place, other)
                    && at(place).equals(other.at(place))
                    && Reach.of(at(place)) == Reach.PRIVATE) left.add(place);
        }
        return left;
    }

    /// Whether the Contact and the media have this public host, and the rest one private one.
    boolean isMixedFor(String host) {
        return Reach.of(host).isPublic()
                && at(Place.CONTACT).equals(host)
                && at(Place.CONNECTION).equals(host)
                && Reach.of(at(Place.VIA)) == Reach.PRIVATE
                && at(Place.ORIGIN).equals(at(Place.VIA));
    }

    private boolean isIn(Place place, Addresses other) {
        return hosts.containsKey(place) && other.hosts.containsKey(place);
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
    }
}
