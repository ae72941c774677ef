// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What the TCP connections of one capture share.
///
/// @param sealed where connections are counted that could not be decrypted
/// @param cut where segments are counted that were cut before anybody could tell what they carry
record Streams(
        Tally tally,
        Endpoints endpoints,
        HepReports reports,
        TlsSecrets secrets,
        SealedConnections sealed,
        Unread cut,
        Inflations inflations) {}
