package dev.dormouse.units.manager;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * systemd over the system bus, by dbus-java. Making one does nothing: the first call connects, or {@link #connect}, which takes a
 * few hundred milliseconds and is best made in the background while a process starts.
 */
public final class DbusSystemdManager implements SystemdManager, ManagerView {
    private static final Duration RECONNECT = Duration.ofSeconds(30);

    private final BusLink link;
    private final UnitJobs jobs;
    private final UnitWatches watches;
    private final SharedReload reload = new SharedReload(this::reloadNow);

    public DbusSystemdManager() {
        this(DbusBus::connect, RECONNECT);
    }

    DbusSystemdManager(Bus.Connector connector, Duration reconnect) {
        this.link = new BusLink(connector, reconnect);
        this.jobs = new UnitJobs(link);
        this.watches = new UnitWatches(link);
    }

    /**
     * Connects to the bus, so that the first call need not.
     *
     * @throws SystemdException if there is no bus, or systemd is not on it; a later call tries again
     */
    public void connect() {
        link.session();
    }

    @Override
    public JobResult start(String unit) {
        return jobs.run(JobVerb.START, unit);
    }

    @Override
    public JobResult stop(String unit) {
        return jobs.run(JobVerb.STOP, unit);
    }

    @Override
    public UnitState state(String unit) {
        return ask("look at " + unit, session -> session.state(unit));
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        return ask("read the properties of " + unit, session -> session.properties(unit, UnitName.typeInterface(type)));
    }

    @Override
    public Optional<String> jobType(String unit) {
        return ask("look at the job of " + unit, session -> session.row(unit).jobType());
    }

    @Override
    public String systemState() {
        return ask("ask for the system's state", ManagerSession::systemState);
    }

    @Override
    public void reload() {
        reload.run();
    }

    private void reloadNow() {
        ask("reload systemd", session -> {
            session.reload();
            return true;
        });
    }

    @Override
    public void resetFailed(String unit) {
        ask("reset the failed state of " + unit, session -> {
            try {
                session.resetFailed(unit);
                return true;
            } catch (BusErrorException e) {
                if (Refusal.isNoSuchUnit(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        try {
            return watches.add(unit, listener);
        } catch (BusErrorException e) {
            throw Refusal.of("watch " + unit, e);
        }
    }

    private <T> T ask(String what, Function<ManagerSession, T> question) {
        try {
            return link.ask(question);
        } catch (BusErrorException e) {
            throw Refusal.of(what, e);
        }
    }

    /** Ends the connection; calls that wait throw {@link SystemdException}. */
    @Override
    public void close() {
        watches.close();
        link.close();
    }
}
