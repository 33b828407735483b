package dev.dormouse.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The image {@code busybox:latest}: Debian's static busybox and nothing else. */
final class BusyboxImage {
    private BusyboxImage() {}

    /** Gives the engine the image, once a machine. */
    static void load() {
        if (Shell.attempt("docker", "image", "inspect", "busybox").exit() == 0) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("busybox");
            Path tar = tar(folder);
            Shell.run("docker", "import", "--change", "CMD [\"sh\"]", tar.toString(), "busybox:latest");
            Shell.run("rm", "-r", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tar of a root file system in {@code folder}. */
    static Path tar(Path folder) {
        Path tar = folder.resolve("busybox.tar");
        Shell.run("sh", "-c", """
                set -eu
                root=$0/root
                mkdir -p "$root/bin" "$root/etc" "$root/tmp"
                cp "$(command -v busybox)" "$root/bin/busybox"
                for applet in sh sleep cat echo httpd hostname id kill true false wget ls env ip; do
                  ln -s busybox "$root/bin/$applet"
                done
                echo 'root:x:0:0::/:/bin/sh' >"$root/etc/passwd"
                tar -C "$root" --numeric-owner --owner=0 --group=0 -cf "$1" .
                """, folder.toString(), tar.toString());
        return tar;
    }
}
