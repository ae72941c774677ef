// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A practice server for each test of a JUnit 5 class, on a free port of the loopback address.
///
/// ```java
/// @RegisterExtension
/// final PracticeExtension practice =
///         PracticeExtension.practice().withFault("refer-no-notify");
/// ```
public final class PracticeExtension implements BeforeEachCallback, AfterEachCallback {
    private final PracticeServer.Plan plan = PracticeServer.on(InetAddress.getLoopbackAddress(), 0);
    private Practice.Plan practice = Practice.Plan.DEFAULT;
    private Optional<PracticeServer> server = Optional.empty();

    private PracticeExtension() {}

    /// One that behaves well and knows the embedded users.
    public static PracticeExtension practice() {
        return new PracticeExtension();
    }

    /// Commits this fault whenever there is occasion.
    ///
    /// @param what as on the command line: `refer-no-notify`, `stale-loop:0.5@alice`
    /// @throws IllegalArgumentException if it names none
    public PracticeExtension withFault(String what) {
        practice = practice.with(Committed.parse(what));
        return this;
    }

    /// Asks nobody for credentials.
    public PracticeExtension open() {
        practice = practice.opened();
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = Optional.of(plan.practice(practice).start());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.ifPresent(PracticeServer::close);
        server = Optional.empty();
    }

    /// Where it listens for UDP, such as `sip:127.0.0.1:49152`; within a test.
    public String uri() {
        return running().uri();
    }

    /// Somebody or some number there, such as `answer`.
    public String uri(String user) {
        return running().uri(user);
    }

    /// An account that may register and call.
    public Users.Account credentials() {
        return Users.EMBEDDED.getFirst();
    }

    /// The server itself; within a test.
    public PracticeServer running() {
        return server.orElseThrow(
                () -> new IllegalStateException("the server runs within a test only"));
    }
}
