package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.registry.Pace;
import dev.dormouse.daemon.registry.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that cannot be added: what is on the disk and what is in memory stay one. */
class ImageShelfTest {
    private static final String FULL = "No space left on device";

    private final Path folder;

    ImageShelfTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whereverTheDiskFailsMemoryAndDiskAgreeAndTheNextStartFindsWholeImages() {
        for (Faults.Point point : points()) {
            assertAgreement(point.toString(), () -> Faults.failAt(point, FULL));
        }
    }

    @Test
    void whereverItIsInterruptedMemoryAndDiskAgreeAndTheNextStartFindsWholeImages() {
        for (Faults.Point point : points()) {
            boolean interrupted = assertAgreement(
                    "interrupted at " + point,
                    () -> Faults.doAt(point, () -> Thread.currentThread().interrupt()));
            assertThat(interrupted).as("%s", point).isTrue();
        }
    }

    /** Whether the thread was left interrupted. */
    private boolean assertAgreement(String what, Supplier<Faults> fault) {
        Path state = folder.resolve(what);
        InMemoryLayers layers = new InMemoryLayers();
        Images images = open(state, layers);
        add(images, "old");
        boolean added = addDespite(images, fault);
        boolean interrupted = Thread.interrupted();
        List<Image> known = images.list();
        assertThat(known).as(what).hasSize(added ? 2 : 1);

        Images again = open(state, layers);

        assertThat(again.list()).as(what).isEqualTo(known);
        assertThat(layers.ids()).as(what).hasSize(known.size());
        return interrupted;
    }

    /** Whether it was added. */
    private static boolean addDespite(Images images, Supplier<Faults> fault) {
        try (Faults faults = fault.get()) {
            try {
                add(images, "new");
                return true;
            } catch (EngineException _) {
                return false;
            } finally {
                assertThat(faults.isReached()).isTrue();
            }
        }
    }

    @Test
    void whatCannotBeTakenBackKeepsItsLayersAndIsAWholeImageAtTheNextStart() {
        InMemoryLayers layers = new InMemoryLayers();
        Images images = open(folder, layers);
        Set<Faults.Point> both = Set.of(new Faults.Point("sync tags.json", 1), new Faults.Point("write tags.json", 2));

        assertThat(addDespite(images, () -> Faults.failAt(both, FULL))).isFalse();
        assertThat(images.list()).isEmpty();

        assertThat(open(folder, layers).list())
                .singleElement()
                .satisfies(image -> assertThat(layers.ids()).isEqualTo(image.layers()));
    }

    @Test
    void aFullDiskKeepsNoLayersOfAnImageThatItNeverNamed() {
        InMemoryLayers layers = new InMemoryLayers();
        Images images = open(folder, layers);
        Set<Faults.Point> first = Set.of(new Faults.Point("write tags.json", 1));

        assertThat(addDespite(images, () -> Faults.failAt(first, FULL))).isFalse();

        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void anImageThatWasBrokenIsWholeOrBrokenAfterItCouldNotBeAddedAgain() throws IOException {
        for (Faults.Point point : points()) {
            Path state = folder.resolve("broken, " + point);
            InMemoryLayers layers = new InMemoryLayers();
            Images images = open(state, layers);
            add(images, "new");
            String id = images.get("new").id().hex();
            Files.writeString(state.resolve(id + ".json"), "{");
            images = open(state, layers);
            assertThat(images.broken()).hasSize(1);

            addDespite(images, () -> Faults.failAt(point, FULL));

            images = open(state, layers);
            assertThat(images.list().size() + images.broken().size()).isOne();
            images.list()
                    .forEach(image -> assertThat(layers.ids()).as("%s", point).containsAll(image.layers()));
        }
    }

    private static Images open(Path state, InMemoryLayers layers) {
        return ImageStore.open(state, layers, 0, new Registries(Pace.USUAL), InstantSource.fixed(Instant.EPOCH));
    }

    private static void add(Images images, String name) {
        images.importTar(tar().file("name", name).stream(), Optional.of(name), List.of(), "");
    }

    private List<Faults.Point> points() {
        Images images = open(folder.resolve("recorded"), new InMemoryLayers());
        List<Faults.Point> points = Faults.record(() -> add(images, "new"));
        assertThat(points).contains(new Faults.Point("sync tags.json", 1));
        return points;
    }
}
