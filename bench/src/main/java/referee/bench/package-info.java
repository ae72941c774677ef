// SPDX-License-Identifier: Apache-2.0
/// TODO
@org.jspecify.annotations.NullMarked
package referee.bench;
