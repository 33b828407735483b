package dev.dormouse.daemon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Schema THREE = Schema.of(
            3,
            document -> document.put("name", document.path("title").asString()),
            document -> document.put("length", document.path("name").asString().length()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schema\":3,\"name\":\"a\"} | {\"schema\":3,\"name\":\"a\"} | false",
                "{\"schema\":2,\"name\":\"abc\"} | {\"schema\":3,\"name\":\"abc\",\"length\":3} | true",
                "{\"schema\":1,\"title\":\"ab\"} | {\"schema\":3,\"title\":\"ab\",\"name\":\"ab\",\"length\":2} | true",
            })
    void olderOnesGoThroughTheStepsFromTheirs(String json, String result, boolean migrated) {
        assertThat(THREE.examine(MAPPER.readTree(json)))
                .isEqualTo(new Schema.Found.Usable(MAPPER.readTree(result), migrated));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schema\":4} | it has schema 4, written by a newer Dormouse; this one reads up to 3: upgrade Dormouse",
                "{\"schema\":0} | it has schema 0, older than what this Dormouse can migrate, 1 to 3: run a version in between first",
                "{\"name\":\"a\"} | it has no schema number: it is cut short or not Dormouse's",
                "{\"schema\":\"3\"} | it has no schema number: it is cut short or not Dormouse's",
                "[3] | it has no schema number: it is cut short or not Dormouse's",
            })
    void othersAreRefusedAndItIsSaidWhatToDo(String json, String why) {
        switch (THREE.examine(MAPPER.readTree(json))) {
            case Schema.Found.Newer newer ->
                assertThat(newer.why()).isEqualTo(why).contains("newer");
            case Schema.Found.Unusable unusable ->
                assertThat(unusable.why()).isEqualTo(why).doesNotContain("newer");
            case Schema.Found.Usable usable -> throw new AssertionError("usable: " + usable);
        }
    }
}
