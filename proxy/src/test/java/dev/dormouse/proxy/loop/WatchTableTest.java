package dev.dormouse.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTableTest {
    private static final class Nothing extends Watched {
        @Override
        protected void ready(int events) {
            throw new AssertionError("nothing is ever ready");
        }

        @Override
        protected void giveUp() {
            throw new AssertionError("nothing is ever given up");
        }
    }

    private final WatchTable table = new WatchTable();

    @Test
    void manyAreKeptApart() {
        Set<Integer> tags = new HashSet<>();
        for (int count = 0; count < 1000; count++) {
            Watched watched = added();
            tags.add(watched.tag());
            assertThat(table.get(watched.tag())).isSameAs(watched);
        }
        assertThat(tags).hasSize(1000);
    }

    @Test
    void aTagIsNotGivenAgainWhileEventsMayStillCarryIt() {
        Watched first = added();
        int tag = first.tag();
        table.remove(first);

        assertThat(table.get(tag)).isNull();
        assertThat(added().tag()).isNotEqualTo(tag);
        table.recycle();
        assertThat(added().tag()).isEqualTo(tag);
    }

    @Test
    void tagsAreUsedAgainRatherThanEverNewOnes() {
        for (int round = 0; round < 100; round++) {
            List<Watched> some = new ArrayList<>();
            for (int count = 0; count < 100; count++) {
                some.add(added());
                assertThat(some.getLast().tag()).isLessThan(100);
            }
            some.forEach(table::remove);
            table.recycle();
        }
    }

    private Watched added() {
        Watched watched = new Nothing();
        table.add(watched);
        return watched;
    }
}
