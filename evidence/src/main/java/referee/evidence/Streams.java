// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What the TCP connections of one capture share.
///
/// @param cut where segments are counted that were cut before anybody could tell what they carry
record Streams(
        Tally tally, Endpoints endpoints, HepReports reports, Unread cut, Inflations inflations) {}
