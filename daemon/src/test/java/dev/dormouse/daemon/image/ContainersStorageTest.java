package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program itself, on the disk itself: overlayfs does not take another overlay for its upper layer, nor does /tmp always do. */
class ContainersStorageTest extends LayerStoreContract {
    private Path folder = Path.of("/");
    private Optional<ContainersStorage> storage = Optional.empty();

    @BeforeEach
    void makeStorage() throws IOException {
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "dormouse-layers");
        storage = Optional.of(ContainersStorage.at(folder.resolve("storage"), folder.resolve("run")));
    }

    @AfterEach
    void removeStorage() {
        Program.of("rm", "-rf", folder.toString()).runOrThrow();
    }

    @Override
    LayerStore store() {
        return storage.orElseThrow();
    }

    @Test
    void aLayersFilesAreInItsDirectory() {
        LayerStore.Layer layer =
                store().add(Optional.empty(), tar().file("etc/motd", "hello").input());

        assertThat(store().directory(layer.id()).resolve("etc/motd")).hasContent("hello");
    }

    @Test
    void aWhiteoutBecomesTheCharacterDeviceThatOverlayfsWants() throws IOException {
        LayerStore.Layer base =
                store().add(Optional.empty(), tar().file("etc/motd", "hello").input());

        LayerStore.Layer top = store().add(
                        Optional.of(base.id()), tar().file("etc/.wh.motd", "").input());

        Path whiteout = store().directory(top.id()).resolve("etc/motd");
        assertThat(Files.getAttribute(whiteout, "unix:rdev", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(0L);
        assertThat(Files.readAttributes(whiteout, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void noMountIsLeftBehind() {
        store().add(Optional.empty(), tar().file("a", "a").input());

        assertThat(Path.of("/proc/self/mounts")).content().doesNotContain(folder.toString());
    }

    @Test
    void aHardLinkIsCountedOnce() {
        LayerStore.Layer layer = store().add(
                        Optional.empty(),
                        tar().file("a", "12345").hardLink("b", "a").input());

        assertThat(layer.size()).isEqualTo(5);
    }

    @Test
    void xzAndZstdAreTakenToo() {
        byte[] tar = tar().file("motd", "hello").bytes();
        byte[] xz = Program.of("xz", "-c")
                .withInput(Program.Input.of(tar))
                .runOrThrow()
                .output();

        for (byte[] compressed : List.of(xz, zstd(tar))) {
            assertThat(store().add(Optional.empty(), Program.Input.of(compressed))
                            .diffId())
                    .isEqualTo(Sha256.of(tar));
        }
    }

    @Test
    void whatFollowsTheEndOfATarBelongsToIt() {
        byte[] tar = tar().file("motd", "hello").bytes();
        byte[] padded = Arrays.copyOf(tar, tar.length + 3_000_000);

        assertThat(store().add(Optional.empty(), Program.Input.of(padded)).diffId())
                .isEqualTo(Sha256.of(padded));
    }

    @Test
    void aLinkThatLeadsOutOfTheLayerIsNotFollowed() {
        Program.Input leadingOut = tar().symbolicLink("out", folder.toString())
                .file("out/caught", "x")
                .file("../../../caught", "x")
                .input();

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> store().add(Optional.empty(), leadingOut));
        assertThat(folder.resolve("caught")).doesNotExist();
        assertThat(folder.resolve("storage/caught")).doesNotExist();
        assertThat(store().ids()).isEmpty();
    }

    /** One raw block in one segment (RFC 8878, section 3.1.1), for machines without the program. */
    private static byte[] zstd(byte[] content) {
        int blockHeader = (content.length << 3) | 1;
        return ByteBuffer.allocate(content.length + 10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xFD2FB528)
                .put((byte) 0x60)
                .putShort((short) (content.length - 256))
                .put((byte) blockHeader)
                .putShort((short) (blockHeader >> 8))
                .put(content)
                .array();
    }
}
