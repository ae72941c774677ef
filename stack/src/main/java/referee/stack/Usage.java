// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// Something that a [Job] stands for.
sealed interface Usage permits Single, Registration, Call, Subscription, Notifier, Question {
    Job job();
}
