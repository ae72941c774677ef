// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.sip.Slice;

/// What the parts of one [UserAgent] share: its setup, its agenda and the outputs of the call that
/// is being made.
final class Desk {
    private static final int MOST_SENDS = 8192;

    interface OnError {
        void failed(Instant at, TransportError error);
    }

    final Setup setup;
    final Tokens tokens;
    final Agenda agenda = new Agenda();
    final Authenticator authenticator;
    private final Map<Long, OnError> sends = new LinkedHashMap<>();
    private List<Output> outputs = new ArrayList<>();
    private long sendCount;
    private int jobCount;

    Desk(Setup setup, Tokens tokens) {
        this.setup = setup;
        this.tokens = tokens;
        this.authenticator = new Authenticator(setup.accounts(), setup.preference(), tokens);
    }

    Job newJob() {
        return new Job(++jobCount);
    }

    void tell(Event event) {
        outputs.add(event);
    }

    void lookup(Output.Lookup lookup) {
        outputs.add(lookup);
    }

    /// @param onError told if the driver says that it could not be sent
    void send(Destination to, Slice bytes, OnError onError) {
        var id = ++sendCount;
        if (sends.size() >= MOST_SENDS) sends.remove(sends.keySet().iterator().next());
        sends.put(id, onError);
        outputs.add(new Output.Send(id, to, bytes));
    }

    void failed(Instant at, long send, TransportError error) {
        var waiting = sends.remove(send);
        if (waiting != null) waiting.failed(at, error);
    }

    List<Output> takeOutputs() {
        var taken = List.copyOf(outputs);
        outputs = new ArrayList<>();
        return taken;
    }
}
