package dev.dormouse.daemon.registry;

/** The way to registries. Thread-safe. */
public final class Registries {
    private final Connections connections = new Connections();
    private final Pace pace;

    public Registries(Pace pace) {
        this.pace = pace;
    }

    /** One repository, as these credentials let it be seen. */
    public RegistryClient repository(Repository repository, Credentials credentials) {
        return new RegistryClient(
                Source.open(connections, pace, repository, credentials, "repository:" + repository.path() + ":pull"));
    }

    /**
     * Finds out whether a registry takes these credentials.
     *
     * @param address the registry's host or URL; empty: Docker Hub
     * @throws dev.dormouse.daemon.error.EngineException.Unauthorized if it does not
     * @throws dev.dormouse.daemon.error.EngineException.Failed if it cannot be asked
     */
    public void login(String address, Credentials credentials) throws InterruptedException {
        try (Source source = Source.open(connections, pace, Repository.allOf(address), credentials, "")) {
            source.login();
        }
    }
}
