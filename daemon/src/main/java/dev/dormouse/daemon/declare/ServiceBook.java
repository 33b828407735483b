package dev.dormouse.daemon.declare;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.service.BootLinks;
import dev.dormouse.units.service.Declaration;
import dev.dormouse.units.service.DeclaredBy;
import dev.dormouse.units.service.ServiceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the services that there are, whoever declared them.
 *
 * @param services {@code /etc/dormouse/services}
 * @param units {@code /etc/systemd/system}
 */
record ServiceBook(Path services, Path units) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What matters of a service's file here.
     *
     * @param containerId of the container whose labels declared it; empty if {@code dormouse enable} did
     */
    record Entry(List<String> after, Optional<String> containerId) {
        boolean isOf(String container) {
            return containerId.filter(container::equals).isPresent();
        }
    }

    /** A service; empty if there is none of that name. A file that is not JSON is one of a service by hand. */
    Optional<Entry> find(String name) {
        Path file = services.resolve(name + ".json");
        try {
            JsonNode fields = JSON.readTree(Files.readString(file));
            Optional<String> owner = fields.path("declaredBy").asString("").equals(DeclaredBy.LABELS.word())
                    ? Optional.of(fields.path("containerId").asString(""))
                    : Optional.empty();
            List<String> after = fields.path("after")
                    .valueStream()
                    .map(other -> other.asString(""))
                    .toList();
            return Optional.of(new Entry(after, owner));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException _) {
            return Optional.of(new Entry(List.of(), Optional.empty()));
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What a service is woken after; nothing if there is none of that name. */
    List<String> after(String name) {
        return find(name).map(Entry::after).orElse(List.of());
    }

    ServiceFiles files(String name) {
        return new ServiceFiles(services, units, name);
    }

    BootLinks bootLinks() {
        return BootLinks.ofSockets(units);
    }

    BootLinks warmLinks() {
        return BootLinks.ofTimers(units);
    }

    static ServiceFiles.Content content(ServiceFiles files, Declaration declaration) {
        return files.content(
                declaration, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(declaration.fields()) + "\n");
    }
}
