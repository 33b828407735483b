package dev.dormouse.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dormouse.daemon.container.ContainerRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the containers' folder: the others load, it is listed with what is wrong, left as it is, and can be removed. */
@Timeout(20)
class QuarantineTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    Path root;

    private StateFolder folder;
    private ContainerStore store;
    private ContainerRecord well;

    @BeforeEach
    void prepare() throws IOException {
        folder = new StateFolder(root);
        store = new ContainerStore(folder);
        store.prepare();
        well = ManyRecords.write(root, "well");
    }

    /** Makes a container's files something else. */
    @FunctionalInterface
    interface Damage {
        void to(Path container) throws IOException;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("no record", folder -> Files.delete(config(folder)), "is missing"),
                damage("an empty record", folder -> Files.writeString(config(folder), ""), "cut short"),
                damage("a truncated record", folder -> rewrite(folder, json -> json.substring(0, 100)), "cut short"),
                damage("no text", folder -> Files.write(config(folder), new byte[] {0, -1, -2}), "not valid at"),
                damage("a list", folder -> Files.writeString(config(folder), "[]"), "no schema number"),
                damage("nested too deep", folder -> Files.writeString(config(folder), "[".repeat(9000)), "not valid"),
                damage(
                        "a wrong type",
                        folder -> replace(folder, "\"created\" : \"", "\"created\" : [], \"x\" : \""),
                        "created"),
                damage("a number for a list", folder -> replace(folder, "\"binds\" : [ ]", "\"binds\" : 3"), "binds"),
                damage("a null", folder -> replace(folder, "\"hostname\" : \"\"", "\"hostname\" : null"), "hostname"),
                damage("two records", folder -> rewrite(folder, json -> json + json), "not valid"),
                damage("a newer schema", folder -> replace(folder, "\"schema\" : 3", "\"schema\" : 9"), "newer"),
                damage(
                        "another's record",
                        folder -> rewrite(
                                folder, json -> json.replaceFirst("\"id\" : \"[0-9a-f]{64}", "\"id\" : \"" + ID)),
                        ID),
                damage(
                        "a name that leads away",
                        folder -> replace(folder, "\"name\" : \"ill\"", "\"name\" : \"../../ill\""),
                        "not valid at name"),
                damage(
                        "a folder for a record",
                        folder -> {
                            Files.delete(config(folder));
                            Files.createDirectory(config(folder));
                        },
                        "is no file"),
                damage(
                        "a link to itself",
                        folder -> {
                            Files.delete(config(folder));
                            Files.createSymbolicLink(config(folder), Path.of("config.json"));
                        },
                        "is no file"),
                damage(
                        "a pipe",
                        folder -> {
                            Files.delete(config(folder));
                            mkfifo(config(folder));
                        },
                        "is no file"),
                damage(
                        "a record without end",
                        folder -> {
                            try (var channel =
                                    Files.newByteChannel(config(folder), java.nio.file.StandardOpenOption.WRITE)) {
                                channel.position(17 << 20);
                                channel.write(StandardCharsets.UTF_8.encode("}"));
                            }
                        },
                        "bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedContainer(String what, Damage damage, String expected) throws IOException {
        ContainerRecord ill = ManyRecords.write(root, "ill");
        damage.to(folder.container(ill.id()));
        List<String> before = files();
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored()).extracting(stored -> stored.record().id()).containsExactly(well.id());
        assertThat(loaded.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.id()).isEqualTo(ill.id());
            assertThat(broken.name()).isEqualTo("ill");
            assertThat(broken.error())
                    .contains(expected)
                    .contains(config(folder.container(ill.id())).toString())
                    .doesNotContain("hush");
        });
        assertThat(files()).isEqualTo(before);
        store.markRemoving(ill.id());
        store.releaseNames(ill.id());
        store.delete(ill.id());
        assertThat(store.load().broken()).isEmpty();
        assertThat(folder.container(ill.id())).doesNotExist();
    }

    @Test
    void whatIsNoContainersFolder() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "x");
        Files.createDirectories(folder.containers().resolve("backup/old"));
        Files.writeString(folder.containers().resolve("notes.txt"), "x");
        Files.createSymbolicLink(folder.containers().resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(folder.containers().resolve("link"), elsewhere);
        Files.createSymbolicLink(folder.containers().resolve(ID), Path.of(ID));
        Files.createDirectory(folder.containers().resolve("lost+found"));
        List<String> before = files();
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored()).hasSize(1);
        assertThat(loaded.broken())
                .hasSize(5)
                .allSatisfy(broken -> assertThat(broken.error()).contains("no folder named by a container's id"));
        assertThat(loaded.broken()).extracting(broken -> broken.id().value()).contains(ID);
        assertThat(files()).isEqualTo(before);
        for (LoadedContainers.Broken broken : loaded.broken()) {
            store.markRemoving(broken.id());
            store.delete(broken.id());
        }
        assertThat(folder.containers().toFile().list())
                .containsExactlyInAnyOrder(well.id().value(), "lost+found");
        assertThat(elsewhere.resolve("precious")).exists();
        assertThat(store.load().broken()).isEmpty();
    }

    @Test
    void twoOfOneNameAndALinkThatIsNone() throws IOException {
        ContainerRecord first = ManyRecords.write(root, "twin");
        ContainerRecord second = ManyRecords.write(root, "twin");
        ContainerRecord blocked = ManyRecords.write(root, "blocked");
        Files.delete(folder.names().resolve("blocked"));
        Files.createDirectory(folder.names().resolve("blocked"));
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored())
                .extracting(stored -> stored.record().id())
                .containsExactlyInAnyOrder(well.id(), first.id());
        assertThat(loaded.broken())
                .extracting(LoadedContainers.Broken::id)
                .containsExactlyInAnyOrder(second.id(), blocked.id());
        assertThat(loaded.broken())
                .filteredOn(broken -> broken.id().equals(second.id()))
                .singleElement()
                .satisfies(broken -> assertThat(broken.error()).contains("reserved for container " + first.id()));
    }

    private static Arguments damage(String what, Damage damage, String expected) {
        return arguments(what, damage, expected);
    }

    private static Path config(Path container) {
        return container.resolve("config.json");
    }

    private static void replace(Path container, String what, String by) throws IOException {
        rewrite(container, json -> {
            assertThat(json).contains(what);
            return json.replace(what, by);
        });
    }

    private static void rewrite(Path container, java.util.function.UnaryOperator<String> change) throws IOException {
        Files.writeString(config(container), change.apply(Files.readString(config(container))));
    }

    private static void mkfifo(Path path) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every path with its length and last change. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(QuarantineTest::described).sorted().toList();
        }
    }

    private static String described(Path path) {
        try {
            var attributes = Files.readAttributes(
                    path, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return path + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
