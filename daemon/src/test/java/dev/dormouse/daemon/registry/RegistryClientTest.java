package dev.dormouse.daemon.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final byte[] LAYER = "a layer".getBytes(StandardCharsets.UTF_8);

    private final FakeRegistry registry = FakeRegistry.start();
    private final Registries registries =
            new Registries(new Pace(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1)));

    @AfterEach
    void close() {
        registry.close();
    }

    private RegistryClient client(Credentials credentials) {
        return registries.repository(registry.repository("team/app"), credentials);
    }

    private static Credentials mouse(String password) {
        return new Credentials(
                Optional.of(new Credentials.User(FakeRegistry.Guard.USER, password)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anImageIsFoundByTagAndByDigest() throws Exception {
        Digest digest = registry.push("team/app", "1", LAYER);
        try (RegistryClient client = client(Credentials.NONE)) {
            Manifest byTag = client.byTag("1");

            assertThat(byTag.digest()).isEqualTo(digest);
            assertThat(client.byDigest(digest)).isEqualTo(byTag);
            Manifest.Image image = client.choose(byTag, AMD64);
            assertThat(image.layers())
                    .extracting(Descriptor::digest)
                    .containsExactly(Digest.of(FakeRegistry.gzip(LAYER)));
            assertThat(client.config(image.config())).contains("\"architecture\":\"amd64\"");
        }
    }

    @Test
    void ofAnIndexTheImageForThePlatformIsTaken() throws Exception {
        String arm = registry.image("arm64", LAYER);
        Digest armDigest = registry.manifest("team/app", "arm", FakeRegistry.MANIFEST, arm);
        Digest index = registry.manifest(
                "team/app",
                "all",
                FakeRegistry.INDEX,
                "{\"schemaVersion\":2,\"manifests\":["
                        + entry("linux", "arm64", ",\"variant\":\"v8\"", arm) + ","
                        + entry("unknown", "unknown", "", registry.image("unknown"))
                        + "]}");
        try (RegistryClient client = client(Credentials.NONE)) {
            Manifest all = client.byTag("all");

            assertThat(all.digest()).isEqualTo(index);
            assertThat(client.choose(all, Platform.parse("linux/aarch64")).digest())
                    .isEqualTo(armDigest);
            assertThatExceptionOfType(EngineException.NotFound.class)
                    .isThrownBy(() -> client.choose(all, AMD64))
                    .withMessage("no matching manifest for linux/amd64 in the manifest list entries");
        }
    }

    private String entry(String os, String architecture, String more, String manifest) {
        return registry.descriptor(
                FakeRegistry.MANIFEST,
                manifest.getBytes(StandardCharsets.UTF_8),
                ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"" + more + "}");
    }

    @Test
    void whatIsNotThereIsToldInDockersWords() throws Exception {
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThatExceptionOfType(EngineException.NotFound.class)
                    .isThrownBy(() -> client.byTag("none"))
                    .withMessage("manifest for " + registry.domain()
                            + "/team/app:none not found: manifest unknown: manifest unknown");
        }
    }

    @Test
    void aRegistryThatIsNotThereIsSaidSo() throws Exception {
        registry.close();
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThatExceptionOfType(EngineException.Failed.class)
                    .isThrownBy(() -> client.byTag("1"))
                    .withMessage(
                            "Get \"http://" + registry.domain() + "/v2/team/app/manifests/1\": connection refused");
        }
    }

    @Test
    void aPasswordIsShownToWhoAsksForIt() throws Exception {
        registry.push("team/app", "1", LAYER);
        registry.guard(FakeRegistry.Guard.BASIC);
        try (RegistryClient client = client(mouse(FakeRegistry.Guard.PASSWORD))) {
            assertThat(client.byTag("1").digest().hex()).hasSize(64);
        }
        assertThat(registry.asked().getFirst().header("Authorization"))
                .as("nobody had asked yet")
                .isEmpty();
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThatExceptionOfType(EngineException.Unauthorized.class)
                    .isThrownBy(() -> client.byTag("1"))
                    .withMessageContaining("no basic auth credentials");
        }
        try (RegistryClient client = client(mouse("zqx7hush-wrong"))) {
            assertThatExceptionOfType(EngineException.Unauthorized.class)
                    .isThrownBy(() -> client.byTag("1"))
                    .withMessage("unauthorized: authentication required");
        }
    }

    @Test
    void aTokenIsAskedForOnceForAllThatIsPulled() throws Exception {
        registry.push("team/app", "1", LAYER);
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        try (RegistryClient client = client(mouse(FakeRegistry.Guard.PASSWORD))) {
            client.config(client.choose(client.byTag("1"), AMD64).config());
        }
        assertThat(registry.asked().stream().map(FakeRegistry.Asked::path).filter(path -> path.startsWith("/token")))
                .containsExactly("/token?service=the%2C+registry&scope=repository%3Ateam%2Fapp%3Apull&account=mouse");
    }

    @Test
    void anIdentityTokenIsSentInABodyOnly() throws Exception {
        registry.push("team/app", "1", LAYER);
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        registry.answerTokens("{\"access_token\":\"" + FakeRegistry.Guard.TOKEN + "\"}");
        Credentials identity =
                new Credentials(Optional.empty(), Optional.of(FakeRegistry.Guard.PASSWORD), Optional.empty());
        try (RegistryClient client = client(identity)) {
            assertThat(client.byTag("1").digest().hex()).hasSize(64);
        }
        assertThat(registry.asked()).allMatch(request -> !request.path().contains(FakeRegistry.Guard.PASSWORD));
    }

    @Test
    void whoIsRefusedATokenIsToldWhy() throws Exception {
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        try (RegistryClient client = client(mouse("zqx7hush-wrong"))) {
            assertThatExceptionOfType(EngineException.Unauthorized.class)
                    .isThrownBy(() -> client.byTag("1"))
                    .withMessageEndingWith("unauthorized: incorrect username or password")
                    .withMessageNotContaining("zqx7hush");
        }
    }

    @Test
    void aTokenThatCannotBeSentIsNotQuoted() throws Exception {
        registry.guard(FakeRegistry.Guard.TOKEN_SERVICE);
        for (String answer : new String[] {"{\"token\":\"zqx7hush\\r\\nX: y\"}", "{}", "zqx7hush"}) {
            registry.answerTokens(answer);
            try (RegistryClient client = client(mouse(FakeRegistry.Guard.PASSWORD))) {
                assertThatExceptionOfType(EngineException.Failed.class)
                        .isThrownBy(() -> client.byTag("1"))
                        .withMessageContaining("the token service's answer")
                        .withMessageNotContaining("zqx7hush");
            }
        }
    }

    @Test
    void loginTellsWhetherTheRegistryTakesIt() throws Exception {
        for (FakeRegistry.Guard guard : FakeRegistry.Guard.values()) {
            registry.guard(guard);
            registries.login("http://" + registry.domain() + "/", mouse(FakeRegistry.Guard.PASSWORD));
        }
        assertThatExceptionOfType(EngineException.Unauthorized.class)
                .isThrownBy(() -> registries.login(registry.domain(), mouse("zqx7hush-wrong")))
                .withMessageNotContaining("zqx7hush");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> registries.login("a b", mouse("zqx7hush-wrong")));
    }

    @Test
    void documentsThatAreNotWhatTheyShouldBeAreRefused() throws Exception {
        String image = registry.image("amd64", LAYER);
        refuse(image.replace("\"schemaVersion\":2", "\"schemaVersion\":1"), "schemaVersion 1 is not supported");
        refuse(image.replace("\"layers\"", "\"manifests\":[],\"layers\""), "has both manifests and config or layers");
        refuse(image.replace("\"config\"", "\"konfig\""), "it has no config");
        refuse(image.replace("image.config", "helm.config"), "it is no container image");
        refuse(image.replace("tar+gzip", "tar+lz4"), "layers: unsupported media type");
        refuse(image.replace("\"size\":", "\"size\":-"), "a size that is not negative");
        refuse(image.replace("\"sha256:", "\"sha256:../../"), "is not sha256: and 64");
        refuse("[]", "is not valid");
        refuse("null", "it is null");
        refuse("x".repeat(5 << 20), "is larger than");
    }

    private void refuse(String json, String why) {
        registry.manifest("team/app", "bad", FakeRegistry.MANIFEST, json);
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> client.byTag("bad"))
                    .withMessageContaining(why);
        }
    }

    @Test
    void aConfigurationIsCheckedAgainstItsDigest() throws Exception {
        registry.push("team/app", "1", LAYER);
        try (RegistryClient client = client(Credentials.NONE)) {
            Descriptor config = client.choose(client.byTag("1"), AMD64).config();
            registry.fail(config.digest(), FakeRegistry.damage());

            assertThatExceptionOfType(EngineException.Failed.class)
                    .isThrownBy(() -> client.config(config))
                    .withMessageContaining("verification failed for digest " + config.digest());
        }
    }
}
