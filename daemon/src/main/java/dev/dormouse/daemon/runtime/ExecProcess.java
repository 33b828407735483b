package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One more process in a container as the OCI runtime specification's {@code process} (1.0.2, config.md): the container's own as its bundle
 * has it, with what is asked for instead. As dockerd, which derives it from the spec of the running container.
 */
public record ExecProcess(RuntimePaths paths) {
    private static final String HOME = "HOME";

    /**
     * Says whether a user is known in a running container.
     *
     * @throws EngineException.InvalidParameter if not, with docker's text
     */
    public void requireUser(ContainerRecord container, ExecConfig exec) {
        ContainerUser _ = user(container, exec);
    }

    /**
     * The document, for {@code crun exec --process}.
     *
     * @throws EngineException.InvalidParameter if the user is not known in the container
     * @throws EngineException.Failed if the container's bundle cannot be read
     */
    public String json(ContainerRecord container, ExecConfig exec, Optional<TerminalSize> size) {
        JsonNode own = own(container);
        ContainerUser user = user(container, exec);
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("terminal", exec.terminal());
        size.filter(_ -> exec.terminal())
                .ifPresent(box -> process.put("consoleSize", Map.of("height", box.rows(), "width", box.columns())));
        process.put("user", Map.of("uid", user.uid(), "gid", user.gid(), "additionalGids", user.additionalGroups()));
        process.put("args", exec.command());
        process.put("env", environment(own, container, exec, user));
        process.put("cwd", exec.workingDir().isEmpty() ? own.path("cwd").asString("/") : exec.workingDir());
        process.put("capabilities", capabilities(own, exec, user));
        process.put("noNewPrivileges", own.path("noNewPrivileges").asBoolean(false));
        return JsonMapper.shared().writeValueAsString(process);
    }

    private JsonNode own(ContainerRecord container) {
        Path bundle = paths.bundle(container.id());
        try {
            return JsonMapper.shared().readTree(Files.readString(bundle)).path("process");
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + bundle + ": " + e.getMessage(), e);
        } catch (JacksonException e) {
            // Its message would quote the environment.
            throw new EngineException.Failed(bundle + " is no JSON; stop the container and start it again");
        }
    }

    /** By the user database that the container sees. */
    private ContainerUser user(ContainerRecord container, ExecConfig exec) {
        String wanted = exec.user().isEmpty() ? container.config().user() : exec.user();
        return ContainerUser.of(wanted, new LayeredRoot(List.of(paths.merged(container.id()))));
    }

    private static List<String> environment(
            JsonNode own, ContainerRecord container, ExecConfig exec, ContainerUser user) {
        Map<String, String> variables = new LinkedHashMap<>();
        own.path("env").valueStream().forEach(entry -> add(variables, entry.asString("")));
        boolean chosen =
                container.config().env().stream().anyMatch(entry -> name(entry).equals(HOME));
        if (!chosen) {
            variables.remove(HOME); // that of the container's own user
        }
        if (exec.terminal()) {
            variables.putIfAbsent("TERM", "TERM=xterm");
        }
        exec.environment().forEach(entry -> add(variables, entry));
        variables.putIfAbsent(HOME, HOME + "=" + user.home());
        return List.copyOf(variables.values());
    }

    /** As dockerd: a NAME without a value takes the variable away. */
    private static void add(Map<String, String> variables, String entry) {
        if (entry.indexOf('=') < 0) {
            variables.remove(entry);
        } else {
            variables.put(name(entry), entry);
        }
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, List<String>> capabilities(JsonNode own, ExecConfig exec, ContainerUser user) {
        if (exec.privileged()) {
            List<String> all = Capabilities.of(List.of("ALL"), List.of(), Machine.capabilities());
            return Map.of("bounding", all, "effective", all, "permitted", all);
        }
        List<String> bounding = own.path("capabilities")
                .path("bounding")
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
        // A user other than root starts without any, as after an execve (capabilities(7)).
        List<String> effective = user.uid() == 0 ? bounding : List.of();
        return Map.of("bounding", bounding, "effective", effective, "permitted", effective);
    }
}
