// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import referee.evidence.Sighting;
import referee.sip.CSeq;
import referee.sip.Field;
import referee.sip.HeaderName;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Via;

/// What a message is matched by, read once.
///
/// @param code 0 for a request
/// @param cseq -1 where it is missing or unreadable
/// @param branch of the top Via; empty if there is none
record Facts(
        Sighting sighting,
        String method,
        int code,
        long cseq,
        Slice fromTag,
        Slice toTag,
        Slice branch) {

    private static final CSeq NO_CSEQ = new CSeq(-1, "");

    static Facts of(Sighting sighting) {
        var message = sighting.message();
        var read =
                message.first(CSeq.KIND) instanceof Field.Present<CSeq>(var cseq) ? cseq : NO_CSEQ;
        return new Facts(
                sighting,
                message.isRequest() ? message.method() : read.method(),
                message.code(),
                read.number(),
                tag(message, HeaderName.FROM),
                tag(message, HeaderName.TO),
                branch(message));
    }

    /// Whether a request carries a To tag.
    static boolean isInDialog(SipMessage request) {
        return !tag(request, HeaderName.TO).isEmpty();
    }

    boolean isRequest() {
        return code == 0;
    }

    boolean isAbout(Transaction transaction) {
        return cseq == transaction.cseq()
                && method.equals(transaction.method())
                && fromTag.same(transaction.fromTag());
    }

    private static Slice tag(SipMessage message, HeaderName name) {
        var index = message.indexOf(name);
        return index < 0 ? Slice.EMPTY : NameAddr.tagOf(message.value(index));
    }

    private static Slice branch(SipMessage message) {
        var index = message.indexOf(HeaderName.VIA);
        return index < 0 ? Slice.EMPTY : Via.branchOf(message.value(index));
    }
}
