package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Manifest;
import dev.dormouse.daemon.registry.Platform;
import dev.dormouse.daemon.registry.Registries;
import dev.dormouse.daemon.registry.RegistryClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker pull}: what a registry has under a name becomes an image here. What is downloaded has no name on the disk, and the image
 * comes with all its layers at one instant: a pull that ends early leaves nothing.
 */
final class ImagePull {
    private final ImageShelf shelf;
    private final Registries registries;
    private final LayerDownloads downloads;

    ImagePull(ImageShelf shelf, Registries registries, LayerDownloads downloads) {
        this.shelf = shelf;
        this.registries = registries;
        this.downloads = downloads;
    }

    /**
     * Pulls; {@code news} is called by this thread, as things happen.
     *
     * @throws InterruptedException if the thread is interrupted: the pull is broken off
     */
    void pull(PullRequest request, Consumer<PullNews> news) throws InterruptedException {
        PullTarget target = PullTarget.of(request);
        PullBoard board = new PullBoard();
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        Thread work = Thread.ofVirtual().name("pull").start(() -> {
            try {
                work(target, request, board);
                end.complete(null);
            } catch (InterruptedException | RuntimeException | Error e) {
                end.completeExceptionally(e); // whatever it was: a client waits for it
            } finally {
                board.close();
            }
        });
        try {
            for (var next = board.next(); next.isPresent(); next = board.next()) {
                news.accept(next.get());
            }
            end.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            work.interrupt();
        }
    }

    private void work(PullTarget target, PullRequest request, PullBoard board) throws InterruptedException {
        try (RegistryClient client = registries.repository(target.repository(), request.credentials())) {
            Manifest manifest = target.manifest(client);
            board.post(new PullNews.Whole(
                    target.subject(), "Pulling from " + client.repository().path()));
            Manifest.Image image = client.choose(manifest, request.platform().orElseGet(Platform::ofThisMachine));
            String configuration = client.config(image.config());
            List<ImageReference> names = target.names(manifest.digest());
            PulledImage pulled = new PulledImage(image, configuration, names);
            boolean newer = !shelf.catalogue().isNamed(names.getFirst(), pulled.id());
            if (!shelf.name(pulled.id(), names)) {
                pulled.assemble(shelf, layer -> downloads.share(client, layer, board::post), board::post);
            }
            board.post(new PullNews.Whole("", "Digest: " + manifest.digest()));
            board.post(new PullNews.Whole(
                    "",
                    "Status: " + (newer ? "Downloaded newer image for " : "Image is up to date for ")
                            + target.name().familiar()));
        }
    }

    private static RuntimeException failure(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case EngineException known -> known;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException unexpected -> unexpected;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e);
        };
    }
}
