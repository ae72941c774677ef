// SPDX-License-Identifier: Apache-2.0
/// A registrar, trunk and transfer partner to train against: it answers right, or wrong on purpose.
///
/// [Practice] is the behaviour, without sockets: an [referee.agent.Application] that registers,
/// answers, connects and follows transfers. [PracticeServer] runs it on sockets.
/// [PracticeExtension] starts one for a JUnit 5 test. What it can do wrong is a [Fault] each.
@org.jspecify.annotations.NullMarked
package referee.practice;
