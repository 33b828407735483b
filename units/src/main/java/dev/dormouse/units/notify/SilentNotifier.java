package dev.dormouse.units.notify;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Where no one listens. It still says what is wrong with a name. */
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
    public void store(String name, int descriptor) {
        StoreName.require(name);
    }

    @Override
    public void remove(String name) {
        StoreName.require(name);
    }

    @Override
    public void watchdog(BooleanSupplier alive) {}

    @Override
    public void close() {}
}
