package dev.dormouse.integration;

import java.nio.file.Path;

/**
 * Makes archives of one image of two layers: busybox with {@code /kept}, {@code /gone} and {@code /folder/old}; and over it
 * {@code /added}, a whiteout of {@code /gone} and an opaque {@code /folder} with {@code new} in it (OCI image-spec, layer.md). Both archives hold the same image to the bit.
 */
final class ImageArchiveScript {
    private static final String LAYERS = """
            set -eu
            work=$0
            mkdir -p "$work/one/bin" "$work/one/folder" "$work/two/folder"
            cp "$(command -v busybox)" "$work/one/bin/busybox"
            for applet in sh cat ls; do ln -s busybox "$work/one/bin/$applet"; done
            echo kept >"$work/one/kept"
            echo gone >"$work/one/gone"
            echo old >"$work/one/folder/old"
            echo added >"$work/two/added"
            : >"$work/two/.wh.gone"
            : >"$work/two/folder/.wh..wh..opq"
            echo new >"$work/two/folder/new"
            for layer in one two; do tar -C "$work/$layer" --numeric-owner --owner=0 --group=0 --sort=name --mtime=@0 -cf "$work/$layer.tar" .; done
            digest() { sha256sum "$1" | cut -d ' ' -f 1; }
            printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["cat","/added"],"Env":["PATH=/bin"],"WorkingDir":"/folder"},"rootfs":{"type":"layers","diff_ids":["sha256:%s","sha256:%s"]},"history":[{"created_by":"one"},{"created_by":"two"}]}' \\
              "$(digest "$work/one.tar")" "$(digest "$work/two.tar")" >"$work/config"
            """;

    private ImageArchiveScript() {}

    /** As {@code docker save} writes it, named {@code den/layered:saved}. */
    static Path saved(Path folder) {
        return made(folder, "saved.tar", """
                mkdir "$work/saved"
                mv "$work/one.tar" "$work/two.tar" "$work/saved"
                mv "$work/config" "$work/saved/config.json"
                printf '[{"Config":"config.json","RepoTags":["den/layered:saved"],"Layers":["one.tar","two.tar"]}]' >"$work/saved/manifest.json"
                tar -C "$work/saved" -cf "$1" manifest.json config.json one.tar two.tar
                """);
    }

    /** An OCI image layout with compressed layers, named {@code den/layered:oci}. */
    static Path ociLayout(Path folder) {
        return made(folder, "oci.tar", """
                mkdir -p "$work/oci/blobs/sha256"
                blob() { # FILE MEDIA-TYPE [ANNOTATIONS]: moves it in place and prints its descriptor
                  size=$(wc -c <"$1") name=$(digest "$1")
                  mv "$1" "$work/oci/blobs/sha256/$name"
                  printf '{"mediaType":"application/vnd.oci.image.%s","digest":"sha256:%s","size":%s%s}' "$2" "$name" "$size" "${3:-}"
                }
                gzip "$work/one.tar" "$work/two.tar"
                config=$(blob "$work/config" config.v1+json)
                one=$(blob "$work/one.tar.gz" layer.v1.tar+gzip)
                two=$(blob "$work/two.tar.gz" layer.v1.tar+gzip)
                printf '{"schemaVersion":2,"config":%s,"layers":[%s,%s]}' "$config" "$one" "$two" >"$work/manifest"
                manifest=$(blob "$work/manifest" manifest.v1+json ',"annotations":{"io.containerd.image.name":"docker.io/den/layered:oci"}')
                printf '{"schemaVersion":2,"manifests":[%s]}' "$manifest" >"$work/oci/index.json"
                printf '{"imageLayoutVersion":"1.0.0"}' >"$work/oci/oci-layout"
                tar -C "$work/oci" -czf "$1" oci-layout index.json blobs
                """);
    }

    private static Path made(Path folder, String name, String archive) {
        Path made = folder.resolve(name);
        Shell.run("sh", "-c", LAYERS + archive, folder.resolve("work-" + name).toString(), made.toString());
        return made;
    }
}
