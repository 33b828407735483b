package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.SystemdWaker;
import dev.dormouse.activator.wake.WakeSlots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that another process held before. */
class InheritedServiceTest {
    private static final String NAME = "nginx";

    @TempDir
    private Path folder;

    private final ManualAgenda agenda = new ManualAgenda();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final FakeListener listener = new FakeListener(agenda);

    @BeforeEach
    void declare() throws IOException {
        Files.writeString(folder.resolve(NAME + ".json"), """
                {"schema": 1, "name": "nginx", "listen": ["1"], "port": 80, "idle": "2m", "ready": "listening",
                 "deadline": "20s", "container": "nginx", "address": "127.0.0.1", "ports": [80], "runtimeFolder": "%s"}
                """.formatted(folder));
    }

    @Test
    void whatWasAwakeIsAwakeAtOnce() throws IOException {
        Files.createFile(folder.resolve("started"));
        Service service = inherited(true);

        assertThat(service.snapshot().state()).isEqualTo("awake");
        CompletableFuture<? extends SocketAddress> client = service.address(Optional.empty());
        assertThat(client.join()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
        assertThat(service.declared().idle()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aContainerThatHasEndedMeanwhileIsLeftAlone() {
        Service service = inherited(true);
        assertThat(service.snapshot().state()).isEqualTo("listening");
        assertThat(service.declared().idle()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aWakeThatWasUnderWayIsBegunAgainByItsClients() throws IOException {
        Files.createFile(folder.resolve("started"));
        Service service = inherited(false);
        assertThat(service.snapshot().state())
                .as("started, but nobody knows whether it is ready")
                .isEqualTo("listening");

        assertThat(service.address(Optional.empty())).isNotDone();
        agenda.settle();
        assertThat(service.snapshot().state()).isEqualTo("waking");
    }

    @Test
    void itIsLeftToTheNextInTurn() throws IOException {
        Files.createFile(folder.resolve("started"));
        Legacy legacy = inherited(true).bequeath().join();

        assertThat(legacy.name()).isEqualTo(NAME);
        assertThat(legacy.awake()).isTrue();
        assertThat(legacy.listeners()).hasSize(1);
        assertThat(listener.givenUp).isTrue();
    }

    private Service inherited(boolean awake) {
        Folders folders = new Folders(folder, folder, folder);
        FakeSystemd systemd = new FakeSystemd();
        Surroundings around = new Surroundings(
                agenda,
                background::add,
                new SystemdWaker(folders, systemd, new WakeSlots(1, agenda::execute), background::add),
                folders::service,
                systemd,
                new Settings(Duration.ZERO, Duration.ofSeconds(10), 100),
                _ -> {},
                new Tally());
        Map<String, Service> held = new HashMap<>();
        Service service = new Service(NAME, around, new Neighbours(around, held), () -> {});
        held.put(NAME, service);
        service.inherit(List.of(listener), Optional.of(folders.service(NAME)), awake);
        agenda.settle();
        return service;
    }
}
