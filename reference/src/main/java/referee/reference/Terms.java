// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.List;
import java.util.Locale;

/// Methods, Warning codes, Q.850 causes, Reason protocols, Subscription-State reasons, option tags,
/// event packages, digest algorithms, and codes that never are on the wire.
public final class Terms {
    private static final List<Term> ALL =
            Table.read("terms.tsv").rows().stream().map(Term::of).toList();

    private Terms() {}

    public static List<Term> all() {
        return ALL;
    }

    /// Those of this name, or of this kind and name, such as `warning 305` or `Q.850 17`; case does
    /// not matter.
    public static List<Term> named(String words) {
        var wanted = words.strip().toLowerCase(Locale.ROOT);
        return ALL.stream().filter(term -> isNamed(term, wanted)).toList();
    }

    private static boolean isNamed(Term term, String wanted) {
        var name = term.name().toLowerCase(Locale.ROOT);
        return wanted.equals(name)
                || wanted.equals(term.kind() + " " + name)
                || term.kind().equals("cause") && wanted.matches("q\\.?850 " + name)
                || wanted.equals(term.title().toLowerCase(Locale.ROOT));
    }
}
