// SPDX-License-Identifier: Apache-2.0
package referee.report;

import referee.diagnosis.Severity;

/// Colour for a terminal, or none.
public enum Ink {
    PLAIN,
    COLOUR;

    String bold(String text) {
        return paint(text, "1");
    }

    String faint(String text) {
        return paint(text, "2");
    }

    String of(Severity severity, String text) {
        return paint(
                text,
                switch (severity) {
                    case CRITICAL -> "1;31";
                    case HIGH -> "31";
                    case MEDIUM -> "33";
                    case LOW -> "36";
                    case INFO -> "2";
                });
    }

    private String paint(String text, String code) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
