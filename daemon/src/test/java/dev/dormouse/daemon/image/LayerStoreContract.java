package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What images rely on in a layer store: run against the real one and the one in memory. */
abstract class LayerStoreContract {
    abstract LayerStore store();

    @Test
    void anAddedLayerHasTheDigestOfItsTarAndTheSizeOfItsFiles() {
        byte[] tar = tar().directory("etc")
                .file("etc/motd", "hello")
                .file("empty", "")
                .bytes();

        LayerStore.Layer layer = store().add(Optional.empty(), Program.Input.of(tar));

        assertThat(layer.diffId()).isEqualTo(Sha256.of(tar));
        assertThat(layer.size()).isEqualTo(5);
        assertThat(store().ids()).containsExactly(layer.id());
    }

    @Test
    void aCompressedLayerHasTheDigestOfWhatIsInIt() {
        byte[] tar = tar().file("motd", "hello").bytes();

        assertThat(store().add(Optional.empty(), Program.Input.of(Tars.gzip(tar)))
                        .diffId())
                .isEqualTo(Sha256.of(tar));
        assertThat(store().add(Optional.empty(), Program.Input.of(Tars.bzip2(tar)))
                        .diffId())
                .isEqualTo(Sha256.of(tar));
    }

    @Test
    void theSameTarTwiceIsTwoLayers() {
        LayerStore.Layer one =
                store().add(Optional.empty(), tar().file("a", "a").input());
        LayerStore.Layer other =
                store().add(Optional.empty(), tar().file("a", "a").input());

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(one.diffId()).isEqualTo(other.diffId());
    }

    @Test
    void layersAreListedBeforeThoseThatStandOnThem() {
        LayerStore.Layer base =
                store().add(Optional.empty(), tar().file("a", "a").input());
        LayerStore.Layer middle =
                store().add(Optional.of(base.id()), tar().file("b", "b").input());
        LayerStore.Layer top =
                store().add(Optional.of(middle.id()), tar().file("c", "c").input());

        assertThat(store().ids()).containsExactly(base.id(), middle.id(), top.id());
    }

    @Test
    void aRemovedLayerIsGoneAndRemovingItAgainIsNothing() {
        LayerStore.Layer layer =
                store().add(Optional.empty(), tar().file("a", "a").input());

        store().remove(layer.id());
        store().remove(layer.id());

        assertThat(store().ids()).isEmpty();
    }

    @Test
    void aLayerThatOthersStandOnIsNotRemoved() {
        LayerStore.Layer base =
                store().add(Optional.empty(), tar().file("a", "a").input());
        store().add(Optional.of(base.id()), tar().file("b", "b").input());

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(() -> store().remove(base.id()))
                .withMessageContaining("layer has children");
        assertThat(store().ids()).contains(base.id());
    }

    @Test
    void whatIsNoTarIsRefusedAsTheSendersErrorAndLeavesNothing() {
        Program.Input text = Program.Input.of("not a tar".getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> store().add(Optional.empty(), text))
                .withMessageContaining("is not a tar archive");
        assertThat(store().ids()).isEmpty();
    }

    @Test
    void aTarThatBreaksOffIsRefusedAndLeavesNothing() {
        byte[] whole = tar().file("a", "x".repeat(10_000)).bytes();
        Program.Input half = Program.Input.of(Arrays.copyOf(whole, 5_000));

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> store().add(Optional.empty(), half))
                .withMessageContaining("is not a tar archive");
        assertThat(store().ids()).isEmpty();
    }

    @Test
    void aParentThatIsNotThereIsAnError() {
        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(() ->
                        store().add(Optional.of("nothing"), tar().file("a", "a").input()))
                .withMessageContaining("not known");
    }
}
