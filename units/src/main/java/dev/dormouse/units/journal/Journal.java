package dev.dormouse.units.journal;

/** Where events are told. Thread-safe; never throws for want of a reader. */
public interface Journal {
    /** Tells one. */
    void tell(JournalEvent event);

    /** The system's journal if standard error goes there, else the log. */
    static Journal ofProcess(String identifier) {
        Journal log = new LoggedJournal();
        return JournalLog.isJournal() ? new NativeJournal(identifier, log) : log;
    }
}
