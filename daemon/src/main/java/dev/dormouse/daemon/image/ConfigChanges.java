package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code docker import --change}: Dockerfile instructions that set an image's configuration. */
final class ConfigChanges {
    private static final Pattern INSTRUCTION =
            Pattern.compile("(?<name>\\S+)(?:\\s+(?<arguments>.*))?", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("\\\\[ \\t]*\\r?\\n");
    private static final Pattern SIGNAL =
            Pattern.compile("(?:[1-9]|[1-5][0-9]|6[0-4])|(?:SIG)?[A-Z][A-Z0-9]*(?:[+-][0-9]+)?");
    private static final String ALLOWED =
            "CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, STOPSIGNAL, USER, VOLUME and WORKDIR";

    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, OciConfig.Present> ports = new TreeMap<>();
    private final Map<String, OciConfig.Present> volumes = new TreeMap<>();
    private @Nullable List<String> entrypoint;
    private @Nullable List<String> cmd;
    private @Nullable String user;
    private @Nullable String workingDir;
    private @Nullable String stopSignal;
    private OciConfig.@Nullable Health healthcheck;

    private ConfigChanges() {}

    /**
     * Applies instructions to an empty configuration.
     *
     * @param changes one or more lines each
     * @throws EngineException.InvalidParameter naming the instruction that is wrong
     */
    static OciConfig.Container parse(List<String> changes) {
        ConfigChanges parsed = new ConfigChanges();
        for (String change : changes) {
            CONTINUED
                    .matcher(change)
                    .replaceAll("")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(parsed::apply);
        }
        return parsed.config();
    }

    private void apply(String line) {
        Matcher instruction = INSTRUCTION.matcher(line);
        if (!instruction.matches()) {
            throw new EngineException.InvalidParameter("not an instruction");
        }
        String name = instruction.group("name").toUpperCase(Locale.ROOT);
        String rest = instruction.group("arguments");
        String arguments = rest == null ? "" : rest;
        switch (name) {
            case "CMD" -> cmd = command(arguments);
            case "ENTRYPOINT" -> entrypoint = command(arguments);
            case "ENV" -> NameValues.parse(name, arguments, env).forEach(env::put);
            case "LABEL" -> NameValues.parse(name, arguments, env).forEach(labels::put);
            case "EXPOSE" -> expose(arguments);
            case "VOLUME" -> volume(arguments);
            case "USER" -> user = single(name, arguments);
            case "WORKDIR" -> workingDir = WorkingDirectory.resolve(workingDir, single(name, arguments));
            case "STOPSIGNAL" -> stopSignal = signal(single(name, arguments));
            case "HEALTHCHECK" -> healthcheck = HealthcheckInstruction.parse(arguments);
            case "ONBUILD" ->
                throw new EngineException.InvalidParameter(
                        "ONBUILD is not a valid change command here: this engine does"
                                + " not build images, so nothing would ever run it; allowed are " + ALLOWED);
            default ->
                throw new EngineException.InvalidParameter(
                        name + " is not a valid change command; allowed are " + ALLOWED);
        }
    }

    private OciConfig.Container config() {
        return new OciConfig.Container(
                user,
                ports.isEmpty() ? null : ports,
                env.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList(),
                entrypoint,
                cmd,
                volumes.isEmpty() ? null : volumes,
                workingDir,
                labels.isEmpty() ? null : labels,
                stopSignal,
                healthcheck);
    }

    /** Without arguments it takes back what was set. */
    private static List<String> command(String arguments) {
        return JsonForm.words(arguments)
                .orElseGet(() -> arguments.isEmpty() ? List.of() : List.of("/bin/sh", "-c", arguments));
    }

    private void expose(String arguments) {
        List<String> words = expanded(arguments);
        requireSome("EXPOSE", words);
        for (String word : words) {
            PortRange range = PortRange.parse(word)
                    .orElseThrow(() ->
                            new EngineException.InvalidParameter("EXPOSE: '" + word + "' is not " + PortRange.FORM));
            range.ports().forEach(port -> ports.put(port.toString(), new OciConfig.Present()));
        }
    }

    private void volume(String arguments) {
        List<String> paths = JsonForm.words(arguments).orElseGet(() -> expanded(arguments));
        requireSome("VOLUME", paths);
        for (String path : paths) {
            if (path.isBlank()) {
                throw new EngineException.InvalidParameter("VOLUME specified can not be an empty string");
            }
            volumes.put(path, new OciConfig.Present());
        }
    }

    private String single(String name, String arguments) {
        List<String> words = expanded(arguments);
        if (words.size() != 1) {
            throw new EngineException.InvalidParameter(name + " requires exactly one argument");
        }
        return words.getFirst();
    }

    private List<String> expanded(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : Words.split(arguments)) {
            words.add(Words.expand(word, env));
        }
        return words;
    }

    private static String signal(String text) {
        if (!SIGNAL.matcher(text).matches()) {
            throw new EngineException.InvalidParameter("STOPSIGNAL: invalid signal: " + text
                    + "; allowed are a name such as SIGQUIT and a number 1 to 64");
        }
        return text;
    }

    private static void requireSome(String name, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new EngineException.InvalidParameter(name + " requires at least one argument");
        }
    }
}
