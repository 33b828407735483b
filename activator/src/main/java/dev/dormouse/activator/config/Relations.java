package dev.dormouse.activator.config;

import dev.dormouse.units.service.DeclaredBy;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.SocketAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a service has to do with its container, other services, and who declared it.
 *
 * @param container that it wakes
 * @param after services that must be ready before its container is started
 * @param group services with the same group wake and sleep together
 * @param minAwake it is awake at least this long; 0 to 24 h
 * @param paused connections wait, and wake nothing
 */
public record Relations(
        String container,
        List<String> after,
        Optional<String> group,
        Duration minAwake,
        boolean paused,
        SocketAccess access,
        ServiceDeclaration.Origin origin) {
    public Relations {
        after = List.copyOf(after);
    }

    /** Those of a service that wakes the container of its own name, alone. */
    public static Relations ofContainer(String name) {
        return new Relations(
                name,
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                false,
                SocketAccess.STANDARD,
                ServiceDeclaration.Origin.ENABLE);
    }

    static Relations read(JsonFields fields, String name) {
        String container = fields.optionalText("container").orElse(name);
        return new Relations(
                Names.checked(container),
                fields.optionalTexts("after").stream().map(Names::checked).toList(),
                fields.optionalText("group").map(Names::checked),
                fields.optionalText("minAwake")
                        .map(text -> ServiceConfig.minAwake("minAwake", text))
                        .orElse(Duration.ZERO),
                fields.flag("paused"),
                new SocketAccess(
                        fields.optionalText("socketMode"),
                        fields.optionalText("socketUser"),
                        fields.optionalText("socketGroup")),
                new ServiceDeclaration.Origin(
                        fields.optionalText("declaredBy").map(DeclaredBy::parse).orElse(DeclaredBy.ENABLE),
                        fields.optionalText("containerId")));
    }

    Relations withPaused(boolean now) {
        return new Relations(container, after, group, minAwake, now, access, origin);
    }
}
