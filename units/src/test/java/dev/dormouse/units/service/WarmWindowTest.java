package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon..Fri 08:00-18:00|Mon..Fri 08:00-18:00|Mon..Fri *-*-* 08:00:00|- 12345 0800 1800",
                "08:00-24:00|08:00-24:00|*-*-* 08:00:00|- 1234567 0800 2400",
                "sun,Sat 22:30-02:00 UTC|Sat..Sun 22:30-02:00 UTC|Sat..Sun *-*-* 22:30:00 UTC|UTC 67 2230 0200",
                "Fri..Mon 00:00-00:00|Mon,Fri..Sun 00:00-00:00|Mon,Fri..Sun *-*-* 00:00:00|- 1567 0000 0000",
                "Wed 01:00-02:00 Europe/Berlin|Wed 01:00-02:00 Europe/Berlin|Wed *-*-* 01:00:00 Europe/Berlin"
                        + "|Europe/Berlin 3 0100 0200"
            })
    void isReadAndWrittenForSystemdAndForTheScript(String text, String same, String calendar, String line) {
        WarmWindow window = WarmWindow.parse(text);

        assertThat(window).hasToString(same);
        assertThat(WarmWindow.parse(same)).isEqualTo(window);
        assertThat(window.calendar()).isEqualTo(calendar);
        assertThat(window.line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "always",
                "08:00",
                "8:00-18:00",
                "08:00-25:00",
                "24:00-08:00",
                "Monday 08:00-18:00",
                "Mon..Tue..Wed 08:00-18:00",
                "Mon, 08:00-18:00",
                "08:00-18:00 Mars/Olympus",
                "08:00-18:00 GMT+2",
                "*-*-* 08:00:00"
            })
    void whatIsNoneIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> WarmWindow.parse(text))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T06:59:59Z, false",
        "2026-03-02T07:00:00Z, true",
        "2026-03-02T16:59:59Z, true",
        "2026-03-02T17:00:00Z, false",
        "2026-03-07T12:00:00Z, false"
    })
    void tellsWhetherAMomentIsInIt(Instant moment, boolean in) {
        assertThat(WarmWindow.parse("Mon..Fri 08:00-18:00").contains(moment, BERLIN))
                .isEqualTo(in);
    }

    @Test
    void oneThatEndsOnTheNextDayBelongsToTheDayOfItsBegin() {
        WarmWindow window = WarmWindow.parse("Fri 22:00-06:00 UTC");

        assertThat(window.contains(Instant.parse("2026-03-06T23:00:00Z"), BERLIN))
                .isTrue();
        assertThat(window.contains(Instant.parse("2026-03-07T05:59:59Z"), BERLIN))
                .isTrue();
        assertThat(window.contains(Instant.parse("2026-03-07T06:00:00Z"), BERLIN))
                .isFalse();
        assertThat(window.contains(Instant.parse("2026-03-06T05:59:00Z"), BERLIN))
                .isFalse();
    }

    @Test
    void theHourThatIsLeftOutAndTheHourThatComesTwiceAreSurvived() {
        WarmWindow window = WarmWindow.parse("02:30-08:00 Europe/Berlin");

        assertThat(window.contains(Instant.parse("2026-03-29T01:29:00Z"), BERLIN))
                .as("03:29, put forward")
                .isFalse();
        assertThat(window.contains(Instant.parse("2026-03-29T01:31:00Z"), BERLIN))
                .as("03:31")
                .isTrue();
        assertThat(window.contains(Instant.parse("2026-10-25T00:31:00Z"), BERLIN))
                .as("the first 02:31")
                .isTrue();
        assertThat(window.contains(Instant.parse("2026-10-25T07:01:00Z"), BERLIN))
                .as("08:01")
                .isFalse();
    }
}
