package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Archives.BASE;
import static dev.dormouse.daemon.image.Archives.TOP;
import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Pace;
import dev.dormouse.daemon.registry.Registries;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
    private final InMemoryLayers layers = new InMemoryLayers();
    private final Images images;

    ImageArchiveTest(@TempDir Path folder) {
        images = ImageStore.open(folder, layers, 0, new Registries(Pace.USUAL), InstantSource.system());
    }

    @Test
    void anArchiveOfDockerSaveIsLoaded() {
        Image image = one(Archives.legacy("web:1").stream());

        assertThat(image.id().hex()).isEqualTo(Archives.hex(Archives.config(BASE, TOP)));
        assertThat(image.tags()).containsExactly("web:1");
        assertThat(image.config().cmd()).contains(List.of("run"));
        assertThat(image.diffIds()).containsExactly(Sha256.of(BASE), Sha256.of(TOP));
        assertThat(image.size()).isEqualTo(3);
        assertThat(images.layerDirectories(image.id()))
                .containsExactly(
                        layers.directory(image.layers().get(1)),
                        layers.directory(image.layers().get(0)));
    }

    @Test
    void theSameArchiveTwiceIsOneImageAndItsLayersAreNotUnpackedAgain() {
        Image once = one(Archives.legacy("web:1").stream());
        Image twice = one(Archives.legacy("web:2").stream());

        assertThat(twice.id()).isEqualTo(once.id());
        assertThat(twice.tags()).containsExactly("web:1", "web:2");
        assertThat(twice.layers()).isEqualTo(once.layers());
        assertThat(layers.readTars()).isEqualTo(2);
    }

    @Test
    void aCompressedArchiveIsLoaded() {
        byte[] archive = Archives.legacy("web:1").bytes();

        assertThat(one(new ByteArrayInputStream(Tars.gzip(archive))).tags()).containsExactly("web:1");
        assertThat(one(new ByteArrayInputStream(Tars.bzip2(archive))).tags()).containsExactly("web:1");
    }

    @Test
    void aLayerThatIsALinkToAnothersIsFound() {
        String config = Archives.config(BASE);
        InputStream archive = tar()
                .file("aaa/layer.tar", BASE)
                .symbolicLink("bbb/layer.tar", "../aaa/layer.tar")
                .file("./config", config)
                .file("./manifest.json", Archives.manifest("config", List.of(), List.of("bbb/layer.tar")))
                .stream();

        assertThat(one(archive).diffIds()).containsExactly(Sha256.of(BASE));
    }

    @Test
    void anOciLayoutIsLoadedAndItsLayersMayBeCompressed() {
        String config = Archives.config(BASE, TOP);
        byte[] manifest = Archives.ociManifest(config, Tars.gzip(BASE), TOP);
        InputStream archive = Archives.blobs(bytes(config), manifest, Tars.gzip(BASE), TOP)
                .file(
                        "index.json",
                        Archives.index(Archives.descriptor(
                                manifest,
                                ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/web:3\"}")))
                .stream();

        Image image = one(archive);

        assertThat(image.tags()).containsExactly("web:3");
        assertThat(image.diffIds()).containsExactly(Sha256.of(BASE), Sha256.of(TOP));
    }

    @Test
    void ofAnIndexTheImageForThisMachineIsTaken() {
        String wrongConfig = Archives.config(TOP);
        String config = Archives.config(BASE);
        byte[] wrong = Archives.ociManifest(wrongConfig, TOP);
        byte[] right = Archives.ociManifest(config, BASE);
        byte[] index = bytes(Archives.index(
                Archives.descriptor(wrong, ",\"platform\":{\"os\":\"linux\",\"architecture\":\"s390x\"}"),
                Archives.descriptor(right, ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
                Archives.descriptor(
                        wrong,
                        ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"},\"platform\":"
                                + "{\"os\":\"unknown\",\"architecture\":\"unknown\"}")));
        InputStream archive = Archives.blobs(bytes(wrongConfig), bytes(config), wrong, right, index, BASE, TOP)
                .file(
                        "index.json",
                        Archives.index(Archives.descriptor(
                                index, ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"web:4\"}")))
                .stream();

        Image image = one(archive);

        assertThat(image.tags()).containsExactly("web:4");
        assertThat(image.diffIds()).containsExactly(Sha256.of(BASE));
    }

    @Test
    void aLayerThatIsNotWhatTheConfigurationSaysIsRefusedAndNothingStays() {
        String config = Archives.config(BASE, TOP);
        InputStream archive = tar()
                .file("a", BASE)
                .file("b", tar().file("other", "x").bytes())
                .file("config", config)
                .file("manifest.json", Archives.manifest("config", List.of("web"), List.of("a", "b")))
                .stream();

        refused(archive, "layer 2 of the image has the digest");
        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void aBlobThatIsNotWhatItsNameSaysIsRefusedBeforeAnythingIsUnpacked() {
        String config = Archives.config(BASE);
        InputStream archive = tar()
                .file("blobs/sha256/" + Archives.hex(BASE), TOP)
                .file(Archives.hex(config) + ".json", config)
                .file(
                        "manifest.json",
                        Archives.manifest(
                                Archives.hex(config) + ".json",
                                List.of("web"),
                                List.of("blobs/sha256/" + Archives.hex(BASE))))
                .stream();

        refused(archive, "it was damaged or changed");
        assertThat(layers.readTars()).isZero();
    }

    @Test
    void aConfigurationThatIsNotWhatItsNameSaysIsRefused() {
        String name = "0".repeat(64) + ".json";

        refused(
                tar()
                        .file("a", BASE)
                        .file(name, Archives.config(BASE))
                        .file("manifest.json", Archives.manifest(name, List.of(), List.of("a")))
                        .stream(),
                "it was damaged or changed");
    }

    @Test
    void namesInAnArchiveLeadNowhereOutsideOfIt() {
        String config = Archives.config(BASE);
        for (String layer : List.of("/etc/passwd", "../../etc/passwd", "link", "loop")) {
            refused(
                    tar()
                            .symbolicLink("link", "/etc/passwd")
                            .symbolicLink("loop", "loop")
                            .file("config", config)
                            .file("manifest.json", Archives.manifest("config", List.of(), List.of(layer)))
                            .stream(),
                    "the archive has no file " + layer);
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        String config = Archives.config(BASE, TOP);
        refused(
                tar()
                        .file("a", BASE)
                        .file("config", config)
                        .file("manifest.json", Archives.manifest("config", List.of(), List.of("a")))
                        .stream(),
                "invalid manifest, layers length mismatch: expected 2, got 1");
        refused(tar().file("manifest.json", "[{}]").stream(), "manifest.json is not valid: Config: is missing");
        refused(tar().file("manifest.json", "[]").stream(), "the archive has no image in it");
        refused(tar().file("manifest.json", "{").stream(), "manifest.json is not valid: ");
        refused(
                tar()
                        .file("c", config)
                        .file("manifest.json", Archives.manifest("c", List.of("Bad Name"), List.of()))
                        .stream(),
                "invalid reference format");
        refused(tar().file("index.json", Archives.index("{\"digest\":\"md5:1\"}")).stream(), "names a blob 'md5:1'");
    }

    @Test
    void whatIsNoArchiveOfImagesIsToldWhereItBelongs() {
        refused(tar().file("bin/sh", "#!").stream(), "a file system's tar is for docker import");
        refused(new ByteArrayInputStream(bytes("x".repeat(600))), "the archive is not a tar");
        refused(new ByteArrayInputStream(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0}), "with zstd");
        byte[] gzip = Tars.gzip(Archives.legacy("web").bytes());
        refused(new ByteArrayInputStream(Arrays.copyOf(gzip, gzip.length / 2)), "could not be read to its end");
    }

    @Test
    void aDocumentOfUnboundedSizeIsNotRead() {
        refused(
                tar().file("manifest.json", new byte[ArchivedImage.DOCUMENT_LIMIT + 1]).stream(),
                "at most " + ArchivedImage.DOCUMENT_LIMIT + " are allowed");
    }

    private Image one(InputStream archive) {
        List<Image> loaded = images.load(archive);
        assertThat(loaded).hasSize(1);
        return loaded.getFirst();
    }

    private void refused(InputStream archive, String why) {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> images.load(archive))
                .withMessageContaining(why);
        assertThat(images.list()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
