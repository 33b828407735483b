package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathPatternTest {
    private static final PathPattern INSPECT = PathPattern.of("/images/{name}/json");

    @Test
    void theVariableTakesSlashesAndEscapes() {
        assertThat(INSPECT.match("/images/nginx/json")).contains("nginx");
        assertThat(INSPECT.match("/images/localhost:5000/a/b:1/json")).contains("localhost:5000/a/b:1");
        assertThat(INSPECT.match("/images/a%2Fb+c/json")).contains("a/b+c");
        assertThat(INSPECT.match("/images/%zz/json")).isEmpty();
    }

    @Test
    void theVariableIsNeverEmpty() {
        assertThat(INSPECT.match("/images/json")).isEmpty();
        assertThat(INSPECT.match("/images//json")).isEmpty();
        assertThat(PathPattern.of("/images/json").match("/images/json")).contains("");
    }
}
