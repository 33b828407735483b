package dev.dormouse.proxy.command;

import dev.dormouse.units.descriptor.InheritedDescriptor;
import java.util.List;

/** What the process was started in. */
public interface Surroundings extends AutoCloseable {
    /**
     * The sockets that were passed, at least one.
     *
     * @throws dev.dormouse.units.descriptor.DescriptorException if none was
     */
    List<InheritedDescriptor> inherited();

    /** Tells the service manager that clients are served. Returns at once. */
    void ready();

    /** Tells the service manager that the process is about to end. Returns at once. */
    void stopping();

    /** Has the work done when the process is told to end. */
    void onTermination(Runnable work);

    /** The process is about to end. */
    @Override
    void close();
}
