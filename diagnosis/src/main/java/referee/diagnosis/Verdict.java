// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;

/// What became of a story once its case was judged.
///
/// @param story with its messages; whoever wants to keep memory bounded lets it go
/// @param caseId the case it belongs to: the Call-ID of the first story of one human event
/// @param links why it belongs to that case; empty for a story that belongs with no other
/// @param findings in the order of their first frames; those about the whole case are with the
///   story of their first proof
public record Verdict(
        Story story, String caseId, List<Link> links, Outcome outcome, List<Finding> findings) {
    public Verdict {
        links = List.copyOf(links);
        findings = List.copyOf(findings);
    }
}
