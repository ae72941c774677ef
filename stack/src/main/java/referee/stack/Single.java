// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import referee.sip.SipMessage;

/// One request that makes nothing: OPTIONS, MESSAGE, INFO and the like.
final class Single implements Usage, Exchange.User {
    private final Floor floor;
    private final Job job;

    Single(Floor floor, Job job) {
        this.floor = floor;
        this.job = job;
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public void provisional(Instant at, Exchange of, SipMessage response, Flow flow) {
        floor.desk().tell(new Event.Progress(job, response));
    }

    @Override
    public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
        floor.desk().tell(new Event.Answered(job, response));
        floor.close(this);
    }

    @Override
    public void failed(Instant at, Exchange of, Failure why) {
        floor.desk().tell(new Event.Failed(job, why));
        floor.close(this);
    }
}
