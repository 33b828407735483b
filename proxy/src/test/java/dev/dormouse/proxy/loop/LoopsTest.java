package dev.dormouse.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.Reception;
import java.net.SocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopsTest {
    private static final CarriedConnection GONE =
            new CarriedConnection(-1, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private final List<Loop> all = List.of(Loop.open(0), Loop.open(1), Loop.open(2));
    private final Loops loops = new Loops(all, 1000);
    private final CompletableFuture<SocketAddress> never = new CompletableFuture<>();
    private final ListeningSocket listener = new ListeningSocket(loops, -1, false, Reception.plain(100), _ -> never);

    @Test
    void manyThatAreTakenUpBeforeALoopHasATurnAreSpread() {
        for (int count = 0; count < 12; count++) {
            listener.takeUp(GONE);
        }

        assertThat(all).allSatisfy(loop -> assertThat(loop.load()).isEqualTo(4));
        assertThat(listener.connections()).isEqualTo(12);
        runAndEnd();
        assertNobody();
    }

    @Test
    void whatAnEndedLoopCannotTakeCountsNowhere() {
        runAndEnd();

        listener.takeUp(GONE);

        assertNobody();
    }

    private void runAndEnd() {
        all.forEach(Loop::start);
        loops.close();
    }

    private void assertNobody() {
        assertThat(all).allSatisfy(loop -> assertThat(loop.load()).isZero());
        assertThat(listener.connections()).isZero();
    }
}
