package dev.dormouse.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.ReadyForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine lets a label say is what the activator can read. */
class ReadyFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "health",
                "health:",
                "listening",
                "command:test -e /a: b",
                "command:[\"pg_isready\", \"-q\"]",
                "command: [\"a\"]",
                "command:[ \"a\\n\\u00e9\" , \"\" ] ",
                "command:[\"\"]",
                "command:[]",
                "command:[1]",
                "command:[\"a\",]",
                "command:[\"a\"] b",
                "command:[\"a",
                "command:[\"\\x\"]",
                "command:[\"a\tb\"]",
                "command:",
                "command: ",
                "command",
                "command:a\0b",
                "log:up: .*now",
                "log:(",
                "log:",
                "log",
                "tcp",
                "http:/",
                "http:/health",
                "http:/health?a=b,200",
                "http:/,200-299,404",
                "http:/,",
                "http:/,100",
                "http:/,600",
                "http:/,20",
                "http:/a b",
                "http:/a#b",
                "http:health",
                "maybe",
                "",
                "listening "
            })
    void bothSayTheSame(String text) {
        assertThat(formAllows(text)).as(text).isEqualTo(activatorReads(text));
    }

    private static boolean formAllows(String text) {
        try {
            ReadyForm.checked(text);
            return true;
        } catch (DeclarationException _) {
            return false;
        }
    }

    private static boolean activatorReads(String text) {
        try {
            Readiness.parse(text);
            return true;
        } catch (ConfigException _) {
            return false;
        }
    }
}
