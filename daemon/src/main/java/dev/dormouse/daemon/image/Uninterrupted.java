package dev.dormouse.daemon.image;

/** Work that has to be done even by a thread that was interrupted: of files that are written, an interrupt closes the channel. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Does it, and leaves the thread as interrupted as it was. */
    static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
