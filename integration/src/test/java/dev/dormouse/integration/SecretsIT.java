package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is a secret of a container or of a client is in no log, no error, no event and no file that others than root can read. */
@ExtendWith(LeavesNothing.class)
class SecretsIT {
    /** As each secret begins; no other text on a machine has it, so that one search finds them all. */
    private static final String MARK = "zqx7hush";

    /** A label's value: events have it, as docker's do, and whoever may follow events may inspect. */
    private static final String LABEL = "zqx7note";

    private static final String PASSWORD = MARK + "-password";

    /** As they are sent, where that is not as they are. */
    private static final String[] SECRETS_OF_PULLS = {
        MARK, Base64.getEncoder().encodeToString(("mouse:" + PASSWORD).getBytes(StandardCharsets.UTF_8))
    };

    private static final String CURL = "curl --silent --max-time 20 --unix-socket /run/dormouse/docker.sock http://d";

    private final String since = Shell.run("date", "+%s.%N");

    @Test
    void nothingOfThemIsToldToAnybody() throws Exception {
        BusyboxImage.load();
        // With debug, when most is logged.
        try (EngineSettings settings = new EngineSettings()) {
            settings.write("{\"debug\": true}");
            EngineSettings.startEngine();
            assertThat(EngineSettings.reload().exit()).isZero();
            String variable = "TOKEN=" + MARK + "-env";
            Shell.docker(
                    "run",
                    "--detach",
                    "--name",
                    "keeper",
                    "--env",
                    variable,
                    "--label",
                    "note=" + LABEL,
                    "busybox",
                    "sleep",
                    "1000");
            Shell.docker("run", "--detach", "--name", "failing", "--env", variable, "busybox", "false");
            attempt("run", "--name", "absent", "--env", variable, "busybox", "/no/such/program");
            Shell.docker("inspect", "keeper");
            Shell.docker("logs", "keeper");
            Shell.docker("rename", "keeper", "kept");
            Shell.docker("stop", "--time", "0", "kept");
            Shell.docker("start", "kept");
            assertThat(errors()).as("errors that clients get").doesNotContain(MARK);
            assertThat(pulls()).as("what registries were shown").contains("404").doesNotContain(SECRETS_OF_PULLS);

            assertThat(journal()).contains("keeper").doesNotContain(MARK, LABEL).doesNotContain(SECRETS_OF_PULLS);
            assertThat(Shell.docker("events", "--since", since, "--until", Shell.run("date", "+%s.%N")))
                    .contains("kept")
                    .doesNotContain(MARK);
            assertThat(readableToAll()).isEmpty();
            Shell.docker("rm", "--force", "kept", "failing", "absent");
        }
    }

    /** Pulls that each kind of registry refuses, with a password, an identity token and a token. */
    private static String pulls() throws IOException {
        StringBuilder said = new StringBuilder();
        try (RefusingRegistry registry = new RefusingRegistry(MARK + "-token")) {
            for (String shown : List.of(
                    "{\"username\":\"mouse\",\"password\":\"" + PASSWORD + "\"}",
                    "{\"identitytoken\":\"" + MARK + "-identity\"}",
                    "{\"registrytoken\":\"" + MARK + "-registry\"}")) {
                String header = Base64.getUrlEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8));
                for (RefusingRegistry.Way way : RefusingRegistry.Way.values()) {
                    registry.refuse(way);
                    said.append(sh(CURL + "'/images/create?fromImage=" + registry.domain()
                            + "/app&tag=1' -w '%{http_code}' -X POST -H 'X-Registry-Auth: " + header + "'"));
                    said.append(sh(CURL + "/auth -X POST --data-binary '"
                            + shown.replace("}", ",\"serveraddress\":\"" + registry.domain() + "\"}") + "'"));
                }
            }
        }
        return said.toString();
    }

    /** Requests that are wrong beside, around and in a secret. */
    private static String errors() {
        String create = CURL + "/containers/create -H 'Content-Type: application/json' --data-binary ";
        return String.join(
                "\n",
                List.of(
                        sh(create + "'{\"Image\":\"busybox\",\"Env\":[\"A=" + MARK + "\" " + MARK + "]}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"Env\":\"" + MARK + "\"}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"Env\":[\"=" + MARK + "\"]}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"Labels\":[\"" + MARK + "\"]}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"Labels\":{\"\":\"" + MARK + "\"}}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"Healthcheck\":{\"Test\":[\"" + MARK + "\"]}}'"),
                        sh(create + "'{\"Image\":\"busybox\",\"HostConfig\":{\"SecurityOpt\":[\"seccomp=" + MARK
                                + "\"]}}'"),
                        sh(create
                                + "'{\"Image\":\"busybox\",\"HostConfig\":{\"LogConfig\":{\"Config\":{\"splunk-token\":\""
                                + MARK + "\"}}}}'"),
                        sh(CURL + "'/containers/json?token=" + MARK + "%zz'"),
                        sh(CURL + "'/containers/json?filters=" + MARK + "'"),
                        sh(CURL + "'/build?buildargs=%7B%22A%22:%22" + MARK + "%22%7D' -X POST"),
                        sh(CURL + "'/images/create?fromImage=den&tag=x' -X POST -H 'X-Registry-Auth: " + MARK + "'"),
                        sh(CURL + "/auth -X POST --data-binary '{\"username\":\"u:" + MARK + "\",\"password\":\"" + MARK
                                + "\"}'"),
                        sh(CURL + "/images/load -X POST --data-binary '" + MARK + "'")));
    }

    private static String journal() {
        // All of the machine's, as the journal knows it: also systemd's own words, and each line's fields.
        return Shell.run("sh", "-c", "journalctl --sync; journalctl --no-pager --output=verbose --all --boot");
    }

    /** Files of the places where an engine writes that hold one and that a user who is not root can read. */
    private static String readableToAll() {
        String root = Shell.run(
                "sh",
                "-c",
                "grep -rlsI -e " + MARK + " -e " + LABEL + " /run /var/lib/dormouse /var/log /etc /tmp || true");
        assertThat(root)
                .as("the secret is where it must be, so the search finds it")
                .contains("/var/lib/dormouse");
        return Shell.run(
                "setpriv",
                "--reuid=dormouse-activator",
                "--regid=dormouse-activator",
                "--clear-groups",
                "sh",
                "-c",
                "grep -rlsI -e " + MARK + " -e " + LABEL + " /run /var/lib/dormouse /var/log /etc /tmp || true");
    }

    private static String sh(String command) {
        return Shell.run("sh", "-c", command);
    }

    private static void attempt(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertThat(Shell.attempt(command).output()).doesNotContain(MARK);
    }
}
