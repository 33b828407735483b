package dev.dormouse.proxy.source;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** The clients of one source that are here. Used under the lock of its {@link SourceLimit}. */
final class Crowd {
    final Source source;
    final SequencedSet<Turn> queue = new LinkedHashSet<>();
    int here;
    int served;

    Crowd(Source source) {
        this.source = source;
    }
}
