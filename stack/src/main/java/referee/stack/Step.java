// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;

/// Where a transaction goes, and what is to be done on the way, in order.
record Step<S>(S next, List<Act> acts) {
    static <S> Step<S> to(S next, Act... acts) {
        return new Step<>(next, List.of(acts));
    }
}
