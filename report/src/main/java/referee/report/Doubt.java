// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Json;

/// Something wrong with the evidence itself.
///
/// @param input the source's name
/// @param kind such as `one-direction`
/// @param count how many packets or stories it is about
/// @param says what is wrong, one clause
/// @param cannotTell what therefore stays open, one clause
/// @param advice how to capture so that it would not, one clause
@Json
public record Doubt(
        String input, String kind, long count, String says, String cannotTell, String advice) {}
