package dev.dormouse.daemon.image;

import static dev.dormouse.daemon.image.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.registry.Credentials;
import dev.dormouse.daemon.registry.Digest;
import dev.dormouse.daemon.registry.FakeRegistry;
import dev.dormouse.daemon.registry.Pace;
import dev.dormouse.daemon.registry.Registries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImagePullTest {
    private static final byte[] BASE = tar().file("base", "1").bytes();
    private static final byte[] TOP = tar().file("top", "22").bytes();

    private final Path folder;
    private final InMemoryLayers layers = new InMemoryLayers();
    private final FakeRegistry registry = FakeRegistry.start();
    private Images images;

    ImagePullTest(@TempDir Path folder) {
        this.folder = folder;
        this.images = open();
    }

    private Images open() {
        return open(folder, layers);
    }

    private static Images open(Path state, LayerStore layers) {
        Pace pace = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1));
        return ImageStore.open(state, layers, 0, new Registries(pace), InstantSource.system());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private String name() {
        return registry.domain() + "/team/app";
    }

    private List<String> pull(String image, String tag) throws InterruptedException {
        List<String> news = new CopyOnWriteArrayList<>();
        images.pull(request(image, tag), said -> news.add(text(said)));
        return news;
    }

    private static PullRequest request(String image, String tag) {
        return new PullRequest(image, tag, Optional.empty(), Credentials.NONE);
    }

    private static String text(PullNews news) {
        return switch (news) {
            case PullNews.Whole(String subject, String status) -> subject + ": " + status;
            case PullNews.Stage(String layer, String status) -> layer + ": " + status;
            case PullNews.Progress progress -> progress.layer() + " " + progress.status();
        };
    }

    private static String blob(byte[] tar) {
        return Digest.of(FakeRegistry.gzip(tar)).abbreviated();
    }

    @Test
    void anImageComesWithItsNamesAndLayers() throws Exception {
        Digest digest = registry.push("team/app", "1", BASE, TOP);

        List<String> news = pull(name(), "1");

        assertThat(news.getFirst()).isEqualTo("1: Pulling from team/app");
        assertThat(news)
                .containsSubsequence(
                        blob(BASE) + ": Pulling fs layer",
                        blob(BASE) + ": Verifying Checksum",
                        blob(BASE) + ": Download complete",
                        blob(BASE) + " Extracting",
                        blob(BASE) + ": Pull complete",
                        blob(TOP) + ": Pull complete",
                        ": Digest: " + digest,
                        ": Status: Downloaded newer image for " + name() + ":1");
        Image image = images.get(name() + ":1");
        assertThat(image.tags()).containsExactly(name() + ":1");
        assertThat(image.digests()).containsExactly(name() + "@" + digest);
        assertThat(image.diffIds()).containsExactly(Sha256.of(BASE), Sha256.of(TOP));
        assertThat(images.get(name() + "@" + digest)).isEqualTo(image);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();

        images = open();
        assertThat(images.get(name() + ":1")).isEqualTo(image);
    }

    @Test
    void aKillAtAnyOfItsStepsLosesNothingAndTheNextPullBringsIt(@TempDir Path others) throws Exception {
        registry.push("team/app", "1", BASE, TOP);
        List<Faults.Point> points = Faults.record(() -> pullSoFar("1"));
        assertThat(points).hasSizeGreaterThan(3);
        for (Faults.Point point : points) {
            InMemoryLayers disk = new InMemoryLayers();
            Path state = others.resolve(point.toString().replace('/', '_'));
            images = open(state, disk);
            try (Faults faults = Faults.killAt(point)) {
                pullSoFar("1");
                assertThat(faults.isReached()).as("%s", point).isTrue();
            }

            images = open(state, disk);
            List<String> left = images.list().stream()
                    .flatMap(image -> image.layers().stream())
                    .toList();
            assertThat(disk.ids()).as("after a kill at %s", point).hasSize(left.size());
            assertThat(state.resolve("tmp")).isEmptyDirectory();
            pull(name(), "1");
            assertThat(images.get(name() + ":1").layers()).hasSize(2);
            assertThat(disk.ids()).hasSize(2);
        }
    }

    /** A pull that may be killed. */
    private void pullSoFar(String tag) {
        try {
            pull(name(), tag);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (Faults.Killed _) {
            // that is what is tried
        }
    }

    @Test
    void whatIsThereIsNotPulledAgain() throws Exception {
        registry.push("team/app", "1", BASE);
        pull(name(), "1");
        long asked = registry.asked(Digest.of(FakeRegistry.gzip(BASE)).toString());

        List<String> news = pull(name() + ":1", "");

        assertThat(news.getLast()).isEqualTo(": Status: Image is up to date for " + name() + ":1");
        assertThat(news).hasSize(3);
        assertThat(registry.asked(Digest.of(FakeRegistry.gzip(BASE)).toString()))
                .isEqualTo(asked);
    }

    @Test
    void layersThatAnotherImageHasAreNotPulledAgain() throws Exception {
        registry.push("team/app", "1", BASE);
        registry.push("team/app", "2", BASE, TOP);
        pull(name(), "1");

        assertThat(pull(name(), "2"))
                .contains(blob(BASE) + ": Already exists", blob(TOP) + ": Pull complete")
                .doesNotContain(blob(BASE) + ": Pulling fs layer");
        assertThat(registry.asked(Digest.of(FakeRegistry.gzip(BASE)).toString()))
                .isOne();
        assertThat(layers.ids()).hasSize(2);
    }

    @Test
    void aTokenIsAskedForOnceForAllLayers() throws Exception {
        registry.push("team/app", "1", BASE, TOP);
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        Credentials mouse = new Credentials(
                Optional.of(new Credentials.User(FakeRegistry.Guard.USER, FakeRegistry.Guard.PASSWORD)),
                Optional.empty(),
                Optional.empty());

        images.pull(new PullRequest(name(), "1", Optional.empty(), mouse), _ -> {});

        assertThat(images.get(name() + ":1").layers()).hasSize(2);
        assertThat(registry.asked().stream().filter(request -> request.path().startsWith("/token")))
                .hasSize(1);
    }

    @Test
    void aTagThatMovedGoesToTheNewImage() throws Exception {
        Digest old = registry.push("team/app", "1", BASE);
        pull(name(), "1");
        registry.push("team/app", "1", TOP);

        assertThat(pull(name(), "1")).endsWith(": Status: Downloaded newer image for " + name() + ":1");

        assertThat(images.get(name() + "@" + old).tags()).isEmpty();
        assertThat(images.list()).hasSize(2);
    }

    @Test
    void byDigestItHasNoTag() throws Exception {
        Digest digest = registry.push("team/app", "1", BASE);
        String byDigest = name() + "@" + digest;

        List<String> news = pull(name(), digest.toString());

        assertThat(news.getFirst()).isEqualTo(byDigest + ": Pulling from team/app");
        assertThat(news.getLast()).isEqualTo(": Status: Downloaded newer image for " + byDigest);
        assertThat(images.get(name() + ":other@" + digest).digests()).containsExactly(byDigest);
        assertThat(images.get(byDigest).tags()).isEmpty();
    }

    @Test
    void theDigestsOfARepositoryGoWithItsLastTag() throws Exception {
        Digest digest = registry.push("team/app", "1", BASE);
        pull(name(), "1");

        List<Images.Removal> removed = images.remove(name() + ":1", false, List.of());

        assertThat(removed)
                .startsWith(
                        new Images.Removal.Untagged(name() + ":1"), new Images.Removal.Untagged(name() + "@" + digest))
                .hasSize(4);
        assertThat(images.list()).isEmpty();
        assertThat(layers.ids()).isEmpty();
    }

    @Test
    void aDigestStaysAsLongAsATagOfItsRepository() throws Exception {
        registry.push("team/app", "1", BASE);
        pull(name(), "1");
        images.tag(name() + ":1", name(), "2");
        images.tag(name() + ":1", "other", "1");

        assertThat(images.remove(name() + ":1", false, List.of())).hasSize(1);
        assertThat(images.get(name() + ":2").digests()).hasSize(1);
        assertThat(images.remove(name() + ":2", false, List.of())).hasSize(2);
        assertThat(images.get("other:1").digests()).isEmpty();
    }

    @Test
    void twoPullsShareTheWork() throws Exception {
        registry.push("team/app", "1", BASE, TOP);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        registry.fail(Digest.of(FakeRegistry.gzip(BASE)), held(begun, goOn));
        CompletableFuture<List<String>> one = start(name());
        begun.await();
        CompletableFuture<List<String>> other = start(name());
        registry.awaitAsked("/manifests/1", 2);
        goOn.countDown();

        assertThat(one.get()).contains(blob(BASE) + ": Pull complete");
        assertThat(other.get()).isNotEmpty();
        for (byte[] tar : List.of(BASE, TOP)) {
            assertThat(registry.asked(Digest.of(FakeRegistry.gzip(tar)).toString()))
                    .isOne();
        }
        assertThat(layers.ids()).hasSize(2);
    }

    private static FakeRegistry.Fault held(CountDownLatch begun, CountDownLatch goOn) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            begun.countDown();
            goOn.await();
            exchange.getResponseBody().write(content);
        };
    }

    private CompletableFuture<List<String>> start(String image) {
        CompletableFuture<List<String>> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                end.complete(pull(image, "1"));
            } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    @Test
    void brokenOffItLeavesNothingAndCanBeRepeated() throws Exception {
        registry.push("team/app", "1", BASE, TOP);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        registry.fail(Digest.of(FakeRegistry.gzip(TOP)), held(begun, never));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                pull(name(), "1");
                interrupted.complete(false);
            } catch (InterruptedException _) {
                interrupted.complete(true);
            } catch (RuntimeException e) {
                interrupted.completeExceptionally(e);
            }
        });
        begun.await();
        client.interrupt();

        assertThat(interrupted.get()).isTrue();
        assertThat(images.list()).isEmpty();
        assertThat(layers.ids()).isEmpty();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(pull(name(), "1").getLast()).contains("Downloaded newer image");
    }

    @Test
    void aLayerThatIsNotTheConfigurationsIsRefused() throws Exception {
        String manifest = registry.image("amd64", BASE);
        String other = registry.image("amd64", TOP);
        String layersOfOther = other.substring(other.indexOf("\"layers\""));
        registry.manifest(
                "team/app",
                "1",
                "application/vnd.oci.image.manifest.v1+json",
                manifest.substring(0, manifest.indexOf("\"layers\"")) + layersOfOther);

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> pull(name(), "1"))
                .withMessageContaining("as its configuration says");
        assertThat(layers.ids()).isEmpty();
        assertThat(images.list()).isEmpty();
    }

    @Test
    void aFailingLayerFailsThePullAtOnce() throws Exception {
        registry.push("team/app", "1", BASE, TOP);
        CountDownLatch begun = new CountDownLatch(1);
        registry.fail(Digest.of(FakeRegistry.gzip(BASE)), held(begun, new CountDownLatch(1)));
        registry.fail(Digest.of(FakeRegistry.gzip(TOP)), (exchange, _) -> {
            begun.await();
            FakeRegistry.answer(404, "").happen(exchange, new byte[0]);
        });

        assertThatExceptionOfType(EngineException.Failed.class)
                .isThrownBy(() -> pull(name(), "1"))
                .withMessageEndingWith("not found");
        assertThat(images.list()).isEmpty();
    }

    @Test
    void namesThatCannotBePulledAreRefused() {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> pull("scratch", "latest"))
                .withMessage("'scratch' is a reserved name");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> pull(name(), "a b"))
                .withMessage("invalid tag format");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> pull(name(), "sha512:" + "0".repeat(128)))
                .withMessageContaining("is not sha256:");
        assertThatExceptionOfType(EngineException.NotImplemented.class)
                .isThrownBy(() -> pull(name(), ""))
                .withMessageContaining("all tags");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> pull("localhost:99999/app", "1"))
                .withMessageContaining("is not host[:port]");
    }
}
