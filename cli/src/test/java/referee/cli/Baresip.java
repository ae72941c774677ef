// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A baresip that picks up by itself and is told what to do over its module ctrl_tcp, which speaks
/// JSON in netstrings.
final class Baresip implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Program program;
    private final Socket control;
    private final int port;
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder heard = new StringBuilder();

    private Baresip(Program program, Socket control, int port) {
        this.program = program;
        this.control = control;
        this.port = port;
    }

    /// Starts one that registers.
    ///
    /// @param server its registrar, such as `127.0.0.1:5060;transport=tcp`
    static Baresip registered(Path parent, String user, String password, String server)
            throws IOException, InterruptedException {
        var made =
                start(
                        parent,
                        user,
                        "<sip:%s@%s>;auth_pass=%s;regint=120".formatted(user, server, password));
        made.program.await(" binding]");
        return made;
    }

    /// Starts one that is called at its own address.
    static Baresip alone(Path parent, String user) throws IOException, InterruptedException {
        return start(parent, user, "<sip:%s@127.0.0.1>;regint=0".formatted(user));
    }

    private static Baresip start(Path parent, String user, String account)
            throws IOException, InterruptedException {
        var home = Files.createDirectory(parent.resolve(user));
        var port = Programs.freePort();
        var control = Programs.freePort();
        Files.writeString(
                home.resolve("config"),
                """
                sip_listen 127.0.0.1:%d
                net_interface 127.0.0.1
                module_path %s
                module stdio.so
                module g711.so
                module aufile.so
                module ctrl_tcp.so
                module_app account.so
                module_app menu.so
                audio_source aufile,%s
                audio_player aufile,/dev/null
                ctrl_tcp_listen 127.0.0.1:%d
                """
                        .formatted(
                                port,
                                Programs.modules("baresip/modules/ctrl_tcp.so"),
                                Programs.silence(home),
                                control));
        Files.writeString(home.resolve("accounts"), account + ";answermode=auto\n");
        var program = Program.start(home, List.of("baresip", "-f", home.toString(), "-s"));
        program.await("baresip is ready");
        var made = new Baresip(program, new Socket(Programs.HERE, control), port);
        Thread.ofVirtual().start(made::listen);
        return made;
    }

    int port() {
        return port;
    }

    private void listen() {
        try (var in = new DataInputStream(control.getInputStream())) {
            while (true) events.add(netstring(in));
        } catch (EOFException | SocketException _) {
            events.add("it is gone");
        } catch (IOException e) {
            events.add(e.toString());
        }
    }

    private static String netstring(DataInputStream in) throws IOException {
        var length = 0;
        for (var digit = in.readByte(); digit != ':'; digit = in.readByte())
            length = length * 10 + digit - '0';
        var text = new String(in.readNBytes(length), UTF_8);
        in.readByte();
        return text;
    }

    /// Does what its menu calls so, such as `dial`.
    void command(String name, String parameters) throws IOException {
        var json = "{\"command\":\"%s\",\"params\":\"%s\"}".formatted(name, parameters);
        var octets = json.getBytes(UTF_8);
        control.getOutputStream().write((octets.length + ":" + json + ",").getBytes(UTF_8));
    }

    /// Waits for the next event with these words, such as `CALL_ESTABLISHED`.
    void await(String words) throws InterruptedException {
        for (var event = ""; !event.contains(words); ) {
            var next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null || !next.startsWith("{"))
                throw new AssertionError("no " + words + " but " + heard + "\n" + program.output());
            event = next;
            heard.append(event).append('\n');
        }
    }

    /// Waits until it has sent or received a message with these words in one line.
    void awaitWords(String words) throws InterruptedException {
        program.await(words);
    }

    /// The events until now, and the messages that it sent and received.
    String output() {
        return heard + program.output();
    }

    @Override
    public void close() throws IOException {
        control.close();
        program.close();
    }
}
