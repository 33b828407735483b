package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends with the engine, in which order, and how long systemd lets it take. */
@ExtendWith(LeavesNothing.class)
class ShutdownIT {
    private static final String ENDS_WITH_IT = "--live-restore=false";

    @Test
    void withoutLiveRestoreAStopStopsDependentsFirst() throws Exception {
        try (EngineOptions _ = EngineOptions.of(ENDS_WITH_IT, "");
                Project shop = shop()) {
            Shell.run("systemctl", "stop", "dormouse.service");

            assertThat(shop.noneRuns()).isTrue();
            assertThat(SystemUnit.ENGINE.property("Result")).isEqualTo("success");
            inOrder();
            assertThat(engineLog())
                    .contains("stopping containers=3 levels=3 within=24 s", "outcome=3 stopped in 3 levels");
        }
    }

    @Test
    void aRestartAndLiveRestoreLeaveAll() throws Exception {
        try (EngineOptions _ = EngineOptions.of(ENDS_WITH_IT, "");
                Project shop = shop()) {
            Shell.run("systemctl", "restart", "dormouse.service");
            assertThat(shop.allRun()).isTrue();
            assertThat(engineLog()).contains("the engine ends: it is being restarted");
            Shell.run("docker", "version");
            Shell.run("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
            Shell.run("docker", "version");
            assertThat(shop.allRun()).isTrue();
            try (EngineOptions _ = EngineOptions.of("--live-restore", "")) {
                // The stop that made way for these options was one without live-restore.
                Shell.run("docker", "start", "db", "app", "web");
                Shell.run("systemctl", "stop", "dormouse.service");
                assertThat(shop.allRun()).isTrue();
                assertThat(engineLog()).contains("outcome=left running by live-restore");
            }
        }
    }

    @Test
    void whoIgnoresItsSignalIsKilledInItsOwnTime() throws Exception {
        try (EngineOptions _ = EngineOptions.of(ENDS_WITH_IT, "");
                Project shop = new Project().run("deaf", "", 2, Project.ignores())) {
            Duration took = Project.timed("systemctl", "stop", "dormouse.service");
            assertThat(took).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(15));
            assertThat(shop.noneRuns()).isTrue();
            assertThat(Project.exitCode("deaf")).isEqualTo(137);
            assertThat(engineLog()).contains("container deaf did not end within its 2 s and was killed");
        }
    }

    /** 2 s is what systemd would give it, 30 s what one message asks for. */
    @Test
    void systemdWaitsAsLongAsAContainerMayTake() throws Exception {
        try (EngineOptions _ = EngineOptions.of(ENDS_WITH_IT, "TimeoutStopSec=2");
                Project _ = new Project().run("slow", "", -1, Project.endsAfter(33))) {
            Duration took = Project.timed("systemctl", "stop", "dormouse.service");
            assertThat(took).isGreaterThan(Duration.ofSeconds(33));
            assertThat(SystemUnit.ENGINE.property("Result")).isEqualTo("success");
            assertThat(Project.exitCode("slow")).isZero();
            assertThat(engineLog()).contains("within=for ever");
        }
    }

    /** As shutdown.target does it: the stop jobs of all in one transaction. */
    @Test
    void systemdsOwnTransactionKeepsTheOrderWithAndWithoutAnEngine() throws Exception {
        for (String options : new String[] {ENDS_WITH_IT, "--live-restore"}) {
            try (EngineOptions _ = EngineOptions.of(options, "");
                    Project shop = shop();
                    AllDown down = new AllDown("dormouse.service", "web", "app", "db")) {
                Await.until(
                        "the order is known to systemd",
                        () -> SystemUnit.container("web").property("After").contains("dormouse-container@app.service"));
                down.start();
                assertThat(shop.noneRuns()).isTrue();
                assertThat(SystemUnit.ENGINE.property("Result")).isEqualTo("success");
                inOrder();
            }
        }
    }

    /** The one that is needed is the quickest, so that it would be the first if it were not told to wait. */
    private static Project shop() {
        return new Project()
                .run("db", "", 5, Project.endsAfter(0))
                .run("app", "db:service_started:false", 7, Project.endsAfter(1))
                .run("web", "app:service_healthy:true,db:service_started:false", 7, Project.endsAfter(1));
    }

    private static void inOrder() {
        assertThat(Project.finished("web")).isBefore(Project.finished("app"));
        assertThat(Project.finished("app")).isBefore(Project.finished("db"));
        for (String name : new String[] {"web", "app", "db"}) {
            assertThat(Project.exitCode(name)).as(name).isZero();
        }
    }

    private static String engineLog() {
        Shell.run("journalctl", "--sync");
        return Shell.run("journalctl", "--no-pager", "--lines=60", "--output=cat", "--unit=dormouse.service");
    }

    /** A target that conflicts with units, as shutdown.target does with all. */
    private static final class AllDown implements AutoCloseable {
        private static final Path FILE = Path.of("/run/systemd/system/all-down.target");

        AllDown(String engine, String... containers) throws IOException {
            StringBuilder units = new StringBuilder(engine);
            for (String container : containers) {
                units.append(" dormouse-container@").append(container).append(".service");
            }
            Files.writeString(FILE, "[Unit]\nConflicts=" + units + "\nAfter=" + units + "\n");
            Shell.run("systemctl", "daemon-reload");
        }

        void start() {
            Shell.run("systemctl", "start", "--job-mode=replace-irreversibly", "all-down.target");
        }

        @Override
        public void close() throws IOException {
            Shell.run("systemctl", "stop", "all-down.target");
            Files.delete(FILE);
            Shell.run("systemctl", "daemon-reload");
        }
    }
}
