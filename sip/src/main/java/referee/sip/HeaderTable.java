// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Arrays;

/// Where each header line's name and value lie, as offsets into the message. Grows while the parser
/// runs.
@SuppressWarnings("EnumOrdinal") // a byte a header instead of a reference
final class HeaderTable {
    private static final HeaderName[] NAMES = HeaderName.values();
    private static final int FIELDS = 4;

    private byte[] kinds = new byte[20];
    private int[] places = new int[20 * FIELDS];
    private int count;

    int count() {
        return count;
    }

    void add(HeaderName kind, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            places = Arrays.copyOf(places, count * 2 * FIELDS);
        }
        kinds[count] = (byte) kind.ordinal();
        var at = count * FIELDS;
        places[at] = nameFrom;
        places[at + 1] = nameTo;
        places[at + 2] = valueFrom;
        places[at + 3] = valueTo;
        count++;
    }

    HeaderName kind(int index) {
        return NAMES[kinds[check(index)]];
    }

    Slice name(Slice whole, int index) {
        var at = check(index) * FIELDS;
        return new Slice(whole.bytes(), places[at], places[at + 1]);
    }

    Slice value(Slice whole, int index) {
        var at = check(index) * FIELDS;
        return new Slice(whole.bytes(), places[at + 2], places[at + 3]);
    }

    int indexOf(HeaderName name, int start) {
        var wanted = (byte) name.ordinal();
        for (var i = start; i < count; i++) {
            if (kinds[i] == wanted) return i;
        }
        return -1;
    }

    private int check(int index) {
        if (index >= count) throw new IndexOutOfBoundsException(index);
        return index;
    }
}
