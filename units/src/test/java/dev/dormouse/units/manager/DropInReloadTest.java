package dev.dormouse.units.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DropInReloadTest {
    @TempDir
    private Path folder;

    @Test
    void onlyAUnitThatSystemdKnowsOtherwiseNeedsAReload() throws IOException {
        Path dropIn = Files.createDirectory(folder.resolve("x.service.d")).resolve("50-restart.conf");
        Reloads systemd = new Reloads(List.of());
        DropInReload reload = new DropInReload(systemd);
        reload.changed(dropIn);
        assertThat(systemd.begun).hasValue(0);
        Files.writeString(dropIn, "");
        reload.changed(dropIn);
        assertThat(systemd.begun).as("it was loaded without").hasValue(1);
        new DropInReload(new Reloads(List.of(dropIn.toString()))).changed(dropIn);
        assertThat(systemd.begun).hasValue(1);
        assertThat(systemd.units).containsOnly("x.service");
    }

    @Test
    void aDropInWhoseTextHasChangedNeedsAReload() throws IOException {
        Path dropIn = Files.createDirectory(folder.resolve("x.service.d")).resolve("50-restart.conf");
        Files.writeString(dropIn, "");
        Reloads systemd = new Reloads(List.of(dropIn.toString()));
        DropInReload reload = new DropInReload(systemd);
        reload.changed(Map.of(dropIn, "a"), Map.of(dropIn, "a"));
        reload.changed(Map.of(), Map.of(dropIn, "a"));
        assertThat(systemd.begun).as("it was loaded with it").hasValue(0);
        reload.changed(Map.of(dropIn, "a"), Map.of(dropIn, "b"));
        assertThat(systemd.begun).hasValue(1);
        Files.delete(dropIn);
        reload.changed(Map.of(dropIn, "b"), Map.of());
        assertThat(systemd.begun).hasValue(2);
    }

    /** Counts reloads. */
    private static final class Reloads implements SystemdManager {
        private final List<String> dropIns;
        private final AtomicInteger begun = new AtomicInteger();
        private final List<String> units = new ArrayList<>();

        private Reloads(List<String> dropIns) {
            this.dropIns = dropIns;
        }

        @Override
        public void reload() {
            begun.incrementAndGet();
        }

        @Override
        public Map<String, Object> properties(String unit, String type) {
            units.add(unit);
            return Map.of("DropInPaths", dropIns);
        }

        @Override
        public JobResult start(String unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JobResult stop(String unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UnitState state(String unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resetFailed(String unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Watch watch(String unit, Consumer<UnitState> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
