package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One blob's way from a registry to a sink: checked against digest and size as it comes, and taken up where it broke off. Used by one
 * thread.
 */
public final class BlobDownload {
    /** dockerd's max-download-attempts. A connection that brought something worth while begins the count anew. */
    private static final int MOST_ATTEMPTS = 5;

    private static final long WORTH_WHILE = 1 << 20;
    /** Damaged twice is not damaged on the way. */
    private static final int MOST_DAMAGED = 2;

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final Source source;
    private final Descriptor blob;
    private final BlobSink sink;
    private final Watcher watcher;
    private MessageDigest digest = Digest.algorithm();
    private long received;
    private int damaged;

    BlobDownload(Source source, Descriptor blob, BlobSink sink, Watcher watcher) {
        this.source = source;
        this.blob = blob;
        this.sink = sink;
        this.watcher = watcher;
    }

    /** Is told, on the downloading thread, how it goes on. */
    public interface Watcher {
        /** So many bytes are there. */
        void received(long bytes);

        /** All are there, and are compared with the digest. */
        void verifying();

        /** It broke off, and is taken up again after a time. */
        void retrying(Duration pause);
    }

    /** The answer cannot be used, but another might. */
    private static final class Passing extends IOException {
        private static final long serialVersionUID = 1L;

        Passing(String message) {
            super(message);
        }
    }

    /**
     * Downloads it.
     *
     * @throws EngineException if the registry has it not, has another, or cannot be reached however often it is tried
     * @throws InterruptedException if the thread is interrupted: the sink is left as it is
     */
    public void run() throws InterruptedException {
        int attempts = 0;
        while (true) {
            long before = received;
            try {
                attempt();
                if (isWhole()) {
                    return;
                }
            } catch (IOException e) {
                attempts = received - before >= WORTH_WHILE ? 1 : attempts + 1;
                if (attempts >= MOST_ATTEMPTS) {
                    throw new EngineException.Failed(
                            "Get \"" + source.repository().blob(blob.digest()) + "\": " + Reasons.of(e) + " (after "
                                    + attempts + " attempts)",
                            e);
                }
                Duration pause = source.pace().retry().multipliedBy(1L << (attempts - 1));
                watcher.retrying(pause);
                Thread.sleep(pause);
            }
        }
    }

    private void attempt() throws IOException, InterruptedException {
        URI uri = source.repository().blob(blob.digest());
        Map<String, String> range = received == 0 ? Map.of() : Map.of("Range", "bytes=" + received + "-");
        try (Exchange.Response response = source.get(uri, range)) {
            switch (response.status()) {
                case 200 -> restart();
                case 206 -> requireContinued(response);
                default -> throw refused(uri, response);
            }
            while (received < blob.size()) {
                take(response.body()
                        .next()
                        .orElseThrow(
                                () -> new Passing("it ended after " + received + " of " + blob.size() + " bytes")));
            }
        }
    }

    private void take(ByteBuffer bytes) {
        if (bytes.remaining() > blob.size() - received) {
            throw new EngineException.Failed("filesystem layer verification failed for digest " + blob.digest()
                    + ": the registry sends more than the " + blob.size() + " bytes that the manifest says");
        }
        digest.update(bytes.duplicate());
        received += bytes.remaining();
        sink.write(bytes);
        watcher.received(received);
    }

    private void requireContinued(Exchange.Response response) throws IOException {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (received == 0 || !range.startsWith("bytes " + received + "-")) {
            restart();
            throw new Passing("it was to go on from another byte");
        }
    }

    private void restart() {
        if (received > 0) {
            received = 0;
            digest = Digest.algorithm();
            sink.restart();
        }
    }

    private boolean isWhole() {
        watcher.verifying();
        if (Digest.of(digest, new byte[0]).equals(blob.digest())) {
            return true;
        }
        damaged++;
        if (damaged >= MOST_DAMAGED) {
            throw new EngineException.Failed("filesystem layer verification failed for digest " + blob.digest()
                    + ": the registry has it damaged or changed");
        }
        digest = Digest.algorithm();
        received = 0;
        sink.restart();
        return false;
    }

    private EngineException refused(URI uri, Exchange.Response response) throws IOException, InterruptedException {
        Refusal refusal = Refusal.of(response);
        if (PASSING.contains(response.status())) {
            throw new Passing(refusal.text());
        }
        if (response.status() == 416) {
            restart();
            throw new Passing("it cannot be taken up where it broke off");
        }
        String why = "Get \"" + uri + "\": " + refusal.text();
        return refusal.status() == 401 ? new EngineException.Unauthorized(why) : new EngineException.Failed(why);
    }
}
