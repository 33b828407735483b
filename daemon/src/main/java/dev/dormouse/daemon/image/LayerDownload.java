package dev.dormouse.daemon.image;

import dev.dormouse.daemon.registry.BlobDownload;
import dev.dormouse.daemon.registry.Descriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One layer's download, with everybody who follows it. Thread-safe. */
final class LayerDownload implements BlobDownload.Watcher {
    private static final long BETWEEN_NEWS_NANOS = Duration.ofMillis(100).toNanos();

    private final String layer;
    private final long size;
    private final CompletableFuture<LayerFile> end = new CompletableFuture<>();
    private final List<Consumer<PullNews>> followers = new CopyOnWriteArrayList<>();
    private volatile Optional<PullNews> last = Optional.empty();
    private long told = System.nanoTime() - BETWEEN_NEWS_NANOS;

    LayerDownload(Descriptor layer) {
        this.layer = layer.digest().abbreviated();
        this.size = layer.size();
    }

    void follow(Consumer<PullNews> follower) {
        followers.add(follower);
        last.ifPresent(follower);
    }

    /** Whether nobody follows it any more. */
    boolean leave(Consumer<PullNews> follower) {
        followers.remove(follower);
        return followers.isEmpty();
    }

    /** The layer, or why there is none. */
    CompletableFuture<LayerFile> end() {
        return end;
    }

    void done(LayerFile file) {
        stage("Download complete");
        end.complete(file);
    }

    void waiting() {
        stage("Waiting");
    }

    @Override
    public void received(long bytes) {
        long now = System.nanoTime();
        if (now - told >= BETWEEN_NEWS_NANOS || bytes == size) {
            told = now;
            tell(new PullNews.Progress(layer, "Downloading", bytes, size));
        }
    }

    @Override
    public void verifying() {
        stage("Verifying Checksum");
    }

    @Override
    public void retrying(Duration pause) {
        long seconds = Math.max(1, pause.toSeconds());
        stage("Retrying in " + seconds + (seconds == 1 ? " second" : " seconds"));
    }

    private void stage(String status) {
        tell(new PullNews.Stage(layer, status));
    }

    private void tell(PullNews news) {
        last = Optional.of(news);
        followers.forEach(follower -> follower.accept(news));
    }
}
