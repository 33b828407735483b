package dev.dormouse.activator.config;

import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.DeclaredBy;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.SocketAccess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The file of a service whose container is passed its sockets: {@code /etc/dormouse/services/NAME.json} with {@code "pass": true}. */
public final class PassedFile {
    private static final Set<String> KNOWN = Set.of(
            "schema",
            "name",
            "container",
            "declaredBy",
            "containerId",
            "listen",
            "socketMode",
            "socketUser",
            "socketGroup",
            PassedService.FIELD);

    private PassedFile() {}

    /**
     * Reads it; empty if it is another service's.
     *
     * @throws ConfigException if it is missing or wrong
     */
    public static Optional<PassedService> read(Path file, String name) {
        JsonFields fields = JsonFields.read(file);
        return fields.flag(PassedService.FIELD) ? Optional.of(service(file, fields, name)) : Optional.empty();
    }

    private static PassedService service(Path file, JsonFields fields, String name) {
        fields.requireSchema(ServiceConfig.SCHEMA);
        if (!fields.text("name").equals(name)) {
            throw fields.wrong("name", "must be " + name);
        }
        for (String field : fields.names()) {
            if (!KNOWN.contains(field)) {
                throw new ConfigException(file + ": " + field + PassedService.REFUSAL);
            }
        }
        try {
            return new PassedService(
                    name,
                    fields.optionalText("container").orElse(name),
                    new ServiceDeclaration.Front(
                            fields.texts("listen").stream()
                                    .map(ListenAddress::parse)
                                    .toList(),
                            new SocketAccess(
                                    fields.optionalText("socketMode"),
                                    fields.optionalText("socketUser"),
                                    fields.optionalText("socketGroup"))),
                    new ServiceDeclaration.Origin(
                            fields.optionalText("declaredBy")
                                    .map(DeclaredBy::parse)
                                    .orElse(DeclaredBy.ENABLE),
                            fields.optionalText("containerId")));
        } catch (DeclarationException e) {
            throw new ConfigException(file + ": " + e.getMessage(), e);
        }
    }
}
