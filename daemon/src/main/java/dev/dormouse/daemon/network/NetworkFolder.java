package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of the networks, {@code networks/bridge.json} and {@code networks/ID.json}.
 *
 * @param folder {@code /var/lib/dormouse/networks}
 */
record NetworkFolder(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    private static final Schema SCHEMA = Schema.of(NetworkRecord.SCHEMA, NetworkFolder::from1);
    private static final Pattern NAME = Pattern.compile("(bridge|[0-9a-f]{64})\\.json");

    /**
     * What is in the folder.
     *
     * @param broken files that cannot be used, and are left as they are
     */
    record Found(List<NetworkRecord> networks, List<Broken> broken) {}

    /**
     * A file that cannot be used.
     *
     * @param id of the network, or {@code bridge}
     */
    record Broken(String id, Path file, EngineException why) {}

    /** @throws EngineException.Failed if the folder itself cannot be read */
    Found read() {
        List<NetworkRecord> networks = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        for (Path file : files()) {
            try {
                networks.add(read(file));
            } catch (EngineException e) {
                broken.add(new Broken(file.getFileName().toString().replace(".json", ""), file, e));
            }
        }
        return new Found(List.copyOf(networks), List.copyOf(broken));
    }

    void write(NetworkRecord record) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
        DurableFile.write(file(record.network()), JSON.writeValueAsString(record));
    }

    void delete(Network network) {
        DurableFile.delete(file(network));
    }

    void delete(Broken broken) {
        DurableFile.delete(broken.file());
    }

    private Path file(Network network) {
        return folder.resolve((network.resolvesNames() ? network.id() : Network.DEFAULT) + ".json");
    }

    private List<Path> files() {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static NetworkRecord read(Path file) {
        try {
            NetworkRecord record = record(file, JSON.readTree(Files.readString(file)));
            record.network().ipv4().whole();
            record.network().ipv6().ifPresent(AddressRange::whole);
            return record;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new EngineException.Failed(
                    "cannot read " + file + ": " + e.getMessage()
                            + "; restore it from a copy, or remove it together with all containers on that network",
                    e);
        }
    }

    private static NetworkRecord record(Path file, JsonNode document) {
        return switch (SCHEMA.examine(document)) {
            case Schema.Found.Usable usable -> JSON.treeToValue(usable.document(), NetworkRecord.class);
            case Schema.Found.Newer newer -> throw new EngineException.Failed(file + " cannot be used: " + newer.why());
            case Schema.Found.Unusable unusable -> throw new IllegalArgumentException(unusable.why());
        };
    }

    /** When there was the one bridge. */
    private static void from1(ObjectNode document) {
        Subnet subnet = Subnet.parse(document.path("subnet").asString(""));
        document.set(
                "network",
                JSON.valueToTree(DefaultBridge.of(document.path("networkId").asString(""), subnet)));
        ObjectNode leases = JSON.createObjectNode();
        document.path("addresses")
                .properties()
                .forEach(entry -> leases.putObject(entry.getKey())
                        .put("address", entry.getValue().asString(""))
                        .putNull("address6"));
        document.set("leases", leases);
        document.put("created", DefaultBridge.CREATED.toString());
        document.putObject("labels");
        document.putObject("options");
        document.putNull("lastAddress6");
        document.remove(List.of("networkId", "subnet", "addresses"));
    }
}
