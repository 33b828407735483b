package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code networks/bridge.json}. */
record BridgeFile(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The state, if there is one.
     *
     * @throws EngineException.Failed if the file cannot be read, is broken or of a newer engine's form; it is left as it is
     */
    Optional<BridgeState> read() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            BridgeState state = JSON.readValue(Files.readString(file), BridgeState.class);
            if (state.schema() != BridgeState.SCHEMA) {
                throw new EngineException.Failed(file + " has schema " + state.schema() + ", this engine reads "
                        + BridgeState.SCHEMA + ": it was written by another version; run that version");
            }
            Subnet.parse(state.subnet());
            return Optional.of(state);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new EngineException.Failed(
                    "cannot read " + file + ": " + e.getMessage()
                            + "; restore it from a copy, or remove it together with all"
                            + " containers on the bridge network",
                    e);
        }
    }

    void write(BridgeState state) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make the folder of " + file + ": " + e.getMessage(), e);
        }
        DurableFile.write(file, JSON.writeValueAsString(state));
    }
}
