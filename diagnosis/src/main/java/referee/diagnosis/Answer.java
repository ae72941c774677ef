// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import referee.evidence.Sighting;
import referee.sip.Slice;

/// One response as it was seen on one hop, with its retransmissions.
public final class Answer {
    private final int code;
    private final Slice toTag;
    private final List<Sighting> copies = new ArrayList<>(1);

    Answer(int code, Slice toTag, Sighting first) {
        this.code = code;
        this.toTag = toTag;
        copies.add(first);
    }

    public int code() {
        return code;
    }

    /// As written; empty if there is none.
    public Slice toTag() {
        return toTag;
    }

    public Sighting first() {
        return copies.getFirst();
    }

    public Sighting last() {
        return copies.getLast();
    }

    /// The response and its retransmissions, in the order seen; never empty.
    public List<Sighting> copies() {
        return Collections.unmodifiableList(copies);
    }

    public boolean isProvisional() {
        return code < 200;
    }

    public boolean isFinal() {
        return code >= 200;
    }

    public boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /// 401 or 407.
    public boolean isChallenge() {
        return code == 401 || code == 407;
    }

    void repeat(Sighting again) {
        copies.add(again);
    }
}
