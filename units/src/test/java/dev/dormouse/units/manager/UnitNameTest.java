package dev.dormouse.units.manager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitNameTest {
    @Test
    void anObjectsPathIsEscapedAsSystemdDoesIt() {
        assertThat(UnitName.object("dormouse-container@my.web_1.service"))
                .isEqualTo("/org/freedesktop/systemd1/unit/dormouse_2dcontainer_40my_2eweb_5f1_2eservice");
        assertThat(UnitName.object("1a.service")).endsWith("/_31a_2eservice");
        assertThat(UnitName.object("ä.service")).endsWith("/_c3_a4_2eservice");
    }

    @Test
    void onlySomeTypesHaveAResult() {
        assertThat(UnitName.resultInterface("a.b.service")).contains("org.freedesktop.systemd1.Service");
        assertThat(UnitName.resultInterface("a.socket")).contains("org.freedesktop.systemd1.Socket");
        assertThat(UnitName.resultInterface("a.target")).isEmpty();
    }
}
