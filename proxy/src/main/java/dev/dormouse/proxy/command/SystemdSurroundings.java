package dev.dormouse.proxy.command;

import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import java.util.List;

/** A service of systemd. */
public final class SystemdSurroundings implements Surroundings {
    @Override
    public List<InheritedDescriptor> inherited() {
        return InheritedDescriptors.take();
    }

    @Override
    public void ready() {
        // Follows with the notifier.
    }

    @Override
    public void stopping() {
        // Follows with the notifier.
    }

    @Override
    public void onTermination(Runnable work) {
        ExitZero.onTermination(work);
    }
}
