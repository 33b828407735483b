package dev.dormouse.units.service;

import java.util.List;
import java.util.Map;

/** A service as it is declared. */
public sealed interface Declaration permits ServiceDeclaration, PassedService {
    /** Of the service: the instance of its socket. */
    String name();

    /** The container that a connection wakes. */
    String container();

    /** Where it listens. */
    ServiceDeclaration.Front front();

    /** Who declared it. */
    ServiceDeclaration.Origin origin();

    /** Names of services that are woken, and ready, first. */
    List<String> after();

    /** The fields of {@code services/NAME.json}: texts, numbers, booleans, and lists of texts. */
    Map<String, Object> fields();
}
