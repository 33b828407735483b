package dev.dormouse.proxy.command;

import dev.dormouse.units.descriptor.InheritedDescriptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes what a test wants, and remembers what it was told. */
public final class TestSurroundings implements Surroundings {
    private final List<InheritedDescriptor> inherited;
    private final List<String> told = new CopyOnWriteArrayList<>();

    public TestSurroundings(List<InheritedDescriptor> inherited) {
        this.inherited = inherited;
    }

    public List<String> told() {
        return told;
    }

    @Override
    public List<InheritedDescriptor> inherited() {
        return inherited;
    }

    @Override
    public void ready() {
        told.add("ready");
    }

    @Override
    public void stopping() {
        told.add("stopping");
    }

    @Override
    public void onTermination(Runnable work) {
        told.add("termination set");
    }

    @Override
    public void close() {
        told.add("end");
    }
}
