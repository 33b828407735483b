package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.error.EngineException;
import java.nio.file.Path;

/** The command with an engine that cannot start: it touches nothing of this machine. */
final class EnginelessDormoused implements Engine {
    private EnginelessDormoused() {}

    public static void main(String[] arguments) {
        System.exit(Dormoused.commandLine(EnginelessDormoused::new).execute(arguments));
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus("loading", Path.of("/nowhere"), false);
    }

    @Override
    public EngineParts restore() {
        throw new EngineException.Failed("its disk is on fire");
    }

    @Override
    public void autostart() {
        throw new IllegalStateException("it was never restored");
    }

    @Override
    public void close() {}
}
