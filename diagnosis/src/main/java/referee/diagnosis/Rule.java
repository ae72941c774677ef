// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;

/// A fault of the catalogue as a pure function: the same story always gives the same findings.
///
/// A rule is asked when its story settles, and with it the case the story belongs to. It first
/// makes sure that the question makes sense, then that nothing clears it, then that the evidence is
/// long enough to say.
public sealed interface Rule {
    /// Kebab-case, names the fault, never changes.
    String id();

    /// How bad the fault is unless a finding says otherwise.
    Severity severity();

    /// About one request and its answers.
    non-sealed interface OnTransaction extends Rule {
        List<Finding> check(Transaction transaction, Story story);
    }

    /// About one request that was challenged, and its retries.
    non-sealed interface OnAuthentication extends Rule {
        List<Finding> check(Authentication authentication, Story story);
    }

    /// About one dialog that an INVITE opened.
    non-sealed interface OnDialog extends Rule {
        List<Finding> check(Dialog dialog, Story story);
    }

    /// About one REFER and what followed from it.
    non-sealed interface OnTransfer extends Rule {
        List<Finding> check(Transfer transfer, Story story);
    }

    /// About a story as a whole.
    non-sealed interface OnStory extends Rule {
        List<Finding> check(Story story);
    }

    /// About the stories of one human event together; asked when all of them have settled, after
    /// every rule about one of them. A story that belongs with no other is a case of one.
    non-sealed interface OnCase extends Rule {
        List<Finding> check(Case stories);
    }
}
