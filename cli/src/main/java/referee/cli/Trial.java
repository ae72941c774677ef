// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Judge;
import referee.diagnosis.Limits;
import referee.diagnosis.Rule;
import referee.diagnosis.Setting;
import referee.diagnosis.Settled;
import referee.diagnosis.Verdict;
import referee.evidence.Account;
import referee.evidence.Evidence;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// Reads one source from beginning to end and has its stories judged.
final class Trial {
    private static final int SEED = new java.security.SecureRandom().nextInt();

    /// Open stories may take a quarter of the memory there is; the queues, the reader and the
    /// report need the rest.
    private static final Limits LIMITS =
            Limits.DEFAULT.withOpenOctets(Runtime.getRuntime().maxMemory() / 4);

    /// What reading a source came to.
    record Heard(Account account, List<Gap> gaps) {}

    private final List<Rule> rules;
    private final InputStream standardInput;

    Trial(List<Rule> rules, InputStream standardInput) {
        this.rules = rules;
        this.standardInput = standardInput;
    }

    /// @param verdicts told of each story in the order in which they settle
    Heard hear(Source source, Consumer<Verdict> verdicts) throws IOException {
        var gaps = new ArrayList<Gap>();
        Diagnosis diagnosis;
        Account account;
        try (var judge = new Belt<Settled>("judge", new Judge(rules, verdicts))) {
            diagnosis = new Diagnosis(Setting.DEFAULT.with(LIMITS), SEED, judge);
            try (var clerk = new Belt<Object>("clerk", new Clerk(diagnosis, gaps))) {
                account = read(source, new Reader(clerk));
            }
            account.to().ifPresent(diagnosis::finish);
        }
        gaps.addAll(diagnosis.jumps());
        if (diagnosis.withoutCallId() > 0) {
            gaps.add(
                    limit(
                            diagnosis.withoutCallId()
                                    + " messages name no Call-ID and belong to no story"));
        }
        if (diagnosis.cutShort() > 0) {
            gaps.add(
                    limit(
                            diagnosis.cutShort()
                                    + " stories were judged early, because too much was open at a time"));
        }
        return new Heard(account, gaps);
    }

    /// Reads a source without judging it.
    Account read(Source source, Witness witness) throws IOException {
        return source.isStandardInput()
                ? Evidence.read(standardInput, "-", witness)
                : Evidence.read(Path.of(source.name()), witness);
    }

    private static Gap limit(String says) {
        return new Gap(Gap.Kind.LIMIT, 0, Optional.empty(), Optional.empty(), says);
    }

    /// Puts what the source says onto a belt.
    private record Reader(Belt<Object> belt) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            belt.accept(sighting);
        }

        @Override
        public void missed(Gap gap) {
            belt.accept(gap);
        }

        @Override
        public void unreachable(Unreachable error) {
            belt.accept(error);
        }
    }

    /// Takes it off again, and keeps the first gaps for the report.
    private record Clerk(Diagnosis diagnosis, List<Gap> gaps) implements Consumer<Object> {
        private static final int MOST = 1_000;

        @Override
        public void accept(Object event) {
            if (event instanceof Sighting sighting) {
                diagnosis.saw(sighting);
            } else if (event instanceof Gap gap) {
                diagnosis.missed(gap);
                if (gaps.size() < MOST) gaps.add(gap);
            } else if (event instanceof Unreachable error) {
                diagnosis.unreachable(error);
            }
        }
    }
}
