package dev.dormouse.proxy.command;

import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import dev.dormouse.units.notify.Notifier;
import java.util.List;
import java.util.Optional;

/** A service of systemd. Thread-safe. */
public final class SystemdSurroundings implements Surroundings {
    private Optional<Notifier> notifier = Optional.empty();

    @Override
    public List<InheritedDescriptor> inherited() {
        return InheritedDescriptors.take();
    }

    @Override
    public void ready() {
        notifier().ready();
    }

    @Override
    public void stopping() {
        notifier().stopping();
    }

    @Override
    public void onTermination(Runnable work) {
        ExitZero.onTermination(work);
    }

    @Override
    public synchronized void close() {
        notifier.ifPresent(Notifier::close);
    }

    /** Not made before it is needed: that loads a library, and the loops are to accept first. */
    private synchronized Notifier notifier() {
        if (notifier.isEmpty()) {
            notifier = Optional.of(Notifier.fromEnvironment());
        }
        return notifier.get();
    }
}
