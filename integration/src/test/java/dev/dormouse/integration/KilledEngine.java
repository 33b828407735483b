package dev.dormouse.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine with its failpoints on, and programs in the way of those that the scripts of containers' units run, until closed: a recording
 * tells which steps an operation passes, an order kills at one of them. Both speak the language of {@code daemon.fault.FailpointFolder}.
 */
final class KilledEngine implements AutoCloseable {
    private static final Path FOLDER = Path.of("/run/dormouse-failpoints");
    private static final Path DROP_IN = Path.of("/run/systemd/system/dormouse.service.d/failpoints.conf");
    private static final List<String> PROGRAMS = List.of(
            "mkdir",
            "mkfifo",
            "mount",
            "umount",
            "unshare",
            "flock",
            "netavark",
            "crun",
            "conmon",
            "date",
            "sync",
            "mv",
            "rm",
            "cat",
            "timeout",
            "systemctl");

    /** In the way of a program: what runs in a container's unit is a step. Nothing but what the shell itself has. */
    private static final String IN_THE_WAY = """
            if [ -e /run/dormouse-failpoints/scripts ]; then
              unit=
              while IFS= read -r line; do case $line in 0::*dormouse-container@*) unit=yes ;; esac; done </proc/self/cgroup
              if [ -n "$unit" ]; then
                case ${1:-} in [a-z]*) point="${0##*/} $1" ;; *) point=${0##*/} ;; esac
                for word; do case $word in create | start | delete | setup | teardown) point="${0##*/} $word" ;; esac; done
                echo "$point" >>/run/dormouse-failpoints/scripts
                times=0
                while IFS= read -r line; do if [ "$line" = "$point" ]; then times=$((times + 1)); fi; done </run/dormouse-failpoints/scripts
                if [ -e /run/dormouse-failpoints/kill-script ]; then
                  IFS= read -r asked </run/dormouse-failpoints/kill-script
                  if [ "$asked" = "$times $point" ]; then
                    /usr/bin/rm /run/dormouse-failpoints/kill-script
                    IFS= read -r victim </run/dormouse-failpoints/victim
                    if [ "$victim" = script ]; then kill -KILL $PPID $$; fi
                    kill -KILL "$victim"
                  fi
                fi
              fi
            fi
            """;

    /**
     * A step of an operation.
     *
     * @param name what is done to what
     * @param time 1 for the first such step of the operation, 2 for the next, …
     */
    record Point(String name, int time) {
        @Override
        public String toString() {
            return time + " " + name;
        }
    }

    private final List<InTheWay> inTheWay;

    private KilledEngine(List<InTheWay> inTheWay) {
        this.inTheWay = List.copyOf(inTheWay);
    }

    static KilledEngine armed() throws IOException {
        Shell.run("systemctl", "stop", "dormouse.service");
        Files.createDirectories(FOLDER);
        Files.createDirectories(DROP_IN.getParent());
        Files.writeString(DROP_IN, """
                [Service]
                Environment=JDK_JAVA_OPTIONS=-Ddormouse.failpoints=%s
                RestartSec=20ms
                """.formatted(FOLDER));
        Shell.run("systemctl", "daemon-reload");
        List<InTheWay> inTheWay = new ArrayList<>();
        for (String program : PROGRAMS) {
            inTheWay.add(InTheWay.of(program, IN_THE_WAY));
        }
        return new KilledEngine(inTheWay);
    }

    /** The engine's own steps in this. */
    static List<Point> recordEngine(Runnable operation) throws IOException {
        return record("passed", operation);
    }

    /** The steps of the scripts that systemd runs in this. */
    static List<Point> recordScripts(Runnable operation) throws IOException {
        return record("scripts", operation);
    }

    private static List<Point> record(String file, Runnable operation) throws IOException {
        Path record = FOLDER.resolve(file);
        Files.writeString(record, "");
        operation.run();
        List<String> lines = Files.readAllLines(record);
        Files.delete(record);
        Map<String, Integer> times = new HashMap<>();
        List<Point> points = new ArrayList<>();
        lines.forEach(line -> points.add(new Point(line, times.merge(line, 1, Integer::sum))));
        return points;
    }

    /** The engine dies before this step of its own. */
    static void killEngineAt(Point point) throws IOException {
        put("kill", point.toString());
    }

    /** The engine dies before a script has done this step; the script goes on. */
    static void killEngineAtScripts(Point point) throws IOException {
        killAtScripts(point, SystemUnit.ENGINE.property("MainPID"));
    }

    /** The script dies before it has done this step. */
    static void killScriptAt(Point point) throws IOException {
        killAtScripts(point, "script");
    }

    private static void killAtScripts(Point point, String victim) throws IOException {
        Files.writeString(FOLDER.resolve("victim"), victim + "\n");
        Files.writeString(FOLDER.resolve("scripts"), "");
        put("kill-script", point.toString());
    }

    private static void put(String name, String text) throws IOException {
        Path fresh = FOLDER.resolve(name + ".fresh");
        Files.writeString(fresh, text + "\n");
        Files.move(fresh, FOLDER.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether the step that was ordered came; no order stands any more. */
    static boolean wasKilled() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("scripts"));
        boolean own = Files.deleteIfExists(FOLDER.resolve("kill"));
        boolean scripts = Files.deleteIfExists(FOLDER.resolve("kill-script"));
        return !own && !scripts;
    }

    @Override
    public void close() throws IOException {
        for (InTheWay program : inTheWay) {
            program.close();
        }
        Files.deleteIfExists(DROP_IN);
        Shell.run("systemctl", "daemon-reload");
        Shell.run("systemctl", "stop", "dormouse.service");
        Shell.run("rm", "-r", FOLDER.toString());
    }
}
