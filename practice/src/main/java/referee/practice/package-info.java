// SPDX-License-Identifier: Apache-2.0
/// A registrar, trunk and transfer partner to train against: it answers right, or wrong on purpose.
@org.jspecify.annotations.NullMarked
package referee.practice;
