package dev.dormouse.daemon.api.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExecRequestTest {
    @Test
    void everyFieldCounts() {
        ExecConfig config = create("""
                {"Cmd": ["sh", "-c", "x"], "Env": ["A=1", "B"], "User": "www:data", "WorkingDir": "/srv", "Privileged": true,
                 "Tty": true, "AttachStdin": true, "AttachStdout": true, "AttachStderr": false, "Detach": false,
                 "DetachKeys": "ctrl-a,x", "ConsoleSize": [24, 80]}""");
        assertThat(config.command()).containsExactly("sh", "-c", "x");
        assertThat(config.environment()).containsExactly("A=1", "B");
        assertThat(config.user()).isEqualTo("www:data");
        assertThat(config.workingDir()).isEqualTo("/srv");
        assertThat(config.privileged()).isTrue();
        assertThat(config.terminal()).isTrue();
        assertThat(config.attached()).isEqualTo(new ExecConfig.Attached(true, true, false));
        assertThat(config.keysToDetach()).containsExactly(1, 'x');
        assertThat(config.size()).contains(new TerminalSize(24, 80));
    }

    @Test
    void whatIsLeftOutHasDockersDefault() {
        ExecConfig config = create("{\"Cmd\": [\"ls\"], \"Env\": null, \"ConsoleSize\": null, \"DetachKeys\": \"\"}");
        assertThat(config.attached()).isEqualTo(ExecConfig.Attached.NONE);
        assertThat(config.keysToDetach()).containsExactly(0x10, 0x11);
        assertThat(config.size()).isEmpty();
        assertThat(config.privileged()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {}|No exec command specified
                {"Cmd": []}|No exec command specified
                {"Cmd": "ls"}|Cmd must be a list of texts
                {"Cmd": [1]}|Cmd must be a list of texts
                {"Cmd": ["a\\u0000b"]}|Cmd must be without a NUL character
                {"Cmd": ["ls"], "Env": ["=x"]}|Env must be
                {"Cmd": ["ls"], "Tty": "yes"}|Tty must be true or false
                {"Cmd": ["ls"], "User": 5}|User must be a text
                {"Cmd": ["ls"], "WorkingDir": "here"}|WorkingDir must be an absolute path
                {"Cmd": ["ls"], "ConsoleSize": [1]}|ConsoleSize must be [height, width]
                {"Cmd": ["ls"], "ConsoleSize": [-1, 70000]}|ConsoleSize must be [height, width]
                {"Cmd": ["ls"], "DetachKeys": "ctrl-1"}|DetachKeys must be keys
                {"Cmd": ["ls"], "Devices": ["/dev/kvm"]}|Devices is not supported
                """)
    void whatIsWrongIsNamed(String body, String words) {
        assertThatThrownBy(() -> create(body))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void aStartIsCheckedToo() {
        assertThat(ExecStartRequest.of(tree("{\"Detach\": true}"))).satisfies(start -> {
            assertThat(start.detach()).isTrue();
            assertThat(start.terminal()).isFalse();
        });
        assertThatThrownBy(() -> ExecStartRequest.of(tree("{\"Tty\": 1}"))).hasMessage("Tty must be true or false");
    }

    private static ExecConfig create(String body) {
        return ExecCreateRequest.of(tree(body)).config();
    }

    private static JsonNode tree(String body) {
        return JsonMapper.shared().readTree(body);
    }
}
