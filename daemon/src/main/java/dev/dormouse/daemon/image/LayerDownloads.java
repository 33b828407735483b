package dev.dormouse.daemon.image;

import dev.dormouse.daemon.registry.Descriptor;
import dev.dormouse.daemon.registry.Digest;
import dev.dormouse.daemon.registry.RegistryClient;
import dev.dormouse.daemon.registry.Repository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The layers that are being downloaded: a few at once, and each once, however many pulls want it. One that nobody wants any more is
 * broken off. Thread-safe.
 */
final class LayerDownloads {
    private final Path folder;
    private final long reserve;
    private final Semaphore slots;
    private final Map<Key, Running> running = new HashMap<>();

    /**
     * @param folder for layers, on a disk of which {@code reserve} bytes must stay free
     * @param atOnce most downloads at once
     */
    LayerDownloads(Path folder, long reserve, int atOnce) {
        this.folder = folder;
        this.reserve = reserve;
        this.slots = new Semaphore(atOnce, true);
    }

    /** Who may see a repository has seen its manifest, so that a layer may be shared by all who know its digest from there. */
    private record Key(String domain, String path, Digest layer) {}

    private record Running(LayerDownload download, Thread thread) {}

    /** A pull's share in a download; the layer's file is there until the last share is closed. */
    interface Share extends AutoCloseable {
        /** The layer, or why there is none. */
        CompletableFuture<LayerFile> end();

        @Override
        void close();
    }

    /**
     * Begins a download, or joins one.
     *
     * @param news is told of it, on any thread
     */
    synchronized Share share(RegistryClient client, Descriptor layer, Consumer<PullNews> news) {
        Repository repository = client.repository();
        Key key = new Key(repository.domain(), repository.path(), layer.digest());
        Running found = running.computeIfAbsent(key, _ -> begin(client.share(), layer));
        found.download().follow(news);
        if (found.thread().getState() == Thread.State.NEW) {
            found.thread().start();
        }
        return new Share() {
            @Override
            public CompletableFuture<LayerFile> end() {
                return found.download().end();
            }

            @Override
            public void close() {
                leave(key, found, news);
            }
        };
    }

    private synchronized void leave(Key key, Running download, Consumer<PullNews> news) {
        if (download.download().leave(news) && running.remove(key, download)) {
            download.thread().interrupt();
            // Whichever ends last, download or the wish for it, the file goes with it.
            var _ = download.download().end().thenAccept(LayerFile::close);
        }
    }

    private Running begin(RegistryClient client, Descriptor layer) {
        LayerDownload download = new LayerDownload(layer);
        return new Running(download, Thread.ofVirtual().name("layer").unstarted(() -> run(client, layer, download)));
    }

    private void run(RegistryClient client, Descriptor layer, LayerDownload download) {
        Optional<LayerFile> file = Optional.empty();
        try (client) {
            if (!slots.tryAcquire()) {
                download.waiting();
                slots.acquire();
            }
            try {
                LayerFile sink = LayerFile.in(folder, reserve);
                file = Optional.of(sink);
                client.download(layer, sink, download).run();
                download.done(sink);
            } finally {
                slots.release();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            forget(download);
            file.ifPresent(LayerFile::close);
            download.end().completeExceptionally(e);
        }
    }

    /** Who wants the layer of a download that failed begins another. */
    private synchronized void forget(LayerDownload failed) {
        running.values().removeIf(other -> other.download().equals(failed));
    }
}
