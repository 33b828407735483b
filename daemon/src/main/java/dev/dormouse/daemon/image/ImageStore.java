package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Credentials;
import dev.dormouse.daemon.registry.Pace;
import dev.dormouse.daemon.registry.Registries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine's images: records under {@code images/}, layers in containers-storage. */
public final class ImageStore implements Images {
    /** Layers downloaded at once: dockerd's max-concurrent-downloads. */
    private static final int DOWNLOADS = 3;

    private final ImageShelf shelf;
    private final LayerStore layers;
    private final Path spoolFolder;
    private final long reserve;
    private final FileSystemImport imports;
    private final ImageArchive archives;
    private final Registries registries;
    private final ImagePull pulls;

    private ImageStore(
            ImageShelf shelf,
            LayerStore layers,
            Path spoolFolder,
            long reserve,
            Registries registries,
            InstantSource clock) {
        this.shelf = shelf;
        this.layers = layers;
        this.spoolFolder = spoolFolder;
        this.reserve = reserve;
        this.imports = new FileSystemImport(shelf, architecture(), clock);
        this.archives = new ImageArchive(shelf, architecture());
        this.registries = registries;
        this.pulls = new ImagePull(shelf, registries, new LayerDownloads(spoolFolder, reserve, DOWNLOADS));
    }

    /**
     * Opens the images under a state folder, and removes what a crash has left there.
     *
     * @param state {@code /var/lib/dormouse}
     * @param run {@code /run/dormouse}
     * @throws EngineException.Failed if the images there cannot be read
     */
    public static ImageStore open(Path state, Path run) {
        return open(
                state.resolve("images"),
                ContainersStorage.at(state.resolve("storage"), run.resolve("storage")),
                Spool.RESERVE,
                new Registries(Pace.USUAL),
                InstantSource.system());
    }

    static ImageStore open(Path folder, LayerStore layers, long reserve, Registries registries, InstantSource clock) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + folder + " for images: " + e.getMessage(), e);
        }
        ImageShelf shelf = ImageShelf.restore(new ImageFiles(folder), layers);
        Spool.sweep(folder.resolve("tmp"));
        return new ImageStore(shelf, layers, folder.resolve("tmp"), reserve, registries, clock);
    }

    @Override
    public Image importTar(InputStream tar, Optional<String> reference, List<String> changes, String message) {
        Optional<ImageReference> name = reference.map(text -> ImageReference.toGive(text, ""));
        OciConfig.Container config = ConfigChanges.parse(changes);
        try (Spool spool = Spool.of(tar, spoolFolder, reserve)) {
            return described(imports.importTar(spool, name, config, message));
        }
    }

    @Override
    public List<Image> load(InputStream archive) {
        try (Spool spool = Spool.of(Compression.decompressed(archive), spoolFolder, reserve)) {
            return archives.load(spool).stream().map(this::described).toList();
        }
    }

    @Override
    public void pull(PullRequest request, Consumer<PullNews> news) throws InterruptedException {
        pulls.pull(request, news);
    }

    @Override
    public void login(String registry, Credentials credentials) throws InterruptedException {
        registries.login(registry, credentials);
    }

    @Override
    public List<Image> list() {
        Catalogue catalogue = shelf.catalogue();
        return catalogue.images().values().stream()
                .map(catalogue::described)
                .sorted(Comparator.comparing(Image::created)
                        .reversed()
                        .thenComparing(image -> image.id().hex()))
                .toList();
    }

    @Override
    public List<BrokenImage> broken() {
        return shelf.broken();
    }

    @Override
    public Image get(String reference) {
        Catalogue catalogue = shelf.catalogue();
        return catalogue.described(catalogue.find(reference));
    }

    @Override
    public void tag(String reference, String repository, String tag) {
        ImageReference name = ImageReference.toGive(repository, tag);
        shelf.change(change -> change.name(change.catalogue().find(reference), name));
    }

    @Override
    public List<Removal> remove(String reference, boolean force, List<ImageId> inUse) {
        List<Removal> removals = new ArrayList<>();
        shelf.change(change -> removals.addAll(new ImageRemoval(change, inUse).remove(reference, force)));
        return List.copyOf(removals);
    }

    @Override
    public List<Path> layerDirectories(ImageId id) {
        return shelf.catalogue().byId(id).layerIds().reversed().stream()
                .map(layers::directory)
                .toList();
    }

    private Image described(StoredImage image) {
        return shelf.catalogue().described(image);
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
