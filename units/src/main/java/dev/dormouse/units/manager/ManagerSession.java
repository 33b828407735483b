package dev.dormouse.units.manager;

import dev.dormouse.units.manager.SystemdManager.UnitState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** org.freedesktop.systemd1.Manager over one connection: the calls that are made of it, with their types. Thread-safe. */
final class ManagerSession implements AutoCloseable {
    private static final String OBJECT = "/org/freedesktop/systemd1";
    private static final String TYPE = "org.freedesktop.systemd1.Manager";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    /** systemd answers nobody while it reloads; systemctl waits for that as long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Bus bus;
    private final JobLedger jobs = new JobLedger();
    private final UnitSignals changes;

    private ManagerSession(Bus bus) {
        this.bus = bus;
        this.changes = new UnitSignals(bus);
    }

    /**
     * Connects.
     *
     * @throws SystemdException if there is no bus, or systemd is not on it
     */
    static ManagerSession open(Bus.Connector connector) {
        ManagerSession session = new ManagerSession(connector.connect());
        try {
            session.bus.subscribe(OBJECT, TYPE, "JobRemoved", session::jobRemoved);
            // systemd sends signals of units and jobs only if someone asked.
            session.call("Subscribe", "");
            return session;
        } catch (BusErrorException e) {
            session.close();
            throw Refusal.of("subscribe to systemd's signals", e);
        } catch (BusLostException e) {
            session.close();
            throw new SystemdException("the connection to the system bus ended at once: " + e.getMessage(), e);
        }
    }

    /** {@code JobRemoved(u id, o job, s unit, s result)}. */
    private void jobRemoved(Object[] values) {
        jobs.ended(String.valueOf(values[1]), JobWords.result(String.valueOf(values[3])));
    }

    /** A job that systemd has accepted. */
    record Job(String path, CompletableFuture<JobResult> result) {}

    Job enqueue(JobVerb verb, String unit) {
        try (JobLedger.Call call = jobs.call()) {
            String path = String.valueOf(call(verb.method(), "ss", unit, "replace")[0]);
            return new Job(path, call.result(path));
        }
    }

    /** The job that the unit has now. */
    Optional<Job> jobOf(String unit) {
        try (JobLedger.Call call = jobs.call()) {
            return row(unit).job().map(path -> new Job(path, call.result(path)));
        }
    }

    /** A job known from before, if the unit still has it or it has just ended. */
    Optional<Job> jobOf(String unit, String path) {
        try (JobLedger.Call call = jobs.call()) {
            boolean there = row(unit).job().map(path::equals).orElse(false);
            CompletableFuture<JobResult> result = call.result(path);
            return there || result.isDone() ? Optional.of(new Job(path, result)) : Optional.empty();
        }
    }

    /**
     * A row of ListUnitsByNames, which loads the unit.
     *
     * @param job the path of its job, if it has one
     * @param jobType {@code start}, {@code stop}, {@code restart}, …, if it has one
     */
    record Row(String active, String sub, Optional<String> job, Optional<String> jobType) {}

    Row row(String unit) {
        List<?> rows = (List<?>) call("ListUnitsByNames", "as", List.of(unit))[0];
        if (rows.isEmpty()) {
            throw new SystemdException("cannot look at unit " + unit + ": systemd takes that for no unit's name");
        }
        // (s name, s description, s load, s active, s sub, s following, o unit, u job, s job's type, o job)
        Object[] row = (Object[]) rows.getFirst();
        boolean job = ((Number) row[7]).longValue() != 0;
        return new Row(
                (String) row[3],
                (String) row[4],
                job ? Optional.of(String.valueOf(row[9])) : Optional.empty(),
                job ? Optional.of(String.valueOf(row[8])) : Optional.empty());
    }

    UnitState state(String unit) {
        Row row = row(unit);
        String result = UnitName.resultInterface(unit)
                .map(type -> String.valueOf(property(unit, type, "Result")))
                .orElse("");
        return new UnitState(row.active(), row.sub(), result);
    }

    Object property(String unit, String type, String property) {
        return PlainValue.of(bus.call(PATIENCE, UnitName.object(unit), PROPERTIES, "Get", "ss", type, property)[0]);
    }

    String systemState() {
        return String.valueOf(
                PlainValue.of(bus.call(PATIENCE, OBJECT, PROPERTIES, "Get", "ss", TYPE, "SystemState")[0]));
    }

    Map<String, Object> properties(String unit, String type) {
        Object[] reply = bus.call(PATIENCE, UnitName.object(unit), PROPERTIES, "GetAll", "s", type);
        return PlainValue.ofMap((Map<?, ?>) reply[0]);
    }

    void reload() {
        call("Reload", "");
    }

    void resetFailed(String unit) {
        call("ResetFailedUnit", "s", unit);
    }

    /** Runs {@code changed}, on a thread of the bus, whenever systemd says that a property of the unit has changed. */
    Bus.Subscription watch(String unit, Runnable changed) {
        return changes.add(unit, changed);
    }

    private Object[] call(String member, String signature, Object... arguments) {
        return bus.call(PATIENCE, OBJECT, TYPE, member, signature, arguments);
    }

    CompletableFuture<Void> lost() {
        return bus.lost();
    }

    boolean isLost() {
        return bus.lost().isDone();
    }

    @Override
    public void close() {
        bus.close();
    }
}
