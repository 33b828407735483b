package dev.dormouse.daemon.api.create;

import static dev.dormouse.daemon.api.create.CreateRequest.invalid;
import static dev.dormouse.daemon.api.create.CreateRequest.list;
import static dev.dormouse.daemon.api.create.CreateRequest.map;
import static dev.dormouse.daemon.api.create.CreateRequest.text;

import dev.dormouse.daemon.api.wire.CreateBody;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields beside {@code HostConfig}: what the container runs. */
final class ConfigFields {
    /** RFC 1123 labels, 63 characters at most in all (the kernel's is 64). */
    private static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");

    private static final Pattern SIGNAL = Pattern.compile("(SIG)?[A-Z0-9+-]{1,12}", Pattern.CASE_INSENSITIVE);

    private ConfigFields() {}

    static ContainerConfig config(CreateBody body) {
        String image = text(body.image());
        if (image.isEmpty()) {
            throw new EngineException.InvalidParameter("Image must name an image");
        }
        return new ContainerConfig(
                hostname(text(body.hostname())),
                clean("User", text(body.user())),
                environment(list(body.env())),
                command("Entrypoint", body.entrypoint()),
                command("Cmd", body.cmd()),
                workingDir(text(body.workingDir())),
                labels(map(body.labels())),
                map(body.exposedPorts()).keySet().stream()
                        .map(PortFields::port)
                        .collect(Collectors.toUnmodifiableSet()),
                Optional.of(text(body.stopSignal()))
                        .filter(signal -> !signal.isEmpty())
                        .map(ConfigFields::signal),
                stopTimeout(body.stopTimeout()),
                HealthFields.healthcheck(body.healthcheck()),
                image);
    }

    private static String hostname(String name) {
        if (!name.isEmpty() && !HOSTNAME.matcher(name).matches()) {
            throw invalid("Hostname", "letters, digits, dots and dashes, 63 at most", name);
        }
        return name;
    }

    /** {@code NAME=value}; a bare NAME, which the client did not have in its own environment, is left out as dockerd does. */
    private static List<String> environment(List<String> entries) {
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals == 0 || entry.isEmpty()) {
                throw new EngineException.InvalidParameter("Env: an entry must be NAME=value; one has no name");
            }
            if (entry.indexOf('\0') >= 0) {
                throw new EngineException.InvalidParameter("Env: an entry must not contain a NUL character");
            }
        }
        return entries.stream().filter(entry -> entry.indexOf('=') > 0).toList();
    }

    /** A list, or, from old clients, one string. */
    private static Optional<List<String>> command(String field, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (node.isString()) {
            return Optional.of(List.of(clean(field, node.stringValue())));
        }
        if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isString)) {
            throw new EngineException.InvalidParameter(field + " must be a list of strings");
        }
        List<String> words =
                node.valueStream().map(word -> clean(field, word.stringValue())).toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static String workingDir(String folder) {
        if (!folder.isEmpty() && !folder.startsWith("/")) {
            throw invalid("WorkingDir", "an absolute path", folder);
        }
        return clean("WorkingDir", folder);
    }

    private static Map<String, String> labels(Map<String, @Nullable String> labels) {
        Map<String, String> checked = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw new EngineException.InvalidParameter("Labels: a label must have a name");
            }
            checked.put(name, text(value));
        });
        return checked;
    }

    private static String signal(String name) {
        if (!SIGNAL.matcher(name).matches()) {
            throw invalid("StopSignal", "a signal's name or number", name);
        }
        return name;
    }

    private static Optional<Integer> stopTimeout(@Nullable Integer seconds) {
        if (seconds != null && seconds < -1) {
            throw invalid("StopTimeout", "seconds, or -1 to wait for ever", seconds.toString());
        }
        return Optional.ofNullable(seconds);
    }

    private static String clean(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new EngineException.InvalidParameter(field + " must not contain a NUL character");
        }
        return text;
    }
}
