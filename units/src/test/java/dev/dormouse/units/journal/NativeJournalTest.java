package dev.dormouse.units.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.journal.JournalEvent.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NativeJournalTest {
    @Test
    void eachFieldIsALineAndSeveralLinesHaveTheirLengthBeforeThem() {
        JournalEvent event = JournalEvent.of(Level.WARNING, "two\nlines")
                .with("SERVICE", "nginx")
                .with("DURATION_USEC", Duration.ofNanos(1_234_567));

        assertThat(new String(NativeJournal.datagram("dormouse", event), StandardCharsets.UTF_8))
                .isEqualTo("""
                        MESSAGE
                        \t\0\0\0\0\0\0\0two
                        lines
                        PRIORITY=4
                        SYSLOG_IDENTIFIER=dormouse
                        SERVICE=nginx
                        DURATION_USEC=1234
                        """);
    }

    @Test
    void aFieldHasANameThatTheJournalTakes() {
        JournalEvent event = JournalEvent.of(Level.INFO, "x");

        assertThatThrownBy(() -> event.with("_TRUSTED", "no")).hasMessageContaining("_TRUSTED");
        assertThatThrownBy(() -> event.with("SER\nVICE", "no")).isInstanceOf(IllegalArgumentException.class);
    }
}
