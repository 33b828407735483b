package dev.dormouse.units.notify;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Where no one listens. */
record SilentNotifier() implements Notifier {
    @Override
    public void ready() {}

    @Override
    public void status(String text) {}

    @Override
    public void stopping() {}

    @Override
    public void reloading() {}

    @Override
    public void mainPid(long pid) {}

    @Override
    public void extendTimeout(Duration more) {}

    @Override
    public void watchdog(BooleanSupplier alive) {}

    @Override
    public void close() {}
}
