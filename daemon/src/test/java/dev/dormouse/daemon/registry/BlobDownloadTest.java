package dev.dormouse.daemon.registry;

import static dev.dormouse.daemon.registry.FakeRegistry.answer;
import static dev.dormouse.daemon.registry.FakeRegistry.breakAfter;
import static dev.dormouse.daemon.registry.FakeRegistry.damage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlobDownloadTest {
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final FakeRegistry registry = FakeRegistry.start();
    private final Digest digest = registry.blob(CONTENT);
    private final Memory sink = new Memory();
    private final List<String> told = new ArrayList<>();
    private Duration stall = Duration.ofSeconds(20);

    @AfterEach
    void close() {
        registry.close();
    }

    private void download(long size, Credentials credentials) throws InterruptedException {
        Registries registries = new Registries(new Pace(Duration.ofSeconds(20), stall, Duration.ofMillis(1)));
        try (RegistryClient client = registries.repository(registry.repository("team/app"), credentials)) {
            client.download(new Descriptor("", digest, size), sink, new Told()).run();
        }
    }

    private void download() throws InterruptedException {
        download(CONTENT.length, Credentials.NONE);
    }

    @Test
    void itComesWholeAndIsChecked() throws Exception {
        download();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(told).containsExactly(CONTENT.length + " received", "verifying");
    }

    @Test
    void itGoesOnWhereItBrokeOff() throws Exception {
        registry.fail(digest, breakAfter(100_000), answer(503, ""), breakAfter(100_000));

        download();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(sink.restarts).isZero();
        assertThat(registry.asked())
                .extracting(request -> request.header("Range"))
                .containsExactly(
                        Optional.empty(),
                        Optional.of("bytes=100000-"),
                        Optional.of("bytes=100000-"),
                        Optional.of("bytes=200000-"));
        assertThat(told).contains("retrying");
    }

    @Test
    void itBeginsAgainWhereTheRegistryCannotGoOn() throws Exception {
        registry.fail(digest, breakAfter(100_000), (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });

        download();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(sink.restarts).isOne();
    }

    @Test
    void aPartFromAnotherPlaceIsNotTaken() throws Exception {
        registry.fail(digest, breakAfter(100_000), (exchange, content) -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-9/300000");
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(content, 0, 10);
        });

        download();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(sink.restarts).isOne();
    }

    @Test
    void damagedOnTheWayItIsFetchedAgain() throws Exception {
        registry.fail(digest, damage());

        download();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(sink.restarts).isOne();
    }

    @Test
    void damagedInTheRegistryItIsRefused() {
        registry.fail(digest, damage(), damage());

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(this::download)
                .withMessageStartingWith("filesystem layer verification failed for digest " + digest);
    }

    @Test
    void whatIsLargerThanItsManifestSaysIsRefused() {
        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(() -> download(1000, Credentials.NONE))
                .withMessageContaining("sends more than the 1000 bytes");
        assertThat(sink.bytes.size()).isLessThanOrEqualTo(1000);
    }

    @Test
    void aRegistryThatAlwaysBreaksOffIsGivenUp() {
        FakeRegistry.Fault[] always = new FakeRegistry.Fault[5];
        java.util.Arrays.fill(always, breakAfter(10));
        registry.fail(digest, always);

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(this::download)
                .withMessageEndingWith("(after 5 attempts)");
    }

    @Test
    void aBlobThatIsNotThereIsNotTriedAgain() {
        registry.fail(digest, answer(404, "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\",\"message\":\"no\\u001b[2J\"}]}"));

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(this::download)
                .withMessageEndingWith("blob unknown: no?[2J");
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void aRegistryThatFallsSilentIsTriedAgain() throws Exception {
        stall = Duration.ofMillis(200);
        CountDownLatch over = new CountDownLatch(1);
        registry.fail(digest, (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            over.await();
        });

        download();
        over.countDown();

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        assertThat(told).contains("retrying");
    }

    @Test
    void itCanBeBrokenOff() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        registry.fail(digest, (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            begun.countDown();
            over.await();
        });
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread downloading = Thread.ofVirtual().start(() -> {
            try {
                download();
                interrupted.complete(false);
            } catch (InterruptedException _) {
                interrupted.complete(true);
            } catch (RuntimeException e) {
                interrupted.completeExceptionally(e);
            }
        });
        begun.await();
        downloading.interrupt();

        assertThat(interrupted.get()).isTrue();
        over.countDown();
    }

    @Test
    void whoIsRedirectedShowsNothingElsewhere() throws Exception {
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        registry.redirectBlobs();
        registry.fail(digest, breakAfter(100_000));

        download(
                CONTENT.length,
                new Credentials(
                        Optional.of(new Credentials.User(FakeRegistry.Guard.USER, FakeRegistry.Guard.PASSWORD)),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(sink.bytes.toByteArray()).isEqualTo(CONTENT);
        List<FakeRegistry.Asked> elsewhere = registry.asked().stream()
                .filter(request -> request.host().equals(registry.storageHost()))
                .toList();
        assertThat(elsewhere).hasSize(2);
        assertThat(elsewhere)
                .allMatch(request -> request.header("Authorization").isEmpty());
        assertThat(elsewhere.getLast().header("Range")).contains("bytes=100000-");
    }

    @Test
    void redirectsLeadNeitherInCirclesNorToOtherProtocols() {
        for (String location : List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "http://u:p@127.0.0.1/", "::", "")) {
            redirect(location);
            assertThatExceptionOfType(EngineException.Failed.class)
                    .as(location)
                    .isThrownBy(this::download)
                    .withMessageContaining("Get \"");
        }
    }

    private void redirect(String location) {
        FakeRegistry.Fault[] often = new FakeRegistry.Fault[location.isEmpty() ? 6 : 1];
        java.util.Arrays.fill(often, (FakeRegistry.Fault) (exchange, _) -> {
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            location.isEmpty() ? exchange.getRequestURI().toString() : location);
            exchange.sendResponseHeaders(302, -1);
        });
        registry.fail(digest, often);
    }

    private final class Told implements BlobDownload.Watcher {
        @Override
        public void received(long bytes) {
            if (bytes == CONTENT.length) {
                told.add(bytes + " received");
            }
        }

        @Override
        public void verifying() {
            told.add("verifying");
        }

        @Override
        public void retrying(Duration pause) {
            told.add("retrying");
        }
    }

    private static final class Memory implements BlobSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int restarts;

        @Override
        public void write(ByteBuffer piece) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void restart() {
            bytes.reset();
            restarts++;
        }
    }
}
