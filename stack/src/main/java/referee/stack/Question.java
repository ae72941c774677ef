// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.List;

/// A request that waits for the application's answer and makes nothing.
final class Question implements Usage {
    private final Floor floor;
    private final Job job;
    private final ServerTransaction transaction;

    Question(Floor floor, Job job, ServerTransaction transaction) {
        this.floor = floor;
        this.job = job;
        this.transaction = transaction;
        transaction.abandoned(_ -> floor.close(this));
    }

    @Override
    public Job job() {
        return job;
    }

    void reply(Instant at, Reply reply) {
        transaction.reply(at, Answers.complete(floor, transaction, reply, List.of()));
        if (reply.code() >= 200) floor.close(this);
    }

    /// Nobody waits for the answer any more.
    void cancelled(Instant at) {
        reply(at, Reply.of(487));
        floor.desk().tell(new Event.CallEnded(job, Ending.CANCELLED_BY_PEER));
    }
}
