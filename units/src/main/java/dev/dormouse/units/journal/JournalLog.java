package dev.dormouse.units.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Sets slf4j-simple up. Where standard error is the journal, each line starts with its priority ({@code <3>} error, {@code <4>} warning,
 * {@code <6>} info, {@code <7>} debug) and has no time, which the journal knows; else it is for people. Exceptions that end a thread are
 * logged.
 */
public final class JournalLog {
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private JournalLog() {}

    /**
     * Call it first of all in {@code main}, in a class that has no logger of its own: slf4j-simple reads its configuration when the first
     * logger is made. A level that is set by {@code -Dorg.slf4j.simpleLogger.defaultLogLevel} stays.
     */
    public static void install() {
        boolean journal = isJournal();
        configure(journal);
        if (journal) {
            DebugSwitch on = new DebugSwitch();
            on.turn(true); // slf4j-simple's own level decides
            System.setErr(stream(new FileOutputStream(FileDescriptor.err), LineForm.JOURNAL, on));
        }
        logUncaught();
    }

    /**
     * The same for a program that can turn debug on and off while it runs, as slf4j-simple cannot: its loggers get their level when they
     * are made. Those of Dormouse then make every event, and the stream leaves out what is not to be shown.
     */
    public static DebugSwitch installWithDebugSwitch() {
        LineForm form = isJournal(System.getenv(), STANDARD_ERROR) ? LineForm.JOURNAL : LineForm.PEOPLE;
        configure(true);
        set("log.dev.dormouse", "debug");
        DebugSwitch debug = new DebugSwitch();
        System.setErr(stream(new FileOutputStream(FileDescriptor.err), form, debug));
        logUncaught();
        return debug;
    }

    private static void logUncaught() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> LoggerFactory.getLogger(JournalLog.class)
                .error("thread {} ended by an exception", thread.getName(), thrown));
    }

    /** Flushed by slf4j-simple alone: by that the end of an event is told. */
    static PrintStream stream(OutputStream out, LineForm form, DebugSwitch debug) {
        return new PrintStream(new JournalLines(out, form, debug), false, StandardCharsets.UTF_8);
    }

    static void configure(boolean marked) {
        set("showThreadName", "false");
        set("showShortLogName", "true");
        set("levelInBrackets", "true");
        set("showDateTime", "true");
        set("dateTimeFormat", marked ? "'" + JournalLines.MARK + "'" : "HH:mm:ss.SSS");
        // It reports each connection that it makes, and each that ends as an error with a stack trace; units.manager
        // tells of both.
        set("log.org.freedesktop.dbus", "warn");
        set("log.org.freedesktop.dbus.connections.base.IncomingMessageThread", "off");
    }

    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }

    static boolean isJournal() {
        return isJournal(System.getenv(), Path.of("/proc/self/fd/2"));
    }

    /** Whether JOURNAL_STREAM names what standard error is (systemd.exec(5)): it is inherited by those who redirected it as well. */
    static boolean isJournal(Map<String, String> environment, Path standardError) {
        String stream = environment.getOrDefault("JOURNAL_STREAM", "");
        return !stream.isEmpty() && stream.equals(deviceAndInode(standardError));
    }

    private static String deviceAndInode(Path file) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino");
            return attributes.get("dev") + ":" + attributes.get("ino");
        } catch (IOException _) {
            return ""; // closed: nobody reads it in whatever form
        }
    }
}
