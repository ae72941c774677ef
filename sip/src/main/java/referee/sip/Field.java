// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;
import java.util.function.Function;

/// What a message says about one header: a value, nothing, or something unreadable.
public sealed interface Field<T> {
    record Present<T>(T value) implements Field<T> {}

    record Absent<T>() implements Field<T> {}

    record Broken<T>(Flaw flaw) implements Field<T> {}

    static <T> Field<T> of(T value) {
        return new Present<>(value);
    }

    static <T> Field<T> broken(String code, Slice where, String source) {
        return new Broken<>(new Flaw(code, where, source));
    }

    /// The value where it is present and readable.
    default Optional<T> optional() {
        return switch (this) {
            case Present<T>(var value) -> Optional.of(value);
            case Absent<T> _ -> Optional.empty();
            case Broken<T> _ -> Optional.empty();
        };
    }

    /// The same answer about something made of the value.
    default <R> Field<R> map(Function<? super T, ? extends R> then) {
        return switch (this) {
            case Present<T>(var value) -> new Present<>(then.apply(value));
            case Absent<T> _ -> new Absent<>();
            case Broken<T>(var flaw) -> new Broken<>(flaw);
        };
    }

    /// The same answer about something that may turn out unreadable in its turn.
    default <R> Field<R> then(Function<? super T, Field<R>> next) {
        return switch (this) {
            case Present<T>(var value) -> next.apply(value);
            case Absent<T> _ -> new Absent<>();
            case Broken<T>(var flaw) -> new Broken<>(flaw);
        };
    }

    default boolean isPresent() {
        return this instanceof Present<T>;
    }

    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }
}
