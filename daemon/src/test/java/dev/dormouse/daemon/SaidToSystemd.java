package dev.dormouse.daemon;

import dev.dormouse.units.notify.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Keeps what systemd would be told. */
final class SaidToSystemd implements Notifier {
    private final List<String> said = new CopyOnWriteArrayList<>();

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void ready() {
        said.add("ready");
    }

    @Override
    public void status(String text) {
        said.add(text);
    }

    @Override
    public void stopping() {
        said.add("stopping");
    }

    @Override
    public void reloading() {
        said.add("reloading");
    }

    @Override
    public void mainPid(long pid) {
        said.add("main " + pid);
    }

    @Override
    public void extendTimeout(Duration more) {
        said.add("extend " + more);
    }

    @Override
    public void watchdog(BooleanSupplier alive) {
        said.add("watchdog");
    }

    @Override
    public void close() {
        said.add("close");
    }
}
