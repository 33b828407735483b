package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes archives of images, as the tools of the field write them. */
final class Archives {
    static final byte[] BASE = tar().file("base", "1").bytes();
    static final byte[] TOP = tar().file("top", "22").bytes();

    private Archives() {}

    /** A configuration with these layers. */
    static String config(byte[]... layers) {
        return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"run\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
                + Stream.of(layers).map(Sha256::of).map(Archives::quoted).collect(list())
                + "}}";
    }

    static String hex(byte[] content) {
        return Sha256.hex(Sha256.of(content));
    }

    static String hex(String content) {
        return hex(content.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code manifest.json} of docker save with one image. */
    static String manifest(String config, List<String> names, List<String> layers) {
        return "[{\"Config\":\"" + config + "\",\"RepoTags\":"
                + (names.isEmpty()
                        ? "null"
                        : names.stream().map(Archives::quoted).collect(list()))
                + ",\"Layers\":" + layers.stream().map(Archives::quoted).collect(list()) + "}]";
    }

    /** As docker save wrote it before version 25. */
    static Tars legacy(String name) {
        String config = config(BASE, TOP);
        return tar().directory("aaa")
                .file("aaa/layer.tar", BASE)
                .directory("bbb")
                .file("bbb/layer.tar", TOP)
                .file(hex(config) + ".json", config)
                .file(
                        "manifest.json",
                        manifest(hex(config) + ".json", List.of(name), List.of("aaa/layer.tar", "bbb/layer.tar")));
    }

    /** Blobs of an OCI layout. */
    static Tars blobs(byte[]... contents) {
        Tars tar =
                tar().file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}").directory("blobs/sha256");
        for (byte[] content : contents) {
            tar.file("blobs/sha256/" + hex(content), content);
        }
        return tar;
    }

    /** A manifest of an OCI image. */
    static byte[] ociManifest(String config, byte[]... layers) {
        return ("{\"schemaVersion\":2,\"config\":" + descriptor(config.getBytes(StandardCharsets.UTF_8), "")
                        + ",\"layers\":"
                        + Stream.of(layers).map(layer -> descriptor(layer, "")).collect(list())
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String index(String... descriptors) {
        return "{\"schemaVersion\":2,\"manifests\":" + Stream.of(descriptors).collect(list()) + "}";
    }

    /** @param more further members, each after a comma */
    static String descriptor(byte[] content, String more) {
        return "{\"digest\":\"" + Sha256.of(content) + "\",\"size\":" + content.length + more + "}";
    }

    private static Collector<CharSequence, ?, String> list() {
        return Collectors.joining(",", "[", "]");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
