package dev.dormouse.daemon.lifecycle;

import java.util.Arrays;

/** Finds the keys by which a client leaves a terminal in what it types, also across pieces. For one thread. */
final class DetachKeys {
    private final byte[] keys;
    private int matched;

    /** @param keys at least one */
    DetachKeys(byte[] keys) {
        this.keys = keys.clone();
    }

    /**
     * What to pass on of a piece: keys that may be the beginning of the sequence are held back until it is known.
     *
     * @param typed the piece's first bytes count
     */
    Passed pass(byte[] typed, int length) {
        byte[] on = new byte[length + keys.length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (typed[i] == keys[matched]) {
                matched++;
                if (matched == keys.length) {
                    return new Passed(Arrays.copyOf(on, count), true);
                }
            } else {
                System.arraycopy(keys, 0, on, count, matched);
                count += matched;
                matched = typed[i] == keys[0] ? 1 : 0;
                if (matched == 0) {
                    on[count++] = typed[i];
                }
            }
        }
        return new Passed(Arrays.copyOf(on, count), false);
    }

    /** @param detached whether the sequence was complete; what comes after it is nobody's */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Passed(byte[] bytes, boolean detached) {}
}
