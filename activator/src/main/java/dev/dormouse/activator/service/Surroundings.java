package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Folders;
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
        SystemdManager manager,
        Settings settings,
        Folders folders,
        Journal journal,
        Tally tally) {}
