// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/// Reads a stream in large blocks, so that a record can be looked at where it lies.
///
/// Whatever is asked for with [#have] lies in one piece in [#bytes], from [#at] on, until the next
/// call. Damage of a gzipped stream counts as its end; [#damage] says so.
final class BlockReader {
    /// The most that [#have] can be asked for.
    static final int BLOCK = 1 << 20;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int end;
    private boolean over;
    private String damage = "";

    BlockReader(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return block;
    }

    int at() {
        return at;
    }

    /// How many octets lie ready; after a [#have] that failed: all that are left.
    int rest() {
        return end - at;
    }

    /// Why the stream ended before its time; empty if it did not.
    String damage() {
        return damage;
    }

    /// Whether the next octets, this many, are there.
    boolean have(int count) throws IOException {
        return end - at >= count || read(count);
    }

    /// Moves on over octets that are there.
    void advance(int count) {
        at += count;
    }

    /// Moves on over octets that need not fit the block; false if the stream ends before.
    boolean skip(long count) throws IOException {
        var left = count;
        while (left > end - at) {
            left -= end - at;
            at = end;
            if (!have(1)) return false;
        }
        at += (int) left;
        return true;
    }

    private boolean read(int count) throws IOException {
        System.arraycopy(block, at, block, 0, end - at);
        end -= at;
        at = 0;
        while (end < count && !over) {
            var got = next();
            if (got < 0) over = true;
            else end += got;
        }
        return end >= count;
    }

    private int next() throws IOException {
        try {
            return in.read(block, end, block.length - end);
        } catch (EOFException e) {
            damage = "the compressed data ends early";
        } catch (ZipException e) {
            damage = "the compressed data is damaged";
        }
        return -1;
    }
}
