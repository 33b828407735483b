package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine that does nothing but change images, and says on standard output what it has done: for {@link ImagesKilledTest}. */
final class ImagesToKill {
    private ImagesToKill() {}

    /**
     * Changes images until it is killed.
     *
     * @param arguments state folder, run folder, and a word that no other run has
     */
    public static void main(String[] arguments) {
        Images images = ImageStore.open(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println("open");
        for (int i = 0; i < 1_000; i++) {
            String name = "image-" + arguments[2] + "-" + i;
            images.importTar(tar().file("file", name).stream(), Optional.of(name), List.of(), "");
            System.out.println("has " + name);
            images.tag(name, name + "-too", "");
            System.out.println("has " + name + "-too");
            if (i % 2 == 0) {
                images.remove(name, true, List.of());
                System.out.println("lost " + name);
                images.remove(name + "-too", true, List.of());
                System.out.println("lost " + name + "-too");
            }
        }
    }
}
