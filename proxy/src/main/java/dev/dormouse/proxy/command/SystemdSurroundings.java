package dev.dormouse.proxy.command;

import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import dev.dormouse.units.notify.Notifier;
import java.util.List;

/** A service of systemd. */
public final class SystemdSurroundings implements Surroundings {
    private final Notifier notifier = Notifier.fromEnvironment();

    @Override
    public List<InheritedDescriptor> inherited() {
        return InheritedDescriptors.take();
    }

    @Override
    public void ready() {
        notifier.ready();
    }

    @Override
    public void stopping() {
        notifier.stopping();
    }

    @Override
    public void onTermination(Runnable work) {
        ExitZero.onTermination(work);
    }

    /** Sends what is still to be sent. */
    @Override
    public void close() {
        notifier.close();
    }
}
