package dev.dormouse.daemon;

import dev.dormouse.daemon.error.EngineException;

/** The command on a machine whose engine cannot start, so that a test touches no state of this one's. */
final class DormousedWithoutEngine {
    private DormousedWithoutEngine() {}

    public static void main(String[] arguments) {
        System.exit(Dormoused.commandLine(() -> {
                    throw new EngineException.Failed("there is no state folder on a test's machine");
                })
                .execute(arguments));
    }
}
