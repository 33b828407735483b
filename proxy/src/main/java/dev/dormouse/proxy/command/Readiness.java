package dev.dormouse.proxy.command;

/** Tells the service manager how this process does (sd_notify(3)). Returns at once; what cannot be told is not waited for. */
public interface Readiness {
    /** Where no service manager listens. */
    Readiness NOBODY = new Readiness() {
        @Override
        public void ready() {
            // Nobody waits for it.
        }

        @Override
        public void stopping() {
            // Nobody waits for it.
        }
    };

    void ready();

    void stopping();
}
