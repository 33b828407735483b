package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Images.Removal;
import dev.dormouse.daemon.registry.Pace;
import dev.dormouse.daemon.registry.Registries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final Path folder;
    private final InMemoryLayers layers = new InMemoryLayers();
    private Instant now = FIRST;
    private Images images;

    ImageStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.images = open();
    }

    private void restart() {
        images = open();
    }

    private Images open() {
        InstantSource clock = () -> {
            now = now.plusSeconds(1);
            return now;
        };
        return ImageStore.open(folder, layers, 0, new Registries(Pace.USUAL), clock);
    }

    @Test
    void anImportedImageIsFoundByNameAndById() {
        Image image = importNamed("nginx", "a");

        assertThat(image.tags()).containsExactly("nginx:latest");
        for (String reference : List.of(
                "nginx",
                "nginx:latest",
                "docker.io/library/nginx",
                image.id().toString(),
                image.id().hex(),
                image.id().hex().substring(0, 12),
                "sha256:" + image.id().hex().substring(0, 12))) {
            assertThat(images.get(reference)).isEqualTo(image);
        }
    }

    @Test
    void importKeepsWhatItWasToldAndWhatTheTarIs() {
        byte[] tar = tar().file("bin/sh", "#!").bytes();

        Image image = images.importTar(
                new ByteArrayInputStream(tar), Optional.of("web:1"), List.of("CMD [\"sh\"]", "EXPOSE 80"), "by hand");

        assertThat(image.comment()).isEqualTo("by hand");
        assertThat(image.created()).isEqualTo(FIRST.plusSeconds(1));
        assertThat(image.os()).isEqualTo("linux");
        assertThat(image.size()).isEqualTo(2);
        assertThat(image.diffIds()).containsExactly(Sha256.of(tar));
        assertThat(image.config().cmd()).contains(List.of("sh"));
        assertThat(image.config().exposedPorts()).extracting(Object::toString).containsExactly("80/tcp");
        assertThat(images.layerDirectories(image.id()))
                .isEqualTo(List.of(layers.directory(layers.ids().getFirst())));
    }

    @Test
    void equalLayersAreShared() {
        Image one = importNamed("one", "same");
        Image other = importNamed("other", "same");

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(one.layers()).isEqualTo(other.layers());
        assertThat(layers.ids()).hasSize(1);
    }

    @Test
    void everythingIsThereAgainAfterARestart() {
        Image named = importNamed("nginx", "a");
        images.tag("nginx", "localhost:5000/web", "v1");
        images.importTar(tar().file("b", "b").stream(), Optional.empty(), List.of(), "");
        List<Image> before = images.list();

        restart();

        assertThat(images.list()).isEqualTo(before).hasSize(2);
        assertThat(images.get("localhost:5000/web:v1").id()).isEqualTo(named.id());
    }

    @Test
    void imagesAreListedNewestFirst() {
        Image older = importNamed("older", "a");
        Image newer = importNamed("newer", "b");

        assertThat(images.list()).extracting(Image::id).containsExactly(newer.id(), older.id());
    }

    @Test
    void aNameMovesToTheImageThatGetsItLast() {
        Image first = importNamed("nginx", "a");
        Image second = importNamed("nginx", "b");

        assertThat(images.get("nginx").id()).isEqualTo(second.id());
        assertThat(images.get(first.id().hex()).tags()).isEmpty();
    }

    @Test
    void whatIsNotThereIsReportedInDockersWords() {
        assertThatExceptionOfType(EngineException.NotFound.class)
                .isThrownBy(() -> images.get("nginx"))
                .withMessage("No such image: nginx:latest");
        assertThatExceptionOfType(EngineException.NotFound.class)
                .isThrownBy(() -> images.get("abc123"))
                .withMessage("No such image: abc123:latest");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> images.get("nginx:"))
                .withMessage("invalid reference format");
    }

    @Test
    void theStartOfSeveralIdsIsAmbiguous() {
        // Of seventeen images two have the same first digit.
        for (int i = 0; i < 17; i++) {
            images.importTar(tar().file("a", "same").stream(), Optional.empty(), List.of(), "");
        }
        String twice = images.list().stream()
                .map(image -> image.id().hex().substring(0, 1))
                .filter(digit -> images.list().stream()
                                .filter(image -> image.id().hex().startsWith(digit))
                                .count()
                        > 1)
                .findFirst()
                .orElseThrow();

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> images.get("sha256:" + twice))
                .withMessageContaining("ambiguous image id")
                .withMessageContaining("give more digits");
    }

    @Test
    void removingTheLastNameRemovesTheImageAndItsLayers() {
        Image image = importNamed("nginx", "a");

        assertThat(images.remove("nginx", false, List.of()))
                .containsExactly(
                        new Removal.Untagged("nginx:latest"),
                        new Removal.Deleted(image.id().toString()),
                        new Removal.Deleted(image.diffIds().getFirst()));
        assertThat(images.list()).isEmpty();
        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void removingOneOfTwoNamesKeepsTheImage() {
        Image image = importNamed("nginx", "a");
        images.tag("nginx", "web", "");

        assertThat(images.remove("nginx", false, List.of(image.id())))
                .containsExactly(new Removal.Untagged("nginx:latest"));
        assertThat(images.get("web").id()).isEqualTo(image.id());
    }

    @Test
    void anIdWithSeveralNamesIsRemovedOnlyByForce() {
        Image image = importNamed("nginx", "a");
        images.tag("nginx", "web", "");
        String id = image.id().hex().substring(0, 12);

        assertThatExceptionOfType(EngineException.Conflict.class)
                .isThrownBy(() -> images.remove(id, false, List.of()))
                .withMessage("conflict: unable to delete " + id
                        + " (must be forced) - image is referenced in multiple repositories");
        assertThat(images.remove(id, true, List.of()))
                .contains(new Removal.Untagged("nginx:latest"), new Removal.Untagged("web:latest"));
        assertThat(images.list()).isEmpty();
    }

    @Test
    void anImageThatAContainerUsesKeepsItsLayers() {
        Image image = importNamed("nginx", "a");
        String id = image.id().hex().substring(0, 12);
        List<ImageId> used = List.of(image.id());

        assertThatExceptionOfType(EngineException.Conflict.class)
                .isThrownBy(() -> images.remove("nginx", false, used))
                .withMessage("conflict: unable to remove repository reference \"nginx\" (must force)"
                        + " - a container is using its referenced image " + id);
        assertThatExceptionOfType(EngineException.Conflict.class)
                .isThrownBy(() -> images.remove(id, true, used))
                .withMessageStartingWith("conflict: unable to delete " + id + " (cannot be forced)");
        assertThat(images.remove("nginx", true, used)).containsExactly(new Removal.Untagged("nginx:latest"));
        assertThat(layers.ids()).isEqualTo(images.get(id).layers());
    }

    @Test
    void aLayerThatAnotherImageHasStays() {
        importNamed("one", "same");
        Image other = importNamed("other", "same");

        assertThat(images.remove("one", false, List.of())).hasSize(2);
        assertThat(layers.ids()).isEqualTo(other.layers());
    }

    @Test
    void aLayerThatCannotBeRemovedIsRemovedAtTheNextStart() {
        importNamed("nginx", "a");
        InMemoryLayers.Refusal refusal = layers.refuseRemovals();
        images.remove("nginx", false, List.of());
        assertThat(layers.ids()).hasSize(1);

        refusal.end();
        restart();

        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void layersAndRecordsThatACrashLeftAreRemovedAtTheNextStart() throws IOException {
        Image kept = importNamed("kept", "a");
        layers.add(Optional.empty(), tar().file("b", "b").input());
        Path orphan = Files.writeString(folder.resolve("f".repeat(64) + ".json"), "{}");
        Path unfinished = Files.writeString(folder.resolve(".tags.json.1.new"), "{");

        restart();

        assertThat(layers.ids()).isEqualTo(kept.layers());
        assertThat(orphan).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(images.list()).containsExactly(kept);
    }

    @Test
    void anImageWithABrokenRecordIsLeftOutAndNothingOfItIsLost() throws IOException {
        Image broken = importNamed("broken", "a");
        Image kept = importNamed("kept", "b");
        Path record = folder.resolve(broken.id().hex() + ".json");
        String mended = Files.readString(record);
        Files.writeString(record, "{");

        restart();
        assertThat(images.list()).containsExactly(kept);
        images.tag("kept", "other", "");
        Files.writeString(record, mended);
        restart();

        assertThat(images.get("broken")).isEqualTo(broken);
    }

    @Test
    void anImageWithABrokenRecordIsSaidAndCanBeRemovedByItsId() throws IOException {
        Image broken = importNamed("broken", "a");
        Image kept = importNamed("kept", "b");
        Path record = folder.resolve(broken.id().hex() + ".json");
        Files.writeString(record, "{");
        restart();
        assertThat(images.broken()).singleElement().satisfies(image -> {
            assertThat(image.id()).isEqualTo(broken.id());
            assertThat(image.names()).singleElement().asString().endsWith("broken:latest");
            assertThat(image.error()).contains(record.toString());
        });
        String reference = broken.id().hex().substring(0, 12);
        assertThatExceptionOfType(EngineException.Conflict.class)
                .isThrownBy(() -> images.remove(reference, true, List.of(broken.id())));
        assertThat(images.remove(reference, false, List.of())).hasSize(2);
        assertThat(images.broken()).isEmpty();
        assertThat(record).doesNotExist();
        restart();
        assertThat(images.broken()).isEmpty();
        assertThat(images.list()).containsExactly(kept);
        assertThat(layers.ids()).hasSize(1);
    }

    @Test
    void aRecordThatWasChangedIsNotBelieved() throws IOException {
        Image image = importNamed("nginx", "a");
        Path record = folder.resolve(image.id().hex() + ".json");
        Files.writeString(record, Files.readString(record).replace("linux", "linuX"));

        restart();

        assertThat(images.list()).isEmpty();
    }

    @Test
    void anEmptyArchiveIsNoImage() {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> images.importTar(InputStream.nullInputStream(), Optional.empty(), List.of(), ""))
                .withMessageStartingWith("the archive is empty");
        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void aClientThatBreaksOffLeavesNothing() throws IOException {
        InputStream breaking = new SequenceInputStream(tar().file("a", "a").stream(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> images.importTar(breaking, Optional.of("x"), List.of(), ""))
                .withMessageContaining("connection reset");
        assertThat(layers.ids()).isEmpty();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aDiskWithoutRoomIsSaidToBe() {
        Images full =
                ImageStore.open(folder, layers, Long.MAX_VALUE, new Registries(Pace.USUAL), InstantSource.system());

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(() -> full.importTar(tar().file("a", "a").stream(), Optional.empty(), List.of(), ""))
                .withMessageStartingWith("no room for the archive");
    }

    @Test
    void aPullIsToldToPullAgain() {
        try (LayerFile layer = LayerFile.in(folder.resolve("tmp"), Long.MAX_VALUE)) {
            assertThatExceptionOfType(EngineException.Failed.class)
                    .isThrownBy(() -> layer.write(ByteBuffer.allocate(1)))
                    .withMessageStartingWith("no room for the layer")
                    .withMessageEndingWith("free some space and pull again");
        }
    }

    @Test
    void aReceivedFileHasNoNameThatACrashCouldLeave() {
        try (Spool spool = Spool.of(tar().file("a", "a").stream(), folder.resolve("tmp"), 0)) {
            assertThat(spool.isEmpty()).isFalse();
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        }
    }

    private Image importNamed(String name, String content) {
        return images.importTar(tar().file("file", content).stream(), Optional.of(name), List.of(), "");
    }
}
