package dev.dormouse.proxy.loop;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant by an event's tag. A tag that was given up is not given again before {@link #recycle}: until then events that the
 * kernel returned earlier may still name it.
 */
final class WatchTable {
    private static final int INITIAL = 64;

    private @Nullable Watched[] entries = new @Nullable Watched[INITIAL];
    private int[] free = new int[INITIAL];
    private int freeCount;
    private int[] givenUp = new int[INITIAL];
    private int givenUpCount;
    private int used;

    void add(Watched watched) {
        int tag;
        if (freeCount > 0) {
            freeCount--;
            tag = free[freeCount];
        } else {
            tag = used++;
            if (tag == entries.length) {
                entries = Arrays.copyOf(entries, 2 * tag);
            }
        }
        entries[tag] = watched;
        watched.tag(tag);
    }

    void remove(Watched watched) {
        int tag = watched.tag();
        entries[tag] = null;
        watched.tag(-1);
        givenUp = withRoom(givenUp, givenUpCount);
        givenUp[givenUpCount++] = tag;
    }

    @Nullable
    Watched get(int tag) {
        return entries[tag];
    }

    void recycle() {
        while (givenUpCount > 0) {
            free = withRoom(free, freeCount);
            givenUpCount--;
            free[freeCount++] = givenUp[givenUpCount];
        }
    }

    void forEach(Consumer<Watched> action) {
        for (int tag = 0; tag < used; tag++) {
            Watched watched = entries[tag];
            if (watched != null) {
                action.accept(watched);
            }
        }
    }

    private static int[] withRoom(int[] array, int count) {
        return count < array.length ? array : Arrays.copyOf(array, 2 * count);
    }
}
