// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/// Reads what an exporter is asked to probe, and refuses what makes no sense or is not allowed.
final class ProbeRequests {
    private static final int LONGEST_URL = 2_048;
    private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

    /// A request that is not fulfilled.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final ProbeMetrics.Refusal why;

        /// @param status of HTTP
        Refused(int status, ProbeMetrics.Refusal why, String says) {
            super(says);
            this.status = status;
            this.why = why;
        }

        int status() {
            return status;
        }

        ProbeMetrics.Refusal why() {
            return why;
        }
    }

    private final ProbeModules modules;
    private final Duration offset;

    /// @param offset how much of a scrape's time limit is left unused
    ProbeRequests(ProbeModules modules, Duration offset) {
        this.modules = modules;
        this.offset = offset;
    }

    /// @throws Refused if it is not to be fulfilled
    ProbeScrape read(Request request) throws Refused {
        if (request.getHttpURI().getPathQuery().length() > LONGEST_URL)
            throw bad("the URL has more than %d characters".formatted(LONGEST_URL));
        if ("cross-site".equals(request.getHeaders().get("Sec-Fetch-Site")))
            throw new Refused(
                    403, ProbeMetrics.Refusal.FORBIDDEN, "another web site may not ask for probes");
        var name = parameter(request, "module").orElse("options");
        var module =
                modules.of(name)
                        .orElseThrow(() ->
                                new Refused(
                                        404,
                                        ProbeMetrics.Refusal.UNKNOWN_MODULE,
                                        "there is no such module; there are "
                                                + String.join(", ", modules.byName().keySet())));
        var target =
                parameter(request, "target")
                        .orElseThrow(() ->
                                bad(
                                        "say whom to probe: /probe?target=pbx.example.com&module=options"));
        try {
            var what = module.what();
            var uri = ProbeTargets.uri(target, what.kind(), what.speech().user());
            if (!modules.targets().isEmpty()
                    && !modules.targets().allow(ProbeModule.sip("the target", uri)))
                throw new Refused(
                        403, ProbeMetrics.Refusal.FORBIDDEN, "that target is not allowed here");
            return ProbeScrape.of(module, uri, limit(request));
        } catch (ProbeModule.Unusable e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Duration> limit(Request request) throws Refused {
        var said = request.getHeaders().get(TIMEOUT);
        if (said == null) return Optional.empty();
        if (!said.matches("[0-9]{1,6}([.][0-9]{1,9})?"))
            throw bad(TIMEOUT + " is no number of seconds");
        var whole = Duration.ofNanos(Math.round(Double.parseDouble(said) * 1e9));
        var left = whole.minus(offset);
        return Optional.of(left.isPositive() ? left : whole);
    }

    /// Whether a person wants to read what happened.
    static boolean isDebug(Request request) {
        try {
            return parameter(request, "debug").filter("true"::equals).isPresent();
        } catch (Refused e) {
            return false;
        }
    }

    private static Optional<String> parameter(Request request, String name) throws Refused {
        try {
            var values = Request.extractQueryParameters(request).getValues(name);
            if (values == null || values.isEmpty()) return Optional.empty();
            if (values.size() > 1) throw bad(name + " is given more than once");
            return Optional.of(values.getFirst()).filter(one -> !one.isEmpty());
        } catch (IllegalArgumentException e) {
            throw bad("the query cannot be read");
        }
    }

    private static Refused bad(String says) {
        return new Refused(400, ProbeMetrics.Refusal.BAD_REQUEST, says);
    }
}
