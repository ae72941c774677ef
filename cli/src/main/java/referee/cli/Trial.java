// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import referee.evidence.KeyLog;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.report.Redaction;
import referee.sip.Keyring;

/// Reads sources from beginning to end, as one piece of evidence, and has its stories judged.
final class Trial {
    private static final int SEED = new java.security.SecureRandom().nextInt();

    /// Open stories may take a quarter of the memory there is; the queues, the reader and the
    /// report need the rest.
    private static final Limits LIMITS =
            Limits.DEFAULT.withOpenOctets(Runtime.getRuntime().maxMemory() / 4);

    private final List<Rule> rules;
    private final Setting setting;
    private final Keyring keyring;
    private final InputStream standardInput;
    private final KeyLog keys;
    private boolean redacted;
    private @Nullable String first;

    /// @param keys secrets of the TLS sessions in the evidence
    Trial(List<Rule> rules, Setting setting, InputStream standardInput, KeyLog keys) {
        this(rules, setting, Keyring.EMPTY, standardInput, keys);
    }

    /// @param keyring accounts that digests may be recomputed with
    /// @param keys secrets of the TLS sessions in the evidence
    Trial(
            List<Rule> rules,
            Setting setting,
            Keyring keyring,
            InputStream standardInput,
            KeyLog keys) {
        this.rules = rules;
        this.setting = setting.with(LIMITS);
        this.keyring = keyring;
        this.standardInput = standardInput;
        this.keys = keys;
    }

    /// Judges the evidence with names, numbers and addresses replaced.
    ///
    /// @param call the Call-ID that was asked for, if any
    Trial redacting(@Nullable String call) {
        redacted = true;
        first = call;
        return this;
    }

    /// Passes messages on, redacted if that is wanted. The Call-ID that was asked for is always the
    /// first to get a stand-in, so that this is known before anything is read.
    Redaction redaction(Witness next) {
        var redaction = new Redaction(next);
        if (first != null) redaction.callId(first);
        return redaction;
    }

    /// The Call-ID that was asked for as verdicts have it; empty if none was.
    Optional<String> call(@Nullable String asked) {
        if (asked == null) return Optional.empty();
        return Optional.of(redacted ? redaction(Witness.NOBODY).callId(asked) : asked);
    }

    /// @param verdicts told of each story in the order in which they settle
    Heard hear(List<Source> sources, Consumer<Verdict> verdicts) {
        var heard = new Heard(sources);
        Diagnosis diagnosis;
        try (var judge = new Belt<Settled>("judge", new Judge(rules, keyring, verdicts))) {
            diagnosis = new Diagnosis(setting, SEED, judge);
            try (var clerk = new Belt<Object>("clerk", clerk(diagnosis, heard))) {
                if (sources.size() == 1) readOnly(sources.getFirst(), clerk);
                else new Merge(sources, this::read, clerk).read();
            }
            heard.until().ifPresent(diagnosis::finish);
        }
        heard.close(diagnosis);
        return heard;
    }

    private Clerk clerk(Diagnosis diagnosis, Heard heard) {
        return redacted
                ? new Clerk(diagnosis, heard, Optional.of(redaction(diagnosis)))
                : new Clerk(diagnosis, heard, Optional.empty());
    }

    /// Reads a source without judging it.
    Account read(Source source, Witness witness) throws IOException {
        return source.isStandardInput()
                ? Evidence.read(standardInput, "-", keys, witness)
                : Evidence.read(Path.of(source.name()), keys, witness);
    }

    private void readOnly(Source source, Belt<Object> clerk) {
        try {
            clerk.accept(new Merge.Ended(0, read(source, new Reader(clerk))));
        } catch (IOException e) {
            clerk.accept(new Merge.Unread(0, e));
        }
    }

    /// Puts what the only source says onto a belt.
    private record Reader(Belt<Object> belt) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            belt.accept(sighting);
        }

        @Override
        public void missed(Gap gap) {
            belt.accept(new Merge.Missed(0, gap));
        }

        @Override
        public void unreachable(Unreachable error) {
            belt.accept(error);
        }
    }

    /// Takes it off again.
    private record Clerk(Diagnosis diagnosis, Heard heard, Optional<Redaction> redaction)
            implements Consumer<Object> {
        @Override
        public void accept(Object event) {
            if (event instanceof Sighting sighting) front().saw(sighting);
            else if (event instanceof Unreachable error) front().unreachable(error);
            else if (event instanceof Merge.Event other) happened(other);
        }

        private Witness front() {
            return redaction.isPresent() ? redaction.get() : diagnosis;
        }

        private void happened(Merge.Event event) {
            switch (event) {
                case Merge.Began(var source, var at) -> diagnosis.began(source, at);
                case Merge.Missed(var source, var gap) -> {
                    front().missed(gap);
                    heard.missed(source, redaction.map(one -> one.gap(gap)).orElse(gap));
                }
                case Merge.Ended(var source, var account) -> {
                    account.to().ifPresent(until -> diagnosis.ended(source, until));
                    heard.ended(source, redaction.map(one -> one.account(account)).orElse(account));
                }
                case Merge.Unread(var source, var why) -> {
                    diagnosis.ended(source, Instant.MIN);
                    heard.unread(source, why);
                }
            }
        }
    }
}
