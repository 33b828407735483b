package dev.dormouse.activator.service;

import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.Waker;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.manager.SystemdManager;
import java.util.concurrent.Executor;

/**
 * What a service works with.
 *
 * @param background runs what blocks
 */
public record Surroundings(
        Agenda agenda,
        Executor background,
        Waker waker,
        Declarations declarations,
        SystemdManager manager,
        Settings settings,
        Journal journal,
        Tally tally) {}
