package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.integration.KilledEngine.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * SIGKILL at every step: of the engine, at each of its own and at each that the scripts of a unit do meanwhile; and of those scripts, by
 * whom systemd may lose them too. The steps are those that the verb is seen to pass. Each time the next engine comes up by itself, what was
 * acknowledged is so, the container can be used, and removing it leaves nothing.
 */
@ExtendWith(LeavesNothing.class)
class KilledAtEachStepIT {
    private static final String CREATE = """
            docker create --name killed --publish 8071:80 --restart unless-stopped --stop-timeout 5 voluminous \
            sh -c 'trap "exit 0" TERM; while :; do sleep 0.05; done'""";

    private static final String START = "docker start killed";
    private static final String STOP = "docker stop killed";

    /** A verb more is a line more. */
    private static final List<Verb> VERBS = List.of(
            new Verb(CREATE),
            new Verb(START, CREATE),
            new Verb(STOP, CREATE, START),
            // Of one that runs: it is killed, and then as any other is removed.
            new Verb("docker rm --force killed", CREATE, START));

    /**
     * What a client asks for.
     *
     * @param before what it needs to be done before
     */
    private record Verb(String request, List<String> before) {
        Verb(String request, String... before) {
            this(request, List.of(before));
        }

        boolean isOfScripts() {
            return request.equals(START) || request.equals(STOP);
        }
    }

    /** Some steps are passed only if something else is slower: a stop, if the kill before it has not been seen yet. */
    private static final int MOST_MISSED = 4;

    private final List<String> failures = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    /** What kills, and of what the steps are recorded. */
    private interface Killer {
        void killAt(Point point) throws IOException;
    }

    @Test
    void theEngineAtEachOfItsOwn() throws IOException {
        image();
        try (KilledEngine _ = KilledEngine.armed()) {
            for (Verb verb : VERBS) {
                List<Point> points = new ArrayList<>(recorded(verb, true));
                // The page cache outlives the process: between a rename and its sync nothing is different for who looks
                // afterwards.
                points.removeIf(point -> point.name().startsWith("sync "));
                assertThat(points).as(verb.request()).hasSizeGreaterThan(2);
                killAtEach(verb, points, KilledEngine::killEngineAt);
            }
        }
        verdict();
    }

    @Test
    void theEngineAtEachStepOfTheScripts() throws IOException {
        image();
        try (KilledEngine _ = KilledEngine.armed()) {
            for (Verb verb : VERBS.stream().filter(Verb::isOfScripts).toList()) {
                List<Point> points = new ArrayList<>(recorded(verb, false));
                // To the engine, which waits all the while, they differ in what it finds: each program once.
                points.removeIf(point -> point.time() > 1 || point.name().matches("mkdir|rm|date|mv|cat|systemctl.*"));
                assertThat(points).as(verb.request()).isNotEmpty();
                killAtEach(verb, points, KilledEngine::killEngineAtScripts);
            }
        }
        verdict();
    }

    @Test
    void theScriptsAtEachOfTheirs() throws IOException {
        image();
        try (KilledEngine _ = KilledEngine.armed()) {
            for (Verb verb : VERBS.stream().filter(Verb::isOfScripts).toList()) {
                killAtEach(verb, recorded(verb, false), KilledEngine::killScriptAt);
            }
        }
        verdict();
    }

    private void verdict() {
        assertThat(failures).isEmpty();
        assertThat(missed).as("steps that did not come again").hasSizeLessThanOrEqualTo(MOST_MISSED);
    }

    private static void image() {
        BusyboxImage.load();
        if (Shell.attempt("docker", "image", "inspect", "voluminous").exit() != 0) {
            Shell.run("sh", "-c", """
                    folder=$(mktemp -d)
                    mkdir -p "$folder/bin" "$folder/data"
                    cp "$(command -v busybox)" "$folder/bin/busybox"
                    for applet in sh sleep; do ln -s busybox "$folder/bin/$applet"; done
                    tar -C "$folder" -cf - . | docker import --change 'VOLUME /data' - voluminous
                    rm -r "$folder"
                    """);
        }
    }

    private static List<Point> recorded(Verb verb, boolean engine) throws IOException {
        begin(verb);
        Shell.run("docker", "version");
        Runnable request = () -> Shell.run("sh", "-c", verb.request());
        List<Point> points = engine ? KilledEngine.recordEngine(request) : KilledEngine.recordScripts(request);
        Shell.attempt("docker", "rm", "--force", "killed");
        assertThat(points).as("steps of %s", verb.request()).hasSizeGreaterThan(2);
        return points;
    }

    private static void begin(Verb verb) {
        for (String before : verb.before()) {
            Shell.run("sh", "-c", before);
        }
    }

    private void killAtEach(Verb verb, List<Point> points, Killer killer) throws IOException {
        Set<String> before = Traces.now();
        for (Point point : points) {
            try {
                if (!isKilledAt(verb, point, killer)) {
                    // Some things an engine asks once: a new one asks again.
                    Shell.run("docker", "rm", "--force", "killed");
                    Shell.run("systemctl", "stop", "dormouse.service");
                    if (!isKilledAt(verb, point, killer)) {
                        missed.add(verb.request() + " at " + point);
                    }
                }
                usable();
                Set<String> left = Traces.now();
                left.removeAll(before);
                assertThat(left).as("left behind").isEmpty();
            } catch (AssertionError e) {
                failures.add(verb.request() + " killed at " + point + ": " + e.getMessage());
                KilledEngine.wasKilled();
                Shell.attempt("docker", "rm", "--force", "killed");
            }
        }
    }

    private static boolean isKilledAt(Verb verb, Point point, Killer killer) throws IOException {
        begin(verb);
        Shell.run("docker", "version");
        killer.killAt(point);
        boolean acknowledged = Shell.attempt("sh", "-c", verb.request()).exit() == 0;
        boolean killed = KilledEngine.wasKilled();
        settled();
        truth(verb, acknowledged);
        return killed;
    }

    /** What was under way goes on without the engine. */
    private static void settled() {
        Shell.run("docker", "version");
        Await.until("the unit has settled", () -> {
            String state = SystemUnit.container("killed").state();
            return !state.equals("activating") && !state.equals("deactivating");
        });
    }

    private static void truth(Verb verb, boolean acknowledged) {
        String state = Shell.run("docker", "ps", "--all", "--format", "{{.Names}} {{.State}}");
        boolean active = SystemUnit.container("killed").isActive();
        assertThat(state).isIn("", "killed created", "killed running", "killed exited");
        assertThat(state.equals("killed running"))
                .as("%s, its unit %s", state, active)
                .isEqualTo(active);
        if (!verb.before().isEmpty() && !verb.request().contains(" rm ")) {
            assertThat(state).as("its creation was acknowledged").isNotEmpty();
        }
        if (acknowledged) {
            String acknowledgedState = verb.request().equals(CREATE)
                    ? "killed created"
                    : verb.request().equals(START)
                            ? "killed running"
                            : verb.request().equals(STOP) ? "killed exited" : "";
            assertThat(state).as("acknowledged").isEqualTo(acknowledgedState);
        }
    }

    private static void usable() {
        if (Shell.attempt("docker", "inspect", "killed").exit() != 0) {
            Shell.run("sh", "-c", CREATE);
        }
        Shell.run("docker", "start", "killed");
        assertThat(SystemUnit.container("killed").isActive())
                .as("runs when it is started")
                .isTrue();
        Shell.run("docker", "rm", "--force", "killed");
    }
}
