package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.BrokenImage;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.ImageConfig;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.image.PullNews;
import dev.dormouse.daemon.image.PullRequest;
import dev.dormouse.daemon.registry.Credentials;
import dev.dormouse.daemon.spec.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Images in memory: of an import it keeps the number of bytes. */
final class FakeImages implements Images {
    static final ImageId NGINX = new ImageId("a".repeat(64));

    private final Map<String, ImageId> names = new HashMap<>(Map.of("nginx:latest", NGINX));
    private final Map<ImageId, Long> sizes = new HashMap<>(Map.of(NGINX, 100L));
    final List<String> changes = new ArrayList<>();
    final List<PullRequest> pulls = new CopyOnWriteArrayList<>();
    final List<String> logins = new CopyOnWriteArrayList<>();

    @Override
    public synchronized Image importTar(
            InputStream tar, Optional<String> reference, List<String> dockerfile, String message) {
        changes.addAll(dockerfile);
        ImageId id = new ImageId("b".repeat(64));
        sizes.put(id, count(tar));
        reference.ifPresent(name -> names.put(name, id));
        return image(id);
    }

    private static long count(InputStream in) {
        try {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<Image> load(InputStream archive) {
        ImageId id = new ImageId("c".repeat(64));
        sizes.put(id, count(archive));
        names.put("team/app:1.0", id);
        return List.of(image(id));
    }

    /** Only {@code pulled} can be had, and {@code broken}, whose layer cannot. */
    @Override
    public void pull(PullRequest request, Consumer<PullNews> news) {
        pulls.add(request);
        String name = request.image().substring(request.image().lastIndexOf('/') + 1);
        if (!name.equals("pulled") && !name.equals("broken")) {
            throw new EngineException.NotFound("pull access denied for " + name);
        }
        news.accept(new PullNews.Whole("latest", "Pulling from library/" + name));
        news.accept(new PullNews.Stage("aaaaaaaaaaaa", "Pulling fs layer"));
        news.accept(new PullNews.Progress("aaaaaaaaaaaa", "Downloading", 1, 2));
        if (name.equals("broken")) {
            throw new EngineException.Failed("the layer is damaged");
        }
        news.accept(new PullNews.Stage("aaaaaaaaaaaa", "Pull complete"));
        news.accept(new PullNews.Whole("", "Status: Downloaded newer image for " + name));
        synchronized (this) {
            names.put(name + ":latest", NGINX);
        }
    }

    @Override
    public void login(String registry, Credentials credentials) {
        logins.add(registry);
        if (!credentials.user().equals(Optional.of(new Credentials.User("mouse", "cheese")))) {
            throw new EngineException.Unauthorized("unauthorized: incorrect username or password");
        }
    }

    @Override
    public synchronized List<Image> list() {
        return sizes.keySet().stream().map(this::image).toList();
    }

    @Override
    public List<BrokenImage> broken() {
        return List.of();
    }

    @Override
    public synchronized Image get(String reference) {
        String tagged = reference.contains(":") ? reference : reference + ":latest";
        String digest = reference.startsWith("sha256:") ? reference.substring("sha256:".length()) : reference;
        return Optional.ofNullable(names.get(tagged))
                .or(() -> sizes.keySet().stream()
                        .filter(id -> digest.length() >= 4 && id.hex().startsWith(digest))
                        .findFirst())
                .map(this::image)
                .orElseThrow(() -> new EngineException.NotFound("No such image: " + tagged));
    }

    @Override
    public synchronized void tag(String reference, String repository, String tag) {
        names.put(repository + ":" + tag, get(reference).id());
    }

    @Override
    public synchronized List<Removal> remove(String reference, boolean force, List<ImageId> inUse) {
        Image image = get(reference);
        if (inUse.contains(image.id()) && !force && image.tags().size() == 1) {
            throw new EngineException.Conflict("image " + reference + " is used by a container");
        }
        names.remove(reference.contains(":") ? reference : reference + ":latest");
        return List.of(
                new Removal.Untagged(reference), new Removal.Deleted(image.id().toString()));
    }

    @Override
    public List<Path> layerDirectories(ImageId id) {
        throw new EngineException.NotImplemented("no layers here");
    }

    private Image image(ImageId id) {
        List<String> tags = names.entrySet().stream()
                .filter(name -> name.getValue().equals(id))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        ImageConfig config = new ImageConfig(
                "",
                List.of("PATH=/bin"),
                Optional.empty(),
                Optional.of(List.of("nginx", "-g", "daemon off;")),
                "",
                Map.of("maintainer", "someone"),
                Set.of(new Port(80, Port.Protocol.TCP)),
                Set.of(),
                Optional.of("SIGQUIT"),
                Optional.empty());
        return new Image(
                id,
                tags,
                List.of(),
                config,
                Instant.parse("2026-01-01T00:00:00Z"),
                sizes.getOrDefault(id, 0L),
                List.of("sha256:" + "d".repeat(64)),
                List.of("layer"),
                "amd64",
                "linux",
                "",
                "");
    }
}
