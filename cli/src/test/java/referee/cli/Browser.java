// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A headless Chromium, spoken to over its DevTools protocol on loopback.
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("ws://127[.]0[.]0[.]1:([0-9]+)/");
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final LinkedBlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private int commands;

    /// Where a Chromium or Chrome is installed.
    static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name ->
                        Stream.of(path.split(":", -1)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path program, Path profile) throws IOException, InterruptedException {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var port = port();
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(pageSocket(port)), new Ears())
                        .join();
        for (var domain : List.of("Page", "Runtime", "Log", "Network"))
            command(domain + ".enable", Map.of());
    }

    private int port() throws IOException {
        var errors = process.errorReader(StandardCharsets.UTF_8);
        for (var line = errors.readLine(); line != null; line = errors.readLine()) {
            var matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new IOException("Chromium ended without a word on its port");
    }

    private String pageSocket(int port) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                        .build();
        for (var target : JSON.readTree(http.send(request, BodyHandlers.ofString()).body())) {
            if (target.get("type").asText().equals("page"))
                return target.get("webSocketDebuggerUrl").asText();
        }
        throw new IOException("Chromium has no page");
    }

    /// Opens a page and waits until it is loaded.
    void open(Path page, String hash) throws InterruptedException {
        command("Page.navigate", Map.of("url", "about:blank"));
        await("Page.loadEventFired");
        command("Page.navigate", Map.of("url", page.toUri() + hash));
        await("Page.loadEventFired");
    }

    /// Does something that leads to another page, and waits for that.
    void follow(String script) throws InterruptedException {
        evaluate(script);
        await("Page.loadEventFired");
    }

    void type(String text) throws InterruptedException {
        command("Input.insertText", Map.of("text", text));
    }

    void press(String key) throws InterruptedException {
        command("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
        command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    void resize(int width, int height) throws InterruptedException {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefer(String colours) throws InterruptedException {
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /// The value of a script.
    JsonNode evaluate(String script) throws InterruptedException {
        var result =
                command("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
        assertThat(result.has("exceptionDetails")).as("%s: %s", script, result).isFalse();
        return result.get("result").path("value");
    }

    /// What the console complained of so far.
    List<String> complaints() {
        return complaints;
    }

    /// The addresses asked for so far.
    List<String> requests() {
        return requests;
    }

    private JsonNode command(String method, Map<String, ?> parameters) throws InterruptedException {
        var id = ++commands;
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        while (true) {
            var answer = next();
            if (answer.path("id").asInt() != id) continue;
            assertThat(answer.has("error")).as("%s: %s", method, answer).isFalse();
            return answer.get("result");
        }
    }

    private void await(String event) throws InterruptedException {
        while (!next().path("method").asText().equals(event)) {}
    }

    private JsonNode next() throws InterruptedException {
        var message = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("an answer of Chromium within %d s", PATIENCE_SECONDS).isNotNull();
        var parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Log.entryAdded" -> {
                if (!parameters.at("/entry/level").asText().equals("info"))
                    complaints.add(parameters.toString());
            }
            case "Runtime.consoleAPICalled" -> complaints.add(parameters.toString());
            case "Network.requestWillBeSent" ->
                    requests.add(parameters.at("/request/url").asText());
            default -> {}
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        process.destroy();
        process.onExit().join();
    }

    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    arrived.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
