// SPDX-License-Identifier: Apache-2.0
/// Runs the stack on UDP, TCP, TLS and WebSocket, and records what it sends and gets.
///
/// One thread owns the [referee.stack.UserAgent]: it waits for the first of input and deadline,
/// asks the stack, and carries out what the stack returns. Sockets have threads of their own: a
/// platform thread reads a UDP socket, virtual threads read and write connections and look names
/// up. They only put inputs into the inbox of that one thread, so nothing here has a lock.
///
/// Time is read from the clock that is passed in, and nowhere else. What is sent and received is
/// told to a [referee.evidence.Witness] as sightings, so that the engine that judges captures
/// judges us as well.
@org.jspecify.annotations.NullMarked
package referee.agent;
