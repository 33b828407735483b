package dev.dormouse.daemon.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.process.Program;
import dev.dormouse.daemon.process.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Layers by the {@code containers-storage} program (1.43 and 1.57 alike) with its overlay driver. Ids are random, not derived from the
 * content: a layer that was left behind half-checked by a crash can then never be taken for a good one.
 *
 * <p>They are 16 digits and not 64, because overlayfs takes all layers of a mount in one page of text (mount(2)).
 */
final class ContainersStorage implements LayerStore {
    /** How 1.43 and how 1.57 begin when they stopped within the tar. */
    private static final Pattern WITHIN_TAR =
            Pattern.compile("processing tar file\\(|unpacking failed \\(|exhausting input failed \\(");

    /** And what shows then that the machine was at fault, and not the tar. */
    private static final Pattern MACHINE_AT_FAULT = Pattern.compile(
            "no space left|quota exceeded|read-only file system|input/output error|too many open files|cannot allocate"
                    + "|not permitted|permission denied|executable file not found");

    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(30);
    private static final int LIST_LIMIT = 256 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;
    private final Path run;
    private final Path configuration;

    private ContainersStorage(Path root, Path run, Path configuration) {
        this.root = root;
        this.run = run;
        this.configuration = configuration;
    }

    /**
     * @param root where layers are kept, on a disk that can be overlayfs's upper file system
     * @param run where the program keeps its locks; lost at a reboot
     */
    static ContainersStorage at(Path root, Path run) {
        Path configuration = root.resolve("storage.conf");
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + root + " for image layers: " + e.getMessage(), e);
        }
        // The program would otherwise take the options of podman and others from /etc/containers/storage.conf.
        DurableFile.write(configuration, """
                # Written by dormoused.
                [storage]
                driver = "overlay"
                graphroot = "%s"
                runroot = "%s"
                """.formatted(root, run));
        return new ContainersStorage(root, run, configuration);
    }

    @Override
    public Layer add(Optional<String> parent, Program.Input tar) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        List<String> arguments = new ArrayList<>(List.of("import-layer", "--json", "--id", id));
        parent.ifPresent(arguments::add);
        Result result = program(arguments).withInput(tar).within(UNPACK_LIMIT).run();
        if (result.exit() != 0) {
            throw importFailure(result);
        }
        String diffId = ImageJson.read(result.output(), StoredLayer.class, ContainersStorage::misunderstood)
                .diffDigest();
        if (diffId == null || !Sha256.isDigest(diffId)) {
            throw new EngineException.Failed("containers-storage imported a layer without telling its digest");
        }
        return new Layer(id, diffId, LayerSize.of(directory(id)));
    }

    @Override
    public void remove(String id) {
        Result result = program(List.of("delete-layer", id)).run();
        if (result.exit() != 0 && ids().contains(id)) {
            throw result.failure();
        }
    }

    @Override
    public List<String> ids() {
        byte[] output = program(List.of("layers", "--json"))
                .withOutputLimit(LIST_LIMIT)
                .runOrThrow()
                .output();
        // A list without elements is Go's nil, written as null.
        if (new String(output, StandardCharsets.UTF_8).strip().equals("null")) {
            return List.of();
        }
        Map<String, StoredLayer> layers = new HashMap<>();
        for (StoredLayer layer : ImageJson.readList(output, StoredLayer.class, ContainersStorage::misunderstood)) {
            layers.put(layer.id(), layer);
        }
        return layers.keySet().stream()
                .sorted(Comparator.comparingInt(id -> depth(id, layers)))
                .toList();
    }

    private static EngineException importFailure(Result result) {
        String said = result.error();
        if (!WITHIN_TAR.matcher(said).find() || MACHINE_AT_FAULT.matcher(said).find()) {
            return result.failure();
        }
        return new EngineException.InvalidParameter(
                "the file system is not a tar archive, plain or compressed with gzip, bzip2, xz or zstd: "
                        + result.reason());
    }

    private static int depth(String id, Map<String, StoredLayer> layers) {
        int depth = 0;
        StoredLayer layer = layers.get(id);
        while (layer != null && layer.parent() != null && depth < layers.size()) {
            layer = layers.get(layer.parent());
            depth++;
        }
        return depth;
    }

    @Override
    public Path directory(String id) {
        return root.resolve("overlay").resolve(id).resolve("diff");
    }

    private static EngineException misunderstood(String why) {
        return new EngineException.Failed("containers-storage answered what this engine does not understand: " + why);
    }

    private Program program(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "containers-storage",
                "--graph",
                root.toString(),
                "--run",
                run.toString(),
                "--storage-driver",
                "overlay",
                // Else it mounts its folder on itself, for mounts that it never makes for us, and leaves that behind.
                "--storage-opt",
                "overlay.skip_mount_home=true"));
        command.addAll(arguments);
        return Program.of(command).with("CONTAINERS_STORAGE_CONF", configuration.toString());
    }

    /** What we read of the program's description of a layer. */
    record StoredLayer(
            String id,
            @Nullable String parent,
            @JsonProperty("diff-digest") @Nullable String diffDigest) {}
}
