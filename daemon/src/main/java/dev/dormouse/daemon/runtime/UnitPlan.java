package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.process.Program;
import java.nio.file.Path;
import java.util.List;

/**
 * The commands of a container's unit, as {@code dormouse-container@.service} has them.
 *
 * @param direct whether no systemd runs them
 */
record UnitPlan(RuntimePaths paths, boolean direct) {
    /** One command of the unit. */
    enum Step {
        /** Only of a container with a restart policy. */
        MAY_START,
        PREPARE,
        RUN,
        START,
        STOP,
        CLEAN;

        private String script() {
            return switch (this) {
                case MAY_START -> "container-may-start";
                case PREPARE -> "container-prepare";
                case RUN -> "container-run";
                case START -> "container-start";
                case STOP -> "container-stop";
                case CLEAN -> "container-clean";
            };
        }
    }

    /** The step for the unit of this instance. */
    Program program(Step step, String unitName) {
        Path script = paths.scripts().resolve(step.script());
        Program program = Program.of(List.of(script.toString(), unitName))
                .with("DORMOUSE_STATE", paths.state().toString())
                .with("DORMOUSE_RUN", paths.run().toString());
        return direct ? program.with("DORMOUSE_DIRECT", "yes") : program;
    }
}
