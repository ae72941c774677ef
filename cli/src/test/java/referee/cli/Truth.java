// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Sipfrag;
import referee.sip.Slice;
import referee.stack.SimNet;
import referee.stack.SimNet.Moment;
import referee.stack.SimNet.Packet;

/// What the network knows of a run, and no observer does: what was sent, and what of it arrived.
final class Truth implements SimNet.Tap {
    /// Final responses to requests, challenges aside.
    ///
    /// @param callId empty for any
    /// @param number of CSeq; 0 for any
    record Answers(String method, String callId, long number) {
        static Answers to(String method) {
            return new Answers(method, "", 0);
        }

        Answers of(String call) {
            return new Answers(method, call, number);
        }

        Answers numbered(long cseq) {
            return new Answers(method, callId, cseq);
        }

        private boolean fits(SipMessage message) {
            var code = message.code();
            return code >= 200
                    && code != 401
                    && code != 407
                    && message.method().equals(method)
                    && (callId.isEmpty() || callOf(message).equals(callId))
                    && (number == 0 || cseq(message) == number);
        }
    }

    private record Arrival(Instant at, Packet packet) {}

    private final List<Packet> sent = new ArrayList<>();
    private final List<Arrival> arrived = new ArrayList<>();

    @Override
    public void on(Moment moment, Instant at, Packet packet) {
        switch (moment) {
            case SENT -> sent.add(packet);
            case ARRIVED -> arrived.add(new Arrival(at, packet));
            case PASSED -> {}
        }
    }

    private static String callOf(SipMessage message) {
        return message.raw(HeaderName.CALL_ID).map(Slice::text).orElse("");
    }

    private static long cseq(SipMessage message) {
        return message.first(CSeq.KIND).optional().map(CSeq::number).orElse(-1L);
    }

    private Stream<SipMessage> arrivedAt(String host, Instant until) {
        return arrived.stream()
                .filter(one -> one.packet().to().host().equals(host) && !one.at().isAfter(until))
                .map(one -> one.packet().message());
    }

    /// Their codes, lost or not.
    List<Integer> sent(Answers which) {
        return sent.stream()
                .map(Packet::message)
                .filter(which::fits)
                .map(SipMessage::code)
                .toList();
    }

    /// The codes of those that came to this host by then.
    List<Integer> arrived(Answers which, String host, Instant until) {
        return arrivedAt(host, until).filter(which::fits).map(SipMessage::code).toList();
    }

    /// What NOTIFYs of this call told of an outcome, lost or not.
    List<Integer> told(String callId) {
        return sent.stream()
                .map(Packet::message)
                .filter(one -> callOf(one).equals(callId))
                .flatMap(Truth::outcome)
                .toList();
    }

    /// The same of any call, where it came to this host by then.
    List<Integer> toldAt(String host, Instant until) {
        return arrivedAt(host, until).flatMap(Truth::outcome).toList();
    }

    private static Stream<Integer> outcome(SipMessage message) {
        if (!message.isRequest() || !message.method().equals(Methods.NOTIFY)) return Stream.of();
        return Sipfrag.read(message.body()).optional().map(Sipfrag::code).stream()
                .filter(code -> code >= 200);
    }

    boolean isCancelled(String callId) {
        return sent.stream()
                .map(Packet::message)
                .filter(one -> callOf(one).equals(callId))
                .anyMatch(one -> one.isRequest() && one.method().equals(Methods.CANCEL));
    }

    /// Whether the network has lost or doubled something of this call.
    boolean isHarmed(String callId) {
        var came = new HashSet<Packet>();
        for (var one : arrived) {
            if (callOf(one.packet().message()).equals(callId) && !came.add(one.packet()))
                return true;
        }
        return sent.stream()
                .anyMatch(one -> callOf(one.message()).equals(callId) && !came.contains(one));
    }
}
