// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.List;
import java.util.Optional;

/// Two response codes side by side: what separates them and what they share.
///
/// The order of the two changes the order of the words, never the facts.
///
/// @param notes what stands for what, where a code is unknown or a class was asked for
/// @param lead what separates the two, in a paragraph
/// @param differences the facts in which they differ, the weightiest first
/// @param shared whole sentences on facts that they have in common
public record Comparison(
        List<String> notes,
        CodePage leftPage,
        CodePage rightPage,
        String lead,
        List<Difference> differences,
        List<String> shared) {

    /// A fact in which two codes differ.
    ///
    /// @param about such as `Who sends it`
    /// @param left a clause without subject and full stop, such as `comes from a proxy`
    /// @param right the same of the other code
    public record Difference(String about, String left, String right) {}

    public static Comparison of(CodePage left, CodePage right) {
        return of(left, right, List.of());
    }

    public Code left() {
        return leftPage.code();
    }

    public Code right() {
        return rightPage.code();
    }

    /// Compares what the words name: codes such as `401`, or classes such as `4xx`, for which their
    /// general code stands. Empty if one of them is neither.
    public static Optional<Comparison> of(String left, String right) {
        var one = Named.of(left);
        var other = Named.of(right);
        if (one.isEmpty() || other.isEmpty()) return Optional.empty();
        var notes =
                one.equals(other)
                        ? one.get().note().stream().toList()
                        : List.of(one.get(), other.get()).stream()
                                .flatMap(named -> named.note().stream())
                                .toList();
        return Optional.of(of(one.get().code().page(), other.get().code().page(), notes));
    }

    public boolean isOfOne() {
        return left().equals(right());
    }

    private static Comparison of(CodePage leftPage, CodePage rightPage, List<String> notes) {
        var left = leftPage.code();
        var right = rightPage.code();
        var aspects = Aspect.all(left, right);
        var lead =
                left.equals(right)
                        ? "There is nothing to tell apart: both are " + left.title() + "."
                        : Pairs.of(left, right).orElseGet(() -> lead(left, right));
        var differences = aspects.stream().flatMap(aspect -> aspect.difference().stream()).toList();
        return new Comparison(
                notes,
                leftPage,
                rightPage,
                lead,
                differences.isEmpty() && !left.equals(right)
                        ? List.of(words(left, right))
                        : differences,
                aspects.stream().flatMap(aspect -> aspect.common().stream()).toList());
    }

    /// What is left to tell two codes apart whose facts are the same.
    private static Difference words(Code left, Code right) {
        return new Difference("What it says", "says: " + left.says(), "says: " + right.says());
    }

    private static String lead(Code left, Code right) {
        if (left.codeClass() != right.codeClass()) return alone(left) + " " + alone(right);
        return "Both are %s. %d says: %s. %d says: %s."
                .formatted(
                        left.codeClass().plural(),
                        left.number(),
                        left.says(),
                        right.number(),
                        right.says());
    }

    private static String alone(Code code) {
        return "%d is %s: %s.".formatted(code.number(), code.codeClass().noun(), code.says());
    }
}
