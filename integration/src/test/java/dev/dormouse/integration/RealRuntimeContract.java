package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.runtime.ContainerRecords;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.runtime.ContainerRuntimeContract;
import dev.dormouse.daemon.runtime.NetworkFiles;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, and what only real processes can do, with conmon, crun, netavark and overlayfs. */
@ExtendWith(LeavesNothing.class)
abstract class RealRuntimeContract extends ContainerRuntimeContract {
    private static final RuntimePaths PATHS = RuntimePaths.installedAt(Path.of("/usr"));
    private static final int SIGTERM_BIT = 14;

    private final BusyboxLayer image = BusyboxLayer.make();
    private final List<ContainerRecord> containers = new ArrayList<>();
    private final SystemRuntime runtime = runtime(PATHS, image, new TestBridge());

    abstract SystemRuntime runtime(RuntimePaths paths, BusyboxLayer image, NetworkFiles network);

    @Override
    protected ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    protected ContainerRecord container(Behaviour behaviour) {
        return switch (behaviour) {
            case OBEDIENT -> running("/bin/sh", "-c", "trap 'exit 143' TERM; while :; do sleep 1000 & wait; done");
            case DEAF -> running("/bin/sleep", "1000");
            case BRIEF -> running("/bin/sh", "-c", "exit 7");
            case BROKEN -> running("/bin/nothing");
        };
    }

    @Override
    protected void awaitReady(ContainerRecord container) {
        Path status = Path.of(
                "/proc", Long.toString(runtime.running(container).orElseThrow().pid()), "status");
        Await.until("SIGTERM is handled", () -> {
            try (var lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith("SigCgt:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> SIGTERM_BIT & 1) != 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private ContainerRecord running(String... command) {
        String name = "runtime-test-" + containers.size();
        ContainerRecord container = ContainerRecords.with(
                name, ContainerRecords.config(List.of(command)), ContainerRecords.host(NetworkMode.BRIDGE));
        Shell.run("mkdir", "-p", "/var/lib/dormouse/names", "/var/lib/dormouse/containers/" + container.id());
        Shell.run("ln", "-sfn", "../containers/" + container.id(), "/var/lib/dormouse/names/" + name);
        containers.add(container);
        runtime.compile(container);
        return container;
    }

    @AfterEach
    void discard() {
        for (ContainerRecord container : containers) {
            runtime.stop(container, Optional.of(0), Optional.empty());
            runtime.discard(container);
            Shell.run("rm", "/var/lib/dormouse/names/" + container.name());
            Shell.run("rmdir", "/var/lib/dormouse/containers/" + container.id());
        }
        runtime.close();
    }

    @Test
    void whenConmonIsKilledTheContainerGoesWithIt() throws Exception {
        ContainerRecord container = container(Behaviour.DEAF);
        CompletableFuture<ContainerRuntime.Change> exited = new CompletableFuture<>();
        runtime.start(container);
        try (var _ = runtime.watch(exited::complete)) {
            Shell.run(
                    "kill",
                    "-KILL",
                    Files.readString(runFolder(container).resolve("conmon")).strip());
            assertThat(exited.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ContainerRuntime.Change.Exited.class,
                            change -> assertThat(change.exit().exitCode()).isEqualTo(137));
        }
        runtime.stop(container, Optional.empty(), Optional.empty());
        assertThat(Path.of("/run/dormouse/crun", container.id().value())).doesNotExist();
        assertThat(Path.of("/run/dormouse/netns", container.id().value())).doesNotExist();
    }

    @Test
    void aNewRuntimeKnowsWhatTheOldOneStarted() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        runtime.start(container);
        awaitReady(container);
        try (SystemRuntime next = runtime(PATHS, image, new TestBridge())) {
            assertThat(next.running(container)).isEqualTo(runtime.running(container));
            next.stop(container, Optional.empty(), Optional.empty());
            assertThat(next.lastExit(container).map(ContainerRuntime.Exit::exitCode))
                    .contains(143);
        }
    }

    @Test
    void aContainerRunsUnderOneNameOnly() {
        ContainerRecord container = container(Behaviour.OBEDIENT);
        runtime.start(container);
        Shell.run("ln", "-sfn", "../containers/" + container.id(), "/var/lib/dormouse/names/runtime-other");
        try {
            Shell.Result refused = Shell.attempt("/usr/lib/dormouse/container-prepare", "runtime-other");
            assertThat(refused.exit()).isEqualTo(255);
            assertThat(refused.output()).contains("runs as dormouse-container@" + container.name());
            assertThat(Shell.attempt("/usr/lib/dormouse/container-clean", "runtime-other")
                            .exit())
                    .isZero();
            assertThat(runtime.running(container)).isPresent();
        } finally {
            Shell.run("rm", "/var/lib/dormouse/names/runtime-other");
        }
    }

    @Test
    void aVolumeBeginsAsTheImageHasItAndKeepsWhatIsWritten() throws IOException {
        ContainerRecord container = running("/bin/sh", "-c", "echo more >>/data/file");
        runtime.start(container);
        runtime.stop(container, Optional.empty(), Optional.empty());
        runtime.start(container);
        runtime.stop(container, Optional.empty(), Optional.empty());
        assertThat(Path.of("/var/lib/dormouse/containers", container.id().value(), "volumes/data/file"))
                .hasContent("original\nmore\nmore\n");
        assertThat(image.layer().resolve("data/file")).hasContent("original\n");
    }

    private static Path runFolder(ContainerRecord container) {
        return Path.of("/run/dormouse/containers", container.id().value());
    }
}
