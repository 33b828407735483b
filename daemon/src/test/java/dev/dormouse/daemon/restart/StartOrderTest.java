package dev.dormouse.daemon.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.lifecycle.Engine;
import dev.dormouse.daemon.runtime.ContainerRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartOrderTest {
    @Test
    void composesLabelsAreTheOrder() {
        ContainerRecord web =
                service("shop", "web", "db:service_healthy:true,init:service_completed_successfully:false");
        ContainerRecord db1 = service("shop", "db", "");
        ContainerRecord db2 = service("shop", "db", "");
        ContainerRecord init = service("shop", "init", "db");
        ContainerRecord other = service("blog", "db", "");

        StartOrder order = StartOrder.of(List.of(web, db1, db2, init, other));

        assertThat(order.problems()).isEmpty();
        assertThat(order.dependencies().get(web.id()))
                .containsExactly(
                        new Dependency(db1.id(), Dependency.Condition.SERVICE_HEALTHY),
                        new Dependency(db2.id(), Dependency.Condition.SERVICE_HEALTHY),
                        new Dependency(init.id(), Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY));
        assertThat(order.dependencies().get(init.id()))
                .containsExactly(
                        new Dependency(db1.id(), Dependency.Condition.SERVICE_STARTED),
                        new Dependency(db2.id(), Dependency.Condition.SERVICE_STARTED));
        assertThat(order.dependencies().get(other.id())).isEmpty();
    }

    @Test
    void aServiceThatIsNotThereIsNoDependency() {
        ContainerRecord web = service("shop", "web", "gone:service_started:false");
        assertThat(StartOrder.of(List.of(web)).dependencies().get(web.id())).isEmpty();
    }

    @Test
    void aCircleIsToldOfAndBroken() {
        ContainerRecord a = service("p", "a", "b:service_started:false");
        ContainerRecord b = service("p", "b", "c:service_started:false");
        ContainerRecord c = service("p", "c", "a:service_started:false");
        ContainerRecord self = service("p", "self", "self:service_started:false");

        StartOrder order = StartOrder.of(List.of(a, b, c, self));

        assertThat(order.problems())
                .containsExactly(
                        "containers depend on each other in a circle: a -> b -> c -> a;"
                                + " the last of these dependencies is ignored",
                        "containers depend on each other in a circle: self -> self;"
                                + " the last of these dependencies is ignored");
        assertThat(order.dependencies().get(a.id())).hasSize(1);
        assertThat(order.dependencies().get(b.id())).hasSize(1);
        assertThat(order.dependencies().get(c.id())).isEmpty();
        assertThat(order.dependencies().get(self.id())).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadCountsForNothing() {
        ContainerRecord db = service("p", "db", "");
        ContainerRecord web = service("p", "web", "db:service_happy:false, db:service_started:false,:service_started");

        StartOrder order = StartOrder.of(List.of(db, web));

        assertThat(order.dependencies().get(web.id())).hasSize(1);
        assertThat(order.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("container web: label com.docker.compose.depends_on: '")
                        .contains("service_started, service_healthy or service_completed_successfully"));
    }

    private static ContainerRecord service(String project, String name, String dependsOn) {
        Map<String, String> labels =
                new HashMap<>(Map.of("com.docker.compose.project", project, "com.docker.compose.service", name));
        if (!dependsOn.isEmpty()) {
            labels.put("com.docker.compose.depends_on", dependsOn);
        }
        ContainerConfig config = AutostartTest.labelled(labels);
        return ContainerRecords.with(name, config, Engine.host());
    }
}
