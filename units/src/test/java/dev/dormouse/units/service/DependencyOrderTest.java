package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private static final Map<String, List<String>> AFTER =
            Map.of("web", List.of("app"), "app", List.of("db", "cache"), "db", List.of(), "cache", List.of("db"));

    @Test
    void eachComesAfterWhatItNeeds() {
        assertThat(DependencyOrder.closure(List.of("web"), DependencyOrderTest::after))
                .containsExactly("db", "cache", "app", "web");
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        assertThatThrownBy(() -> DependencyOrder.refuseCycle("db", List.of("web"), DependencyOrderTest::after))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("db after web after app after db");
        assertThatThrownBy(() -> DependencyOrder.refuseCycle("db", List.of("db"), DependencyOrderTest::after))
                .hasMessageContaining("db after db");
    }

    @Test
    void meetingAgainIsNoCircle() {
        assertThatCode(() ->
                        DependencyOrder.refuseCycle("web", List.of("app", "db", "cache"), DependencyOrderTest::after))
                .doesNotThrowAnyException();
    }

    private static List<String> after(String name) {
        return AFTER.getOrDefault(name, List.of());
    }
}
