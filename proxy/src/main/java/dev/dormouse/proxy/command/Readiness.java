package dev.dormouse.proxy.command;

/** Tells the service manager how this process does (sd_notify(3)). Returns at once; what cannot be told is not waited for. */
public interface Readiness {
    void ready();

    void stopping();
}
