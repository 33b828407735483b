package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.EventStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class OrderedUnitsTest {
    private static final String DROP_IN = "dormouse-container@app.service.d/" + UnitOrder.FILE;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path units;

    private final List<ContainerRecord> containers = new CopyOnWriteArrayList<>();
    private final Semaphore reloads = new Semaphore(0);
    private final EventStream events = new EventStream();

    private OrderedUnits begin() {
        return new OrderedUnits(units, () -> List.copyOf(containers), reloads::release, events);
    }

    @Test
    void systemdIsToldTheOrderOfWhatIsMade() throws Exception {
        try (OrderedUnits order = begin()) {
            containers.add(Fleet.container("db", 1));
            containers.add(Fleet.container("app", 1, "db"));
            event("create");
            reloads.acquire();
            assertThat(units.resolve(DROP_IN)).hasContent("""
                            # By Dormouse, from com.docker.compose.depends_on.
                            [Unit]
                            After=dormouse-container@db.service
                            """);
            order.restored();
            containers.clear();
            event("destroy");
            reloads.acquire();
            assertThat(units).isEmptyDirectory();
        }
        assertThat(reloads.availablePermits()).as("nothing to tell twice").isZero();
    }

    @Test
    void whatAKilledEngineLeftIsMadeRightAndWhatIsTheAdministratorsIsLeft() throws Exception {
        Path own = Files.createDirectories(units.resolve("dormouse-container@gone.service.d"));
        Files.writeString(own.resolve(UnitOrder.FILE), "[Unit]\nAfter=x.service\n");
        Files.writeString(own.resolve("mine.conf"), "[Service]\n");
        try (OrderedUnits order = begin()) {
            order.restored();
            reloads.acquire();
            assertThat(own)
                    .isDirectoryNotContaining("glob:**" + UnitOrder.FILE)
                    .isDirectoryContaining("glob:**mine.conf");
        }
    }

    @Test
    void whatChangedLastIsWrittenBeforeItEnds() throws Exception {
        OrderedUnits order = begin();
        containers.add(Fleet.container("db", 1));
        containers.add(Fleet.container("app", 1, "db"));
        order.close();
        assertThat(units.resolve(DROP_IN)).exists();
    }

    private void event(String action) {
        events.publish(new Event("container", action, "id", Map.of(Dependencies.PROJECT, "shop"), Instant.now()));
    }
}
