// SPDX-License-Identifier: Apache-2.0
/// SIP as it is on the wire (RFC 3261): messages, headers, URIs, SDP, sipfrag and Digest.
///
/// A message is its bytes. [SipParser] makes one pass over them and keeps a table of offsets;
/// headers are read when asked for, by the [HeaderKind] of the header's own class. Nothing is
/// repaired: what is wrong is a [Flaw] with its place. The parser is total, every input gives a
/// message or [NotSip].
///
/// Pure: no clock, no thread, no channel, no file. Uses the JDK only.
@NullMarked
package referee.sip;

import org.jspecify.annotations.NullMarked;
