// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;

/// What became of a story once it was settled.
///
/// @param story with its messages; whoever wants to keep memory bounded lets it go
/// @param caseId the case it belongs to: the Call-ID of the first story of one human event
/// @param findings in the order of their first frames
public record Verdict(Story story, String caseId, Outcome outcome, List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }
}
