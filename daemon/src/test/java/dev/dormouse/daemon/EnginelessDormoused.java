package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.shutdown.RunningContainers;
import dev.dormouse.daemon.shutdown.ShutdownPhase;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.units.journal.JournalLog;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The command with an engine that cannot start: it touches nothing of this machine. */
final class EnginelessDormoused implements Engine {
    private EnginelessDormoused() {}

    public static void main(String[] arguments) {
        System.exit(Dormoused.commandLine(EnginelessDormoused::new, JournalLog.installWithDebugSwitch())
                .execute(arguments));
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus("loading", Path.of("/nowhere"), false);
    }

    @Override
    public EngineParts parts() {
        throw new EngineException.Failed("its disk is on fire");
    }

    @Override
    public EngineGate.Restoration restoration() {
        return EngineGate.Restoration.COMPLETE;
    }

    @Override
    public void restore(Consumer<String> progress) {
        throw new IllegalStateException("an engine without parts restores nothing");
    }

    @Override
    public void autostart() {
        throw new IllegalStateException("it was never restored");
    }

    @Override
    public RunningContainers running() {
        throw new IllegalStateException("nobody may ask for containers before a restore");
    }

    @Override
    public StopReason whyStopping() {
        return StopReason.SIGNAL;
    }

    @Override
    public List<ShutdownPhase> closing() {
        return List.of();
    }
}
