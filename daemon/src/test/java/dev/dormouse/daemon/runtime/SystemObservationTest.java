package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.reconcile.Observation;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real one, on files as the scripts write them and on processes of this machine. */
class SystemObservationTest extends ObservationContract {
    private static final ContainerId ID = new ContainerId("ab".repeat(32));

    @TempDir
    Path root;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(SystemObservationTest::end);
    }

    @Override
    FileStage stage() throws IOException {
        return new FileStage();
    }

    @Test
    void aProcessOfTheSameNumberIsNotIt() throws IOException {
        FileStage stage = stage();
        stage.compiled();
        stage.start(ID);
        stage.begun(stage.init.pid(), ticks(stage.init.pid()) + 1);
        assertThat(look(stage, ID).init()).isEqualTo(Observed.Init.REUSED);
        stage.begun(4_000_000, 1);
        assertThat(look(stage, ID).init()).isEqualTo(Observed.Init.GONE);
    }

    @Test
    void anotherBootMakesItAnother() throws IOException {
        FileStage stage = stage();
        stage.compiled();
        stage.start(ID);
        Files.writeString(stage.paths.runFolder(ID).resolve("boot"), "00000000-0000-0000-0000-000000000000\n");
        assertThat(look(stage, ID).init()).isEqualTo(Observed.Init.REUSED);
        assertThat(new RunFiles(stage.paths).running(ID)).isEmpty();
    }

    @Test
    void aProcessThatIsNotItsConmonIsNone() throws IOException {
        FileStage stage = stage();
        stage.compiled();
        stage.start(ID);
        Files.writeString(stage.paths.runFolder(ID).resolve("conmon"), stage.init.pid() + "\n");
        assertThat(look(stage, ID).conmon()).isFalse();
        assertThat(look(stage, ID).init()).isEqualTo(Observed.Init.ALIVE);
    }

    @Test
    void whatIsMissingIsSeen() throws IOException {
        FileStage stage = stage();
        stage.compiled();
        stage.start(ID);
        Files.delete(stage.paths.bundle(ID));
        Observed seen = stage.observation().of(new Observation.Subject(ID, "one", true, true, Optional.empty(), true));
        assertThat(seen.bundle()).isFalse();
        assertThat(seen.mount()).isFalse();
        assertThat(seen.namespace()).isFalse();
    }

    @Test
    void aBootAfterTheLastWordIsSeen() throws IOException {
        FileStage stage = stage();
        Instant boot = ProcKernel.ofThisMachine().booted();
        assertThat(boot).isBefore(Instant.now());
        assertThat(stage.since(boot.minusSeconds(1)).bootedSince()).contains(boot);
        assertThat(stage.since(boot.plusSeconds(1)).bootedSince()).isEmpty();
    }

    @Test
    void tracesAreFoundByEveryThingARunMakes() throws IOException {
        FileStage stage = stage();
        ContainerId other = ContainerId.random();
        Files.createDirectories(stage.paths.run().resolve("netns"));
        Files.createFile(stage.paths.networkNamespace(other));
        Files.createFile(stage.paths.run().resolve("netns/not-ours"));
        Files.createDirectories(stage.paths.run().resolve("crun").resolve(ID.value()));
        assertThat(stage.observation().traces()).isEqualTo(Set.of(ID, other));
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    }

    final class FileStage implements Stage {
        private final RuntimePaths paths = new RuntimePaths(root.resolve("lib"), root.resolve("run"), root);
        private final SystemObservation observation = new SystemObservation(
                paths, new DirectSupervisor(paths), new ProcKernel(Path.of("/proc"), root.resolve("cgroup")));
        private Process init;

        private FileStage() throws IOException {
            Files.createDirectories(paths.containers());
            init = sleep("sleep", "100");
        }

        @Override
        public Observation observation() {
            return observation;
        }

        @Override
        public ContainerId compiled() throws IOException {
            Files.createDirectories(paths.bundle(ID).getParent());
            Files.createFile(paths.bundle(ID));
            return ID;
        }

        @Override
        public void start(ContainerId container) throws IOException {
            Files.createDirectories(paths.runFolder(ID));
            Process conmon = sleep("sh", "-c", "sleep 100; :", "conmon", "--cid", ID.value());
            Files.writeString(paths.claim(ID), "one\n");
            Files.writeString(paths.runFolder(ID).resolve("conmon"), conmon.pid() + "\n");
            Files.writeString(
                    paths.runFolder(ID).resolve("boot"), Files.readString(Path.of("/proc/sys/kernel/random/boot_id")));
            begun(init.pid(), ticks(init.pid()));
        }

        private void begun(long pid, long ticks) throws IOException {
            Files.writeString(paths.started(ID), "PID=" + pid + "\nSTARTED=" + nanos() + "\nSTARTTIME=" + ticks + "\n");
        }

        @Override
        public void exit(ContainerId container, int code) throws IOException {
            String start = Files.readString(paths.started(ID))
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            Files.delete(paths.started(ID));
            Files.writeString(
                    paths.exit(ID),
                    "CODE=" + code + "\n" + start + "\nFINISHED=" + nanos() + "\nPID=" + init.pid() + "\n");
            processes.forEach(SystemObservationTest::end);
            Files.delete(paths.claim(ID));
        }

        @Override
        public void freeze(ContainerId container) throws IOException {
            String own = Files.readAllLines(Path.of("/proc", Long.toString(init.pid()), "cgroup")).stream()
                    .filter(line -> line.startsWith("0::/"))
                    .findFirst()
                    .orElseThrow()
                    .substring("0::/".length());
            Path cgroup = Files.createDirectories(root.resolve("cgroup").resolve(own));
            Files.writeString(cgroup.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
        }

        private Observed since(Instant lastWord) {
            return observation.of(new Observation.Subject(ID, "one", false, true, Optional.of(lastWord), true));
        }

        private static long nanos() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000 + now.getNano();
        }
    }

    private Process sleep(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(Duration.ofSeconds(5))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
