package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the networks that a running container is on those that it was compiled for, one at a time, by the script {@code network-change}.
 * What it is on is in its file in /run, which the script keeps true whenever it is killed (docs/adr/0014).
 */
final class LiveNetworks {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final RuntimePaths paths;

    LiveNetworks(RuntimePaths paths) {
        this.paths = paths;
    }

    /** @throws EngineException.Failed with netavark's reason */
    void apply(ContainerRecord container) {
        Path folder = paths.runFolder(container.id());
        if (Files.exists(folder.resolve("network.change"))) {
            change(container, "undo", "");
        }
        Optional<String> compiled = read(paths.container(container.id()).resolve("netavark.json"));
        Optional<String> present = read(folder.resolve("netavark.json"));
        if (present.equals(compiled)) {
            return;
        }
        NetavarkDocument wanted = NetavarkDocument.of(compiled);
        NetavarkDocument live = NetavarkDocument.of(present);
        for (String network : live.networks()) {
            if (!wanted.networks().contains(network)) {
                NetavarkDocument without = live.without(network);
                change(container, "down", lines(live.only(network), without, without));
                live = without;
            }
        }
        for (String network : wanted.networks()) {
            if (!live.networks().contains(network)) {
                NetavarkDocument with = live.with(network, wanted);
                change(container, "up", lines(with.only(network), live, with));
                live = with;
            }
        }
    }

    /** What is changed; what is there without it; what is there when it is done. */
    private static String lines(NetavarkDocument change, NetavarkDocument without, NetavarkDocument done) {
        return change.line() + "\n" + without.line() + "\n" + done.line() + "\n";
    }

    private void change(ContainerRecord container, String direction, String input) {
        Program.of(
                        paths.scripts().resolve("network-change").toString(),
                        container.id().value(),
                        direction)
                .with("DORMOUSE_RUN", paths.run().toString())
                .withInput(Program.Input.of(input.getBytes(StandardCharsets.UTF_8)))
                .within(LIMIT)
                .runOrThrow();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
