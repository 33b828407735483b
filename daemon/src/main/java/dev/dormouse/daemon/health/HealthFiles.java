package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container's health in files of its run folder: {@code health}, the word alone, for everyone; {@code health.json} for root, since the
 * output of a check may hold what is not for all. The latter stays until the next run's first check, so that it can be looked at after the
 * end, and says of which run it is.
 *
 * @param folder {@code /run/dormouse/containers/ID}
 */
public record HealthFiles(Path folder) {
    private static final int SCHEMA = 1;

    /** The health that was written down of the run that began then; absent if none was, or of another run only. */
    public Optional<Health> of(Instant startedAt) {
        return last().filter(last -> last.startedAt().equals(startedAt)).map(Written::health);
    }

    /** The health that was last written down, of whichever run. */
    public Optional<Health> ofLastRun() {
        return last().map(Written::health);
    }

    void write(Instant startedAt, Health health) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("started", startedAt.toString());
        fields.put("status", health.status().word());
        fields.put("failingStreak", health.failingStreak());
        fields.put("log", health.log().stream().map(HealthFiles::fields).toList());
        RunFile.write(
                folder.resolve("health.json"), JsonMapper.shared().writeValueAsString(fields) + "\n", RunFile.FOR_ROOT);
        RunFile.write(folder.resolve("health"), health.status().word() + "\n");
    }

    private static Map<String, Object> fields(HealthResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("start", result.start().toString());
        fields.put("end", result.end().toString());
        fields.put("exitCode", result.exitCode());
        fields.put("output", result.output());
        return fields;
    }

    private record Written(Instant startedAt, Health health) {}

    private Optional<Written> last() {
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("health.json")));
            if (json.path("schema").asInt(0) != SCHEMA) {
                return Optional.empty(); // of another version: the next check writes it anew
            }
            return HealthStatus.of(json.path("status").asString())
                    .map(status -> new Written(
                            Instant.parse(json.path("started").asString()),
                            new Health(status, json.path("failingStreak").asInt(), log(json.path("log")))));
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new EngineException.Failed("cannot read " + folder.resolve("health.json") + ": " + e.getMessage(), e);
        }
    }

    private static List<HealthResult> log(JsonNode json) {
        List<HealthResult> log = new ArrayList<>();
        json.forEach(result -> log.add(new HealthResult(
                Instant.parse(result.path("start").asString()),
                Instant.parse(result.path("end").asString()),
                result.path("exitCode").asInt(),
                result.path("output").asString())));
        return log;
    }
}
