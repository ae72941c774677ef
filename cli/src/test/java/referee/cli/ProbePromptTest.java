// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import referee.practice.PracticeServer;

/// Where no account is given, a person is asked for the password that the server wants: once, while
/// nothing waits for an answer.
class ProbePromptTest {
    private final List<String> asked = new ArrayList<>();
    private PracticeServer server;

    @BeforeEach
    void start() throws IOException {
        server = PracticeServer.on(InetAddress.getLoopbackAddress(), 0).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Prompt typing(String password) {
        return question -> {
            asked.add(question);
            return Optional.of(password.toCharArray());
        };
    }

    private Session register(Prompt prompt) {
        return Session.run(prompt, "probe", "register", server.uri("alice"));
    }

    @Test
    void asksForThePasswordOnceAndRunsAnew() {
        var session = register(typing("wonderland"));
        assertThat(session.code()).as(session.out() + session.err()).isZero();
        assertThat(asked).containsExactly("Password of alice at practice: ");
        assertThat(session.out() + session.err()).doesNotContain("wonderland");
    }

    @Test
    void doesNotAskAgainForAWrongOne() {
        var session = register(typing("rabbit"));
        assertThat(session.code()).isEqualTo(4);
        assertThat(session.out()).contains("were rejected with 401");
        assertThat(asked).hasSize(1);
    }

    @Test
    void goesOnWithoutWhereNobodyAnswers() {
        for (var nobody : List.of(Prompt.NOBODY, typing(""))) {
            var session = register(nobody);
            assertThat(session.code()).isEqualTo(4);
            assertThat(session.out()).contains("no account for realm \"practice\"");
        }
    }

    @Test
    void asksNobodyWhereNoPasswordIsWanted() {
        var session = Session.run(typing("wonderland"), "probe", "options", server.uri("practice"));
        assertThat(session.code()).isZero();
        assertThat(asked).isEmpty();
    }

    /// Whatever happens while the person types happens in time: nothing is open.
    @Test
    void hasEndedBeforeItAsks() throws Exception {
        var typing = new CountDownLatch(1);
        var typed = new CompletableFuture<String>();
        Prompt slow =
                _ -> {
                    typing.countDown();
                    return Optional.of(typed.join().toCharArray());
                };
        var running = CompletableFuture.supplyAsync(() -> register(slow));
        assertThat(typing.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("sip agent"))
                .as("the agents that still run: that of practice")
                .hasSize(1);
        typed.complete("wonderland");
        assertThat(running.get(20, TimeUnit.SECONDS).code()).isZero();
    }
}
