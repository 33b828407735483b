package dev.dormouse.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.Attachments;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerStoreTest {
    private static final Port HTTP = new Port(80, Port.Protocol.TCP);
    private static final ContainerFacts FACTS = new ContainerFacts(
            ContainerFacts.SCHEMA,
            true,
            true,
            Optional.of(Instant.parse("2026-11-24T10:00:00.123456789Z")),
            Optional.of(new ContainerFacts.Failure(127, "not found", Instant.EPOCH)));

    @TempDir
    Path root;

    private StateFolder folder;
    private ContainerStore store;

    @BeforeEach
    void prepare() {
        folder = new StateFolder(root.resolve("lib"));
        store = new ContainerStore(folder);
        store.prepare();
    }

    @Test
    void everythingComesBackAsItWas() {
        ContainerRecord full = save("full", fullConfig());
        ContainerRecord bare = save("bare", bareConfig());
        store.saveFacts(full.id(), FACTS);
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored())
                .containsExactlyInAnyOrder(
                        new LoadedContainers.Stored(full, FACTS),
                        new LoadedContainers.Stored(bare, ContainerFacts.NONE));
        assertThat(loaded.broken()).isEmpty();
        assertThat(loaded.removing()).isEmpty();
    }

    @Test
    void aHundredAreLoadedAtOnce() {
        IntStream.range(0, 100).forEach(i -> save("container-" + i, bareConfig()));
        assertThat(store.load().stored()).hasSize(100);
    }

    @Test
    void aNameIsReservedForOneContainer() {
        ContainerId first = ContainerId.random();
        store.makeFolder(first);
        assertThat(store.reserveName("nginx", first)).isEmpty();
        assertThat(store.reserveName("nginx", first)).isEmpty();
        assertThat(store.reserveName("nginx", ContainerId.random())).contains(first);
        store.releaseName("nginx", ContainerId.random());
        assertThat(store.reserveName("nginx", ContainerId.random())).contains(first);
        store.releaseName("nginx", first);
        assertThat(store.reserveName("nginx", ContainerId.random())).isEmpty();
    }

    @Test
    void aNameOfAContainerThatIsGoneIsFree() {
        ContainerId gone = ContainerId.random();
        store.makeFolder(gone);
        store.reserveName("nginx", gone);
        store.delete(gone);
        ContainerId next = ContainerId.random();
        store.makeFolder(next);
        assertThat(store.reserveName("nginx", next)).isEmpty();
        assertThat(store.reserveName("nginx", ContainerId.random())).contains(next);
    }

    @Test
    void brokenRecordsAreKeptAndSaidWithoutTheirContent() throws IOException {
        String json =
                Files.readString(folder.config(save("intact", fullConfig()).id()));
        assertThat(json).contains("SECRET=hush");
        quarantined(json.substring(0, json.indexOf("hush") + 2), "cut short");
        quarantined("", "cut short");
        quarantined("{}", "no schema number");
        quarantined(json.replace("\"schema\" : 3", "\"schema\" : 7"), "newer Dormouse");
        quarantined(json.replace("\"binds\"", "\"bonds\""), "hostConfig.binds");
        quarantined(json.replace("80/tcp", "80/carrier-pigeon"), "not valid at");
        quarantined(json, "it is the record of container");
        assertThat(store.load().stored()).hasSize(1);
    }

    @Test
    void aRecordFromBeforeAChoiceSaysWhatWasTrueThen() throws IOException {
        ContainerRecord made = save("old", fullConfig());
        Path file = folder.config(made.id());
        String json = Files.readString(file);
        assertThat(json).contains("shmBytes", "noNewPrivileges", "restartPolicy");
        Files.writeString(
                file,
                json.replace("\"schema\" : 3", "\"schema\" : 1")
                        .replaceAll(",\\s*\"(shmBytes|noNewPrivileges)\" : \\w+", "")
                        .replaceFirst(",\\s*\"restartPolicy\" : \\{[^}]*}", ""));
        assertThat(store.load().stored()).singleElement().satisfies(stored -> {
            assertThat(stored.record().hostConfig().shmBytes()).isEqualTo(64 << 20);
            assertThat(stored.record().hostConfig().noNewPrivileges()).isFalse();
            assertThat(stored.record().hostConfig().restartPolicy()).isEqualTo(RestartPolicy.NO);
        });
    }

    @Test
    void aFolderThatLostItsRecordIsKept() throws IOException {
        ContainerRecord made = save("nginx", bareConfig());
        Path upper = Files.createDirectory(folder.container(made.id()).resolve("upper"));
        Files.delete(folder.config(made.id()));
        LoadedContainers loaded = store.load();
        assertThat(loaded.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.name()).isEqualTo("nginx");
            assertThat(broken.error()).contains("missing");
        });
        assertThat(upper).exists();
    }

    @Test
    void damagedFactsQuarantineNothing() throws IOException {
        ContainerRecord made = save("nginx", bareConfig());
        Files.writeString(folder.state(made.id()), "{\"schema\": 1, \"comp");
        assertThat(store.load().stored()).containsExactly(new LoadedContainers.Stored(made, ContainerFacts.NONE));
    }

    @Test
    void aRecordOfSchema0IsMigratedAndItsFilesAreCompiledAgain() throws IOException {
        ContainerRecord made = save("nginx", bareConfig());
        store.saveFacts(made.id(), FACTS);
        Path config = folder.config(made.id());
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"schema\" : 3", "\"schema\" : 0")
                        .replaceFirst("\"unitName\" : \"nginx\",", ""));
        assertThat(store.load().stored()).containsExactly(new LoadedContainers.Stored(made, FACTS.withCompiled(false)));
    }

    @Test
    void factsOfANewerEngineQuarantineTheContainerAndAreLeftAsTheyAre() throws IOException {
        ContainerRecord made = save("nginx", bareConfig());
        Files.writeString(folder.state(made.id()), "{\"schema\": 2, \"mood\": \"dormant\"}");
        assertThat(store.load().broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.error())
                        .isEqualTo("its state " + folder.state(made.id())
                                + " cannot be used: it has schema 2, written by a"
                                + " newer Dormouse; this one reads up to 1: upgrade Dormouse"));
        assertThat(folder.state(made.id())).hasContent("{\"schema\": 2, \"mood\": \"dormant\"}");
    }

    @Test
    void halfMadeFoldersAndNamesWithoutAContainerAreSwept() throws IOException {
        ContainerId half = ContainerId.random();
        store.makeFolder(half);
        Files.writeString(folder.container(half).resolve(".config.json.123.new"), "{");
        store.reserveName("half", half);
        store.reserveName("nobody", ContainerId.random());
        Files.writeString(folder.names().resolve("README"), "no link");
        assertThat(store.load()).isEqualTo(new LoadedContainers(List.of(), List.of(), List.of()));
        assertThat(folder.container(half)).doesNotExist();
        try (var names = Files.list(folder.names())) {
            assertThat(names).containsExactly(folder.names().resolve("README"));
        }
        assertThatThrownBy(() -> store.reserveName("README", half)).hasMessageContaining("no link to a container");
    }

    @Test
    void aMissingNameIsReservedAgainAndADisputedOneQuarantines() throws IOException {
        ContainerRecord first = save("nginx", bareConfig());
        Files.delete(folder.names().resolve("nginx"));
        assertThat(store.load().stored()).hasSize(1);
        assertThat(store.reserveName("nginx", ContainerId.random())).contains(first.id());

        ContainerRecord second = record("nginx", bareConfig());
        store.makeFolder(second.id());
        store.save(second);
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored())
                .singleElement()
                .satisfies(kept -> assertThat(kept.record()).isEqualTo(first));
        assertThat(loaded.broken())
                .singleElement()
                .satisfies(broken ->
                        assertThat(broken.error()).contains("nginx", first.id().value()));
    }

    @Test
    void aDeletionFollowsNoLink() throws IOException {
        Path precious = Files.createDirectory(root.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        ContainerRecord made = save("nginx", bareConfig());
        Path upper = Files.createDirectories(folder.container(made.id()).resolve("upper/etc"));
        Files.createSymbolicLink(upper.resolve("link"), precious);
        store.markRemoving(made.id());
        store.delete(made.id());
        assertThat(folder.container(made.id())).doesNotExist();
        assertThat(precious.resolve("file")).exists();
    }

    private void quarantined(String json, String expected) throws IOException {
        ContainerId id = ContainerId.random();
        store.makeFolder(id);
        Files.writeString(folder.config(id), json);
        assertThat(store.load().broken())
                .filteredOn(broken -> broken.id().equals(id))
                .singleElement()
                .satisfies(broken -> assertThat(broken.error())
                        .contains(expected)
                        .contains(folder.config(id).toString())
                        .doesNotContain("hush", "SECRET"));
        assertThat(folder.config(id)).hasContent(json);
    }

    private ContainerRecord save(String name, ContainerConfig config) {
        ContainerRecord record = record(name, config);
        store.makeFolder(record.id());
        store.reserveName(name, record.id());
        store.save(record);
        return record;
    }

    private static ContainerRecord record(String name, ContainerConfig config) {
        HostConfig host = new HostConfig(
                NetworkMode.BRIDGE,
                List.of(new PublishedPort(HTTP, "::1", 8080)),
                List.of(new BindMount("/srv", "/data", true)),
                true,
                false,
                List.of("ALL"),
                List.of("NET_RAW"),
                Map.of("/tmp", "size=1m"),
                List.of("db:10.0.0.1"),
                List.of("9.9.9.9"),
                6L << 20,
                500_000_000,
                -1,
                32 << 20,
                true,
                RestartPolicy.NO);
        return new ContainerRecord(
                ContainerRecord.SCHEMA,
                ContainerId.random(),
                name,
                name,
                Instant.parse("2026-11-24T10:00:00.123456789Z"),
                new ImageId("b".repeat(64)),
                config,
                host,
                List.of(Attachments.onBridge("172.17.0.2")));
    }

    private static ContainerConfig fullConfig() {
        return new ContainerConfig(
                "host",
                "www:www",
                List.of("SECRET=hush"),
                Optional.of(List.of("/entry")),
                Optional.of(List.of("serve", "")),
                "/srv",
                Map.of("a", "b"),
                Set.of(HTTP),
                Optional.of("SIGQUIT"),
                Optional.of(-1),
                Optional.of(new Healthcheck(
                        List.of("CMD", "true"),
                        Duration.ofNanos(1),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofMillis(5),
                        3)),
                "nginx:latest");
    }

    private static ContainerConfig bareConfig() {
        return new ContainerConfig(
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
