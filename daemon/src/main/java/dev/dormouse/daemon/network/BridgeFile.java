package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code networks/bridge.json}. */
record BridgeFile(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = Schema.of(BridgeState.SCHEMA);

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
            BridgeState state = state(JSON.readTree(Files.readString(file)));
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

    private BridgeState state(JsonNode document) {
        return switch (SCHEMA.examine(document)) {
            case Schema.Found.Usable usable -> JSON.treeToValue(usable.document(), BridgeState.class);
            case Schema.Found.Newer newer -> throw new EngineException.Failed(file + " cannot be used: " + newer.why());
            case Schema.Found.Unusable unusable -> throw new IllegalArgumentException(unusable.why());
        };
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
